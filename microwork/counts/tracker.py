"""Counts, part 3c: Mechanical Turk by year, from a standing survey of its workers: those in France, and the pandemic."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

from scipy import stats
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.paths import DATA

YEARS = "counts/mturk_years"
FIRST, SPLIT, LAST = 2015, 2018, 2019  # the survey begins; later years are set against earlier ones; the claims of 2019
BEFORE, DURING = (2018, 2019), (2020, 2021)
SAID = 2022  # the year of the claim on Mechanical Turk
CONFIDENCE = 0.95


def persons(column: str, year: int, folder: Path = DATA) -> int:
    """One cell of ``counts/mturk_years``: ``french``, ``located`` or ``least``."""
    return int(data.row(YEARS, year, folder=folder)[column])


def rate_ratio(later: int, of_later: int, earlier: int, of_earlier: int) -> tuple[float, float, float]:
    """One share over another, with the interval of two Poisson counts: the log of the ratio is taken as normal.

    ``later`` of ``of_later`` over ``earlier`` of ``of_earlier``; the variance of the log is 1/later + 1/earlier.
    Source: Rothman, Greenland and Lash, Modern Epidemiology, 3rd edition (2008), chapter 14.
    """
    ratio = later / of_later / (earlier / of_earlier)
    factor = math.exp(stats.norm.ppf((1 + CONFIDENCE) / 2) * math.sqrt(1 / later + 1 / earlier))
    return ratio, ratio / factor, ratio * factor


def french_growth(left_out: int = 0, folder: Path = DATA) -> tuple[float, float, float]:
    """Share of workers located in France, 2018 and 2019 over the years before; ``left_out``: first years not counted."""
    later, earlier = range(SPLIT, LAST + 1), range(FIRST + left_out, SPLIT)
    counts = [
        sum(persons(column, year, folder) for year in years) for years in (later, earlier) for column in ("french", "located")
    ]
    return rate_ratio(*counts)


def crisis_growth(folder: Path = DATA) -> tuple[float, float, float]:
    """Rise of the least number of workers, 2020 and 2021 over the two years before (percent); ends: the four pairs of years."""
    before, during = ([persons("least", year, folder) for year in years] for years in (BEFORE, DURING))
    pairs = [100 * (later / earlier - 1) for later, earlier in product(during, before)]
    return 100 * (sum(during) / sum(before) - 1), min(pairs), max(pairs)


def numbers() -> list[Number]:
    """Workers of Mechanical Turk in France, whether they grew, and how the platform grew in the pandemic."""
    return [
        number("counts.mturk-france-2022", lambda: persons("french", SAID), "persons",
               "Workers of Mechanical Turk located in France, 2022", "As the author of the survey counted them by address."),
        number("counts.mturk-france-growth", french_growth, "ratio",
               "Share of Mechanical Turk workers located in France, 2018-2019 over 2015-2017",
               "Workers located in France over those of all countries, later years over earlier ones.",
               "Who happened to be seen; not wrong addresses, nor other platforms.", 2),
        number("counts.mturk-crisis-growth", crisis_growth, "percent",
               "Rise of the least number of workers of Mechanical Turk, 2020-2021 over 2018-2019",
               "Two years of Chao's lower bound over the two years before.",
               "From the lowest to the highest of the four pairs of years; not how far the bounds lie below the truth.", 0),
    ]  # fmt: skip
