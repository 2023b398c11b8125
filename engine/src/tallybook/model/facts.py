"""What a chapter took from others, as a table for readers: each row with its source and place."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tallybook import data
from tallybook.model.tables import show_table

# Columns that have a place of their own on the page; any other stands under its own name.
FIGURE, AMOUNT, ABOUT = "quantity", ("value", "unit"), ("population", "country", "period", "n")
SOURCE, PLACE, REMARKS = "source_key", ("locator", "grade"), ("note", "reason")
NAMES = ("fact_id", "pay_id", "assumption_id", "link_id")  # of rows, for programs
LEADS = {"n": "n = ", "grade": "grade "}
# Of a table of data, one without quantities in words, of more rows the page prints the first ones.
LONG, FIRST = 6, 3


def show_facts(*tables: str) -> None:
    """Show tables of facts to the reader, a row each: the figure, what it is about, and where it
    was read. Of a long table of data the page prints the first rows, and says where all are. Raises
    ``DataError`` if a table is not as described."""
    for name in tables:
        rows, described = facts(name), data.describe(name)
        of_facts = any(column["name"] == FIGURE for column in described["schema"]["fields"])
        first, more = None, ""
        if len(rows) > LONG and not of_facts:
            first = FIRST
            more = f". The first {FIRST} of {len(rows)} rows; the file data/{name}.csv has all."
        show_table(rows, f"Rows of {name}: {described['title']}{more}", first=first)


def facts(name: str) -> pd.DataFrame:
    """The rows of a table in words; a column that would be empty is left out."""
    words = pd.DataFrame([_words(row) for row in data.records(name)])
    return words.loc[:, (words != "").any()]


def _words(row: dict[str, Any]) -> dict[str, str]:
    known = {FIGURE, *AMOUNT, *ABOUT, SOURCE, *PLACE, *REMARKS, *NAMES}
    others = [
        f"{column.replace('_', ' ')} {_text(cell)}"
        for column, cell in row.items()
        if column not in known and cell is not None
    ]
    figure, about = _joined(row, (FIGURE,)), [_joined(row, ABOUT)]
    if FIGURE in row:
        about += others
    else:
        figure = "; ".join(others) or row[next(iter(row))].replace("-", " ")
    return {
        "figure": figure,
        "value": _joined(row, AMOUNT, " "),
        "about": "; ".join(filter(None, about)),
        "source": row.get(SOURCE) or "",
        "place": ". ".join(filter(None, [_joined(row, PLACE), _joined(row, REMARKS)])),
    }


def _joined(row: dict[str, Any], columns: tuple[str, ...], by: str = ", ") -> str:
    """The cells of some columns that hold something, in one line."""
    there = [column for column in columns if row.get(column) is not None]
    return by.join(LEADS.get(column, "") + _text(row[column]) for column in there)


def _text(cell: object) -> str:
    """A cell as it stands in the file, whole numbers without a point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
