"""Begin the description of a table, or bring it up to date: columns, types and key are taken from
the cells.

python -m tallybook describe data/rain/months.csv

What is written is true of the rows there are; the author looks it over, since later rows may
differ. What the engine cannot know, such as the title of the author's own table, is left empty,
and a check refuses the table until the author has filled it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tallybook.claims import rows as claim_rows
from tallybook.data import bibliography, cells, schema, validation
from tallybook.data.schema import SCHEMA, TABLES, DataError, Line

NARROWEST_FIRST = ("integer", "number", "boolean", "date", "yearmonth")


def describe(path: str, folder: Path) -> tuple[Line, list[Line]]:
    """Write a table into ``tables.csv`` and its columns into ``schema.csv``, or only the columns
    that are new or gone; returns its lines. ``path``: from ``folder``, as ``rain/months.csv``.
    Raises ``DataError``, with nothing written, if there is no such table, or it has faults."""
    name = path.removesuffix(".csv")
    if not re.fullmatch(schema.TABLE, name) or name == path:
        raise DataError(f"data/{path}", "this name", "small letters, digits, - and _, then .csv")
    if not (folder / path).is_file():
        raise DataError(f"data/{path}: file not found; expected the table to describe")
    columns, tables = (
        schema.lines(folder, file) if (folder / file).exists() else [] for file in (SCHEMA, TABLES)
    )
    made = described(name, (folder / path).read_bytes(), columns)
    place = next((at for at, line in enumerate(columns) if line["table"] == name), len(columns))
    others = [line for line in columns if line["table"] != name]
    others[place:place] = made
    schema.write(folder, SCHEMA, others)
    begun = dict.fromkeys(schema.columns(TABLES), "") | {"table": name}
    about = next((line for line in tables if line["table"] == name), begun)
    schema.write(folder, TABLES, tables if about in tables else [*tables, about])
    return about, made


def described(name: str, content: bytes, known: Iterable[Line] = ()) -> list[Line]:
    """The lines of a table in ``schema.csv``; those that ``known`` has of it are taken over. Raises
    ``DataError`` if the bytes, cells or rows of the table have faults."""
    try:
        header, *rows = cells.rows(content)
    except cells.NotCsv as error:
        raise DataError(f"data/{name}.csv, {error}") from None
    if len({*header, ""}) <= len(header):
        columns = f"the columns {', '.join(map(repr, header))}"
        raise DataError(f"data/{name}.csv, row 1", columns, "a different name for each")
    own = {line["column"]: line for line in known if line["table"] == name}
    made = [(inferred(name, header, rows) | own)[column] for column in header]
    table = {"path": f"{name}.csv", "schema": schema.of_columns(made)}
    if found := validation.faults(table, content, {}):
        raise DataError("\n".join(cells.listed(found, f"data/{name}.csv")))
    return made


def inferred(name: str, header: list[str], rows: list[list[str]]) -> dict[str, Line]:
    """What the cells of a table show: for each column the narrowest type, and whether a cell is
    empty. Columns of a table about claims are described as ``claims/columns.csv`` has them. The key
    is the fewest columns from the left that tell all rows apart."""
    known = claim_rows.kinds().get(name.rpartition("/")[2], {})
    key = [column for column, one in known.items() if one.key]
    width = 1
    while width < len(header) and len({tuple(row[:width]) for row in rows}) < len(rows):
        width += 1
    key = key if key and {*key} <= {*header} else header[:width]
    made = {}
    for place, column in enumerate(header):
        found = {row[place] if place < len(row) else "" for row in rows}
        kind, rules, meaning = _type(found), ["key"] * (column in key), ""
        if one := known.get(column):
            kind, meaning = one.type, one.meaning
            rules += [] if one.needed else ["optional"]
            rules += [f"one of {' | '.join(one.allowed)}"] if one.allowed else []
        elif name == schema.SOURCES and tuple(header) == bibliography.COLUMNS:
            kind, rules = "string", rules or ["optional"]
        elif "" in found:
            rules.append("optional")
        cell = {"table": name, "column": column, "type": kind, "rules": "; ".join(rules)}
        made[column] = cell | {"unit": "", "description": meaning}
    return made


def _type(found: set[str]) -> str:
    """The narrowest type that is written like all cells of a column; text if all are empty."""
    filled = found - {""}
    for kind in NARROWEST_FIRST if filled else ():
        if all(map(cells.WRITTEN[kind].fullmatch, filled)):
            return kind
    return "string"


def main(table: str) -> int:
    """Describe a table of this report, and say what was inferred; returns the exit code. Raises
    ``DataError`` as ``describe`` does."""
    folder = Path("data").resolve()
    if not Path(table).resolve().is_relative_to(folder):
        wanted = "a table in data/, such as data/rain/months.csv"
        raise DataError("describe", repr(table), wanted)
    about, columns = describe(Path(table).resolve().relative_to(folder).as_posix(), folder)
    print(f"Described data/{about['table']}.csv in data/{TABLES} and data/{SCHEMA}.")
    shown = (
        f"{line['column']} ({', '.join(filter(None, (line['type'], line['rules'])))})"
        for line in columns
    )
    print(f"Columns: {', '.join(shown)}.")
    empty = " and ".join(key for key in ("title", "licence", "description") if not about[key])
    fill = f"fill in {empty} there, " if empty else ""
    print(f"Look them over, {fill}and run `{cells.SEAL}`.")
    return 0
