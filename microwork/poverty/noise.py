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
from microwork.intervals import Ends, wilson
from microwork.poverty import mix, spread
from microwork.poverty.inputs import MTURK, mturk_count, official_rate


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


def slip() -> Ends:
    """Error of one answer on Mechanical Turk, with its least and most over what stands for the open
    answers."""
    row = data.fact(MTURK, "slip")
    return float(row["value"]), float(row["low"]), float(row["high"])


def factor() -> Ends:
    """The same as a factor."""
    value, low, high = map(math.exp, slip())
    return value, low, high


def with_slips(true: Callable[[str], float], line: str) -> Ends:
    """What such errors show of a true share below a line, as fractions."""
    value, low, high = (shown(true(line), error, spread.spread()) for error in slip())
    return value, low, high


def same_answer() -> Ends:
    """Share of workers with the same answer the first and the last time, of those asked again."""
    asked = mturk_count("asked-again")
    share = mturk_count("same-answer") / asked
    return share, *wilson(share, asked)


NUMBERS = {
    "lognormal-sigma": lambda: (spread.spread(), min(spread.spreads()), max(spread.spreads())),
    "mturk-asked-again": lambda: mturk_count("asked-again"),
    "mturk-same-answer": percent(same_answer),
    "mturk-noise": factor,
    "shown-50": percent(with_slips, official_rate, "50"),
    "shown-50-jobs": percent(with_slips, mix.expected, "50"),
    "shown-60": percent(with_slips, official_rate, "60"),
    "shown-60-jobs": percent(with_slips, mix.expected, "60"),
}
