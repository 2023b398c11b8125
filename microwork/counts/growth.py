"""Counts, part 5b: accounts that one platform declared, and new delivery firms."""

from __future__ import annotations

from functools import partial

from tallybook import data

from microwork.inputs import Numbers

CLICKWORKER, DELIVERY = "counts/clickworker", "counts/delivery"


def milestone(year: int) -> int:
    """Accounts that Clickworker declared in a year."""
    return int(data.row(CLICKWORKER, year)["accounts"])


def delivery_growth(year: int) -> float:
    """How many more delivery firms were registered in France than in the year before (percent)."""
    return float(data.row(DELIVERY, year)["growth"])


NUMBERS: Numbers = {
    "clickworker-2020": partial(milestone, 2020),
    "clickworker-2022": partial(milestone, 2022),
    "delivery-growth-2018": partial(delivery_growth, 2018),
    "delivery-growth-2020": partial(delivery_growth, 2020),
}
