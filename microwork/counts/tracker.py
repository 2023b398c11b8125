"""Counts, part 5c: Mechanical Turk by year, in France and in all, to its end."""

from __future__ import annotations

import math
from itertools import product
from statistics import mean

import pandas as pd
from scipy import stats
from tallybook import data

from microwork.inputs import Numbers
from microwork.intervals import Ends

YEARS = "counts/mturk_years"
# The survey begins; later years are set against earlier ones; the claims of 2019.
FIRST, SPLIT, LAST = 2015, 2018, 2019
BEFORE, DURING = (2016, 2017, 2018), (2020, 2021)  # 2015 and 2019 lack periods
CONFIDENCE = 0.95


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
    and the ends of every choice.

    The earlier years may begin with any year of the survey; the ends are the widest of the
    intervals (see ``rate_ratio``).
    """

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


NUMBERS: Numbers = {"mturk-france-growth": french_growth, "mturk-crisis-growth": crisis_growth}
