"""Intervals that more than one chapter uses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import optimize, special, stats
from statsmodels.stats.proportion import proportion_confint, proportions_ztest


def wilson(successes_share: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval for a share.

    Parameters
    ----------
    successes_share: share observed, 0 to 1.
    n: number of answers it was observed on, or how many they are worth if they hang together; at least 1.

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


def next_place(shares: Sequence[float], persons: Sequence[int], confidence: float = 0.95) -> tuple[float, float, float]:
    """The share to expect in one more place, and its prediction interval, from the shares in others.

    A random-effects model over places on log odds: each place has its own true share, and these
    differ from place to place with a variance that is estimated from the data (Paule and Mandel,
    Journal of Research of the National Bureau of Standards 87, 1982, 377-385). The ends are those
    of Higgins, Thompson and Spiegelhalter, Journal of the Royal Statistical Society A 172 (2009),
    137-159, section 3.3, with Student's t at two degrees of freedom fewer than places.

    Parameters
    ----------
    shares: shares observed, fractions, one a place, at least three places.
    persons: how many persons each was observed on, at least 1.

    Returns the mean and the two ends, as fractions. They cover how far the places differ and the
    sampling of each. They do not cover a place that is of another kind than these.
    Raises ``ValueError`` for fewer than three places, lists of unequal length, a share that is not
    above 0 and below 1, or a number of persons below 1.
    """
    if len(shares) < 3 or len(shares) != len(persons) or min(persons) < 1:
        raise ValueError(
            f"found {len(shares)} shares on {list(persons)} persons; expected three places or more, each with at least one person"
        )
    for share in shares:
        _check_inside(share)
    observed, counted = np.asarray(shares, float), np.asarray(persons, float)
    logits, sampling = special.logit(observed), 1 / (counted * observed * (1 - observed))

    def pooled(between: float) -> tuple[float, float, float]:
        """Mean, its variance, and how far the spread exceeds what both variances lead one to expect."""
        weights = 1 / (sampling + between)
        mean = float(np.average(logits, weights=weights))
        excess = float(weights @ (logits - mean) ** 2) - (len(logits) - 1)
        return mean, float(1 / weights.sum()), excess

    # The excess falls as the variance between places grows, and is below nought at their whole spread.
    most = float(((logits - logits.mean()) ** 2).sum())
    between = optimize.brentq(lambda one: pooled(one)[2], 0, most) if pooled(0)[2] > 0 else 0.0
    mean, variance, _ = pooled(between)
    half = stats.t.ppf((1 + confidence) / 2, len(logits) - 2) * np.sqrt(between + variance)
    value, low, high = (float(special.expit(end)) for end in (mean, mean - half, mean + half))
    return value, low, high


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
