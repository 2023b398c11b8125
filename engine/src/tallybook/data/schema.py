"""What an author says of the tables: ``data/schema.csv`` has a line for each column,
``data/tables.csv`` one for each table or other file, ``data/licences.csv`` one for each licence.

The rules of a column, with semicolons between:

- ``key``: one of the columns that tell rows apart
- ``optional``: a cell may be empty
- ``at least 0``, ``at most 100``: the range of a number
- ``one of yes | no``: the words that a cell may hold
- ``like [a-z]+``: a regular expression for the whole cell; it holds no semicolon
- ``in rain/months.month``: the cell is looked up in a column of another table

Columns that are looked up in different columns of one table are looked up together. A column
``source_key`` is always looked up in the table of sources.
"""

from __future__ import annotations

import csv
import functools
import io
import mimetypes
import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from tallybook import addresses, files, project
from tallybook.data import cells, validation
from tallybook.data.rules import SOURCE_KEY, Line, Resource, WrongError, described, order, split
from tallybook.errors import TallybookError

SCHEMA, TABLES, LICENCES = "schema.csv", "tables.csv", "licences.csv"
WHOLE = "."  # in tables.csv, the line on all tables together
TABLE = r"([a-z0-9_-]+/)*[a-z0-9_-]+"
FILE = r"([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.[a-z0-9]+"
MEDIA = {".md": "text/markdown"}  # older Pythons do not know it


def _own(path: str, columns: str, key: list[str], **limits: dict[str, Any]) -> Resource:
    """One of the three files as it is described itself; a question mark stands behind a column that
    may be empty."""
    fields = []
    for name in columns.split():
        limit = {} if name.endswith("?") else {"required": True}
        name = name.rstrip("?")
        constraints = limit | limits.get(name, {})
        fields.append({"name": name, "type": "string", "constraints": constraints})
    return {"path": path, "schema": {"fields": fields, "primaryKey": key}}


OWN = {
    LICENCES: _own(LICENCES, "licence name? path title", ["licence"]),
    TABLES: _own(
        TABLES,
        "table title licence order? source? description",
        ["table"],
        table={"pattern": rf"\.|{TABLE}|{FILE}"},
    ),
    SCHEMA: _own(
        SCHEMA,
        "table column type rules? unit? description?",
        ["table", "column"],
        type={"enum": [*cells.NOUNS]},
    ),
}
OWN[SCHEMA]["schema"]["foreignKeys"] = [
    {"fields": ["table"], "reference": {"fields": ["table"]}, "table": TABLES}
]


class DataError(TallybookError):
    """Something in ``data/`` is not what is said of it."""


class Schema(NamedTuple):
    """Attributes

    whole: title, description and licences of all tables together.
    tables: each table by its name, such as ``rain/months``, as a resource of a Data Package.
    others: every other file that is published, by its path.
    """

    whole: Resource
    tables: dict[str, Resource]
    others: dict[str, Resource]


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of all tables, in the order of ``tables.csv``, for example ``counts/inputs``."""
    return tuple(read(folder or project.here().data).tables)


def describe(name: str, folder: Path | None = None) -> Resource:
    """One table as a resource of a Data Package. Shared by all who ask: not to be changed. Raises
    ``DataError`` if no table has that name."""
    found = read(folder or project.here().data).tables
    if name not in found:
        known = ", ".join(found)
        raise DataError(f"data/{TABLES}: no table named {name!r}; expected one of: {known}")
    return found[name]


def paths(folder: Path) -> list[str]:
    """The paths of all tables and other files that are published."""
    known = read(folder)
    return [one["path"] for one in (*known.tables.values(), *known.others.values())]


def parents(resource: Resource) -> list[str]:
    """The tables in which the keys of a table are looked up, but for itself."""
    keys = resource["schema"].get("foreignKeys", [])
    found = dict.fromkeys(key["table"] for key in keys)
    return [name for name in found if f"{name}.csv" != resource["path"]]


def by_row(resource: Resource) -> bool:
    """Whether the rows of a table name their sources."""
    fields = resource.get("schema", {}).get("fields", [])
    return any(field["name"] == SOURCE_KEY for field in fields)


def columns(name: str) -> list[str]:
    """The columns of one of the three files."""
    return [field["name"] for field in OWN[name]["schema"]["fields"]]


def lines(folder: Path, name: str) -> list[Line]:
    """The lines of one of the three files, sound or not. Raises ``DataError`` for other columns."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restval="")
        if reader.fieldnames != columns(name):
            found, wanted = ", ".join(reader.fieldnames or []), ", ".join(columns(name))
            raise DataError(f"data/{name}, row 1", f"the columns {found}", wanted)
        return list(reader)


def write(folder: Path, name: str, rows: list[Line]) -> None:
    """Write one of the three files."""
    (folder / name).write_text(text(name, rows), encoding="utf-8", newline="")


def text(name: str, rows: list[Line]) -> str:
    """The text of one of the three files."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(name), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(folder: Path) -> Schema:
    """What is said of the tables of a folder. Raises ``DataError``, with a line for each fault."""
    return _read(folder, tuple(files.state(folder / name) for name in OWN))


@functools.cache
def _read(folder: Path, _states: tuple[files.State, ...]) -> Schema:
    faults: list[str] = []
    known: dict[tuple[str, validation.Key], Set[validation.Key]] = {}
    for name, own in OWN.items():
        if not (folder / name).is_file():
            wanted = f"the columns {','.join(columns(name))}"
            raise DataError(f"data/{name}: file not found; expected {wanted}")
        content = (folder / name).read_bytes()
        wrong = [f"data/{name}{fault}" for fault in validation.faults(own, content, known)]
        faults += cells.listed(wrong, f"data/{name}")
        if name == TABLES and not wrong:
            known[TABLES, ("table",)] = validation.keys(content, ("table",))
    if faults:
        raise DataError("\n".join(faults))
    licences = dict(_licences(lines(folder, LICENCES), faults))
    described: dict[str, list[tuple[int, Line]]] = {}
    for row, line in enumerate(lines(folder, SCHEMA), start=2):
        described.setdefault(line["table"], []).append((row, line))
    found = Schema({}, {}, {})
    for row, line in enumerate(lines(folder, TABLES), start=2):
        try:
            resource = _resource(line, licences)
            if line["table"] == WHOLE:
                found.whole.update(resource)
            elif "." in line["table"]:
                found.others[line["table"]] = resource
            else:
                resource["schema"] = _schema(described.get(line["table"], []), faults)
                resource["order"] = order(line["order"], resource)
                found.tables[line["table"]] = resource
            if line["table"] != WHOLE and not (line["source"] or by_row(resource)):
                wanted = f"where it is from, or a column {SOURCE_KEY} in the table"
                raise WrongError("source", "nothing", wanted)
        except WrongError as error:
            faults.append(_told(TABLES, row, error))
    if not faults:  # else a table that is looked up may not be there because of them
        faults += _unknown_parents(found.tables)
    if faults:
        raise DataError("\n".join(cells.listed(faults, "data")))
    return found


def _told(file: str, row: int, error: WrongError) -> str:
    column, found, wanted = error.args
    return f"data/{file}, row {row}, column {column}: found {found}; expected {wanted}"


def _licences(rows: list[Line], faults: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each licence by its key, as the Data Package has it; one without a name says under which
    terms a source stands that states none."""
    for row, line in enumerate(rows, start=2):
        if says := addresses.fault(line["path"]):
            faults.append(f"data/{LICENCES}, row {row}, column path: {says}")
        yield line["licence"], {key: line[key] for key in ("name", "path", "title") if line[key]}


def _resource(line: Line, licences: Mapping[str, dict[str, str]]) -> Resource:
    """A table or another file without its columns."""
    name, chosen = line["table"], split(line["licence"])
    for key in chosen:
        if key not in licences:
            raise WrongError("licence", repr(key), f"a licence of data/{LICENCES}")
    title, _, address = line["source"].partition(" <")
    source = {"title": title} | ({"path": address.removesuffix(">")} if address else {})
    about = {"type": "table", "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv"}
    if "." in name:
        ending = PurePosixPath(name).suffix
        kind = MEDIA.get(ending) or mimetypes.guess_type(name)[0]
        about = {"path": name, "format": ending[1:], "mediatype": kind or "text/plain"}
    return about | {
        "name": re.sub("[/_]", "-", name.partition(".")[0]).lower(),
        "title": line["title"],
        "description": line["description"],
        "encoding": "utf-8",
        "sources": [source] if title else [],
        "licenses": [licences[key] for key in chosen],
    }


def _schema(rows: list[tuple[int, Line]], faults: list[str]) -> dict[str, Any]:
    """The columns of a table with its keys."""
    fields, keys = [], []
    foreign: list[dict[str, Any]] = []
    for row, line in rows:
        try:
            field, rules = described(line)
        except WrongError as error:
            faults.append(_told(SCHEMA, row, error))
            continue
        fields.append(field)
        if rules.get("key"):
            keys.append(line["column"])
        if place := rules.get("in"):
            table, _, column = place.rpartition(".")
            _look_up(line["column"], table, column, foreign)
    if not keys:
        wanted = f"lines for its columns in data/{SCHEMA}, one or more with the rule key"
        raise WrongError("table", "a table without a key", wanted)
    return {"fields": fields, "primaryKey": keys} | ({"foreignKeys": foreign} if foreign else {})


def _look_up(name: str, table: str, column: str, keys: list[dict[str, Any]]) -> None:
    """Add a column to the keys that are looked up in other tables."""
    for key in keys:
        if key["table"] == table and column not in key["reference"]["fields"]:
            key["fields"].append(name)
            key["reference"]["fields"].append(column)
            return
    reference = {"resource": re.sub("[/_]", "-", table), "fields": [column]}
    keys.append({"fields": [name], "reference": reference, "table": table})


def _unknown_parents(tables: Mapping[str, Resource]) -> Iterator[str]:
    for name, resource in tables.items():
        for key in resource["schema"].get("foreignKeys", []):
            parent, wanted = key["table"], {*key["reference"]["fields"]}
            there = tables[parent]["schema"]["fields"] if parent in tables else []
            if not wanted <= {field["name"] for field in there}:
                place = f"data/{SCHEMA}, table {name}, column {', '.join(key['fields'])}"
                found = f"{parent}.{', '.join(sorted(wanted))}"
                yield f"{place}: found {found}; expected a table and a column that are described"


def of_columns(rows: list[Line]) -> dict[str, Any]:
    """The columns of a table with its keys, of lines that are sound."""
    return _schema([*enumerate(rows, start=2)], [])
