"""Retraining: what labels lose as they age: classifiers of headlines and of tweets on vaccines.

Headlines: a model of every two years tried on every later year (made by
``microwork.derive.headlines``), so old and fresh labels are compared on the same titles. Intervals
draw whole months again, since the news of a month hang together, or training sets.

Tweets: means of fifty runs of Müller and Salathé (2020), in macro-F1 and in accuracy. A run has one
test set a quarter, on which all its models are tried, so models are compared run by run.
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
from microwork.retraining.inputs import (
    RESAMPLES,
    SEED,
    YEAR,
    again,
    assumption,
    bootstrap,
    fact,
    interval,
)

OLDEST = 1996  # first of the two years of the oldest labels
FRESH = 2  # years from the first of the fresh labels to the year under test
APART = 4  # years from the first of the old labels to the first test without a common label
RUNS, QUARTERS = "retraining/tweet_runs", "retraining/tweet_quarters"
EACH = range(50)  # runs of each pair of quarters
LAST = "2020-07-31"  # the middle day of the last quarter


@step
def paired() -> pd.DataFrame:
    """Every old model beside the fresh one, on titles of the same month, where they share no label:
    start, test, month, n, frozen, fresh.

    ``frozen`` and ``fresh``: right answers of ``n``. The old model has the labels of the years
    ``start`` and start + 1, the fresh one those of the two years before ``test``.
    """
    frame = data.table("retraining/headline_starts")
    frame = frame[["start", "test", "month", "n", "right"]].astype(int)
    fresh = frame[frame["test"] == frame["start"] + FRESH]
    fresh = fresh[["test", "month", "right"]].rename(columns={"right": "fresh"})
    old = frame[frame["test"] >= frame["start"] + APART].rename(columns={"right": "frozen"})
    return old.merge(fresh, on=["test", "month"], validate="many_to_one")


def oldest() -> pd.DataFrame:
    """The rows of ``paired`` of the oldest labels."""
    frame = paired()
    return frame[frame["start"] == OLDEST]


def by_months(rows: pd.DataFrame) -> Bounded:
    """What fresh labels gain on ``rows`` of ``paired``, in points, with its interval; whole months
    are drawn again."""
    months = rows.groupby(["test", "month"])[["n", "frozen", "fresh"]].sum()
    weights = again(len(months), SEED, 0)
    gain = (months["fresh"] - months["frozen"]).to_numpy(float)
    return interval((weights @ gain) / (weights @ months["n"].to_numpy(float)))


def by_training_sets(rows: pd.DataFrame) -> Bounded:
    """The same, with training sets drawn again: the old ones, and years of tests, of which each has
    the labels of its own fresh model.

    The two are drawn apart and crossed, as by Owen, Annals of Applied Statistics 1 (2007), 386-411.
    Draws that leave no pair of models are left out.
    """
    pairs = rows.groupby(["start", "test"], as_index=False)[["n", "frozen", "fresh"]].sum()
    weights = np.ones((1 + RESAMPLES, len(pairs)))
    for stream, drawn in enumerate(("start", "test")):
        places, sets = pd.factorize(pairs[drawn])
        weights *= again(len(sets), SEED, 8 + stream)[:, places]
    gain = weights @ (pairs["fresh"] - pairs["frozen"]).to_numpy(float)
    tested = weights @ pairs["n"].to_numpy(float)
    return interval(gain[tested > 0] / tested[tested > 0])


def headlines_a_year() -> Bounded:
    """What fresh labels gain on old ones for each year between them, in points, over all pairs;
    training sets are drawn again."""
    frame = paired()
    years = frame["test"] - FRESH - frame["start"]
    return by_training_sets(frame.assign(n=frame["n"] * years))


def by_year() -> pd.DataFrame:
    """Headlines that the oldest model and the fresh one get right, by year of test: name (the
    year), old, fresh (percent)."""
    sums = oldest().groupby("test")[["n", "frozen", "fresh"]].sum()
    shares = sums[["frozen", "fresh"]].div(sums["n"], axis=0).mul(100)
    shares = shares.set_axis(["old", "fresh"], axis=1).rename_axis("name").reset_index()
    return shares.assign(name=shares["name"].astype(str))


def quarters() -> list[str]:
    """The quarters with a model of tweets, by their middle day, in order."""
    return sorted(data.table(RUNS)["trained"].unique())


@step
def tried(trained: str, tested: str) -> pd.DataFrame:
    """The rows of the fifty runs, by run."""
    return pd.DataFrame([data.row(RUNS, trained, tested, run) for run in EACH])


def runs(trained: str, tested: str, measure: str = "macro_f1") -> np.ndarray:
    """A measure of the fifty runs (0 to 1), by run: ``macro_f1`` or ``accuracy``."""
    rows = tried(trained, tested)
    share = rows["right"] / fact("tweets-test-size") if measure == "accuracy" else rows[measure]
    return np.asarray(share, dtype=float)


def fall_of(own: np.ndarray, last: np.ndarray, axis: int = -1) -> np.ndarray:
    """Change from the quarter of training to the last one, in percent: 100 * (last / own - 1), of
    means."""
    change: np.ndarray = 100 * (last.mean(axis=axis) / own.mean(axis=axis) - 1)
    return change


def repaired_of(own: np.ndarray, last: np.ndarray, fresh: np.ndarray) -> float:
    """Share of a fall that fresh labels repair, in percent:

    (fresh on last - old on last) / (old on own - old on last), of means.
    """
    before, after, new = (scores.mean() for scores in (own, last, fresh))
    return 100 * float((new - after) / (before - after))


@step
def repairs() -> pd.Series:
    """Percent of its fall that a fresh model gives back, for each quarter of training but the last;
    empty where the interval of the fall holds zero, for then nothing fell."""
    found = []
    for trained in quarters()[:-1]:
        scores = [runs(*pair) for pair in ((trained, trained), (trained, LAST), (LAST, LAST))]
        fell = bootstrap(scores[:2], fall_of)[2] < 0
        found.append(repaired_of(*scores) if fell else math.nan)
    return pd.Series(found)


def accuracy(trained: str) -> float:
    """Tweets of the last quarter that the model of a quarter gets right, in percent."""
    return 100 * float(runs(trained, LAST, "accuracy").mean())


def pool_half_width() -> float:
    """Half of the 95% interval of an accuracy measured on as many tweets as the pool of the last
    quarter holds, in points: fifty redraws cannot know more of other tweets than the pool does."""
    pool = int(data.row(QUARTERS, LAST)["tweets"])
    low, high = intervals.wilson(accuracy(LAST) / 100, pool)
    return 50 * (high - low)


def tweets_a_year() -> Bounded:
    """Accuracy of the fresh model less that of each older one in the last quarter, in points for
    each year between them, all older models together, with the error of the pool.

    The error of a difference of two measures with errors alike in size is that of one times the
    root of twice what is left to one of the correlation of their errors on the same tweets.
    """
    older = quarters()[:-1]
    years = sum((pd.Timestamp(LAST) - pd.Timestamp(one)).days for one in older) / YEAR
    value = sum(accuracy(LAST) - accuracy(one) for one in older) / years
    alike = assumption("answers-alike")
    half = pool_half_width() * math.sqrt(2 * (1 - alike)) * len(older) / years
    return value, value - half, value + half


NUMBERS: Numbers = {
    "headlines-equal-labels-mean": lambda: by_training_sets(paired()),
    "headlines-equal-labels-first-year": lambda: by_months(oldest()),
    "headlines-points-a-year": headlines_a_year,
    "tweets-points-a-year": tweets_a_year,
    "tweets-repaired-least": lambda: repairs().min(),
    "tweets-repaired-most": lambda: repairs().max(),
    "tweets-fallen": lambda: repairs().count(),
}
