"""Retraining: what a list of searches knew of the word "corona" in January 2020.

The tables come from ``microwork.derive.corona_queries``: a list frozen on one day, tried on the
searches of a later one. No model is fitted, so nothing of a tried day can have been learnt: a list
holds only days up to its freeze.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number

from microwork.retraining.inputs import bootstrap, define, exact, published

DAYS, COUNTRIES = "retraining/corona_days", "retraining/corona_countries"
TEST, FROM = 31, 21  # days of January 2020
LINES = (
    "Resampling the countries of the day. It says nothing of searches that Bing left out, or of"
    " other engines."
)


def days() -> pd.DataFrame:
    """One row per day of January 2020 (``retraining/corona_days``)."""
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

    Raises ``ValueError`` if there is no such day.
    """
    frame = days().set_index("day")["distinct"]
    above = frame[frame > factor * frame.loc[1:10].median()]
    if above.empty:
        raise ValueError(f"found no day above {factor} times the early level")
    return int(above.index[0])


def ratio(part: np.ndarray, whole: np.ndarray, axis: int = -1) -> np.ndarray:
    """Sum of the parts over the sum of the wholes, in percent, for ``bootstrap``."""
    shares: np.ndarray = 100 * part.sum(axis=axis) / whole.sum(axis=axis)
    return shares


def over_countries(part: str, whole: str) -> tuple[float, float, float]:
    """``ratio`` of two columns of ``COUNTRIES`` with its paired bootstrap interval, in percent."""
    table = data.table(COUNTRIES)
    samples = table[part].to_numpy(float), table[whole].to_numpy(float)
    return float(ratio(*samples)), *bootstrap(samples, ratio, paired=True)


def over_searches() -> tuple[float, float, float]:
    """Different searches of the last day that the frozen list knows, in percent, with the exact
    interval."""
    count, n = on(TEST, "known_distinct"), on(TEST, "distinct")
    low, high = exact(count, n)
    return 100 * count / n, 100 * low, 100 * high


def numbers() -> list[Number]:
    """The corona numbers of the chapter."""
    return [*_set(), *_leap(), *_known(), *_google()]


def _set() -> list[Number]:
    rows: list[tuple[str, Callable[[], int], str]] = [
        (
            "searches",
            partial(of_month, "first_seen"),
            "Different searches in the set, January 2020",
        ),
        (
            "lines",
            partial(of_month, "rows"),
            "Pairs of a search and a country on a day, January 2020",
        ),
        (
            "searches-eve",
            partial(on, FROM - 1, "distinct"),
            "Different searches on the eve of the leap",
        ),
        (
            "searches-leap",
            partial(on, FROM, "distinct"),
            "Different searches on the day of the leap",
        ),
    ]
    how = "Counted in the set."
    return [
        define(f"corona-{n}", compute, "items", label, how, None, 0) for n, compute, label in rows
    ]


def _leap() -> list[Number]:
    return [
        define(
            "corona-first-seen-from-21-january",
            lambda: 100 * of_month("first_seen", FROM) / of_month("first_seen"),
            "percent",
            "Searches of the month that stand in the set for the first time on or after the day of"
            " the leap",
            "Searches by their first day in the set, over all different searches of the month.",
        ),
        define(
            "corona-takeoff-day",
            lambda: (takeoff(10), takeoff(5), takeoff(20)),
            "days",
            "Days from the end of 2019 to the take-off of the searches",
            "First day with more than ten times the different searches of the median of the first"
            " ten days.",
            "The answers for five and for twenty times instead of ten. Not searches before January,"
            " or elsewhere.",
            0,
        ),
    ]


def _known() -> list[Number]:
    frozen = (
        "Searches of the list of the tenth of January among those of the thirty-first, word for"
        " word."
    )
    rule = (
        "Searches with the string corona among those of the thirty-first of January; all of the set"
        " are about the virus."
    )
    strings = (
        "Exact binomial. It treats searches as drawn by chance; they are all that the set holds."
    )
    pairs = "Pairs of search and country that"
    rows: list[tuple[str, tuple[str, str], str, str]] = [
        ("frozen-rows", ("known_rows", "rows"), f"{pairs} the frozen list knows", frozen),
        (
            "frozen-popularity",
            ("known_popularity", "popularity"),
            "Popularity that the frozen list knows",
            frozen,
        ),
        ("rule-rows", ("rule_rows", "rows"), f"{pairs} the rule finds", rule),
    ]
    return [
        define(
            "corona-frozen-distinct",
            over_searches,
            "percent",
            "Different searches that the frozen list knows",
            frozen,
            strings,
            1,
        ),
        *(
            define(
                f"corona-{name}", partial(over_countries, *columns), "percent", label, how, LINES, 0
            )
            for name, columns, label, how in rows
        ),
    ]


def _google() -> list[Number]:
    named = "Day on which the World Health Organization named a coronavirus as the cause"
    day = "day of January 2020"
    return [
        published("corona-announced", "corona-announced", day, named),
        published(
            "corona-google-takeoff", "corona-search-takeoff-date", day, "Day of take-off on Google"
        ),
    ]
