"""Poverty on another platform: household incomes declared on Mechanical Turk in the United States,
2015.

Incomes were asked in brackets, so the share below a line is bounded
(``microwork.derive.mturk_incomes``).
"""

from __future__ import annotations

from tallybook import data

from microwork.inputs import percent
from microwork.intervals import Ends, each, odds_ratio, scaled, wilson
from microwork.poverty.inputs import MTURK, mturk_count, rate


def poor() -> Ends:
    """Share of US workers below the guideline, and its bounds widened by sampling (fractions)."""
    row, workers = data.fact(MTURK, "below-line"), mturk_count("workers")
    value, least, most = (float(row[end]) / workers for end in ("value", "low", "high"))
    return value, wilson(least, workers)[0], wilson(most, workers)[1]


def us_adults() -> float:
    """Official poverty rate of adults under 65 in the United States, as a fraction."""
    return rate("adults")


def odds() -> Ends:
    """Odds of US workers below the guideline over those of US adults."""
    return each(lambda share: odds_ratio(share, us_adults()), poor())


NUMBERS = {
    "mturk-us-workers": lambda: mturk_count("workers"),
    "mturk-us-poor": percent(poor),
    "us-adults-poor": percent(us_adults),
    "mturk-us-ratio": lambda: scaled(poor(), 1 / us_adults()),
    "mturk-us-odds": odds,
}
