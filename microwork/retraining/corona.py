"""Retraining: what a list of searches knew of the word "corona" in January 2020.

The tables come from ``microwork.derive.corona_queries``: a list frozen on one day, tried on the
searches of a later one. No model is fitted, so nothing of a tried day can have been learnt: a list
holds only days up to its freeze.
"""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.intervals import exact
from microwork.retraining.inputs import bootstrap, ratio

DAYS = "retraining/corona_days"
TEST, FROM = 31, 21  # days of January 2020


def days() -> pd.DataFrame:
    """One row per day of January 2020, in order (``retraining/corona_days``)."""
    return data.table(DAYS).sort_values("day", ignore_index=True)


def on(day: int, column: str) -> int:
    """A count of one day of January 2020, from ``days``."""
    return int(data.row(DAYS, day)[column])


def of_month(column: str, first: int = 1) -> int:
    """A count of ``days``, summed from a day to the end of January 2020."""
    return int(days().set_index("day").loc[first:, column].sum())


def takeoff(factor: float) -> int:
    """First day on which there are more than ``factor`` times as many different searches as on the
    median of 1-10 January.
    """
    frame = days().set_index("day")["distinct"]
    above = frame[frame > factor * frame.loc[1:10].median()]
    return int(above.index[0])


def over_countries(part: str, whole: str) -> Bounded:
    """Sum of a column by country over that of another, in percent, countries drawn again."""
    table = data.table("retraining/corona_countries")
    parts, wholes = (table[column].to_numpy(float) for column in (part, whole))
    return bootstrap((100 * parts, wholes), ratio, paired=True)


NUMBERS: Numbers = {
    "corona-searches": lambda: of_month("first_seen"),
    "corona-lines": lambda: of_month("rows"),
    "corona-searches-eve": lambda: on(FROM - 1, "distinct"),
    "corona-searches-leap": lambda: on(FROM, "distinct"),
    "corona-first-seen-from-21-january": lambda: (
        100 * of_month("first_seen", FROM) / of_month("first_seen")
    ),
    "corona-takeoff-day": lambda: (takeoff(10), takeoff(5), takeoff(20)),
    "corona-frozen-distinct": lambda: exact(on(TEST, "known_distinct"), on(TEST, "distinct")),
    "corona-frozen-popularity": lambda: over_countries("known_popularity", "popularity"),
}
