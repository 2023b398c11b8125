"""Counts, part 5c: Mechanical Turk by year, in France and in all, in the pandemic and to its end."""

from __future__ import annotations

import math
from functools import partial
from itertools import product
from pathlib import Path

import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.paths import DATA

YEARS = "counts/mturk_years"
FIRST, SPLIT, LAST = (
    2015,
    2018,
    2019,
)  # the survey begins; later years are set against earlier ones; the claims of 2019
BEFORE, DURING = (2016, 2017, 2018), (2020, 2021)  # 2015 and 2019 lack periods
SAID = 2022  # the year of the claim on Mechanical Turk
LAST_YEAR = 2026  # the survey ends with the platform, on 30 September
CONFIDENCE = 0.95


def persons(column: str, year: int, folder: Path = DATA) -> int:
    """One whole number of ``counts/mturk_years``, such as ``french``, ``located`` or ``least``."""
    return int(data.row(YEARS, year, folder=folder)[column])


def rate_ratio(
    later: int, of_later: int, earlier: int, of_earlier: int
) -> tuple[float, float, float]:
    """One share over another, with the interval of two Poisson counts: the log of the ratio is
    taken as normal.

    ``later`` of ``of_later`` over ``earlier`` of ``of_earlier``; the variance of the log is 1/later
    + 1/earlier.
    Source: Rothman, Greenland and Lash, Modern Epidemiology, 3rd edition (2008), chapter 14.
    """
    ratio = later / of_later / (earlier / of_earlier)
    factor = math.exp(stats.norm.ppf((1 + CONFIDENCE) / 2) * math.sqrt(1 / later + 1 / earlier))
    return ratio, ratio / factor, ratio * factor


def french_growth(folder: Path = DATA) -> tuple[float, float, float]:
    """Share of workers located in France, 2018 and 2019 over the years before: with all of these,
    and the ends of every choice.

    The earlier years may begin with any year of the survey; the ends are the widest of the
    intervals (see ``rate_ratio``).
    """

    def summed(years: range) -> list[int]:
        return [
            sum(persons(column, year, folder) for year in years) for column in ("french", "located")
        ]

    later = summed(range(SPLIT, LAST + 1))
    found = [rate_ratio(*later, *summed(range(first, SPLIT))) for first in range(FIRST, SPLIT)]
    return found[0][0], min(low for _, low, _ in found), max(high for _, _, high in found)


def crisis_growth(folder: Path = DATA) -> tuple[float, float, float]:
    """Rise of the least number of workers in the crisis (percent); ends: every pair of years.

    Means of the years, and only years with a survey in all twelve periods: a bound from fewer
    periods is another bound.
    """
    before, during = (
        [persons("least", year, folder) for year in years] for years in (BEFORE, DURING)
    )
    pairs = [100 * (later / earlier - 1) for later, earlier in product(during, before)]
    return (
        100 * (sum(during) / len(during) / (sum(before) / len(before)) - 1),
        min(pairs),
        max(pairs),
    )


def years(folder: Path = DATA) -> pd.DataFrame:
    """The years of the survey as they stand in ``counts/mturk_years``, without source and place."""
    return data.table(YEARS, folder).drop(columns=["source_key", "locator", "grade"])


def declared(column: str, year: int, folder: Path = DATA) -> float:
    """A share of the answers of a year (percent), such as ``married``.

    It shows how little they tell, and no more.
    """
    return float(data.row(YEARS, year, folder=folder)[column])


def numbers() -> list[Number]:
    """Workers of Mechanical Turk in France, whether they grew, how the platform grew in the
    pandemic, and how it ended."""
    return [
        number(
            "counts.mturk-france-growth",
            french_growth,
            "ratio",
            "Share of Mechanical Turk workers located in France, 2018-2019 over 2015-2017",
            "Workers located in France over those of all countries, later years over earlier ones.",
            "Who happened to be seen, from whichever year one counts; not wrong addresses, nor"
            " other platforms.",
            2,
        ),
        number(
            "counts.mturk-crisis-growth",
            crisis_growth,
            "percent",
            "Rise of the minimum number of workers on Mechanical Turk, 2020-2021 over 2016-2018",
            "Mean of Chao's lower bound in the years of the crisis over its mean in the full years"
            " of the survey before.",
            "From the lowest to the highest pair of years; not how far the bounds lie below the"
            " truth.",
            0,
        ),
        *_counted(),
        *(
            number(
                f"counts.mturk-married-{year}",
                partial(declared, "married", year),
                "percent",
                f"Answers that say married, Mechanical Turk {year}",
                "Answers of the year, not workers; shows that profiles are not credible, and no"
                " more.",
                decimals=0,
            )
            for year in (2019, LAST_YEAR)
        ),
    ]


def _counted() -> list[Number]:
    """Cells of ``counts/mturk_years``: the least number, workers seen, and workers located in two
    countries."""
    by_address = "As the author of the survey counted them by address."
    kinds = {
        "bound": (
            "least",
            "Minimum number of workers on Mechanical Turk",
            "Chao's lower bound, as the author gives it.",
        ),
        "seen": (
            "seen",
            "Workers of Mechanical Turk seen",
            "As the author of the survey counted them.",
        ),
        "france": ("french", "Workers of Mechanical Turk located in France", by_address),
        "venezuela": ("venezuelan", "Workers of Mechanical Turk located in Venezuela", by_address),
    }
    wanted = {
        "bound": (2018, 2022, 2023, 2026),
        "seen": (2022, 2023),
        "france": (2018, SAID, 2026),
        "venezuela": (2018, 2026),
    }
    return [
        number(
            f"counts.mturk-{kind}-{year}",
            partial(persons, column, year),
            "persons",
            f"{label}, {year}",
            how + (" To 30 September." if year == LAST_YEAR else ""),
            decimals=-2 if kind in ("bound", "seen") else 0,
        )
        for kind, (column, label, how) in kinds.items()
        for year in wanted[kind]
    ]
