"""The spread of French standards of living in 2016, for the lognormal that checks the deciles
(standard deviations of logs)."""

from __future__ import annotations

import math

from scipy.stats import norm

from microwork.poverty.inputs import LOW_LINE, USUAL_LINE, amount, rate


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
    if not 0 < first < ninth:
        raise ValueError(f"found deciles {first} and {ninth}; expected 0 < first < ninth")
    return math.log(ninth / first) / (2 * _z(0.9))


def from_share(share: float, line: float) -> float:
    """Spread at which ``share`` is below ``line`` when the median is 1.

    Wants a share below 0.5 and a line below 1.
    """
    if not 0 < share < 0.5 or not 0 < line < 1:
        raise ValueError(
            f"found a share of {share} below {line}; expected a share under 0.5 and a line under 1"
        )
    return math.log(line) / _z(share)


def _z(share: float) -> float:
    """The normal deviate below which ``share`` lies."""
    return float(norm.ppf(share))
