"""Income: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.kept import kept
from tallybook.model.numbers import Number

from microwork.income import elsewhere, hours, price, rival
from microwork.income import wages as income_wages
from microwork.income.inputs import declared, published


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    parts = (hours, price, rival, elsewhere, income_wages)
    return [*published(), *(number for part in parts for number in part.numbers()), *declared(_NUMBERS)]


def coincidence() -> float:
    """How likely it is that the French median equals the one of Mechanical Turk to the cent, if it has nothing to do with it.

    The null: every cent between the lowest lognormal and the bound without a distribution is as likely as any other.
    """
    low = min(hours.hourly_lognormal(level) for level in hours.LEVELS)
    return 1 / round((hours.hourly_bound() - low) * 100)


_NUMBERS = (
    ("coincidence", coincidence, "probability", "chance that two unrelated medians agree to the cent",
     "One divided by the number of cents between the lowest lognormal and the bound; the null is our own inference.", None, 3),
)  # fmt: skip
