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
        rows += [
            (line, "France", 100 * rate(f"france-{name}"), "soft"),
            (line, "Those who answered", 100 * survey("poor"), "claim"),
        ]
    return pd.DataFrame(rows, columns=["line", "who", BELOW, "colour"])
