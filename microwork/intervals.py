"""Intervals that more than one chapter uses."""

from __future__ import annotations

import numpy as np
from statsmodels.stats.proportion import proportion_confint, proportions_ztest


def wilson(successes_share: float, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval for a share.

    Parameters
    ----------
    successes_share: share observed, 0 to 1.
    n: number of answers it was observed on, at least 1.

    Returns the two ends, 0 to 1 (``statsmodels.stats.proportion.proportion_confint``). It covers
    the chance of drawing the sample, and nothing of who volunteered for it.
    Raises ``ValueError`` for a share outside 0 to 1 or an ``n`` below 1.
    """
    if not 0 <= successes_share <= 1 or n < 1:
        raise ValueError(f"found a share of {successes_share} on n = {n}; expected a share from 0 to 1 and n of at least 1")
    low, high = proportion_confint(successes_share * n, n, alpha=1 - confidence, method="wilson")
    return float(low), float(high)


def percentiles(draws: np.ndarray, confidence: float = 0.95) -> tuple[float, float, float]:
    """Median and the two ends that hold the middle ``confidence`` of the draws (1-d array)."""
    tail = (1 - confidence) / 2
    low, median, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    return float(median), float(low), float(high)


def z_against(share: float, n: float, benchmark: float) -> tuple[float, float]:
    """z and two-sided p of a share against a benchmark that is taken as known without error.

    The variance is that under the benchmark. Raises ``ValueError`` for shares outside 0 to 1, or a benchmark of 0 or 1.
    """
    _check_share(share)
    _check_inside(benchmark)
    z, p = proportions_ztest(share * n, n, value=benchmark, prop_var=benchmark)
    return float(z), float(p)


def manski(share: float, response_rate: float) -> tuple[float, float]:
    """What the share can be in the whole population if nothing is known of those who did not answer.

    ``response_rate``: fraction of the population that answered. The low end gives the trait to no one
    who kept silent, the high end to everyone. It covers self-selection of any kind, and no sampling error.
    Source: Manski, American Economic Review 80 (1990), 319-323.
    """
    _check_share(share)
    if not 0 < response_rate <= 1:
        raise ValueError(f"found a response rate of {response_rate}; expected a fraction above 0 and up to 1")
    low = share * response_rate
    return low, low + 1 - response_rate


def odds(share: float) -> float:
    """Odds of a share: share / (1 - share). Raises ``ValueError`` unless 0 < share < 1."""
    _check_inside(share)
    return share / (1 - share)


def odds_ratio(share: float, benchmark: float) -> float:
    """Odds of ``share`` over odds of ``benchmark``.

    It has a second reading: if the truth is ``benchmark``, it is how many times as likely those with the
    trait must have been to answer (their response rate over the other group's) for ``share`` to be observed.
    """
    return odds(share) / odds(benchmark)


def undo_selection(share: float, ratio: float) -> float:
    """The share in the population, if those with the trait were ``ratio`` times as likely to answer as the others.

    By Bayes: odds observed = odds true * ratio. Raises ``ValueError`` unless 0 <= share <= 1 and ratio > 0.
    """
    _check_share(share)
    if ratio <= 0:
        raise ValueError(f"found a ratio of {ratio}; expected a positive one")
    return share / (share + (1 - share) * ratio)


def selection_bounds(share: float, strength: float) -> tuple[float, float]:
    """Ends of the share if one group was at most ``strength`` times as likely to answer as the other, either way.

    Raises ``ValueError`` unless strength >= 1. No sampling error in it: put the ends of an interval in for that.
    """
    if strength < 1:
        raise ValueError(f"found a strength of {strength}; expected 1 (no self-selection) or more")
    return undo_selection(share, strength), undo_selection(share, 1 / strength)


def _check_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"found a share of {share}; expected a fraction between 0 and 1")


def _check_inside(share: float) -> None:
    if not 0 < share < 1:
        raise ValueError(f"found a share of {share}; expected a fraction above 0 and below 1")
