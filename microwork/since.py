"""Since 2022: what became known after the last claim. No verdict on a claim rests on it.

Facts stand in one table a chapter (``data/<chapter>/since.csv``).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tallybook import data
from tallybook.claims.tables import Table
from tallybook.data.provenance import untraced
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.model.digits import decimals
from tallybook.model.numbers import Computed, Number, number

COVERS = "The range that the source gives. Not: what the source left out."


def name(chapter: str) -> str:
    """The table of facts of a chapter."""
    return f"{chapter}/since"


def numbers(chapter: str) -> list[Number]:
    """Each fact of a chapter as a number, ``chapter.since-fact``, with the range that its source
    gives, if any."""
    with untraced():
        rows = data.records(name(chapter))
    return [_number(chapter, row) for row in rows]


def _number(chapter: str, row: dict[str, Any]) -> Number:
    parts = ["value"] if row["low"] is None else ["value", "low", "high"]

    def read() -> float | Computed:
        found = data.row(name(chapter), row["fact_id"])
        value, *ends = (float(found[part]) for part in parts)
        return (value, ends[0], ends[1]) if ends else value

    differs = f" {row['differs']}." if row["differs"] else ""
    return number(
        _number_id(chapter, row),
        read,
        row["unit"],
        label=f"{row['quantity']}, {row['place']}",
        how=f"As published, known in {when(row['month'])}.{differs}",
        covers=COVERS if len(parts) > 1 else None,
        decimals=max(decimals(row[part]) for part in parts),
    )


def _number_id(chapter: str, row: dict[str, Any]) -> str:
    return f"{chapter}.since-{row['fact_id']}"


def known(chapter: str, _report: Any) -> Table:
    """The facts of a chapter, the newest first: what, how much, where and when, source, grade."""
    with untraced():
        rows = data.records(name(chapter))
    rows.sort(key=lambda row: row["month"], reverse=True)
    body = [
        [
            _(row["quantity"]),
            f"[[{_number_id(chapter, row)}{'' if row['low'] is None else '|full'}]]",
            ". ".join(_(part) for part in (row["place"], row["differs"]) if part),
            when(row["month"]),
            f"{{@{row['source_key']}}} ({row['grade']})",
        ]
        for row in rows
    ]
    columns = [_("What"), _("How much"), _("Where"), _("Published"), _("Source (grade)")]
    caption = _("What is known since 2022, to {month}").format(month=when(rows[0]["month"]))
    return caption, columns, body


def when(month: str) -> str:
    """A month or a year as a reader would write it: "Sep 2026" for "2026-09", "2024" for "2024"."""
    if "-" not in month:
        return month
    return days.in_words(date.fromisoformat(f"{month}-01"), "MMM y")
