"""Counts, part 5b: accounts that one platform declared, and new delivery firms."""

from __future__ import annotations

from functools import partial

from tallybook import data

from microwork.inputs import Numbers
from microwork.intervals import Ends

CLICKWORKER, DELIVERY = "counts/clickworker", "counts/delivery"


def annual_growth(start: float, end: float, years: float) -> float:
    """Compound annual growth in percent."""
    if years <= 0 or start <= 0:
        raise ValueError(f"found {years} years from {start}; expected both above zero")
    return float(100 * ((end / start) ** (1 / years) - 1))


def milestone(year: int) -> int:
    """Accounts that Clickworker declared in a year."""
    return int(data.row(CLICKWORKER, year)["accounts"])


def growth_between(start: int, end: int) -> Ends:
    """Growth between two declared milestones, at its slowest and at its fastest (percent a year).

    A milestone is known by its year, so two of them lie up to a year more or less apart.
    """
    before, after, years = milestone(start), milestone(end), end - start
    growth, slowest, fastest = (
        annual_growth(before, after, span) for span in (years, years + 1, years - 1)
    )
    return growth, slowest, fastest


def delivery_growth(year: int) -> float:
    """How many more delivery firms were registered in France than in the year before (percent)."""
    return float(data.row(DELIVERY, year)["growth"])


NUMBERS: Numbers = {
    "clickworker-growth-2017-2020": partial(growth_between, 2017, 2020),
    "clickworker-growth-2020-2022": partial(growth_between, 2020, 2022),
    "clickworker-2020": partial(milestone, 2020),
    "clickworker-2022": partial(milestone, 2022),
    "delivery-growth-2018": partial(delivery_growth, 2018),
    "delivery-growth-2020": partial(delivery_growth, 2020),
}
