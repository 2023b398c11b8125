"""Retraining: classifiers of vaccine tweets, trained in one quarter and tried in later ones.

Scores are means of fifty runs of Müller and Salathé (2020), in macro-F1 and in accuracy. A run has
one test set per quarter, on which all models of that run are tried, so models are compared run by
run.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork import intervals
from microwork.inputs import Numbers
from microwork.retraining.inputs import assumption, bootstrap, fact

RUNS, QUARTERS = "retraining/tweet_runs", "retraining/tweet_quarters"
EACH = range(50)  # runs of each pair of quarters
YEAR = 365.25  # days
FIRST, LATE_2019, LAST = "2018-08-11", "2019-11-04", "2020-07-31"  # middle days of quarters


def quarters() -> list[str]:
    """The quarters with a model, by their middle day, in order."""
    return sorted(data.table(RUNS)["trained"].unique())


@step
def tried(trained: str, tested: str) -> pd.DataFrame:
    """The rows of the fifty runs, by run.

    Raises ``ValueError`` if there is no such pair of quarters.
    """
    try:
        return pd.DataFrame([data.row(RUNS, trained, tested, run) for run in EACH])
    except data.DataError:
        found = f"found no model of {trained} tried on {tested}"
        raise ValueError(
            f"{found}; expected two of {', '.join(quarters())} in that order"
        ) from None


def runs(trained: str, tested: str, measure: str = "macro_f1") -> np.ndarray:
    """A measure of the fifty runs (0 to 1), by run: ``macro_f1`` or ``accuracy``.

    Raises ``ValueError`` if there is no such pair of quarters.
    """
    rows = tried(trained, tested)
    share = rows["right"] / fact("tweets-test-size") if measure == "accuracy" else rows[measure]
    return np.asarray(share, dtype=float)


def fall_of(own: np.ndarray, last: np.ndarray, axis: int = -1) -> np.ndarray:
    """Change from the quarter of training to the last one, in percent: 100 * (last / own - 1), of
    means."""
    change: np.ndarray = 100 * (last.mean(axis=axis) / own.mean(axis=axis) - 1)
    return change


def repaired_of(own: np.ndarray, last: np.ndarray, fresh: np.ndarray, axis: int = -1) -> np.ndarray:
    """Share of a fall that fresh labels repair, in percent:

    (fresh on last - old on last) / (old on own - old on last).
    """
    before, after, again = (scores.mean(axis=axis) for scores in (own, last, fresh))
    part: np.ndarray = 100 * (again - after) / (before - after)
    return part


@step
def fall(trained: str) -> Bounded:
    """``fall_of`` the model of a quarter with its paired bootstrap interval, in percent."""
    samples = runs(trained, trained), runs(trained, LAST)
    return bootstrap(samples, fall_of, paired=True)


@step
def repaired(trained: str, measure: str = "macro_f1") -> Bounded:
    """``repaired_of`` the fall of the model of a quarter with its paired bootstrap interval, in
    percent."""
    pairs = ((trained, trained), (trained, LAST), (LAST, LAST))
    samples = [runs(*pair, measure) for pair in pairs]
    return bootstrap(samples, repaired_of, paired=True)


def repairs() -> pd.DataFrame:
    """One row per quarter of training but the last: how far macro-F1 fell until the last quarter,
    and what fresh labels repair of that.

    Columns: trained, fall, fall_low, fall_high, repaired, repaired_low, repaired_high (percent;
    repaired is empty where the interval of the fall holds zero, for then there is nothing to
    repair).
    """
    rows = []
    for trained in quarters()[:-1]:
        fallen = fall(trained)
        rows.append((trained, *fallen, *(repaired(trained) if fallen[2] < 0 else [None] * 3)))
    names = [f"{name}{end}" for name in ("fall", "repaired") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["trained", *names]).astype(dict.fromkeys(names, float))


def pool_half_width() -> float:
    """Half of the 95 % interval of an accuracy measured on as many tweets as the pool of the last
    quarter holds, in points.

    Fifty redraws cannot know more of other tweets than the pool does; this is the error that the
    bootstrap leaves out.
    """
    accuracy = float(runs(LAST, LAST, "accuracy").mean())
    pool = int(data.row(QUARTERS, LAST)["tweets"])
    low, high = intervals.wilson(accuracy, pool)
    return 50 * (high - low)


def fresh_gain(tweets_alike: float) -> Bounded:
    """Accuracy of the fresh model less that of the first one in the last quarter, in points, with
    the error of the pool.

    ``tweets_alike``: correlation of the errors of the two models on the same tweets (0 to 1). The
    error of a difference of two measures with errors alike in size is that of one times the root of
    twice what is left of that correlation to one.
    """
    gain, half = _gain_and_half()
    half *= math.sqrt(2 * (1 - tweets_alike))
    return gain, gain - half, gain + half


def points_a_year(tweets_alike: float) -> Bounded:
    """Accuracy of the fresh model less that of each older one in the last quarter, in points for
    each year between them, all older models together, with the error of ``fresh_gain``."""
    older = quarters()[:-1]
    fresh = float(runs(LAST, LAST, "accuracy").mean())
    gains = [100 * (fresh - float(runs(one, LAST, "accuracy").mean())) for one in older]
    days = [(pd.Timestamp(LAST) - pd.Timestamp(one)).days for one in older]
    years = sum(days) / YEAR
    value = sum(gains) / years
    half = pool_half_width() * math.sqrt(2 * (1 - tweets_alike)) * len(older) / years
    return value, value - half, value + half


@step
def _gain_and_half() -> tuple[float, float]:
    """The gain of ``fresh_gain``, and the half-width of the error of one measure."""
    return (
        100 * float(runs(LAST, LAST, "accuracy").mean() - runs(FIRST, LAST, "accuracy").mean()),
        pool_half_width(),
    )


def largest_fall() -> Bounded:
    """The fall of the model that fell most, in percent."""
    return min(fall(trained) for trained in quarters()[:-1])


def fixed() -> pd.Series:
    """Repaired shares of the models that fell, in percent."""
    return repairs()["repaired"].dropna()


def score(trained: str, tested: str) -> Bounded:
    """Mean macro-F1 of the fifty runs, in percent."""
    return bootstrap((100 * runs(trained, tested),), np.mean)


def pools() -> Bounded:
    """Tweets labelled a quarter: mean, fewest and most."""
    tweets = data.table(QUARTERS)["tweets"].astype(float)
    return float(tweets.mean()), float(tweets.min()), float(tweets.max())


NUMBERS: Numbers = {
    "tweets-largest-fall": largest_fall,
    "tweets-repaired-2018": lambda: repaired(FIRST),
    "tweets-repaired-2019": lambda: repaired(LATE_2019),
    "tweets-repaired-least": lambda: fixed().min(),
    "tweets-repaired-most": lambda: fixed().max(),
    "tweets-accuracy-repaired-2018": lambda: repaired(FIRST, "accuracy"),
    "tweets-accuracy-repaired-2019": lambda: repaired(LATE_2019, "accuracy"),
    "tweets-own-2019": lambda: score(LATE_2019, LATE_2019),
    "tweets-old-last": lambda: score(LATE_2019, LAST),
    "tweets-fresh-last": lambda: score(LAST, LAST),
    "tweets-own-2018": lambda: score(FIRST, FIRST),
    "tweets-fresh-gain": lambda: fresh_gain(assumption("answers-alike")),
    "tweets-points-a-year": lambda: points_a_year(assumption("answers-alike")),
    "tweets-pool-error": pool_half_width,
    "tweets-a-quarter": pools,
    "tweets-fallen": lambda: len(fixed()),
}
