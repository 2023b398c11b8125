"""Poverty: what the page shows in tables and charts."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from microwork.intervals import hundredfold
from microwork.poverty import gap
from microwork.poverty.inputs import BOTH_LINES, at_ends, official

STEPS = 20  # of the line, from the lower to the usual one


def first() -> pd.DataFrame:
    """By how much all incomes must be declared too low for the respondents to be as often poor as
    France: line (of the median), percent, and its Wilson ends."""
    low, high = BOTH_LINES[0][1], BOTH_LINES[-1][1]
    rows = []
    for line in np.linspace(low, high, STEPS + 1):
        expected = official().rank(float(line))
        rows.append((line, *hundredfold(at_ends(partial(_closing, expected)))))
    return pd.DataFrame(rows, columns=["line", "percent", "low", "high"])


def _closing(expected: float, share: float) -> float:
    return gap.closing(share, expected)
