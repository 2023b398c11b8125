"""The tables that a judgement of claims reads, as ``columns.csv`` describes them.

A column that is not needed may be left out of a table; then it holds its default in every row.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tallybook import data
from tallybook.claims.vocabulary import ClaimError
from tallybook.data.provenance import untraced

LONGEST = 1000  # characters of a cell: what is longer fits no card, no record and no line
COLUMNS = Path(__file__).with_name("columns.csv")


class Column(NamedTuple):
    """A column: its type, whether it is part of the key, whether each row needs it, what holds
    without it, the words that it allows (empty for any), and what it means."""

    type: str
    key: bool
    needed: bool
    default: str | None
    allowed: tuple[str, ...]
    meaning: str


@functools.cache
def kinds() -> Mapping[str, Mapping[str, Column]]:
    """For each kind of table, such as ``claims``, its columns by name."""
    found: dict[str, dict[str, Column]] = {}
    with COLUMNS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["table"], {})[row["column"]] = Column(
                row["type"],
                row["needed"] == "key",
                bool(row["needed"]),
                row["default"] or None,
                tuple(filter(None, row["allowed"].split("|"))),
                row["meaning"],
            )
    return found


def read(name: str, folder: Path | None = None, wanted_by: str = "") -> list[dict[str, Any]]:
    """All rows of a table in order, with every column of its kind; ``None`` for an empty cell.

    name: such as ``claims``; ``wanted_by``: what names rows of it, for the
    message. Raises ``ClaimError`` with file, row and column if the table or a needed column or cell
    is not there, or a cell holds what its column does not allow.
    """
    shown, columns = f"data/{name}.csv", kinds()[name.rpartition("/")[2]]
    if name not in data.names(folder):
        why = f", for {wanted_by} names its rows" if wanted_by else ""
        raise ClaimError(f"{shown}: found no such table; expected one{why}")
    with untraced():
        found = data.records(name, folder)
    header = [field["name"] for field in data.describe(name, folder)["schema"]["fields"]]
    for column, one in columns.items():
        if one.needed and column not in header:
            raise ClaimError(
                f"{shown}, row 1: found no column {column}; expected it ({one.meaning.lower()})"
            )
    for line, row in enumerate(found, start=2):
        for column, one in columns.items():
            row[column] = _cell(row.get(column), one, f"{shown}, row {line}, column {column}")
    return found


def _cell(value: Any, column: Column, place: str) -> Any:
    """A cell as its column wants it. Raises ``ClaimError`` for any other."""
    if value is None:
        if column.needed:
            raise ClaimError(f"{place}: found an empty cell; expected {_expected(column)}")
        return column.default
    if column.type == "number":
        if isinstance(value, str):
            raise ClaimError(
                f"{place}: found the text {value!r}; expected the type number in schema.csv"
            )
        return float(value)
    if column.allowed and value not in column.allowed:
        raise ClaimError(f"{place}: found {value!r}; expected {_expected(column)}")
    if len(str(value)) > LONGEST:
        raise ClaimError(
            f"{place}: found a text of {len(value):,} characters; expected {LONGEST:,} at most"
        )
    return str(value)


def _expected(column: Column) -> str:
    if column.allowed:
        return f"one of {', '.join(column.allowed)}"
    return f"a {column.type} ({column.meaning.lower()})"
