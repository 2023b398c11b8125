"""Retraining: what a list of searches knew of the word "corona" in January 2020.

The tables come from ``microwork.derive.corona_queries``: a list frozen on one day, tried on the searches of a later one.
No model is fitted, so nothing of a tried day can have been learnt: a list holds only days up to its freeze, or days
before the one it is tried on.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from microwork import data
from microwork.numbers import Number
from microwork.retraining.inputs import bootstrap, exact, mean, published

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
    """The row of ``coverage`` for one list on one day. Raises ``ValueError`` unless freeze < day and the policy is known."""
    frame = coverage()
    rows = frame[(frame["freeze"] == freeze) & (frame["day"] == day) & (frame["policy"] == policy)]
    if len(rows) != 1:
        raise ValueError(f"found no list of day {freeze} with policy {policy!r} on day {day}; wanted 1 <= freeze < day <= 31")
    return rows.iloc[0]


def rule(day: int = TEST) -> dict[str, float]:
    """What the hand-written rule finds on a day, in percent, by the columns of ``coverage``.

    By country only for the day of ``COUNTRIES``; raises ``ValueError`` for another.
    """
    if day != TEST:
        raise ValueError(f"found day {day}; wanted {TEST}, the one day that is kept by country")
    last, table = days().set_index("day").loc[day], data.table(COUNTRIES)
    shares = {weight: 100 * float(table[f"rule_{weight}"].sum()) / float(last[weight]) for weight in WEIGHTS[1:3]}
    by_country = table["rule_popularity"].astype(float) / table["popularity"].astype(float)
    distinct = 100 * float(last["rule_distinct"]) / float(last["distinct"])
    return {"distinct": distinct, **shares, "country": 100 * float(by_country.mean())}


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
    return 100 * part.sum(axis=axis) / whole.sum(axis=axis)


def lead(one: np.ndarray, other: np.ndarray, whole: np.ndarray, axis: int = -1) -> np.ndarray:
    """``ratio`` of one part less that of another, of the same whole: a paired difference in points, for ``bootstrap``."""
    return 100 * (one - other).sum(axis=axis) / whole.sum(axis=axis)


def numbers() -> list[Number]:
    """The corona numbers of the chapter."""
    return [*_set(), *_takeoff(), *_known(), *_labelling(), *_rule(), *_beer(), *_google()]


def _set() -> list[Number]:
    frame = days().set_index("day")
    total = int(frame["first_seen"].sum())
    late = int(frame.loc[FROM:, "first_seen"].sum())

    def count(name: str, value: int, unit: str, label: str) -> Number:
        return Number(f"retraining.corona-{name}", value, unit, label, "Counted in the set.", (DAYS,), decimals=0)

    return [
        count("searches", total, "items", "Different searches in the set, January 2020"),
        count("lines", int(frame["rows"].sum()), "items", "Pairs of a search and a country on a day, January 2020"),
        count("searches-first", int(frame.loc[1, "distinct"]), "items", "Different searches on the first day of January"),
        count("searches-eve", int(frame.loc[FROM - 1, "distinct"]), "items", "Different searches on the eve of the leap"),
        count("searches-leap", int(frame.loc[FROM, "distinct"]), "items", "Different searches on the day of the leap"),
        count("searches-last", int(frame.loc[TEST, "distinct"]), "items", "Different searches on the last day of January"),
        Number(
            "retraining.corona-countries-last",
            len(data.table(COUNTRIES)),
            "countries",
            "Countries on the last day of January",
            "Counted in the set.",
            (COUNTRIES,),
            decimals=0,
        ),
        count("rows-last", int(frame.loc[TEST, "rows"]), "items", "Pairs of a search and a country on the last day"),
        Number(
            "retraining.corona-first-seen-from-21-january",
            100 * late / total,
            "percent",
            "Searches of the month that stand in the set for the first time on or after the day of the leap",
            "Searches by their first day in the set, over all different searches of the month.",
            (DAYS,),
        ),
    ]


def _takeoff() -> list[Number]:
    early, middle, late = (takeoff(factor) for factor in (5, 10, 20))
    return [
        Number(
            "retraining.corona-takeoff-day",
            middle,
            "days",
            "Days from the end of 2019 to the take-off of the searches",
            "First day with more than ten times the different searches of the median of the first ten days.",
            (DAYS,),
            low=early,
            high=late,
            covers="The answers for five and for twenty times instead of ten. Not searches before January, or elsewhere.",
            decimals=0,
        )
    ]


def _known() -> list[Number]:
    table = data.table(COUNTRIES).astype({name: "float64" for name in ("rows", "popularity", "known_rows", "known_popularity")})
    row, last = knows(), days().set_index("day").loc[TEST]
    known = round(row["distinct"] / 100 * int(last["distinct"]))
    how = "Searches of the list of the tenth of January among those of the thirty-first, word for word."
    strings = "Exact binomial. It treats searches as drawn by chance; they are all that the set holds."

    def over_countries(name: str, part: str, whole: str, label: str, text: str) -> Number:
        low, high = bootstrap((table[part], table[whole]), ratio, paired=True)
        value = float(ratio(table[part].to_numpy(float), table[whole].to_numpy(float)))
        return Number(f"retraining.corona-{name}", value, "percent", label, text, (COUNTRIES,), low, high, LINES)

    def over_searches(name: str, part: int, label: str, text: str) -> Number:
        low, high = (100 * end for end in exact(part, int(last["distinct"])))
        value = 100 * part / int(last["distinct"])
        return Number(f"retraining.corona-{name}", value, "percent", label, text, (COVERAGE, DAYS), low, high, strings)

    shares = (100 * table["known_popularity"] / table["popularity"]).to_numpy(float)
    low, high = bootstrap((shares,), mean)
    rule = "Searches with the string corona among those of the thirty-first of January."
    return [
        over_searches("frozen-distinct", known, "Different searches that the frozen list knows", how),
        over_countries("frozen-rows", "known_rows", "rows", "Pairs of search and country that the frozen list knows", how),
        over_countries("frozen-popularity", "known_popularity", "popularity", "Popularity that the frozen list knows", how),
        Number(
            "retraining.corona-frozen-country",
            float(shares.mean()),
            "percent",
            "Popularity that the frozen list knows, each country alike",
            how + " Mean over countries.",
            (COUNTRIES,),
            low,
            high,
            LINES,
        ),
        over_searches("rule-distinct", int(last["rule_distinct"]), "Different searches that the rule finds", rule),
        over_countries("rule-rows", "rule_rows", "rows", "Pairs of search and country that the rule finds", rule),
        over_countries("rule-popularity", "rule_popularity", "popularity", "Popularity that the rule finds", rule),
    ]


def _labelling() -> list[Number]:
    found = []
    for policy, words in {"25": "25 a day", "100": "a hundred a day", "all": "all"}.items():
        row = knows(policy=policy)
        text = f"New searches labelled since the tenth of January, most popular first, {words}."
        name = {"25": "few", "100": "many", "all": "all"}[policy]
        for weight, what in {"rows": "Pairs of search and country", "popularity": "Popularity"}.items():
            label = f"{what} known where new searches are labelled daily ({name})"
            value = float(row[weight])
            found.append(Number(f"retraining.corona-labelled-{name}-{weight}", value, "percent", label, text, (COVERAGE, DAYS)))
        label = f"Labels that this takes until the thirty-first of January ({name})"
        found.append(Number(f"retraining.corona-labels-{name}", int(row["labels"]), "items", label, text, (COVERAGE,)))
    return found


def _rule() -> list[Number]:
    table = data.table(COUNTRIES).drop(columns=["country", "source_key", "locator", "grade"]).astype("float64")
    found = []
    for weight, what in {"rows": "pairs of search and country", "popularity": "popularity"}.items():
        parts = table[f"rule_{weight}"].to_numpy(), table[f"labelled_{weight}"].to_numpy(), table[weight].to_numpy()
        low, high = bootstrap(parts, lead, paired=True)
        label = f"Lead of the rule over labelling every new search, in points of {what}"
        how = "Paired: on the same lines of the thirty-first of January."
        name = f"retraining.corona-rule-lead-{weight}"
        found.append(Number(name, float(lead(*parts)), "percentage points", label, how, (COUNTRIES,), low, high, LINES))
    last = days().set_index("day").loc[TEST]
    label, how = "Searches of the last day that name the virus, according to the set", "Marked as explicit by Microsoft."
    part = 100 * float(last["explicit_distinct"]) / float(last["distinct"])
    country = "Popularity that the rule finds, each country alike"
    return [
        *found,
        Number("retraining.corona-explicit-last", part, "percent", label, how, (DAYS,)),
        Number("retraining.corona-rule-country", rule()["country"], "percent", country, "Mean over countries.", (COUNTRIES,)),
    ]


def _beer() -> list[Number]:
    frame = days().set_index("day")
    how = "Counted in the set: beer, bier, bière, birra, cerveja, cerveza."
    first = int(frame.index[frame["beer_rows"] > 0][0])
    return [
        Number("retraining.corona-beer-searches", int(frame["beer_first_seen"].sum()), "items",
               "Different searches of the month that name beer", how, (DAYS,), decimals=0),
        Number("retraining.corona-beer-lines", int(frame["beer_rows"].sum()), "items",
               "Pairs of such a search and a country on a day", how, (DAYS,), decimals=0),
        Number("retraining.corona-beer-first", first, "day of January 2020",
               "First day with such a search in the set", how, (DAYS,), decimals=0),
    ]  # fmt: skip


def _google() -> list[Number]:
    rise = "Rise of Google searches for the phrase corona beer virus in nine days"
    return [
        published("corona-google-takeoff", "corona-search-takeoff-date", "day of January 2020", "Day of take-off on Google"),
        published("corona-google-rise", "corona-beer-virus-google-rise", "percent", rise),
    ]
