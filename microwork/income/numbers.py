"""Income: every number of the chapter."""

from __future__ import annotations

from microwork.income import elsewhere, hours, price, rival
from microwork.income import wages as income_wages
from microwork.income.inputs import ELSEWHERE, FACTS, SHARES, published
from microwork.numbers import Number


def numbers() -> list[Number]:
    """Every number of the chapter."""
    parts = (hours, price, rival, elsewhere, income_wages)
    return [*published(), *(number for part in parts for number in part.numbers()), coincidence()]


def coincidence() -> Number:
    """How likely it is that the French median equals the one of Mechanical Turk to the cent, if it has nothing to do with it.

    The null: every cent between the lowest lognormal and the bound without a distribution is as likely as any other.
    """
    low = float(hours.hours_scenarios()["hourly"].min())
    cents = round((hours.hourly_bound() - low) * 100)
    return Number(
        "income.coincidence",
        1 / cents,
        "probability",
        "chance that two unrelated medians agree to the cent",
        "one over the cents between the lowest lognormal and the bound; our null, an inference",
        (FACTS, SHARES, ELSEWHERE),
        decimals=3,
    )
