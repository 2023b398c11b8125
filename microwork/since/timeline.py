"""What happened since 2022, as a table with a row for each year and a column for each lane."""

from __future__ import annotations

from typing import Any

from tallybook import data
from tallybook.contract import Table
from tallybook.data.provenance import untraced

from microwork.since.facts import when

TIMELINE = "timeline"
LANES = {
    "rules": "Laws and courts",
    "surveys": "What workers say",
    "platforms": "Companies and crowds",
    "machines": "Machines",
}


def timeline(report: Any) -> Table:
    """Events by year and lane, in order of month; each with its source and grade."""
    with untraced():
        rows = (
            data.table(TIMELINE).sort_values(["month", "event"], kind="stable").to_dict("records")
        )
    years = list(dict.fromkeys(row["month"][:4] for row in rows))
    cells = {
        (year, lane): _cell(
            [row for row in rows if row["month"][:4] == year and row["lane"] == lane]
        )
        for year in years
        for lane in LANES
    }
    body = [[year, *(cells[year, lane] for lane in LANES)] for year in years]
    return (
        f"What happened, from {when(rows[0]['month'])} to {when(rows[-1]['month'])}",
        ["Year", *LANES.values()],
        body,
    )


def _cell(rows: list[dict[str, Any]]) -> str:
    """Events as sentences, a line each."""
    said = [
        f"{_month(row['month'])}{row['event']} ({{@{row['source_key']}}}, {row['grade']})."
        for row in rows
    ]
    return "\n".join(said)


def _month(month: str) -> str:
    return f"{when(month).split()[0]}: " if "-" in month else ""
