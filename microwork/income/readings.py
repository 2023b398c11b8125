"""What follows from the mean alone, and what the ceiling becomes if the words behind the figures
are read another way."""

from __future__ import annotations

import itertools

from tallybook.model.numbers import Number, Row

from microwork.income import bounds
from microwork.income.hours import full_week
from microwork.income.inputs import NOT_COVERED, assumption, declared, fact, share


def ends(name: str, divisor: float = 100) -> tuple[float, float]:
    """Least and largest reading of a word in the table of assumptions; percent come out as shares
    unless ``divisor`` is one."""
    row = assumption(name)
    return float(row["low"]) / divisor, float(row["high"]) / divisor


def ceiling(half: float, mean: float | None = None) -> float:
    """Most an hour can bring on average (EUR) if a share ``half`` (0 to 1) has the published hours
    or more."""
    return bounds.hourly_at_most(
        fact("mean-income") if mean is None else mean, fact("median-hours"), half
    )


def _ceiling_range() -> tuple[float, float, float]:
    """The ceiling as published, its least and its largest over all readings (EUR per hour)."""
    found = [
        ceiling(half, mean)
        for half, mean in itertools.product(ends("half-read"), ends("mean-read", 1))
    ]
    return ceiling(1 - share("under-three-hours")), min(found), max(found)


def can_earn(level: str, factor: float = 1.0) -> float:
    """Largest percent of respondents with the amount of a fact or more, if the mean is a factor
    times the published one."""
    return bounds.share_earning(fact(level), factor * fact("mean-income")) * 100


def _all_platforms() -> float:
    """Income from all platforms over that from one, at the most that we find plausible."""
    return float(assumption("all-platforms")["high"])


_MARKOV = (
    "The mean income divided by it (Markov's inequality): if more people earned it, the mean would"
    " be higher."
)
_NUMBERS: tuple[Row, ...] = (
    (
        "can-earn-net-smic",
        lambda: can_earn("smic-net-month-2018"),
        "percent",
        "respondents who can earn the net minimum wage, at most",
        _MARKOV,
        None,
        1,
    ),
    (
        "can-earn-net-smic-all",
        lambda: can_earn("smic-net-month-2018", _all_platforms()),
        "percent",
        (
            "respondents who can earn the net minimum wage, at most, if the mean counts one"
            " platform and others bring twice as much"
        ),
        f"Three times the mean. {_MARKOV}",
        None,
        1,
    ),
    (
        "can-earn-line-60",
        lambda: can_earn("poverty-line-60"),
        "percent",
        "respondents who can earn the amount of the poverty line, at most",
        _MARKOV,
        None,
        1,
    ),
    (
        "cap-full-week",
        lambda: bounds.hourly(fact("platform-cap"), full_week()),
        "EUR per hour",
        "most an hour can bring in a month of full days, under the platform's cap",
        "The promised cap divided by the hours of such a month.",
        None,
        2,
    ),
    (
        "hourly-ceiling-readings",
        _ceiling_range,
        "EUR per hour",
        "that bound over all readings of half and of the mean",
        "The bound, with its least and largest over the ends of both.",
        f"covers what the words half and on average can stand for; {NOT_COVERED}",
    ),
    (
        "hourly-ceiling-45",
        lambda: ceiling(ends("half-read")[0]),
        "EUR per hour",
        "that bound if forty-five percent work three hours or more",
        "The bound with that share for the published half.",
        None,
        2,
    ),
    (
        "hourly-ceiling-55",
        lambda: ceiling(ends("half-read")[1]),
        "EUR per hour",
        "that bound if fifty-five percent work three hours or more",
        "The bound with that share for the published half.",
        None,
        2,
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
