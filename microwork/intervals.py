"""Intervals that more than one chapter uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy import optimize, special, stats
from statsmodels.stats.proportion import proportion_confint

Ends = tuple[float, float, float]  # value, low and high


def wilson(successes_share: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """The two ends of the Wilson score interval for a share, all of them from 0 to 1.

    ``n``: answers it was observed on, or how many they are worth if they hang together. It covers
    the chance of drawing the sample, and nothing of who volunteered for it. Raises ``ValueError``
    for a share outside 0 to 1 or an ``n`` below 1.
    """
    if not 0 <= successes_share <= 1 or n < 1:
        raise ValueError(
            f"found a share of {successes_share} on n = {n}; expected a share from 0 to 1 and n of"
            " at least 1"
        )
    low, high = proportion_confint(successes_share * n, n, alpha=1 - confidence, method="wilson")
    return float(low), float(high)


def wilson_percent(successes_share: float, n: float) -> Ends:
    """A share and the ends of its Wilson interval at 95%, in percent."""
    low, high = wilson(successes_share, n)
    return 100 * successes_share, 100 * low, 100 * high


def exact(part: int, whole: int, clumped: float = 1.0) -> Ends:
    """A share in percent with its exact (Clopper-Pearson) interval at 95%.

    ``clumped``: by what factor the counts vary more than chance lets them. Both are divided by it,
    as if each clump were one.
    """
    low, high = proportion_confint(part / clumped, whole / clumped, method="beta")
    return 100 * part / whole, 100 * float(low), 100 * float(high)


def each(of: Callable[[float], float], ends: Iterable[float]) -> Ends:
    """What a function makes of value, low and high."""
    value, low, high = map(of, ends)
    return value, low, high


def scaled(found: Ends, by: float) -> Ends:
    """Value, low and high, each times a positive factor."""
    value, low, high = found
    return value * by, low * by, high * by


def between(low: float, high: float) -> Ends:
    """A published range with its middle on the scale of logs."""
    return (low * high) ** 0.5, low, high


def hundredfold(found: Ends) -> Ends:
    """Value, low and high as percent, from fractions."""
    return scaled(found, 100)


def percentiles(draws: np.ndarray) -> Ends:
    """Median and the two ends that hold the middle 95% of the draws (1-d array)."""
    tail = (1 - 0.95) / 2
    low, median, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    return float(median), float(low), float(high)


def average_place(
    shares: Sequence[float], persons: Sequence[int], confidence: float = 0.95
) -> Ends:
    """The average of the shares of places, observed on so many ``persons`` each, and its confidence
    interval, all as fractions.

    A random-effects model over places on log odds (``_random_effects``). The ends take Student's t
    at one degree of freedom fewer than places: Hartung and Knapp, Statistics in Medicine 20 (2001),
    3875-3889, whose variance is the usual one where that between places is estimated as here. Where
    the places differ by no more than chance, they are a little too wide. Raises ``ValueError`` for
    fewer than three places, lists of unequal length, a share that is not above 0 and below 1, or a
    number of persons below 1.
    """
    mean, _, variance = _random_effects(shares, persons)
    half = stats.t.ppf((1 + confidence) / 2, len(shares) - 1) * np.sqrt(variance)
    return each(lambda end: float(special.expit(end)), (mean, mean - half, mean + half))


def _random_effects(shares: Sequence[float], persons: Sequence[int]) -> Ends:
    """Mean over places on log odds, the variance between places, and the variance of the mean.

    Each place has its own true share, and these differ from place to place with a variance that is
    estimated from the data (Paule and Mandel, Journal of Research of the National Bureau of
    Standards 87, 1982, 377-385). Parameters, errors: as in ``average_place``.
    """
    if len(shares) < 3 or len(shares) != len(persons) or min(persons) < 1:
        raise ValueError(
            f"found {len(shares)} shares on {list(persons)} persons; expected three places or more,"
            " each with at least one person"
        )
    for share in shares:
        _check_inside(share)
    observed, counted = np.asarray(shares, float), np.asarray(persons, float)
    logits, sampling = special.logit(observed), 1 / (counted * observed * (1 - observed))

    def pooled(between: float) -> Ends:
        """Mean, its variance, and how far the spread exceeds what both variances lead one to
        expect."""
        weights = 1 / (sampling + between)
        mean = float(np.average(logits, weights=weights))
        excess = float(weights @ (logits - mean) ** 2) - (len(logits) - 1)
        return mean, float(1 / weights.sum()), excess

    # The excess falls as the variance between places grows, and is below nought at their whole
    # spread.
    most = float(((logits - logits.mean()) ** 2).sum())
    between = optimize.brentq(lambda one: pooled(one)[2], 0, most) if pooled(0)[2] > 0 else 0.0
    mean, variance, _ = pooled(between)
    return mean, between, variance


def odds(share: float) -> float:
    """Odds of a share: share / (1 - share). Raises ``ValueError`` unless 0 < share < 1."""
    _check_inside(share)
    return share / (1 - share)


def odds_ratio(share: float, benchmark: float) -> float:
    """Odds of ``share`` over odds of ``benchmark``.

    It has a second reading: if the truth is ``benchmark``, it is how many times as likely those
    with the trait must have been to answer (their response rate over the other group's) for
    ``share`` to be observed.
    """
    return odds(share) / odds(benchmark)


def _check_inside(share: float) -> None:
    if not 0 < share < 1:
        raise ValueError(f"found a share of {share}; expected a fraction above 0 and below 1")
