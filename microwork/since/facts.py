"""Facts of later years, one table a chapter (``data/<chapter>/since.csv``), as numbers and as a
table for readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from tallybook import data
from tallybook.contract import Table
from tallybook.data.provenance import untraced
from tallybook.model.digits import decimals
from tallybook.model.formatting import LOCALE
from tallybook.model.numbers import Number, number

from microwork.paths import DATA

COVERS = "The range that the source gives. Not: what the source left out."


def name(chapter: str) -> str:
    """The table of a chapter."""
    return f"{chapter}/since"


def number_id(chapter: str, fact_id: str) -> str:
    """The id of the number that a fact becomes."""
    return f"{chapter}.since-{fact_id}"


def numbers(chapter: str, folder: Path = DATA) -> list[Number]:
    """Each fact of a chapter as a number, ``chapter.since-fact``, with the range that its source
    gives, if any."""
    with untraced():
        rows = data.records(name(chapter), folder)
    return [_number(chapter, row, folder) for row in rows]


def _number(chapter: str, row: dict[str, Any], folder: Path) -> Number:
    def read() -> float | tuple[float, float, float]:
        found = data.row(name(chapter), row["fact_id"], folder=folder)
        return (
            float(found["value"])
            if row["low"] is None
            else (float(found["value"]), float(found["low"]), float(found["high"]))
        )

    covers = None if row["low"] is None else COVERS
    label = f"{row['quantity']}, {row['place']}"
    how = f"As published, known in {when(row['month'])}." + (
        f" {row['differs']}." if row["differs"] else ""
    )
    digits = max(decimals(row[part]) for part in ("value", "low", "high") if row[part] is not None)
    return number(number_id(chapter, row["fact_id"]), read, row["unit"], label, how, covers, digits)


def known(chapter: str, _report: Any) -> Table:
    """The facts of a chapter, the newest first: what, how much, where and when, source and grade."""
    with untraced():
        rows = data.records(name(chapter))
    rows.sort(key=lambda row: row["month"], reverse=True)
    latest = when(rows[0]["month"])
    body = [
        [
            row["quantity"],
            f"[[{number_id(chapter, row['fact_id'])}{'' if row['low'] is None else '|full'}]]",
            ". ".join(filter(None, [row["place"], row["differs"]])),
            when(row["month"]),
            f"{{@{row['source_key']}}} ({row['grade']})",
        ]
        for row in rows
    ]
    return (
        f"What is known since 2022, to {latest}",
        ["What", "How much", "Where", "Published", "Source (grade)"],
        body,
    )


def when(month: str) -> str:
    """A month or a year as a reader would write it: "Sep 2026" for "2026-09", "2024" for "2024"."""
    year, _, number_ = month.partition("-")
    return (
        format_date(date(int(year), int(number_), 1), "MMM y", locale=LOCALE) if number_ else year
    )
