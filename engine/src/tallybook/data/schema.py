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
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from tallybook import addresses, files, project
from tallybook.data import cells, validation
from tallybook.errors import TallybookError

SCHEMA, TABLES, LICENCES = "schema.csv", "tables.csv", "licences.csv"
KEY_WANTED = f"expected lines in data/{SCHEMA}, one or more with the rule key"
WHOLE = "."  # in tables.csv, the line on all tables together
TABLE = r"([a-z0-9_-]+/)*[a-z0-9_-]+"
FILE = r"([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.[a-z0-9]+"
RULES = "key, optional, at least 0, at most 100, one of a | b, like [a-z]+ or in table.column"
SOURCE_KEY, SOURCES = "source_key", "sources"
Line = dict[str, str]
Resource = dict[str, Any]


# The rules of the columns of these files themselves, as if they stood in ``schema.csv``.
OWN: dict[str, dict[str, str]] = {
    LICENCES: {"licence": "key", "name": "optional", "path": r"like https?://\S+", "title": ""},
    TABLES: {
        "table": rf"key; like \.|{TABLE}|{FILE}",
        **{"title": "", "licence": "", "source": "optional", "description": ""},
    },
    SCHEMA: {
        **{"table": "key", "column": "key", "type": f"one of {' | '.join(cells.NOUNS)}"},
        **{"rules": "optional", "unit": "optional", "description": "optional"},
    },
}


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
    return [*OWN[name]]


def lines(folder: Path, name: str) -> list[Line]:
    """The lines of one of the three files, sound or not."""
    file = io.StringIO(files.text(folder / name, f"data/{name}"), newline="")
    return list(csv.DictReader(file, columns(name), restval=""))[1:]


def write(folder: Path, name: str, rows: list[Line]) -> None:
    """Write one of the three files as a whole. Raises ``DataError`` for a line that is too long."""
    for place, row in enumerate(rows, start=2):
        if None in row:
            raise DataError(f"data/{name}, row {place}", "more cells than columns", "one for each")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns(name), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    files.write_whole(folder / name, out.getvalue().encode())


def read(folder: Path) -> Schema:
    """What is said of the tables of a folder. Raises ``DataError``, with a line for each fault."""
    return _read(folder, tuple(files.state(folder / name) for name in OWN))


def _own_faults(folder: Path) -> Iterator[str]:
    """What is wrong with the three files, whatever they say of tables."""
    for name, rules in OWN.items():
        if not (folder / name).is_file():
            wanted = f"the columns {','.join(rules)}"
            raise DataError(f"data/{name}: file not found; expected {wanted}")
        said = [{"column": one, "type": "string", "rules": rules[one]} for one in rules]
        resource: Resource = {"path": name, "schema": of_columns(said)}
        found = validation.faults(resource, (folder / name).read_bytes(), {})
        yield from cells.listed(found, f"data/{name}")


@functools.cache
def _read(folder: Path, _states: tuple[files.State, ...]) -> Schema:
    if faults := [*_own_faults(folder)]:
        raise DataError("\n".join(faults))
    # One without a name says under which terms a source stands that states no licence.
    licences = {
        line["licence"]: {key: line[key] for key in ("name", "path", "title") if line[key]}
        for line in lines(folder, LICENCES)
    }
    described: dict[str, list[tuple[int, Line]]] = {}
    for row, line in enumerate(lines(folder, SCHEMA), start=2):
        described.setdefault(line["table"], []).append((row, line))
    schema = Schema({}, {}, {})
    for row, line in enumerate(lines(folder, TABLES), start=2):
        name, place = line["table"], f"data/{TABLES}, row {row}"
        resource = _resource(line, licences)
        if unknown := [key for key in split(line["licence"]) if key not in licences]:
            wanted = f"expected a licence of data/{LICENCES}"
            faults.append(f"{place}, column licence: found {unknown[0]!r}; {wanted}")
        if name == WHOLE:
            schema.whole.update(resource)
            continue
        if "." in name:
            schema.others[name] = resource
        else:
            resource["schema"] = _schema(described.pop(name, []), faults)
            schema.tables[name] = resource
            if not resource["schema"]["primaryKey"]:
                faults.append(f"{place}, column table: found a table without a key; {KEY_WANTED}")
        if not (line["source"] or by_row(resource)):
            wanted = f"where it is from, or a column {SOURCE_KEY} in the table"
            faults.append(f"{place}, column source: found nothing; expected {wanted}")
        path = "".join(source.get("path", "") for source in resource["sources"])
        if said := addresses.fault(path, inside=True):
            faults.append(f"{place}, column source: {said}")
    for row, line in (rows[0] for rows in described.values()):
        place = f"data/{SCHEMA}, row {row}, column table"
        faults.append(f"{place}: found {line['table']!r}; expected a table of data/{TABLES}")
    faults = faults or [*_unknown_parents(schema.tables)]  # which needs every table
    if faults:
        raise DataError("\n".join(cells.listed(faults, "data")))
    return schema


def _resource(line: Line, licences: Mapping[str, dict[str, str]]) -> Resource:
    """A table or another file without its columns."""
    name = line["table"]
    title, _, address = line["source"].partition(" <")
    source = {"title": title} | ({"path": address.removesuffix(">")} if address else {})
    about = {"type": "table", "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv"}
    if "." in name:
        ending, kind = PurePosixPath(name).suffix, mimetypes.guess_type(name)[0]
        about = {"path": name, "format": ending[1:], "mediatype": kind or "text/plain"}
    return about | {
        "name": re.sub("[/_]", "-", name.partition(".")[0]).lower(),
        "title": line["title"],
        "description": line["description"],
        "encoding": "utf-8",
        "sources": [source] if title else [],
        "licenses": [licences[key] for key in split(line["licence"]) if key in licences],
    }


def _schema(rows: list[tuple[int, Line]], faults: list[str]) -> dict[str, Any]:
    """The columns of a table with its keys."""
    fields, keys = [], []
    foreign: list[dict[str, Any]] = []
    for row, line in rows:
        try:
            field, rules = _field(line)
        except (ValueError, re.error) as error:
            place = f"data/{SCHEMA}, row {row}, column rules"
            faults.append(f"{place}: found {line['rules']!r} ({error}); expected {RULES}")
            continue
        fields.append(field)
        if "key" in rules:
            keys.append(line["column"])
        if "in" in rules:
            table, _, column = rules["in"].rpartition(".")
            _look_up(line["column"], table, column, foreign)
    return {"fields": fields, "primaryKey": keys} | ({"foreignKeys": foreign} if foreign else {})


def of_columns(rows: list[Line]) -> dict[str, Any]:
    """The columns of a table with its keys, of lines that are sound."""
    return _schema([*enumerate(rows, start=2)], [])


def _field(line: Line) -> tuple[dict[str, Any], dict[str, Any]]:
    """A column as the Data Package has it, and the rules that are none of the Data Package."""
    rules = dict(_rule(rule, line["type"]) for rule in split(line["rules"]))
    if line["column"] == SOURCE_KEY:
        rules["in"] = f"{SOURCES}.key"
    required = {} if rules.pop("optional", False) else {"required": True}
    limits = required | {name: limit for name, limit in rules.items() if name not in ("key", "in")}
    said = {key: line[key] for key in ("unit", "description") if line.get(key)}
    field = {"name": line["column"], "type": line["type"]} | said
    return field | ({"constraints": limits} if limits else {}), rules


def _rule(rule: str, kind: str) -> tuple[str, Any]:
    """A rule as a constraint of the Data Package. Raises ``ValueError`` for any other."""
    numeric = kind in ("integer", "number")
    words = "key|optional|one of|like|in" + "|at least|at most" * numeric
    if not (found := re.fullmatch(f"({words})(?: (.+))?", rule)):
        raise ValueError(f"a column of the type {kind} has no such rule")
    word, given = found[1], found[2] or ""
    if word == "like":
        re.compile(given)
        return "pattern", given
    if word in ("at least", "at most"):
        return ("minimum" if word == "at least" else "maximum"), _number(given)
    if word == "one of":
        allowed = [one.strip() for one in given.split("|")]
        return "enum", [_number(one) if numeric else one for one in allowed]
    return word, given or True


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


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


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
