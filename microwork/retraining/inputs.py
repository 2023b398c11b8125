"""Retraining: how facts, assumptions and intervals are read by all modules of the chapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from tallybook import data
from tallybook.model.digits import decimals
from tallybook.model.numbers import Computed, Number, number

FACTS, SHARES, ASSUMPTIONS = "retraining/facts", "retraining/shares", "retraining/assumptions"
RESAMPLES, SEED = 4999, 20211121

Interval = tuple[float, float]


def fact(fact_id: str) -> float:
    """A published figure of the chapter, in the unit of its row."""
    return data.value(FACTS, fact_id)


def share(fact_id: str) -> float:
    """A published percentage of the chapter."""
    return data.value(SHARES, fact_id)


def assumption(assumption_id: str) -> float:
    """A value that we set, in the unit of its row.

    Raises ``DataError`` if there is none of that name.
    """
    return data.value(ASSUMPTIONS, assumption_id)


def bootstrap(
    samples: Sequence[np.ndarray], statistic: Callable[..., np.ndarray], paired: bool = False
) -> Interval:
    """95 % percentile bootstrap interval (``scipy.stats.bootstrap``) with a fixed seed.

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
    return float(result.confidence_interval.low), float(result.confidence_interval.high)


def exact(successes: int, n: int) -> Interval:
    """95 % Clopper-Pearson interval of a share, 0 to 1 (``statsmodels``).

    Raises ``ValueError`` unless 0 <= successes <= n and n > 0.
    """
    if not 0 <= successes <= n or n < 1:
        raise ValueError(
            f"found {successes} of {n}; expected a count between 0 and n, and n of at least 1"
        )
    low, high = proportion_confint(successes, n, method="beta")
    return float(low), float(high)


def mean(sample: np.ndarray, axis: int = -1) -> np.ndarray:
    """Mean of a sample, for ``bootstrap``."""
    means: np.ndarray = np.mean(sample, axis=axis)
    return means


def define(name: str, compute: Callable[[], Computed], *what: Any) -> Number:
    """``tallybook.model.numbers.number`` with an id of the chapter."""
    return number(f"retraining.{name}", compute, *what)


def published(number_id: str, fact_id: str, unit: str, label: str, table: str = FACTS) -> Number:
    """A published figure as a number of the chapter, in our words for its unit; ``how`` adds what
    the row notes."""
    row = data.fact(table, fact_id)
    note = "" if row["note"] != row["note"] else f" {row['note'][0].upper()}{row['note'][1:]}."
    places = decimals(row["value"])  # as many as were published

    def value() -> float:
        found = data.value(table, fact_id)
        return int(found) if found.is_integer() else found

    return define(number_id, value, unit, label, f"As published.{note}", None, places)
