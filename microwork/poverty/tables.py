"""Poverty: what the page shows in tables and charts."""

from __future__ import annotations

import pandas as pd
from tallybook.model.formatting import plain

from microwork.poverty.inputs import BOTH_LINES, amount, rate, survey

BELOW = "percent below the line"


def first() -> pd.DataFrame:
    """France and the respondents below the line, at both lines: line, who, percent below it,
    colour."""
    rows = []
    for name, _, where in BOTH_LINES:
        line = f"If the line was {where}, {plain(amount(f'line-{name}'), 0)} EUR a month"
        rows.append(
            {"line": line, "who": "France", BELOW: 100 * rate(f"france-{name}"), "colour": "soft"}
        )
        rows.append(
            {
                "line": line,
                "who": "Those who answered",
                BELOW: 100 * survey("poor"),
                "colour": "claim",
            }
        )
    return pd.DataFrame(rows)
