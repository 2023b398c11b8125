"""Slips: errors in declared incomes that go up and down alike, as large as where people were asked
twice.

Errors are standard deviations of logarithms, with no effect on the median; shares are fractions,
all under one half. The incomes without error are taken as lognormal with the spread of France
(``spread``).
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy.stats import norm
from tallybook import data

from microwork.inputs import percent
from microwork.intervals import Ends, each, wilson
from microwork.poverty import mix
from microwork.poverty.inputs import (
    LOW_LINE,
    MTURK,
    USUAL_LINE,
    amount,
    mturk_count,
    official_rate,
    rate,
)


def spread() -> float:
    """Spread of French standards of living in 2016, from the first and the ninth decile."""
    return from_deciles(amount("decile-1"), amount("decile-9"))


def spreads() -> tuple[float, ...]:
    """The spread from each official figure that gives one: the deciles, each of the two rates, the
    two rates together."""
    half, usual = rate("france-50"), rate("france-60")
    return (
        spread(),
        from_share(half, LOW_LINE),
        from_share(usual, USUAL_LINE),
        math.log(USUAL_LINE / LOW_LINE) / (_z(usual) - _z(half)),
    )


def from_deciles(first: float, ninth: float) -> float:
    """Spread from the first and the ninth decile (same unit): log(ninth / first) over twice the
    normal 90 % point."""
    return math.log(ninth / first) / (2 * _z(0.9))


def from_share(share: float, line: float) -> float:
    """Spread at which ``share`` is below ``line`` when the median is 1."""
    return math.log(line) / _z(share)


def _z(share: float) -> float:
    """The normal deviate below which ``share`` lies."""
    return float(norm.ppf(share))


def shown(true: float, error: float, sigma: float) -> float:
    """Share below the line that an error shows, where a share of ``true`` is below it; ``sigma``:
    spread without error.

    Error spreads incomes to sqrt(sigma^2 + error^2) round the same median, so the normal point of
    the share shrinks.
    """
    return float(norm.cdf(norm.ppf(true) * sigma / math.hypot(sigma, error)))


def slip() -> Ends:
    """Error of one answer on Mechanical Turk, with its least and most over what stands for the open
    answers."""
    row = data.fact(MTURK, "slip")
    return float(row["value"]), float(row["low"]), float(row["high"])


def factor() -> Ends:
    """The same as a factor."""
    return each(math.exp, slip())


def with_slips(true: Callable[[str], float], line: str) -> Ends:
    """What such errors show of a true share below a line, as fractions."""
    return each(lambda error: shown(true(line), error, spread()), slip())


def same_answer() -> Ends:
    """Share of workers with the same answer the first and the last time, of those asked again."""
    asked = mturk_count("asked-again")
    share = mturk_count("same-answer") / asked
    return share, *wilson(share, asked)


NUMBERS = {
    "lognormal-sigma": lambda: (spread(), min(spreads()), max(spreads())),
    "mturk-asked-again": lambda: mturk_count("asked-again"),
    "mturk-same-answer": percent(same_answer),
    "mturk-noise": factor,
    "shown-50": percent(with_slips, official_rate, "50"),
    "shown-50-jobs": percent(with_slips, mix.expected, "50"),
    "shown-60": percent(with_slips, official_rate, "60"),
    "shown-60-jobs": percent(with_slips, mix.expected, "60"),
}
