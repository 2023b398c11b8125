"""What would close the gap between the respondents and France: the line, errors in incomes, and
jobs.

A ``share`` of the respondents was published as poor. If every income was declared too low by the
fraction ``under``, fewer of them were poor (``shapes.corrected``). People with such jobs have a
rate of their own to compare with, the ``expected`` one. There is no gap where the corrected share
over that rate is one. All shares and rates are fractions from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from microwork.inputs import percent
from microwork.intervals import Ends, hundredfold
from microwork.poverty import mix, shapes
from microwork.poverty.inputs import BOTH_LINES, at_ends, official, official_rate, survey, with_ends

TENTH = 0.1  # an understatement to try out, not a finding
STEPS = 40  # of each contour
FIRST_STEPS = 20  # of the line, from the lower to the usual one
# Columns of the contour.
UNDER = "Incomes declared too low by, percent"
FACTOR = "Poverty expected by job, France = 1"


def ratio(share: float, expected: float, under: float) -> float:
    """Corrected share of poor respondents over the rate expected of such people."""
    return shapes.corrected(official(), share, under) / expected


def closing(share: float, expected: float) -> float:
    """The understatement at which ``ratio`` is one; negative if fewer are shown than expected.

    at(share) x (1 - under) = at(expected), with the incomes of France at these ranks.
    """
    shape = official()
    return 1 - shape.at(expected) / shape.at(share)


def first() -> pd.DataFrame:
    """By how much all incomes must be declared too low for the respondents to be as often poor as
    France: line (of the median), percent, and its Wilson ends."""
    low, high = BOTH_LINES[0][1], BOTH_LINES[-1][1]
    rows = []
    for line in np.linspace(low, high, FIRST_STEPS + 1):
        expected = official().rank(float(line))
        rows.append((line, *hundredfold(at_ends(partial(_against, expected)))))
    return pd.DataFrame(rows, columns=["line", "percent", "low", "high"])


def _against(expected: float, share: float) -> float:
    return closing(share, expected)


def contour(name: str) -> pd.DataFrame:
    """Where ``ratio`` is one at a line (``name``: 50 or 60): columns ``UNDER``, ``FACTOR``, low and
    high.

    The factor of jobs that closes the gap is the ratio to France that remains at an understatement.
    ``low`` and ``high`` hold sampling error, not below one. Without a factor where France itself
    would show fewer poor people than that.
    """
    france, (share, low, high) = official_rate(name), with_ends("poor")
    ends = [closing(each, france) for each in (share, high)]
    rows = []
    for under in sorted({*np.linspace(0, ends[1], STEPS + 1), ends[0]}):
        found, *sampled = (max(1.0, ratio(each, france, under)) for each in (share, low, high))
        rows.append((100 * under, found if under <= ends[0] else None, *sampled))
    return pd.DataFrame(rows, columns=[UNDER, FACTOR, "low", "high"])


def contours() -> dict[str, pd.DataFrame]:
    """``contour`` at both lines, by short words for the line."""
    return {"at half the median": contour("50"), "at six tenths": contour("60")}


def closings() -> pd.DataFrame:
    """The map as a table: line, compared with whom, percent too low, and the ends of that."""
    rows = [
        (where.capitalize(), whom, *hundredfold(_closing(expected, name)))
        for name, _, where in BOTH_LINES
        for whom, expected in (("France", official_rate), ("People with such jobs", mix.expected))
    ]
    columns = ["line", "compared with", "no gap if too low by, percent", "from", "to"]
    return pd.DataFrame(rows, columns=columns)


def marks() -> pd.DataFrame:
    """Points on the contours for the jobs of the respondents: columns ``UNDER``, ``FACTOR`` and
    text, which has a hole for the first."""
    rates = [(name, mix.expected(name), "their jobs: {percent} %") for name, _, _ in BOTH_LINES]
    rates.append((BOTH_LINES[0][0], mix.worst(), "worst official rates: {percent} %"))
    rows = []
    for name, expected, text in rates:
        under, by_job = 100 * closing(survey("poor"), expected), expected / official_rate(name)
        rows.append({UNDER: under, FACTOR: by_job, "text": text})
    return pd.DataFrame(rows)


def _closing(expected: Callable[[str], float], name: str) -> Ends:
    return at_ends(lambda share: closing(share, expected(name)))


def _tenth_low(name: str) -> Ends:
    return at_ends(lambda share: ratio(share, mix.expected(name), TENTH))


NUMBERS = {
    key: compute
    for name, *_ in BOTH_LINES
    for key, compute in {
        f"under-reporting-{name}": percent(_closing, official_rate, name),
        f"under-reporting-{name}-jobs": percent(_closing, mix.expected, name),
        f"ratio-{name}-jobs-tenth-low": partial(_tenth_low, name),
    }.items()
}
