"""What a chapter took from others, as a table for readers: each row with its source and place."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from tallybook import data, language
from tallybook.language import N_
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.model.digits import decimals
from tallybook.model.formatting import plain
from tallybook.model.tables import bundle, show_in_all

# Columns that have a place of their own on the page; any other stands under its own name.
FIGURE, AMOUNT, ABOUT = "quantity", ("value", "unit"), ("population", "country", "period", "n")
SOURCE, PLACE, REMARKS = "source_key", ("locator", "grade"), ("note", "reason")
NAMES = ("fact_id", "pay_id", "assumption_id", "link_id")  # of rows, for programs
DATED, YEAR = ("period", "date", "month"), "year"  # columns of days, and of years
LEADS = N_({"n": "n = {cell}", "grade": "grade {cell}"})
# Of a table of data, one without quantities in words, of more rows the page prints the first ones.
LONG, FIRST = 6, 3


def show_facts(*tables: str) -> None:
    """Show tables of facts to the reader, a row each: the figure, what it is about, and where it
    was read. Of a long table of data the page prints the first rows, and says where all are. Raises
    ``DataError`` if a table is not as described."""
    for name in tables:
        show_in_all(partial(_shown, name))


def _shown(name: str) -> dict[str, Any]:
    rows, described = facts(name), data.describe(name)
    of_facts = any(column["name"] == FIGURE for column in described["schema"]["fields"])
    if len(rows) <= LONG or of_facts:
        caption = _("Rows of {table}: {title}")
        return bundle(rows, caption.format(table=name, title=_(described["title"])))
    caption = _(
        "Rows of {table}: {title}. The first {first} of {count} rows; the file {file} has all."
    ).format(
        table=name,
        title=_(described["title"]),
        first=FIRST,
        count=len(rows),
        file=f"data/{name}.csv",
    )
    return bundle(rows, caption, first=FIRST)


def facts(name: str) -> pd.DataFrame:
    """The rows of a table in words; a column that would be empty is left out."""
    words = pd.DataFrame([_words(row) for row in data.records(name)])
    return words.loc[:, (words != "").any()]


def _words(row: dict[str, Any]) -> dict[str, str]:
    known = {FIGURE, *AMOUNT, *ABOUT, SOURCE, *PLACE, *REMARKS, *NAMES}
    others = [
        _("{column} {cell}").format(column=_(column.replace("_", " ")), cell=_text(column, cell))
        for column, cell in row.items()
        if column not in known and cell is not None
    ]
    if (row.get("population") or "").endswith(row.get("country") or "?"):
        row = {**row, "country": None}  # "workers in France" says it
    figure, about = _joined(row, (FIGURE,)), [_joined(row, ABOUT)]
    if FIGURE in row:
        about += others
    else:
        figure = language.semicolon().join(others) or _(row[next(iter(row))].replace("-", " "))
    return {
        "figure": language.said(figure),
        "value": language.said(_amount(row)),
        "who or what, where, when": language.said(language.semicolon().join(filter(None, about))),
        "source": row.get(SOURCE) or "",
        "where in the source": language.said(
            ". ".join(filter(None, [_joined(row, PLACE), _joined(row, REMARKS)]))
        ),
    }


def _amount(row: dict[str, Any]) -> str:
    """A value with its unit, or the day that it is."""
    value, unit = (row.get(column) for column in AMOUNT)
    day = "" if value is None or unit is None else days.of_unit(value, unit)
    return day or _joined(row, AMOUNT, " ")


def _joined(row: dict[str, Any], columns: tuple[str, ...], by: str = ", ") -> str:
    """The cells of some columns that hold something, in one line."""
    there = [column for column in columns if row.get(column) is not None]
    cells = ((LEADS.get(column), _text(column, row[column])) for column in there)
    return by.join(_(lead).format(cell=cell) if lead else cell for lead, cell in cells)


def _text(column: str, cell: object) -> str:
    """A cell in words: numbers with all digits of the file, days and months as a reader writes
    them."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(int(cell)) if YEAR in column else plain(cell, decimals(cell))
    if not isinstance(cell, str):
        return str(cell)
    return days.dated(_(cell)) if column in DATED else _(cell)
