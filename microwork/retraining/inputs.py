"""Retraining: how facts, assumptions and intervals are read by all modules of the chapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.model.numbers import Bounded

FACTS = "retraining/facts"
RESAMPLES, SEED = 4999, 20211121


def fact(fact_id: str) -> float:
    """A published figure of the chapter, in the unit of its row."""
    return data.value(FACTS, fact_id)


def assumption(assumption_id: str) -> float:
    """A value that we set, in the unit of its row. Raises ``DataError`` for an unknown name."""
    return data.value("retraining/assumptions", assumption_id)


@lru_cache(maxsize=8)  # the turning points of a verdict ask for the same draws many times
def again(count: int, *seed: int) -> np.ndarray:
    """How often each of ``count`` things is drawn, with replacement: shape (1 + resamples, count);
    in row 0 each once. Shared by all who ask: not to be changed."""
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)
    weights = np.vstack([np.ones((1, count), dtype=int), drawn])
    weights.setflags(write=False)
    return weights


def interval(points: np.ndarray, times: float = 100) -> Bounded:
    """Row 0, and the 2.5th and 97.5th percentile of the others, each ``times`` a factor."""
    low, high = np.percentile(points[1:], (2.5, 97.5))
    return times * float(points[0]), times * float(low), times * float(high)


def bootstrap(
    samples: Sequence[np.ndarray], statistic: Callable[..., np.ndarray], paired: bool = False
) -> Bounded:
    """A statistic and its 95 % percentile bootstrap interval (``scipy.stats.bootstrap``), with a
    fixed seed.

    ``samples``: one 1-d array each; ``paired`` draws the same places from all of them, otherwise
    each is drawn for itself. ``statistic`` takes the samples and ``axis`` and must work on whole
    arrays of resamples.
    """
    result = stats.bootstrap(
        tuple(np.asarray(sample, dtype=float) for sample in samples),
        statistic,
        n_resamples=RESAMPLES,
        batch=500,  # keeps the arrays of resamples small
        paired=paired,
        vectorized=True,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    ends = result.confidence_interval
    return float(statistic(*samples, axis=-1)), float(ends.low), float(ends.high)


def ratio(part: np.ndarray, whole: np.ndarray, axis: int = -1) -> np.ndarray:
    """Sum of the parts over the sum of the wholes, for ``bootstrap``."""
    quotients: np.ndarray = part.sum(axis=axis) / whole.sum(axis=axis)
    return quotients


def difference(count: float, n: float, less: float, of: float) -> Bounded:
    """A share ``count / n`` less another, ``less / of``, in points, with Newcombe's 95 % interval
    (``statsmodels``)."""
    low, high = confint_proportions_2indep(count, n, less, of, method="newcomb", compare="diff")
    return 100 * (count / n - less / of), 100 * float(low), 100 * float(high)
