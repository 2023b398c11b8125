"""What the chapter reads from its tables, the incomes of France by rank, and the household of M.

Shares, rates and ranks are fractions from 0 to 1. A ``Shape`` goes from a rank (the share of
persons with less) to an income and back; incomes and lines are fractions of the median, which is 1.
Every result of a shape rests on one assumption: the respondents have the shape of France, with all
incomes multiplied by one factor.

A standard of living is the income of a household over its consumption units, which are those of the
modified OECD scale (Hagenaars, de Vos and Zaidi 1994), as Insee counts them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
from scipy.interpolate import make_interp_spline
from tallybook import data
from tallybook.data.provenance import step

from microwork.intervals import Ends, wilson

SURVEY, OFFICIAL, RANKS, MTURK = (
    f"poverty/{name}" for name in ("survey", "official", "standards-of-living", "mturk")
)
LINES = {"50": 0.5, "60": 0.6}  # parts of the median standard of living; 60 is the usual one
# Consumption units: the first adult, each further person of fourteen or more, each younger child.
FIRST, FURTHER, CHILD = 1.0, 0.5, 0.3


@dataclass(frozen=True)
class Shape:
    """A distribution of incomes: ``at`` gives the income at a rank, ``rank`` the share with less
    than an income."""

    at: Callable[[float], float]
    rank: Callable[[float], float]


def straight(quantiles: Mapping[float, float]) -> Shape:
    """The shape in which the logarithm of income is linear in rank between the known quantiles
    (rank -> income, any unit), and beyond the outermost as in the nearest stretch.

    Raises ``ValueError`` where that leaves the ranks from 0 to 1, and for fewer than two quantiles,
    for any that do not rise, and without that of rank 0.5.
    """
    ranks = sorted(quantiles)
    incomes = [quantiles[rank] for rank in ranks]
    rising = all(a < b for a, b in zip([0.0, *incomes], incomes, strict=False))
    if not rising or len(ranks) < 2 or 0.5 not in quantiles:
        found, expected = dict(quantiles), "rising incomes, the median among them"
        raise ValueError(f"found the quantiles {found}; expected {expected}")
    logs = [math.log(income / quantiles[0.5]) for income in incomes]
    income, place = make_interp_spline(ranks, logs, k=1), make_interp_spline(logs, ranks, k=1)
    return Shape(
        lambda share: math.exp(income(_inside(share))),
        lambda line: _inside(float(place(math.log(line)))),
    )


def _inside(share: float) -> float:
    if not 0 < share < 1:
        raise ValueError(f"found a share of {share}; expected a fraction above 0 and below 1")
    return share


def quantiles() -> dict[float, float]:
    """Standards of living of France in 2015 by rank, in EUR per year."""
    table = data.table(RANKS)
    pairs = zip(table["rank"], table["value"], strict=True)
    return {float(rank) / 100: float(value) for rank, value in pairs}


def france() -> Shape:
    """The shape of French incomes, by the deciles and quartiles of 2015."""
    return straight(quantiles())


@step
def official() -> Shape:
    """The same with the official rates of 2016 as further points, so that it has exactly those at
    both lines."""
    known = quantiles()
    rates = {official_rate(name): line * known[0.5] for name, line in LINES.items()}
    return straight(known | rates)


def survey(fact_id: str) -> float:
    """A share of the respondents."""
    return data.value(SURVEY, fact_id) / 100


def respondents() -> int:
    """About how many persons answered, as published (rounded)."""
    return int(data.fact(SURVEY, "poor")["n"])


def mturk_count(fact_id: str) -> int:
    """A number of workers of Mechanical Turk."""
    return int(data.value(MTURK, fact_id))


def rate(fact_id: str) -> float:
    """An official poverty rate."""
    return data.value(OFFICIAL, fact_id) / 100


def official_rate(name: str) -> float:
    """The official poverty rate of France in 2016 at a line, by its name in ``LINES``."""
    return rate(f"france-{name}")


def amount(fact_id: str) -> float:
    """An amount in EUR per month (yearly ones are divided by twelve)."""
    fact = data.fact(OFFICIAL, fact_id)
    return float(fact["value"]) / 12 if fact["unit"] == "EUR per year" else float(fact["value"])


def with_ends(fact_id: str) -> Ends:
    """A share of the respondents and the ends of its Wilson interval."""
    return survey(fact_id), *wilson(survey(fact_id), respondents())


def at_ends(result: Callable[[float], float]) -> Ends:
    """A result of the share published as poor, and its smallest and largest value at the Wilson
    ends of that share."""
    value, *ends = (result(share) for share in with_ends("poor"))
    return value, min(ends), max(ends)


def units(adults: int, children: int = 0) -> float:
    """Consumption units of a household; ``adults`` are persons of fourteen or more."""
    return FIRST + FURTHER * (adults - 1) + CHILD * children


def wages_of_m() -> float:
    """Both wages."""
    return amount("m-wage") + amount("m-partner-wage")


def per_unit_of_m(wages: float | None = None) -> Ends:
    """His ``wages``, or else those of both, over the units; as the low end, with a child of
    fourteen or more, who counts as an adult."""
    euros = wages or wages_of_m()
    young, older = euros / units(2, 1), euros / units(3)
    return young, older, young


def own_wage_per_unit() -> Ends:
    """The same of the wage of M. alone."""
    return per_unit_of_m(amount("m-wage"))


def own_wage_under() -> float:
    """What M. would leave out by giving his own wage for his household’s income (a fraction)."""
    return 1 - amount("m-wage") / wages_of_m()


def household() -> pd.DataFrame:
    """What M. has per consumption unit by the wages that he declares: label, euros, and the ends of
    what it can be by the age of the child."""
    rows = [("M., his own wage", *own_wage_per_unit()), ("M., both wages", *per_unit_of_m())]
    return pd.DataFrame(rows, columns=["label", "euros", "low", "high"])
