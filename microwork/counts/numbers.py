"""Counts: every number of the chapter, those that the answers rest on among them."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import partial
from itertools import product
from statistics import mean

import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.data.provenance import untraced
from tallybook.model.numbers import Number

from microwork import intervals, since
from microwork.counts import abroad, labour_index
from microwork.inputs import Numbers, percent
from microwork.inputs import numbers as made
from microwork.intervals import Ends, wilson, wilson_percent

INPUTS, LABELS, YEARS = "counts/inputs", "counts/labels", "counts/mturk_years"
WORK, POPULATION = "counts/platform_work", "profile/population"
GROUPS = ("fr-very-active", "fr-routine", "fr-casual")  # of the study, each inside the next
COUNTRIES = 14  # of the telephone survey
KOREANS = 52_000_000  # of all ages, and fewer of those who were asked
# Mechanical Turk: the survey begins, the claims of 2019, and the full years round the pandemic.
FIRST, SPLIT, LAST = 2015, 2018, 2019
BEFORE, DURING = (2016, 2017, 2018), (2020, 2021)
CONFIDENCE = 0.95

fact = partial(data.value, INPUTS)  # the value of a row of ``counts/inputs``, in its unit


def names() -> pd.DataFrame:
    """The rows of ``labels`` that name the figure, not the sum of the groups."""
    return labels().loc[lambda rows: rows["label"] != "all groups added"]


def labels() -> pd.DataFrame:
    """What the largest figure was called, in order of publication: the whole ``counts/labels``."""
    return data.table(LABELS).sort_values("order", ignore_index=True)


def added(outlet: str) -> int:
    """The total (persons) of an outlet that added all groups."""
    with untraced():  # only the row that is found counts as read
        frame = labels()
        order = frame[frame["label"] == "all groups added"].set_index("outlet")["order"][outlet]
    return int(data.row(LABELS, order)["figure"])


# The study: the sum behind its total, and shares of the registered here and elsewhere


def preimages(published: int, divisor: Fraction) -> range:
    """All integers S for which S divided by ``divisor`` rounds (half up) to ``published``."""
    half = Fraction(1, 2)
    return range(math.ceil((published - half) * divisor), math.ceil((published + half) * divisor))


def registrations_sum() -> Ends:
    """Registrations behind the study's largest group (accounts): the middle of the sums that
    divided by its divisor give its total, and as ends those of a divisor that is itself rounded."""
    total, text = int(fact("fr-casual")), repr(float(fact("fr-multihoming-coefficient")))
    divisor, half = Fraction(text), Fraction(1, 2 * 10 ** len(text.partition(".")[2]))
    found = preimages(total, divisor)
    low, high = preimages(total, divisor - half)[0], preimages(total, divisor + half)[-1]
    return (found[0] + found[-1]) / 2, float(low), float(high)


def over(part: str, whole: str, table: str = INPUTS) -> float:
    """One published figure over another, as a fraction."""
    return data.value(table, part) / data.value(table, whole)


# Official surveys and platforms elsewhere


def people(first: int, last: int) -> int:
    """People of these ages in France (census of 2018), in proportion within groups of five."""
    found = 0.0
    for row in data.table(POPULATION).dropna(subset="age_high").itertuples():
        years = min(last, row.age_high) - max(first, row.age_low) + 1
        found += row.persons * max(0, years) / (row.age_high - row.age_low + 1)
    return round(found)


def click_year() -> Ends:
    """People with small remote tasks in a year in 14 European countries, surveys among them
    (percent): published as persons of those who earn money on the Internet, whose share is known.
    Ends: Wilson's."""
    part = over("etui-2021-click-work", "etui-2021-internet-workers", WORK)
    part *= data.value(WORK, "etui-2021-internet-work") / 100
    return wilson_percent(part, COUNTRIES * data.value(WORK, "etui-2021-asked"))


def korea_click_part() -> Ends:
    """Simple work on computers among platform work in Korea (percent), with Wilson's ends for the
    least platform workers that the sample can have held."""
    part = over("korea-2023-click-work", "korea-2023-platform-work", WORK)
    row = data.fact(WORK, "korea-2023-platform-work")
    return wilson_percent(part, float(row["n"] * row["value"] / KOREANS))


def online_year() -> Ends:
    """Adults with tasks wholly online in a year in the United States, with Wilson's ends, as
    fractions."""
    row = data.fact(WORK, "us-2016-year-online")
    return row["value"] / 100, *wilson(row["value"] / 100, int(row["n"]))


def online_in_america() -> Ends:
    """People who worked wholly online through a platform in a week of 2017 in the United States;
    the ends are those of a share that is printed with one decimal."""
    count, share = (data.value(WORK, f"us-2017-week-online{of}") for of in ("-people", ""))
    return intervals.each(lambda end: count * end / share, (share, share - 0.05, share + 0.05))


def between(fact_id: str) -> Ends:
    """A published range, and its middle."""
    row = data.fact(WORK, fact_id)
    return intervals.between(float(row["low"]), float(row["high"]))


def clickworker_in_germany() -> float:
    """Accounts of Clickworker in Germany in 2016: all of them times the share there."""
    share = data.value(WORK, "clickworker-2016-germany") / 100
    return data.value(WORK, "clickworker-2016") * share


# Mechanical Turk by year


def persons(column: str, year: int) -> int:
    """One whole number of ``counts/mturk_years``, such as ``french``, ``located`` or ``least``."""
    return int(data.row(YEARS, year)[column])


def rate_ratio(later: int, of_later: int, earlier: int, of_earlier: int) -> Ends:
    """One share over another, with the interval of two Poisson counts: the log of the ratio is
    taken as normal.

    ``later`` of ``of_later`` over ``earlier`` of ``of_earlier``; the variance of the log is 1/later
    + 1/earlier.
    Source: Rothman, Greenland and Lash, Modern Epidemiology, 3rd edition (2008), chapter 14.
    """
    ratio = later / of_later / (earlier / of_earlier)
    factor = math.exp(stats.norm.ppf((1 + CONFIDENCE) / 2) * math.sqrt(1 / later + 1 / earlier))
    return ratio, ratio / factor, ratio * factor


def french_growth() -> Ends:
    """Share of workers located in France, 2018 and 2019 over the years before: with all of these,
    and the widest ends of ``rate_ratio``, whichever year of the survey the earlier ones begin
    with."""

    def summed(years: range) -> list[int]:
        return [sum(persons(column, year) for year in years) for column in ("french", "located")]

    later = summed(range(SPLIT, LAST + 1))
    found = [rate_ratio(*later, *summed(range(first, SPLIT))) for first in range(FIRST, SPLIT)]
    return found[0][0], min(low for _, low, _ in found), max(high for _, _, high in found)


def crisis_growth() -> Ends:
    """Rise of the least number of workers in the crisis (percent); ends: every pair of years.

    Means of the years, and only years with a survey in all twelve periods: a bound from fewer
    periods is another bound.
    """
    before, during = ([persons("least", year) for year in years] for years in (BEFORE, DURING))
    pairs = [100 * (later / earlier - 1) for later, earlier in product(during, before)]
    return 100 * (mean(during) / mean(before) - 1), min(pairs), max(pairs)


def years() -> pd.DataFrame:
    """The years of the survey as they stand in ``counts/mturk_years``, without source and place."""
    return data.table(YEARS).drop(columns=["source_key", "locator", "grade"])


NUMBERS: Numbers = {
    "circles-added": lambda: int(sum(map(fact, GROUPS))),
    "added-pole-emploi": partial(added, "Pôle emploi"),
    "labels": lambda: names()["label"].nunique(),
    "labels-casilli": lambda: names().groupby("said_by")["label"].nunique()["Casilli"],
    "registrations-sum": registrations_sum,
    "very-active-share": percent(over, "fr-very-active", "fr-casual"),
    "routine-share": percent(over, "fr-routine", "fr-casual"),
    "share-available": percent(over, "mturk-available", "mturk-registered"),
    "share-weekly": percent(over, "oli-supplement-weekly", "oli-supplement-registered"),
    "share-ever": percent(over, "world-ever-worked-kassi-v4", "world-profiles-kassi"),
    "share-significant": percent(over, "world-significant-kassi-v4", "world-profiles-kassi"),
    "mturk-visitors-share": percent(over, "mturk-unique-visitors", "mturk-registered"),
    "people-15-64": partial(people, 15, 64),
    "people-18-65": partial(people, 18, 65),
    "click-year": click_year,
    "korea-click-part": korea_click_part,
    "us-online-year": percent(online_year),
    "us-online-week": online_in_america,
    "mturk-at-once": partial(between, "mturk-at-once"),
    "mturk-unique": partial(between, "mturk-unique"),
    "clickworker-germany": clickworker_in_germany,
    "mturk-france-growth": french_growth,
    "mturk-crisis-growth": crisis_growth,
}


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    computed = (NUMBERS, abroad.NUMBERS, labour_index.NUMBERS)
    return [*made("counts", *computed), *since.numbers("counts")]
