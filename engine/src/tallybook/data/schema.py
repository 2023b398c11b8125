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
from tallybook.data import cells
from tallybook.errors import TallybookError

SCHEMA, TABLES, LICENCES = "schema.csv", "tables.csv", "licences.csv"
HEADERS = {
    SCHEMA: ("table", "column", "type", "rules", "unit", "description"),
    TABLES: ("table", "title", "licence", "order", "source", "description"),
    LICENCES: ("licence", "name", "path", "title"),
}
MEDIA = {".md": "text/markdown"}  # older Pythons do not know it
WHOLE = "."  # in tables.csv, the line on all tables together
FALLING = " falling"  # behind a column in the order of a table
RULES = "key, optional, at least 0, at most 100, one of a | b, like [a-z]+ or in table.column"
PATH = re.compile(r"([a-z0-9_-]+/)*[a-z0-9_-]+")
SOURCE_KEY, SOURCES = "source_key", "sources"
Line = dict[str, str]
Resource = dict[str, Any]


class DataError(TallybookError):
    """Something in ``data/`` is not what is said of it."""


class Schema(NamedTuple):
    """Attributes

    whole: title, description and licences of all tables together.
    tables: each table by its name, such as ``rain/months``, as a resource of a Data Package.
    others: every other file that is published, by its path.
    rows: the row of ``tables.csv`` in which a table or file stands.
    """

    whole: Resource
    tables: dict[str, Resource]
    others: dict[str, Resource]
    rows: dict[str, int]


class _WrongError(Exception):
    """What is wrong with a cell: its column, what was found, what was expected."""


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of all tables, in the order of ``tables.csv``, for example ``counts/inputs``."""
    return tuple(read(folder or project.here().data).tables)


def describe(name: str, folder: Path | None = None) -> Resource:
    """One table as a resource of a Data Package. Shared by all who ask: not to be changed. Raises
    ``DataError`` if no table has that name."""
    found = read(folder or project.here().data).tables
    if name not in found:
        raise DataError(
            f"data/{TABLES}: no table named {name!r}; expected one of: {', '.join(found)}"
        )
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


def read(folder: Path) -> Schema:
    """What is said of the tables of a folder. Raises ``DataError``, with a line for each fault."""
    return _read(folder, tuple(files.state(folder / name) for name in HEADERS))


def unfinished(name: str, folder: Path) -> list[str]:
    """What an author has still to say of a table or file, each with its place."""
    known = read(folder)
    resource = known.tables.get(name) or known.others[name]
    wanted = {
        "title": "words that say what it holds",
        "description": "words that say what it holds",
        "licence": f"one or more of data/{LICENCES}, with semicolons between",
        "source": f"where it is from, or a column {SOURCE_KEY} in the table",
    }
    lacks = [key for key in ("title", "description") if not resource[key]]
    lacks += [] if resource["licenses"] else ["licence"]
    lacks += [] if resource["sources"] or by_row(resource) else ["source"]
    place = f"data/{TABLES}, row {known.rows[name]}, column"
    return [f"{place} {key}: found nothing; expected {wanted[key]}" for key in lacks]


def by_row(resource: Resource) -> bool:
    """Whether the rows of a table name their sources."""
    fields = resource.get("schema", {}).get("fields", [])
    return any(field["name"] == SOURCE_KEY for field in fields)


def lines(folder: Path, name: str) -> list[Line]:
    """The lines of one of the three files. Raises ``DataError`` if it is not there, is no CSV or
    has another header."""
    path, shown = folder / name, f"data/{name}"
    if not path.is_file():
        raise DataError(f"{shown}: file not found; expected the columns {','.join(HEADERS[name])}")
    content = path.read_bytes()
    if fault := cells.text_fault(content):
        raise DataError(f"{shown}, {fault}")
    try:
        header, *rows = cells.rows(content.decode("utf-8")) or [[]]
    except cells.NotCsv as error:
        raise DataError(f"{shown}{error.fault}") from None
    wrong = [1] if tuple(header) != HEADERS[name] else []
    wrong += [row for row, line in enumerate(rows, start=2) if len(line) != len(header)]
    if wrong:
        found = [header, *rows][wrong[0] - 1]
        wanted = f"the {len(HEADERS[name])} columns {','.join(HEADERS[name])}"
        raise DataError(f"{shown}, row {wrong[0]}", cells.short(",".join(found)), wanted)
    return [dict(zip(header, line, strict=True)) for line in rows]


def write(folder: Path, name: str, rows: list[Line]) -> None:
    """Write one of the three files."""
    (folder / name).write_text(text(name, rows), encoding="utf-8", newline="")


def text(name: str, rows: list[Line]) -> str:
    """The text of one of the three files."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS[name], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def of_columns(rows: list[Line]) -> dict[str, Any]:
    """The columns of a table with its keys. Raises ``DataError`` for a fault in them."""
    faults: list[str] = []
    found = _schema([*enumerate(rows, start=2)], faults)
    if faults:
        raise DataError("\n".join(faults))
    return found


@functools.cache
def _read(folder: Path, _states: tuple[files.State, ...]) -> Schema:
    faults: list[str] = []
    licences = dict(_licences(lines(folder, LICENCES), faults))
    columns: dict[str, list[tuple[int, Line]]] = {}
    for row, line in enumerate(lines(folder, SCHEMA), start=2):
        columns.setdefault(line["table"], []).append((row, line))
    found = Schema({}, {}, {}, {})
    for row, line in enumerate(lines(folder, TABLES), start=2):
        name = line["table"]
        try:
            resource = _resource(line, licences)
            if name in found.rows:
                raise _WrongError("table", repr(name), "each table once")
            found.rows[name] = row
            if name == WHOLE:
                found.whole.update(resource)
            elif "." in name:
                found.others[name] = resource
            else:
                resource["schema"] = _schema(columns.pop(name, []), faults)
                resource["order"] = _order(line["order"], resource)
                found.tables[name] = resource
        except _WrongError as error:
            faults.append(_told(TABLES, row, error))
    for name, ((row, _line), *_) in columns.items():
        error = _WrongError("table", repr(name), f"a table with a line in data/{TABLES}")
        faults.append(_told(SCHEMA, row, error))
    faults += _unknown_parents(found.tables)
    if faults:
        raise DataError("\n".join(cells.listed(faults, "data")))
    return found


def _told(file: str, row: int, error: _WrongError) -> str:
    column, found, wanted = error.args
    return f"data/{file}, row {row}, column {column}: found {found}; expected {wanted}"


def _licences(rows: list[Line], faults: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each licence by its key, as the Data Package has it; one without a name says under which
    terms a source stands that states none."""
    for row, line in enumerate(rows, start=2):
        for column in ("licence", "path", "title"):
            if not line[column]:
                error = _WrongError(column, "nothing", "a key, an address and words for each")
                faults.append(_told(LICENCES, row, error))
        if line["path"] and (says := addresses.fault(line["path"])):
            faults.append(f"data/{LICENCES}, row {row}, column path: {says}")
        yield line["licence"], {key: line[key] for key in ("name", "path", "title") if line[key]}


def _resource(line: Line, licences: Mapping[str, dict[str, str]]) -> Resource:
    """A table or another file without its columns."""
    name = line["table"]
    is_file = "." in name
    path = PurePosixPath(name)
    if not (PATH.fullmatch(name) or (is_file and not path.is_absolute() and ".." not in path.parts)):
        raise _WrongError("table", repr(name), "a path below data/ of small letters, digits, - and _")
    chosen = _split(line["licence"])
    for key in chosen:
        if key not in licences:
            raise _WrongError("licence", repr(key), f"a licence of data/{LICENCES}")
    title, _, address = line["source"].partition(" <")
    source = {"title": title} | ({"path": address.removesuffix(">")} if address else {})
    kind = {"format": "csv", "mediatype": "text/csv"}
    if is_file:
        kind = {"format": path.suffix[1:], "mediatype": MEDIA.get(path.suffix) or mimetypes.guess_type(name)[0]}
    return {
        "name": re.sub("[/_]", "-", name.partition(".")[0]).lower(),
        **({} if is_file else {"type": "table"}),
        "path": name if is_file else f"{name}.csv",
        "title": line["title"],
        "description": line["description"],
        **kind,
        "encoding": "utf-8",
        "sources": [source] if title else [],
        "licenses": [licences[key] for key in chosen],
    }


def _schema(rows: list[tuple[int, Line]], faults: list[str]) -> dict[str, Any]:
    """The columns of a table with its keys."""
    fields: dict[str, dict[str, Any]] = {}
    keys: list[str] = []
    refers: list[tuple[str, str, str]] = []  # a column, and the table and column it is looked up in
    for row, line in rows:
        try:
            field, is_key, place = _field(line)
        except _WrongError as error:
            faults.append(_told(SCHEMA, row, error))
            continue
        name = field["name"]
        if name in fields:
            error = _WrongError("column", repr(name), "each column of a table once")
            faults.append(_told(SCHEMA, row, error))
        fields[name] = field
        keys += [name] if is_key else []
        if place:
            table, _, column = place.partition(".")
            refers.append((name, table, column))
    if not rows:
        raise _WrongError("table", "a table without columns", f"lines for them in data/{SCHEMA}")
    if not keys:
        wanted = f"a rule key in data/{SCHEMA}, for the columns that tell rows apart"
        raise _WrongError("table", "no key", wanted)
    found = {"fields": [*fields.values()], "primaryKey": keys}
    return found | ({"foreignKeys": _foreign_keys(refers)} if refers else {})


def _foreign_keys(refers: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, table, column in refers:
        for key in found:
            if key["table"] == table and column not in key["reference"]["fields"]:
                key["fields"].append(name)
                key["reference"]["fields"].append(column)
                break
        else:
            reference = {"resource": re.sub("[/_]", "-", table), "fields": [column]}
            found.append({"fields": [name], "reference": reference, "table": table})
    return found


def _unknown_parents(tables: Mapping[str, Resource]) -> Iterator[str]:
    for name, resource in tables.items():
        for key in resource["schema"].get("foreignKeys", []):
            parent, columns = key["table"], key["reference"]["fields"]
            known = tables.get(parent, {"schema": {"fields": []}})["schema"]["fields"]
            if not {*columns} <= {field["name"] for field in known}:
                place = f"data/{SCHEMA}, table {name}, column {', '.join(key['fields'])}"
                wanted = "a table and a column that are described"
                yield f"{place}: found a look-up in {parent}.{columns[0]}; expected {wanted}"


def _field(line: Line) -> tuple[dict[str, Any], bool, str]:
    """A column as the Data Package has it, whether it is part of the key, and where it is looked
    up."""
    kind, constraints = line["type"], {}
    if not line["column"]:
        raise _WrongError("column", "nothing", "the name of a column")
    if kind not in cells.NOUNS:
        raise _WrongError("type", repr(kind), f"one of {', '.join(cells.NOUNS)}")
    rules = [_rule(rule, kind) for rule in _split(line["rules"])]
    found = dict(rules)
    if not found.pop("optional", False):
        constraints["required"] = True
    is_key, place = found.pop("key", False), found.pop("in", "")
    if line["column"] == SOURCE_KEY:
        place = f"{SOURCES}.key"
    constraints |= found
    said = {"name": line["column"], "type": kind}
    said |= {key: line[key] for key in ("unit", "description") if line[key]}
    return said | ({"constraints": constraints} if constraints else {}), is_key, place


def _rule(rule: str, kind: str) -> tuple[str, Any]:
    """A rule as a constraint of the Data Package. Raises ``_WrongError`` for any other."""
    numeric = kind in ("integer", "number")
    first, _, rest = rule.partition(" ")
    second, _, given = rest.partition(" ")
    try:
        if rule in ("key", "optional"):
            return rule, True
        if first == "in" and "." in rest:
            return "in", rest
        if first == "like":
            re.compile(rest)
            return "pattern", rest
        if first == "at" and second in ("least", "most") and numeric:
            return ("minimum" if second == "least" else "maximum"), _number(given)
        if (first, second) == ("one", "of"):
            words = [word.strip() for word in given.split("|")]
            return "enum", [_number(word) if numeric else word for word in words]
    except (re.error, ValueError) as error:
        raise _WrongError("rules", f"{rule!r} ({error})", RULES) from None
    raise _WrongError("rules", repr(rule), RULES)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _order(text: str, resource: Resource) -> list[str]:
    """The columns by which the rows of a table are sorted, with - before one that falls."""
    columns = [field["name"] for field in resource["schema"]["fields"]]
    found = []
    for one in _split(text):
        column = one.removesuffix(FALLING)
        if column not in columns:
            raise _WrongError("order", repr(one), f"columns of the table, with{FALLING} behind one")
        found.append(f"-{column}" if column != one else column)
    return found


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
