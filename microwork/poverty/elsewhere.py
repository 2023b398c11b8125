"""Poverty on another platform: household incomes declared on Mechanical Turk in the United States, 2015.

Incomes were asked in brackets, so the share below a line is bounded: brackets that lie wholly below the line count in both
bounds, the bracket that holds the line in the upper one alone. No assumption on incomes within a bracket enters the bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.intervals import wilson
from microwork.poverty.inputs import percent

HOUSEHOLDS, UNITED_STATES = "poverty/mturk-households", "poverty/united-states"
HOW = (
    "Household income in brackets against the federal guideline for its size (five for 'five or more'), first answer of each "
    "worker; value: incomes spread evenly within a bracket."
)
COVERS = (
    "Covers where incomes lie within a bracket, and sampling error (95 %, Wilson). Leaves out who answered, and that "
    "households declared their own incomes."
)


def below(groups: pd.DataFrame, lines: Mapping[str, float]) -> tuple[float, float, float]:
    """Share of workers below the line of their household: spread evenly within a bracket, at least, at most.

    ``groups``: columns household_size (a key of ``lines``), income_from (lower end of the bracket; the next one begins
    where it ends) and workers. ``lines``: unit of the incomes. Raises ``ValueError`` for a line in the bracket without an end.
    """
    lowers = sorted(groups["income_from"].unique())
    ends = dict(zip(lowers, lowers[1:], strict=False))
    if max(lines.values()) > lowers[-1]:
        raise ValueError(
            f"found a line of {max(lines.values())}; expected none above {lowers[-1]}, where the last bracket begins"
        )
    line, low = groups["household_size"].map(lines), groups["income_from"]
    high = low.map(ends).fillna(float("inf"))
    evenly, workers = ((line - low) / (high - low)).clip(0, 1), groups["workers"]
    shares = (evenly, high <= line, low < line)
    even, least, most = (float((share * workers).sum() / workers.sum()) for share in shares)
    return even, least, most


def us_lines() -> dict[str, float]:
    """The federal poverty guideline of 2015 by household size as declared, in USD a year."""
    first, further = (data.value(UNITED_STATES, row) for row in ("line-first", "line-further"))
    sizes = data.table(HOUSEHOLDS)["household_size"].unique()
    return {size: first + further * (int(size.rstrip("+")) - 1) for size in sizes}


def poor(answers: str | None = None) -> tuple[float, float, float]:
    """Share of US workers below the guideline, and its bounds widened by sampling; ``answers``: once, or again."""
    groups = data.table(HOUSEHOLDS)
    if answers:
        groups = groups[groups["answers"] == answers]
    even, least, most = below(groups, us_lines())
    n = int(groups["workers"].sum())
    return even, wilson(least, n)[0], wilson(most, n)[1]


def us_adults() -> float:
    """Official poverty rate of adults under 65 in the United States, as a fraction."""
    return data.value(UNITED_STATES, "adults") / 100


def numbers() -> list[Number]:
    """The numbers of Mechanical Turk."""

    def ratio() -> tuple[float, float, float]:
        value, low, high = (share / us_adults() for share in poor())
        return value, low, high

    label = "US workers of Mechanical Turk below the federal poverty line, 2015"
    return [
        number("poverty.mturk-us-workers", lambda: int(data.table(HOUSEHOLDS)["workers"].sum()), "persons",
               "US workers of Mechanical Turk who gave a household income, 2015", "Workers, each by the first answer."),
        percent("mturk-us-poor", poor, label, HOW, COVERS, 0),
        percent("mturk-us-poor-again", partial(poor, "again"), label + ", who answered more than once", HOW, COVERS, 0),
        percent("us-adults-poor", us_adults, "Adults under sixty-five below the official poverty line, United States, 2014",
                "As published.", decimals=1),
        number("poverty.mturk-us-ratio", ratio, "ratio", "US workers of Mechanical Turk, times as often poor as US adults",
               "Share below the federal line over the official rate of adults under 65.", COVERS, 1),
    ]  # fmt: skip
