"""Begin the description of a table: its columns, their types and its key are taken from its cells.

python -m tallybook describe data/rain/months.csv

What is written is true of the rows there are; the author looks it over, since later rows may
differ. Title, description and licences are left empty, and a check refuses the table until the
author has filled them in.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tallybook import files
from tallybook.claims import rows as claim_rows
from tallybook.data import cells, seal, validation
from tallybook.data.descriptor import NAME, DataError, descriptor

PATH = re.compile(r"([a-z0-9_-]+/)*[a-z0-9_-]+\.csv")
NARROWEST_FIRST = ("integer", "number", "boolean", "date", "yearmonth")
TO_SOURCES = {"fields": ["source_key"], "reference": {"resource": "sources", "fields": ["key"]}}
Schema = dict[str, Any]


def describe(path: str, folder: Path) -> dict[str, Any]:
    """Add the description of a table to ``datapackage.json``; returns it. ``path``: from
    ``folder``, as ``rain/months.csv``. Raises ``DataError``, with nothing written, if there is no
    such table, it is described already, or it has faults."""
    if not PATH.fullmatch(path):
        wanted = "small letters, digits, - and _, then .csv"
        raise DataError(f"data/{path}", "this name", wanted)
    if not (folder / path).is_file():
        raise DataError(f"data/{path}: file not found; expected the table to describe")
    package: dict[str, Any] = {"name": folder.resolve().parent.name, "resources": []}
    if (folder / NAME).exists():
        package = descriptor(folder)
    if path in [one["path"] for one in package["resources"]]:
        found = f"a description of data/{path}"
        raise DataError("data/datapackage.json", found, "a table that has none")
    known = [one["schema"] for one in package["resources"] if "schema" in one]
    made = description(path, (folder / path).read_bytes(), known)
    package["resources"].append(made)
    seal.write(package, folder)
    return made


def description(path: str, content: bytes, known: Iterable[Schema] = ()) -> dict[str, Any]:
    """The description of a table, to be filled in and sealed. ``known``: the schemas of other
    tables. Raises ``DataError`` if its bytes, cells or rows have faults."""
    return {
        **{"name": re.sub("[/_]", "-", path.removesuffix(".csv")), "type": "table", "path": path},
        **{"title": "", "description": "", "format": "csv", "mediatype": "text/csv"},
        **{"encoding": "utf-8", "hash": "", "bytes": 0, "licenses": []},
        "schema": _schema(path, content, known),
    }


def inferred(path: str, header: list[str], rows: list[list[str]]) -> Schema:
    """What the cells of a table show: for each column the narrowest type, and that no cell is empty
    if none is. Columns of a table about claims are described as ``claims/columns.csv`` has them.
    The key is the fewest columns from the left that tell all rows apart."""
    known = claim_rows.schema(path, header)
    fields = []
    for place, name in enumerate(header):
        column = {row[place] if place < len(row) else "" for row in rows}
        required = {} if "" in column else {"constraints": {"required": True}}
        shown = {"name": name, "type": _type(column), **required}
        fields.append(known["fields"].get(name) or shown)
    width = 1
    while width < len(header) and len({tuple(row[:width]) for row in rows}) < len(rows):
        width += 1
    keys = {"foreignKeys": [TO_SOURCES]} if "source_key" in header else {}
    return {"fields": fields, "primaryKey": known["primaryKey"] or header[:width], **keys}


def _type(found: set[str]) -> str:
    """The narrowest type that is written like all cells of a column; text if all are empty."""
    filled = found - {""}
    for kind in NARROWEST_FIRST if filled else ():
        if all(map(cells.WRITTEN[kind].fullmatch, filled)):
            return kind
    return "string"


def _schema(path: str, content: bytes, known: Iterable[Schema]) -> Schema:
    """The schema of a known table with the same columns that fits, else an inferred one."""
    if fault := cells.text_fault(content):
        raise DataError(f"data/{path}, {fault}")
    try:
        header, *rows = cells.rows(content.decode("utf-8"))
    except cells.NotCsv as error:
        raise DataError(f"data/{path}{error.fault}") from None
    if len({*header, ""}) <= len(header):
        columns = f"the columns {', '.join(map(repr, header))}"
        raise DataError(f"data/{path}, row 1", columns, "a different name for each")
    alike = [schema for schema in known if [field["name"] for field in schema["fields"]] == header]
    found: list[str] = []
    for schema in [*alike, inferred(path, header, rows)]:
        sealed = {"hash": files.sha256(content), "bytes": len(content)}
        table = {"name": "table", "path": path, "schema": schema, **sealed}
        found = validation.faults(table, (), Path(), content)
        if not found:
            return schema
    shown = f"data/{path}"
    raise DataError("\n".join(cells.listed([shown + fault for fault in found], shown)))


def main(table: str) -> int:
    """Describe a table of this report, and say what was inferred; returns the exit code."""
    folder = Path("data").resolve()
    try:
        if not Path(table).resolve().is_relative_to(folder):
            wanted = "a table in data/, such as data/rain/months.csv"
            raise DataError("describe", repr(table), wanted)
        found = describe(Path(table).resolve().relative_to(folder).as_posix(), folder)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    schema = found["schema"]
    columns = ", ".join(f"{field['name']} ({field['type']})" for field in schema["fields"])
    print(f"Described data/{found['path']} at the end of data/datapackage.json.")
    print(f"Columns: {columns}. Key: {', '.join(schema['primaryKey'])}.")
    print(f"Look them over, fill in title, description and licenses there, and run `{cells.SEAL}`.")
    return 0
