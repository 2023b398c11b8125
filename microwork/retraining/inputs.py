"""Retraining: facts, assumptions, intervals, and how wikis and days are named, for all modules of
the chapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from babel import Locale
from scipy import stats
from tallybook import data, language
from tallybook.model.numbers import Bounded

RESAMPLES, SEED = 4999, 20211121
YEAR = 365.25  # days
SISTERS = ("wikibooks", "wikiquote", "wikisource", "wiktionary")


def fact(fact_id: str) -> float:
    """A published figure of the chapter, in the unit of its row."""
    return data.value("retraining/facts", fact_id)


def assumption(assumption_id: str) -> float:
    """A value that we set, in the unit of its row. Raises ``DataError`` for an unknown name."""
    return data.value("retraining/assumptions", assumption_id)


@lru_cache(maxsize=8)  # several numbers ask for the same draws
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


def bootstrap(samples: Sequence[np.ndarray], statistic: Callable[..., np.ndarray]) -> Bounded:
    """A statistic and its 95% percentile bootstrap interval (``scipy.stats.bootstrap``), with a
    fixed seed.

    ``samples``: 1-d arrays of one length, from which the same places are drawn. ``statistic`` takes
    the samples and ``axis`` and must work on whole arrays of resamples.
    """
    result = stats.bootstrap(
        tuple(np.asarray(sample, dtype=float) for sample in samples),
        statistic,
        n_resamples=RESAMPLES,
        batch=500,  # keeps the arrays of resamples small
        paired=True,
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


def quotient(part: pd.Series, whole: pd.Series, times: float = 100.0) -> Bounded:
    """Sum of one column over that of another, ``times`` a factor, with whole wikis drawn again.

    ``part``, ``whole``: numbers indexed by wiki, which may stand more than once; a wiki without a
    part has nought.
    """
    each = whole.groupby(level=0).sum()
    parts = part.groupby(level=0).sum().reindex(each.index, fill_value=0)
    return bootstrap((times * parts.to_numpy(float), each.to_numpy(float)), ratio)


def median(values: pd.Series) -> Bounded:
    """Median of values indexed by wiki, which may stand more than once, with whole wikis drawn
    again."""
    order = values.sort_values()
    wikis, place = np.unique(order.index, return_inverse=True)
    upto = again(len(wikis), SEED)[:, place].cumsum(axis=1)
    total, known = upto[:, -1:], order.to_numpy(float)
    middles = [known[(upto < half).sum(axis=1)] for half in ((total + 1) // 2, total // 2 + 1)]
    return interval(np.mean(middles, axis=0), 1)


def named(wiki: str) -> str:
    """A wiki as readers call it, by its language: ``frwiki`` is French, ``eswikibooks`` is Spanish
    Wikibooks. Raises ``ValueError`` for a language that is not known."""
    if wiki.startswith("wikidata"):
        return "Wikidata"
    kind = next((one for one in SISTERS if wiki.endswith(one)), "wiki")
    name = Locale.parse(language.now()).languages.get(wiki.removesuffix(kind))
    if name is None:
        raise ValueError(
            f"found the wiki {wiki!r}; expected one that begins with the code of a language"
        )
    return f"{name} {kind.capitalize()}" if kind != "wiki" else name


def decimal(days: pd.Series) -> pd.Series:
    """Days as years with decimals: 1 July 2020 is about 2020.5."""
    return days.dt.year + (days.dt.day_of_year - 1) / YEAR
