"""Slips: errors in declared incomes that go up and down alike, as large as where people were asked
twice.

Errors are standard deviations of logarithms, with no effect on the median; shares are fractions,
all under one half. The incomes without error are taken as lognormal with the spread of France
(``spread``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from scipy.stats import norm
from tallybook import data
from tallybook.model.numbers import Computed, Number, number

from microwork.intervals import wilson
from microwork.poverty import mix, spread
from microwork.poverty.inputs import BOTH_LINES, official_rate, percent

MTURK = "poverty/mturk"
FOUND = (
    "Covers which incomes stand for the lowest and the highest answer. Leaves out errors that a"
    " person makes each time, and that the French survey asked other people, once."
)


def shown(true: float, error: float, sigma: float) -> float:
    """Share below the line that an error shows, where a share of ``true`` is below it; ``sigma``:
    spread without error.

    Error spreads incomes to sqrt(sigma^2 + error^2) round the same median, so the normal point of
    the share shrinks. Raises ``ValueError`` unless 0 < true < 0.5 and the error is not negative.
    """
    if not 0 < true < 0.5 or error < 0:
        raise ValueError(
            f"found a true share of {true} and an error of {error}; expected a share under 0.5 and"
            " no negative error"
        )
    return float(norm.cdf(norm.ppf(true) * sigma / math.hypot(sigma, error)))


def slip() -> tuple[float, float, float]:
    """Error of one answer on Mechanical Turk, with its least and most over what stands for the open
    answers."""
    row = data.fact(MTURK, "slip")
    return float(row["value"]), float(row["low"]), float(row["high"])


def numbers() -> list[Number]:
    """The numbers of slips."""

    def same() -> Computed:
        share = data.value(MTURK, "same-answer") / data.value(MTURK, "asked-again")
        return share, *wilson(share, int(data.value(MTURK, "asked-again")))

    def factor() -> Computed:
        value, low, high = slip()
        return math.exp(value), math.exp(low), math.exp(high)

    def with_slips(true: Callable[[], float]) -> Computed:
        value, low, high = (shown(true(), error, spread.spread()) for error in slip())
        return value, low, high

    spreads = (
        "Covers which official figure the spread is taken from. Leaves out other shapes than the"
        " lognormal."
    )
    return [
        number(
            "poverty.lognormal-sigma",
            lambda: (spread.spread(), min(spread.spreads()), max(spread.spreads())),
            "standard deviation of logs",
            "Spread of French standards of living",
            "Logarithm of the ninth decile over the first, by twice the normal 90 % point.",
            spreads,
            2,
        ),
        number(
            "poverty.mturk-asked-again",
            lambda: int(data.value(MTURK, "asked-again")),
            "persons",
            "US workers of Mechanical Turk asked twice or more, 2015",
            "Workers with two answers or more.",
        ),
        percent(
            "mturk-same-answer",
            same,
            "Of these, with the same answer on income the first and the last time",
            "Workers with the same first and last answer, over all asked twice or more.",
            "Covers sampling error (95 %, Wilson).",
            0,
        ),
        number(
            "poverty.mturk-noise",
            factor,
            "factor",
            "Factor of random error in one answer on household income",
            "Exponential of the error in logs, from the first and the last answer of each worker.",
            FOUND,
            1,
        ),
        *(
            percent(
                f"shown-{name}{key}",
                partial(with_slips, partial(true, name)),
                f"{whom} below {where}, if incomes were declared with the error found on Mechanical"
                " Turk",
                f"{what}, with the spread of France widened by the error; lognormal.",
                FOUND,
                0,
            )
            for name, _, where in BOTH_LINES
            for key, whom, what, true in (
                ("", "France", "Official rate", official_rate),
                (
                    "-jobs",
                    "People with such jobs",
                    "Rate expected from their activity",
                    mix.expected,
                ),
            )
        ),
    ]
