"""Begin the description of a table: its columns, their types and its key are taken from its cells.

python -m tallybook describe data/rain/months.csv

What is written is true of the rows there are; the author looks it over, since later rows may
differ. What the engine cannot know, such as the title of the author's own table, is left empty,
and a check refuses the table until the author has filled it in.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tallybook import files
from tallybook.claims import rows as claim_rows
from tallybook.data import bibliography, cells, seal, validation
from tallybook.data.descriptor import NAME, DataError, descriptor

PATH = re.compile(r"([a-z0-9_-]+/)*[a-z0-9_-]+\.csv")
NARROWEST_FIRST = ("integer", "number", "boolean", "date", "yearmonth")
TO_SOURCES = {"fields": ["source_key"], "reference": {"resource": "sources", "fields": ["key"]}}
Schema = dict[str, Any]
SOURCES: Schema = {
    "fields": [{"name": name, "type": "string"} for name in bibliography.COLUMNS],
    "primaryKey": ["key"],
}
# The tables that the engine itself reads: a column by which each is known, its title and what it
# holds.
OWN = {
    "sources": ("key", "Sources", "One row per entry of sources.bib."),
    "claims": ("claim_id", "Claims", "What was said, a claim a row."),
    "measurements": ("measurement_id", "Measurements", "What each tested claim rests on."),
    "flips": ("flip_id", "Assumptions", "What is assumed behind the verdicts, with its range."),
    "reports": ("claim_id", "Reports of claims", "The rows in which the figure of a claim stands."),
    "standing": ("claimants", "Standing", "What each source is worth as a witness."),
    "documents": ("document_id", "Documents", "Documents that would settle a claim."),
    "settles": ("document_id", "Open claims", "For each, a document and what to look for in it."),
    "answers": ("document_id", "Answers", "What each document may say of a claim."),
    "reasons": ("claim_id", "Reasons", "Why each claim has its verdict."),
    "codebook": ("number_id", "Codebook", "What each number is and how it was made."),
    "covers": ("cover_id", "Intervals", "What the intervals cover and what they leave out."),
    "thresholds": ("threshold_id", "Thresholds", "How near a figure has to be to hold."),
}


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
    if made["title"]:  # what is said in the engine's own tables is the author's, like the sources
        made["licenses"] = next(
            (one["licenses"] for one in package["resources"] if one["path"] == "sources.csv"), []
        )
    package["resources"].append(made)
    seal.write(package, folder)
    return made


def description(path: str, content: bytes, known: Iterable[Schema] = ()) -> dict[str, Any]:
    """The description of a table, to be filled in and sealed. ``known``: the schemas of other
    tables. Raises ``DataError`` if its bytes, cells or rows have faults."""
    schema = _schema(path, content, known)
    title, words, sources = _own(path, [field["name"] for field in schema["fields"]])
    return {
        **{"name": re.sub("[/_]", "-", path.removesuffix(".csv")), "type": "table", "path": path},
        **{"title": title, "description": words, "format": "csv", "mediatype": "text/csv"},
        **{"encoding": "utf-8", "hash": "", "bytes": 0, "sources": sources, "licenses": []},
        "schema": schema,
    }


def _own(path: str, header: list[str]) -> tuple[str, str, list[dict[str, str]]]:
    """Title, description and sources of a table that the engine itself reads; empty for others."""
    column, title, words = OWN.get(Path(path).stem, ("", "", ""))
    if column not in header:
        return "", "", []
    if path == "sources.csv":
        return title, words, [{"title": "The bibliography of the report", "path": "sources.bib"}]
    chapter = path.rpartition("/")[0]
    sources = [] if "source_key" in header else [{"title": "Written for this report"}]
    return f"{title}: {chapter}" if chapter else title, words, sources


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
    if path == "sources.csv" and header == list(bibliography.COLUMNS):
        return SOURCES
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
    empty = " and ".join(key for key in ("title", "description", "licenses") if not found[key])
    fill = f"fill in {empty} there, " if empty else ""
    print(f"Look them over, {fill}and run `{cells.SEAL}`.")
    return 0
