"""Shapes of incomes: who lies where, and what a published share means at another line or after an
error.

A shape is a pair of functions, from a rank (share of persons with less, above 0 and below 1) to an
income and back. Incomes and lines are fractions of the median, which is 1. ``straight`` is the one
the chapter uses; ``smooth`` and ``lognormal`` check it. Every result rests on one assumption: the
respondents have the shape of France, with every income multiplied by one factor.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scipy.interpolate import make_interp_spline
from scipy.stats import norm

THIRD = 0.3  # the third decile: by definition three tenths have less


@dataclass(frozen=True)
class Shape:
    """A distribution of incomes:

    ``at`` gives the income at a rank, ``rank`` the share with less than an income.
    """

    at: Callable[[float], float]
    rank: Callable[[float], float]


def straight(quantiles: Mapping[float, float]) -> Shape:
    """The shape in which the logarithm of income is linear in rank between the known quantiles
    (rank -> income, any unit).

    Below the lowest known rank and above the highest the nearest stretch is carried on, which is a
    guess: raises ``ValueError`` where it leaves the ranks from 0 to 1. Wants two quantiles or more,
    rising, and that of rank 0.5.
    """
    ranks, logs = _logs(quantiles)
    income, place = make_interp_spline(ranks, logs, k=1), make_interp_spline(logs, ranks, k=1)
    return Shape(
        lambda share: math.exp(income(_inside(share))),
        lambda line: _inside(float(place(math.log(line)))),
    )


def lognormal(sigma: float) -> Shape:
    """The lognormal with this standard deviation of logs (Aitchison and Brown, The Lognormal
    Distribution, 1957, chapter 2)."""
    return Shape(
        lambda share: math.exp(sigma * float(norm.ppf(_inside(share)))),
        lambda line: float(norm.cdf(math.log(line) / sigma)),
    )


def carried(shape: Shape, share: float, line: float, other: float) -> float:
    """Share below the line ``other`` of people of whom ``share`` are below ``line``.

    Their incomes are those of the shape times line / at(share), so the other line stands where
    at(share) x other / line does.
    """
    return shape.rank(shape.at(share) * other / line)


def understatement(shape: Shape, share: float, line: float) -> float:
    """By what fraction all incomes of the shape must be declared too low to show ``share`` below
    ``line``.

    at(share) x (1 - u) = line. Negative if fewer are shown than there are.
    """
    return 1 - line / shape.at(share)


def corrected(shape: Shape, share: float, under: float) -> float:
    """Share truly below the line at which ``share`` is shown, if all incomes were declared too low
    by the fraction ``under``."""
    return shape.rank(shape.at(share) * (1 - under))


def below_third(shape: Shape, share: float, line: float) -> float:
    """Share below the third decile of the shape, of people of whom ``share`` are below ``line``."""
    return carried(shape, share, line, shape.at(THIRD))


def fitting_line(shape: Shape, share: float, lower: float) -> float:
    """The line at which one factor on all incomes puts ``share`` below it and ``lower`` below the
    third decile of the shape."""
    return shape.at(share) * shape.at(THIRD) / shape.at(lower)


def fitting_line_ends(
    shape: Shape, poor: tuple[float, float, float], lower: tuple[float, float, float]
) -> tuple[float, float, float]:
    """``fitting_line`` with its interval; ``poor`` and ``lower`` are shares of one sample with the
    ends of their intervals.

    The line is a ratio of two incomes, so its logarithm is a difference. The distances to the ends
    are squared and added, less what the two shares have in common, for the poor are among the lower
    class: their correlation is sqrt(p (1 - q) / (q (1 - p))). Source: Newcombe, Statistics in
    Medicine 17 (1998), 2635-2650, for paired shares, and Zou and Donner, Statistics in Medicine 27
    (2008), 1693-1702, for other functions of them.
    """
    p, q = poor[0], lower[0]
    common = 2 * math.sqrt(p * (1 - q) / (q * (1 - p)))
    (a, a_low, a_high), (b, b_low, b_high) = (
        [math.log(shape.at(each)) for each in shares] for shares in (poor, lower)
    )

    def reach(one: float, two: float) -> float:
        return math.sqrt(one**2 + two**2 - common * one * two)

    value = fitting_line(shape, p, q)
    return (
        value,
        value * math.exp(-reach(a - a_low, b_high - b)),
        value * math.exp(reach(a_high - a, b - b_low)),
    )


def _logs(quantiles: Mapping[float, float]) -> tuple[list[float], list[float]]:
    """Ranks and logarithms of incomes over the median, checked."""
    ranks = sorted(quantiles)
    incomes = [quantiles[rank] for rank in ranks]
    if (
        0.5 not in quantiles
        or len(ranks) < 2
        or incomes[0] <= 0
        or any(b <= a for a, b in zip(incomes, incomes[1:], strict=False))
    ):
        raise ValueError(
            f"found the quantiles {dict(quantiles)}; expected rising incomes, the median among them"
        )
    return ranks, [math.log(income / quantiles[0.5]) for income in incomes]


def _inside(share: float) -> float:
    if not 0 < share < 1:
        raise ValueError(f"found a share of {share}; expected a fraction above 0 and below 1")
    return share
