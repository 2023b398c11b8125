"""Poverty on another platform: household incomes declared on Mechanical Turk in the United States,
2015.

Incomes were asked in brackets, so the share below a line is bounded
(``microwork.derive.mturk_incomes``).
"""

from __future__ import annotations

from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.intervals import wilson
from microwork.poverty.inputs import percent
from microwork.poverty.noise import MTURK

HOW = (
    "Household income in brackets against the federal guideline for its size (five for 'five or"
    " more'), first answer of each worker; value: incomes spread evenly within a bracket."
)
COVERS = (
    "Covers where incomes lie within a bracket, and sampling error (95 %, Wilson). Leaves out who"
    " answered, and that households declared their own incomes."
)


def poor() -> tuple[float, float, float]:
    """Share of US workers below the guideline, and its bounds widened by sampling (fractions)."""
    row, workers = data.fact(MTURK, "below-line"), int(data.value(MTURK, "workers"))
    value, least, most = (float(row[end]) / workers for end in ("value", "low", "high"))
    return value, wilson(least, workers)[0], wilson(most, workers)[1]


def us_adults() -> float:
    """Official poverty rate of adults under 65 in the United States, as a fraction."""
    return data.value("poverty/united-states", "adults") / 100


def numbers() -> list[Number]:
    """The numbers of Mechanical Turk."""

    def ratio() -> tuple[float, float, float]:
        value, low, high = (share / us_adults() for share in poor())
        return value, low, high

    return [
        number(
            "poverty.mturk-us-workers",
            lambda: int(data.value(MTURK, "workers")),
            "persons",
            "US workers of Mechanical Turk who gave a household income, 2015",
            "Workers, each by the first answer.",
        ),
        percent(
            "mturk-us-poor",
            poor,
            "US workers of Mechanical Turk below the federal poverty line, 2015",
            HOW,
            COVERS,
            0,
        ),
        percent(
            "us-adults-poor",
            us_adults,
            "Adults under sixty-five below the official poverty line, United States, 2014",
            "As published.",
            decimals=1,
        ),
        number(
            "poverty.mturk-us-ratio",
            ratio,
            "ratio",
            "US workers of Mechanical Turk, times as often poor as US adults",
            "Share below the federal line over the official rate of adults under 65.",
            COVERS,
            1,
        ),
    ]
