"""Counts, part 5b: accounts that one platform declared, and new delivery firms."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.paths import DATA

CLICKWORKER, DELIVERY = "counts/clickworker", "counts/delivery"


def annual_growth(start: float, end: float, years: float) -> float:
    """Compound annual growth in percent."""
    if years <= 0 or start <= 0:
        raise ValueError(f"found {years} years from {start}; expected both above zero")
    return float(100 * ((end / start) ** (1 / years) - 1))


def milestone(year: int, folder: Path = DATA) -> int:
    """Accounts that Clickworker declared in a year."""
    return int(data.row(CLICKWORKER, year, folder=folder)["accounts"])


def growth_between(start: int, end: int, folder: Path = DATA) -> tuple[float, float, float]:
    """Growth between two declared milestones, at its slowest and at its fastest (percent a year).

    A milestone is known by its year, so two of them lie up to a year more or less apart.
    """
    before, after, years = milestone(start, folder), milestone(end, folder), end - start
    growth, slowest, fastest = (
        annual_growth(before, after, span) for span in (years, years + 1, years - 1)
    )
    return growth, slowest, fastest


def delivery_growth(year: int) -> float:
    """How many more delivery firms were registered in France than in the year before (percent)."""
    return float(data.row(DELIVERY, year)["growth"])


def numbers() -> list[Number]:
    """Growth of declared accounts, the accounts themselves, and growth of new delivery firms."""
    timing = (
        "When in its year each milestone fell; not whether the declared figures are right, nor"
        " accounts nobody uses."
    )
    return [
        *(
            number(
                f"counts.clickworker-growth-{start}-{end}",
                partial(growth_between, start, end),
                "percent a year",
                f"Growth of Clickworker's accounts, {start} to {end}",
                "Compound annual growth between two declared milestones.",
                timing,
            )
            for start, end in ((2017, 2020), (2020, 2022))
        ),
        *(
            number(
                f"counts.clickworker-{year}",
                partial(milestone, year),
                "accounts",
                f"Clickworker's accounts, milestone of {year}",
                "As the company declared it.",
            )
            for year in (2020, 2022)
        ),
        *(
            number(
                f"counts.delivery-growth-{year}",
                partial(delivery_growth, year),
                "percent",
                f"New delivery firms in France, {year} on the year before",
                "As reported from the national statistics.",
                decimals=0,
            )
            for year in (2018, 2020)
        ),
    ]
