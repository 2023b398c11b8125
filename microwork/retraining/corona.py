"""Retraining: what a list of searches knew of the word "corona" in January 2020.

The tables come from ``microwork.derive.corona_queries``: a list frozen on one day, tried on the searches of a later one.
No model is fitted, so nothing of a tried day can have been learnt: a list holds only days up to its freeze, or days
before the one it is tried on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number

from microwork.retraining.inputs import bootstrap, define, exact, published

DAYS, COVERAGE, COUNTRIES = "retraining/corona_days", "retraining/corona_coverage", "retraining/corona_countries"
FREEZE, TEST, FROM = 10, 31, 21  # days of January 2020
WEIGHTS = ("distinct", "rows", "popularity", "country")
LINES = "Resampling the countries of the day. It says nothing of searches that Bing left out, or of other engines."


def days() -> pd.DataFrame:
    """One row per day of January 2020 (``retraining/corona_days``)."""
    return data.table(DAYS).sort_values("day", ignore_index=True)


def coverage() -> pd.DataFrame:
    """What each list knows, in percent: freeze, policy, day, labels and one column per weight.

    Every frozen list on every later day; the list of ``FREEZE`` that goes on learning, on ``TEST`` alone.

    distinct: different searches; rows: pairs of a search and a country; popularity: pairs weighted by their score;
    country: popularity with the same weight for every country.
    """
    frame = data.table(COVERAGE).merge(days()[["day", "distinct", "rows", "popularity"]], on="day", validate="many_to_one")
    shares = {weight: 100 * frame[f"known_{weight}"] / frame[weight] for weight in WEIGHTS[:3]}
    kept = frame[["freeze", "policy", "day"]].assign(labels=frame["labels"].fillna(0))
    return kept.assign(**shares, country=frame["known_country_share"]).astype({weight: float for weight in WEIGHTS})


def knows(freeze: int = FREEZE, day: int = TEST, policy: str = "frozen") -> pd.Series:
    """What one list knows of one day: labels and, in percent, one value per weight, as in ``coverage``.

    Raises ``ValueError`` unless freeze < day and the policy is known.
    """
    try:
        row = data.row(COVERAGE, freeze, policy, day)
    except data.DataError:
        found = f"found no list of day {freeze} with policy {policy!r} on day {day}"
        raise ValueError(f"{found}; expected 1 <= freeze < day <= 31") from None
    shares = {weight: 100 * int(row[f"known_{weight}"]) / on(day, weight) for weight in WEIGHTS[:3]}
    labels = 0 if pd.isna(row["labels"]) else int(row["labels"])
    return pd.Series({"labels": labels} | shares | {"country": float(row["known_country_share"])})


def on(day: int, column: str) -> int:
    """A count of one day of January 2020, from ``days``."""
    return int(data.row(DAYS, day)[column])


def of_month(column: str, first: int = 1) -> int:
    """A count of ``days``, summed from a day to the end of January 2020."""
    return int(days().set_index("day").loc[first:, column].sum())


def takeoff(factor: float) -> int:
    """First day on which there are more than ``factor`` times as many different searches as on the median of 1-10 January.

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


def each(part: np.ndarray, whole: np.ndarray, axis: int = -1) -> np.ndarray:
    """Part over whole in percent, mean over countries, each of which counts alike, for ``bootstrap``."""
    means: np.ndarray = (100 * part / whole).mean(axis=axis)
    return means


def by_country(*columns: str) -> tuple[np.ndarray, ...]:
    """Columns of ``COUNTRIES``."""
    table = data.table(COUNTRIES)
    return tuple(table[column].to_numpy(float) for column in columns)


def over_countries(statistic: Callable[..., np.ndarray], *columns: str) -> tuple[float, float, float]:
    """A statistic of columns of ``COUNTRIES`` with its paired bootstrap interval, in the statistic's unit."""
    samples = by_country(*columns)
    return float(statistic(*samples)), *bootstrap(samples, statistic, paired=True)


def over_searches(part: Callable[[], int]) -> tuple[float, float, float]:
    """A count of different searches over all of the last day, in percent, with its exact interval."""
    count, n = part(), on(TEST, "distinct")
    low, high = exact(count, n)
    return 100 * count / n, 100 * low, 100 * high


def numbers() -> list[Number]:
    """The corona numbers of the chapter."""
    return [*_set(), *_leap(), *_known(), *_labelling(), *_rule(), *_beer(), *_google()]


def _set() -> list[Number]:
    rows: list[tuple[str, Callable[[], int], str]] = [
        ("searches",       partial(of_month, "first_seen"),     "Different searches in the set, January 2020"),
        ("lines",          partial(of_month, "rows"),           "Pairs of a search and a country on a day, January 2020"),
        ("searches-first", partial(on, 1, "distinct"),          "Different searches on the first day of January"),
        ("searches-eve",   partial(on, FROM - 1, "distinct"),   "Different searches on the eve of the leap"),
        ("searches-leap",  partial(on, FROM, "distinct"),       "Different searches on the day of the leap"),
        ("searches-last",  partial(on, TEST, "distinct"),       "Different searches on the last day of January"),
        ("countries-last", lambda: len(data.table(COUNTRIES)),  "Countries on the last day of January"),
        ("rows-last",      partial(on, TEST, "rows"),           "Pairs of a search and a country on the last day"),
    ]  # fmt: skip
    units = {"countries-last": "countries"}
    how = "Counted in the set."
    return [define(f"corona-{n}", compute, units.get(n, "items"), label, how, None, 0) for n, compute, label in rows]


def _leap() -> list[Number]:
    return [
        define("corona-first-seen-from-21-january",
               lambda: 100 * of_month("first_seen", FROM) / of_month("first_seen"), "percent",
               "Searches of the month that stand in the set for the first time on or after the day of the leap",
               "Searches by their first day in the set, over all different searches of the month."),
        define("corona-takeoff-day", lambda: (takeoff(10), takeoff(5), takeoff(20)), "days",
               "Days from the end of 2019 to the take-off of the searches",
               "First day with more than ten times the different searches of the median of the first ten days.",
               "The answers for five and for twenty times instead of ten. Not searches before January, or elsewhere.", 0),
    ]  # fmt: skip


def _known() -> list[Number]:
    frozen = "Searches of the list of the tenth of January among those of the thirty-first, word for word."
    rule = "Searches with the string corona among those of the thirty-first of January; all of the set are about the virus."
    strings = "Exact binomial. It treats searches as drawn by chance; they are all that the set holds."
    pairs = "Pairs of search and country that"

    def known() -> int:  # searches of the frozen list
        return int(data.row(COVERAGE, FREEZE, "frozen", TEST)["known_distinct"])

    rows: list[tuple[str, tuple[Any, ...], str, str]] = [
        ("frozen-distinct", (known,), "Different searches that the frozen list knows", frozen),
        ("frozen-rows", (ratio, "known_rows", "rows"), f"{pairs} the frozen list knows", frozen),
        ("frozen-popularity", (ratio, "known_popularity", "popularity"), "Popularity that the frozen list knows", frozen),
        ("frozen-country", (each, "known_popularity", "popularity"),
         "Popularity that the frozen list knows, each country alike", f"{frozen} Mean over countries."),
        ("rule-distinct", (partial(on, TEST, "rule_distinct"),), "Different searches that the rule finds", rule),
        ("rule-rows", (ratio, "rule_rows", "rows"), f"{pairs} the rule finds", rule),
    ]  # fmt: skip
    ways: dict[str, tuple[Callable[..., tuple[float, float, float]], str]] = {"distinct": (over_searches, strings)}
    found = []
    for name, arguments, label, how in rows:
        way, covers = ways.get(name.split("-")[1], (over_countries, LINES))
        decimals = 1 if way is over_searches else 0
        found.append(define(f"corona-{name}", partial(way, *arguments), "percent", label, how, covers, decimals))
    return found


def _labelling() -> list[Number]:
    found = []
    for policy, name, words in (("25", "few", "25 a day"), ("100", "many", "a hundred a day"), ("all", "all", "all")):
        how = f"New searches labelled since the tenth of January, most popular first, {words}."
        if name == "few":
            label = f"Popularity known where new searches are labelled daily ({name})"
            compute = partial(lambda policy: float(knows(policy=policy)["popularity"]), policy)
            found.append(define(f"corona-labelled-{name}-popularity", compute, "percent", label, how))
        label = f"Labels that this takes until the thirty-first of January ({name})"
        compute = partial(lambda policy: data.row(COVERAGE, FREEZE, policy, TEST)["labels"], policy)
        found.append(define(f"corona-labels-{name}", compute, "items", label, how))
    return found


def _rule() -> list[Number]:
    return [
        define("corona-explicit-last", lambda: 100 * on(TEST, "explicit_distinct") / on(TEST, "distinct"), "percent",
               "Searches of the last day that name the virus, according to the set", "Marked as explicit by Microsoft."),
    ]  # fmt: skip


def _beer() -> list[Number]:
    rows: list[tuple[str, Callable[[], int], str, str]] = [
        ("searches", partial(of_month, "beer_first_seen"), "items", "Different searches of the month that name beer"),
        ("lines", partial(of_month, "beer_rows"), "items", "Pairs of such a search and a country on a day"),
        ("first", lambda: days().query("beer_rows > 0")["day"].min(), "day of January 2020",
         "First day with such a search in the set"),
    ]  # fmt: skip
    how = "Counted in the set: beer, bier, bière, birra, cerveja, cerveza."
    return [define(f"corona-beer-{name}", compute, unit, label, how, None, 0) for name, compute, unit, label in rows]


def _google() -> list[Number]:
    rise = "Rise of Google searches for the phrase corona beer virus in nine days"
    return [
        published(
            "corona-announced", "corona-announced", "day of January 2020", "Day on which a coronavirus was named as the cause"
        ),
        published("corona-google-takeoff", "corona-search-takeoff-date", "day of January 2020", "Day of take-off on Google"),
        published("corona-google-rise", "corona-beer-virus-google-rise", "percent", rise),
    ]
