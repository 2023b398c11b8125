"""Counts, part 2: what the three published totals give away about how they were made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from tallybook import data

from microwork.counts.inputs import fact
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends

PLATFORMS = "counts/platforms"
CIRCLES = {"very active": "fr-very-active", "routine": "fr-routine", "registered": "fr-casual"}


@dataclass(frozen=True)
class Sum:
    """A sum over platforms, in accounts or visitors; ``inverted`` if inferred from a total."""

    total: float
    low: float
    high: float
    inverted: bool

    def with_ends(self) -> float | Ends:
        """The sum, low and high if it is inferred; the sum alone if it was added up."""
        return (self.total, self.low, self.high) if self.inverted else self.total


def preimages(published: int, divisor: float) -> range:
    """All integers S for which S divided by ``divisor`` rounds (half up) to ``published``.

    Exact: the divisor is read as the decimal that it prints as.
    """
    exact = Fraction(repr(float(divisor)))
    half = Fraction(1, 2)
    return range(math.ceil((published - half) * exact), math.ceil((published + half) * exact))


def preimages_rounded(published: int, divisor: float) -> tuple[int, int]:
    """Smallest and largest S if ``divisor`` is itself rounded, by half a unit of its last digit."""
    step = Fraction(1, 10 ** len(repr(float(divisor)).partition(".")[2]))
    low, high = (float(Fraction(repr(float(divisor))) + sign * step / 2) for sign in (-1, 1))
    return preimages(published, max(1.0, low))[0], preimages(published, high)[-1]


def registrations_sum() -> Sum:
    """Registrations over all platforms that gave a figure (accounts).

    ``counts/platforms`` is used as soon as it lists as many platforms as gave an official
    figure; until then the sum is inferred backwards from the published total.
    """
    table = data.table(PLATFORMS)
    if len(table) >= fact("fr-platforms-with-official-registrations"):
        total = float(table["registered"].sum())
        return Sum(total, total, total, inverted=False)
    return invert("registered")


def invert(circle: str) -> Sum:
    """The sum behind a published circle, with the range that the rounded divisor leaves."""
    published, divisor = int(fact(CIRCLES[circle])), fact("fr-multihoming-coefficient")
    found = preimages(published, divisor)
    low, high = preimages_rounded(published, divisor)
    return Sum((found[0] + found[-1]) / 2, float(low), float(high), inverted=True)


def visitors_sum() -> Sum:
    """Monthly visitors over all platforms, inferred backwards from the routine circle."""
    return invert("routine")


def of_registered(circle: str) -> float:
    """A circle over the registered, as published: a share from 0 to 1."""
    return fact(CIRCLES[circle]) / fact(CIRCLES["registered"])


NUMBERS: Numbers = {
    "registrations-sum": lambda: registrations_sum().with_ends(),
    "visitors-sum": lambda: visitors_sum().with_ends(),
    "very-active-share": percent(of_registered, "very active"),
    "routine-share": percent(of_registered, "routine"),
}
