"""From one poverty line to another: what a lognormal distribution of incomes implies.

All shares are fractions above 0 and below 1, all lines are fractions of the national median (0.5 is half of it), ``sigma`` is
the standard deviation of the logarithm of income. Under a lognormal with median m the share below a line c is
Phi(log(c / m) / sigma); every function here is that sentence solved for another of its terms.
Source: Aitchison and Brown, The Lognormal Distribution (Cambridge, 1957), chapters 2 and 11.
"""

from __future__ import annotations

import math

from scipy.stats import norm


def sigma_from_deciles(first: float, ninth: float) -> float:
    """Spread from the first and the ninth decile (same unit): log(ninth / first) over twice the normal 90 % point."""
    if not 0 < first < ninth:
        raise ValueError(f"found deciles {first} and {ninth}; wanted 0 < first < ninth")
    return math.log(ninth / first) / (2 * float(norm.ppf(0.9)))


def sigma_from_share(share: float, line: float) -> float:
    """Spread at which ``share`` is below ``line`` when the median is 1. Wants a share below 0.5 and a line below 1."""
    z = _z(share)
    if z >= 0 or not 0 < line < 1:
        raise ValueError(f"found a share of {share} below {line}; wanted a share under 0.5 and a line under 1")
    return math.log(line) / z


def sigma_from_gini(gini: float) -> float:
    """Spread from the Gini index (0 to 1): Gini = 2 Phi(sigma / sqrt 2) - 1."""
    return math.sqrt(2) * _z((gini + 1) / 2)


def gini_from_sigma(sigma: float) -> float:
    """Gini index of a lognormal with this spread."""
    return float(2 * norm.cdf(sigma / math.sqrt(2)) - 1)


def sigma_between(line: float, share: float, other_line: float, other_share: float) -> float:
    """Spread of the lognormal that passes through two points. Wants the higher line to have the larger share."""
    step, rise = math.log(other_line / line), _z(other_share) - _z(share)
    if step * rise <= 0:
        raise ValueError(f"found {share} below {line} and {other_share} below {other_line}; wanted more below the higher line")
    return step / rise


def share_below(line: float, sigma: float, median: float = 1.0) -> float:
    """Share below a line; ``median`` is that of the group, in the unit of the line."""
    return float(norm.cdf(math.log(line / median) / sigma))


def at_other_line(share: float, line: float, other_line: float, sigma: float) -> float:
    """Share below ``other_line`` of a group that has ``share`` below ``line``."""
    return float(norm.cdf(_z(share) + math.log(other_line / line) / sigma))


def median_of_group(share: float, line: float, sigma: float) -> float:
    """Median of a group that has ``share`` below ``line``, in the unit of the line."""
    return line * math.exp(-_z(share) * sigma)


def line_for_share(share: float, line: float, known_share: float, sigma: float) -> float:
    """Where the line must stand for ``share`` to be below it in a population with ``known_share`` below ``line``."""
    return line * math.exp((_z(share) - _z(known_share)) * sigma)


def under_reporting(true: float, shown: float, sigma: float) -> float:
    """By what fraction all incomes must be declared too low for a true share to be shown as another.

    Multiplying every income by 1 - u moves the whole distribution by log(1 - u), so
    u = 1 - exp(-sigma (z(shown) - z(true))). Negative if ``shown`` is the smaller.
    """
    return 1 - math.exp(-sigma * (_z(shown) - _z(true)))


def shown(true: float, under: float, sigma: float) -> float:
    """Share shown as poor when a group with a true share declares all incomes too low by the fraction ``under``."""
    return float(norm.cdf(_z(true) - math.log(1 - under) / sigma))


def corrected(shown: float, under: float, sigma: float) -> float:
    """True share behind a shown one, if all incomes were declared too low by the fraction ``under``: ``shown`` undone."""
    return float(norm.cdf(_z(shown) + math.log(1 - under) / sigma))


def noise(true: float, shown: float, sigma: float) -> float:
    """Standard deviation of random error (in logs, median zero) that shows a true share as a larger one, both under 0.5.

    Error spreads incomes to sqrt(sigma^2 + tau^2) round the same median, so z(true) sigma = z(shown) sqrt(sigma^2 + tau^2).
    """
    if not 0 < true <= shown < 0.5:
        raise ValueError(f"found a true share of {true} and a shown one of {shown}; wanted 0 < true <= shown < 0.5")
    return sigma * math.sqrt((_z(true) / _z(shown)) ** 2 - 1)


def _z(share: float) -> float:
    """The normal deviate below which ``share`` lies. Raises ``ValueError`` outside 0 to 1."""
    if not 0 < share < 1:
        raise ValueError(f"found a share of {share}; wanted a fraction above 0 and below 1")
    return float(norm.ppf(share))
