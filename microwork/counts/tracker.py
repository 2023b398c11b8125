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

YEARS, ERAS = "counts/mturk_years", "counts/mturk_eras"
FIRST, SPLIT, LAST = 2015, 2018, 2019  # the survey begins; later years are set against earlier ones; the claims of 2019
BEFORE, DURING = (2018, 2019), (2020, 2021)
SAID = 2022  # the year of the claim on Mechanical Turk
LAST_YEAR = 2026  # the survey ends with the platform, on 30 September
GAP = 300  # days between two returns of ``counts/mturk_eras``: ten periods of thirty days
CONFIDENCE = 0.95


def persons(column: str, year: int, folder: Path = DATA) -> int:
    """One whole number of ``counts/mturk_years``, such as ``french``, ``located`` or ``least``."""
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


def once_limits(seen: float, bound: float, periods: float, answers: float) -> tuple[float, float]:
    """Fewest and most workers who can have been seen once, where only the bound made from them is published.

    ``bound`` is seen + (t - 1)/t f1^2 / (2 f2), with f1 seen once and f2 seen twice in t ``periods``, so f1^2 / f2 is known.
    At most: all of ``seen`` were seen once or twice. At least: all others were seen three times only, which takes no more than
    ``answers`` (a worker seen in a period gave one or more): 2 f1 + f2 >= 3 seen - answers. Both are quadratic in f1.
    Source of the bound: Chao, Biometrics 43 (1987), 783-791. Raises ``ValueError`` for a bound that is not above ``seen``.
    """
    if bound <= seen:
        raise ValueError(f"found a bound of {bound} on {seen} workers seen; expected one above them")
    ratio = 2 * (bound - seen) * periods / (periods - 1)  # f1^2 / f2

    def root(times: float, total: float) -> float:  # of times f1 + f1^2 / ratio = total
        return ratio / 2 * (math.sqrt(times**2 + 4 * total / ratio) - times)

    return root(2, max(3 * seen - answers, 0)), root(1, seen)


def once(year: int, folder: Path = DATA) -> tuple[float, float]:
    """Fewest and most workers who can have been seen in one period only of a year (see ``once_limits``)."""
    fewest, most = once_limits(*(persons(column, year, folder) for column in ("seen", "least", "periods", "answers")))
    return fewest, most


def half_life_between(earlier: float, later: float, days: float) -> float:
    """Half-life in ``days``' unit if the share seen again falls from ``earlier`` to ``later`` in so long, by a constant rate.

    Raises ``ValueError`` unless the share falls.
    """
    if not 0 < later < earlier:
        raise ValueError(f"found a share seen again of {earlier}, then {later}; expected a fall")
    return days * math.log(2) / math.log(earlier / later)


def half_life(era: str, folder: Path = DATA) -> tuple[float, float, float]:
    """Days until half of the workers of an era are gone, as the author fitted it; ends: that, and the first year alone."""
    found = data.row(ERAS, era, folder=folder)
    first_year = half_life_between(float(found["return_2"]), float(found["return_12"]), GAP)
    value = float(found["half_life"])
    return value, min(value, first_year), max(value, first_year)


def years(folder: Path = DATA) -> pd.DataFrame:
    """The years of the survey as they stand in ``counts/mturk_years``, without source and place."""
    return data.table(YEARS, folder).drop(columns=["source_key", "locator", "grade"])


def declared(column: str, year: int, folder: Path = DATA) -> float:
    """A share of the answers of a year (percent): ``married`` or ``born_1990``. It shows how little they tell, and no more."""
    return float(data.row(YEARS, year, folder=folder)[column])


def numbers() -> list[Number]:
    """Workers of Mechanical Turk in France, whether they grew, how the platform grew in the pandemic, and how it ended."""
    return [
        number("counts.mturk-france-growth", french_growth, "ratio",
               "Share of Mechanical Turk workers located in France, 2018-2019 over 2015-2017",
               "Workers located in France over those of all countries, later years over earlier ones.",
               "Who happened to be seen; not wrong addresses, nor other platforms.", 2),
        number("counts.mturk-crisis-growth", crisis_growth, "percent",
               "Rise of the minimum number of workers on Mechanical Turk, 2020-2021 over 2018-2019",
               "Two years of Chao's lower bound over the two years before.",
               "From the lowest to the highest of the four pairs of years; not how far the bounds lie below the truth, nor the "
               "weeks of 2019 without a survey.", 0),
        *_counted(),
        number("counts.mturk-madagascar", lambda: int(data.table(YEARS)["malagasy"].sum()), "persons",
               "Workers of Mechanical Turk located in Madagascar, all years", "Sum over the years, by address."),
        number("counts.mturk-once-2022", lambda: math.ceil(once(2022)[0]), "persons",
               "Workers seen once at least, Mechanical Turk 2022",
               "Inference: the fewest that the published bound, workers seen and answers allow.", decimals=-2),
        number("counts.mturk-once-2023", lambda: math.floor(once(2023)[1]), "persons",
               "Workers seen once at most, Mechanical Turk 2023",
               "Inference: the most that the published bound and workers seen allow.", decimals=-2),
        *(
            number(f"counts.mturk-half-life-{era[:4]}", partial(half_life, era), "days",
                   f"Half-life of a worker on Mechanical Turk, {era}", "As the author of the survey fitted it to all gaps.",
                   "From the first year alone to all gaps of the era; not who happened to be seen.", 0)
            for era in ("2015-2019", "2023-2026")
        ),
        *(
            number(f"counts.mturk-{name}-{year}", partial(declared, column, year), "percent", f"{words}, Mechanical Turk {year}",
                   "Answers of the year, not workers; shows that profiles are not credible, and no more.", decimals=0)
            for column, name, words, years_shown in (
                ("married", "married", "Answers that say married", (2019, LAST_YEAR)),
                ("born_1990", "born-1990", "Answers with 1990 as year of birth", (2019, 2024)),
            )
            for year in years_shown
        ),
    ]  # fmt: skip


def _counted() -> list[Number]:
    """Cells of ``counts/mturk_years``: the least number, workers seen, and workers located in two countries."""
    by_address = "As the author of the survey counted them by address."
    kinds = {
        "bound": ("least", "Minimum number of workers on Mechanical Turk", "Chao's lower bound, as the author gives it."),
        "seen": ("seen", "Workers of Mechanical Turk seen", "As the author of the survey counted them."),
        "france": ("french", "Workers of Mechanical Turk located in France", by_address),
        "venezuela": ("venezuelan", "Workers of Mechanical Turk located in Venezuela", by_address),
    }
    wanted = {"bound": (2018, 2022, 2023, 2026), "seen": (2022, 2023), "france": (2018, SAID, 2026), "venezuela": (2018, 2026)}
    return [
        number(f"counts.mturk-{kind}-{year}", partial(persons, column, year), "persons",
               f"{label}, {year}", how + (" To 30 September." if year == LAST_YEAR else ""),
               decimals=-2 if kind in ("bound", "seen") else 0)
        for kind, (column, label, how) in kinds.items()
        for year in wanted[kind]
    ]  # fmt: skip
