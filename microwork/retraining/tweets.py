"""Retraining: classifiers of vaccine tweets, trained in one quarter and tried in later ones.

Scores are means of fifty runs of Müller and Salathé (2020), in macro-F1 and in accuracy. A run has
one test set per quarter, on which all models of that run are tried, so models are compared run by
run.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, Row

from microwork import intervals
from microwork.retraining.inputs import assumption, bootstrap, define, fact, mean, published
from microwork.retraining.labour import tweets_a_quarter

RUNS, QUARTERS = "retraining/tweet_runs", "retraining/tweet_quarters"
EACH = range(50)  # runs of each pair of quarters
FIRST, LATE_2019, LAST = "2018-08-11", "2019-11-04", "2020-07-31"  # middle days of quarters
COVERS = (
    "Redrawing training and test tweets from the authors' pool, and the chance in training"
    " (bootstrap over the fifty runs). Not which tweets are in the pool, other topics, or the"
    " choice of the quarters."
)


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
    part: np.ndarray = (
        100
        * (fresh.mean(axis=axis) - last.mean(axis=axis))
        / (own.mean(axis=axis) - last.mean(axis=axis))
    )
    return part


@step
def fall(trained: str, measure: str = "macro_f1") -> tuple[float, float, float]:
    """``fall_of`` the model of a quarter with its paired bootstrap interval, in percent."""
    samples = runs(trained, trained, measure), runs(trained, LAST, measure)
    return float(fall_of(*samples)), *bootstrap(samples, fall_of, paired=True)


@step
def repaired(trained: str, measure: str = "macro_f1") -> tuple[float, float, float]:
    """``repaired_of`` the fall of the model of a quarter with its paired bootstrap interval, in
    percent."""
    samples = (
        runs(trained, trained, measure),
        runs(trained, LAST, measure),
        runs(LAST, LAST, measure),
    )
    return float(repaired_of(*samples)), *bootstrap(samples, repaired_of, paired=True)


def repairs(measure: str = "macro_f1") -> pd.DataFrame:
    """One row per quarter of training but the last: scores on its own and the last quarter, fall
    and what fresh labels repair.

    Columns: trained, own, last, fresh (the measure in percent), fall, fall_low, fall_high,
    repaired, repaired_low, repaired_high (percent; repaired is empty where the interval of the fall
    holds zero, for then there is nothing to repair).
    """
    rows = []
    for trained in quarters()[:-1]:
        pairs = {"own": (trained, trained), "last": (trained, LAST), "fresh": (LAST, LAST)}
        means = {name: runs(*pair, measure) for name, pair in pairs.items()}
        row = {"trained": trained} | {
            name: 100 * float(scores.mean()) for name, scores in means.items()
        }
        fallen = fall(trained, measure)
        row |= dict(zip(("fall", "fall_low", "fall_high"), fallen, strict=True))
        if fallen[2] < 0:
            row |= dict(
                zip(
                    ("repaired", "repaired_low", "repaired_high"),
                    repaired(trained, measure),
                    strict=True,
                )
            )
        rows.append(row)
    return pd.DataFrame(rows)


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


def fresh_gain(alike: float) -> tuple[float, float, float]:
    """Accuracy of the fresh model less that of the first one in the last quarter, in points, with
    the error of the pool.

    ``alike``: correlation of the errors of the two models on the same tweets (0 to 1); the error of
    a difference of two measures with errors alike in size is that of one times the root of 2 (1 -
    alike).
    """
    gain, half = _gain_and_half()
    half *= math.sqrt(2 * (1 - alike))
    return gain, gain - half, gain + half


@step
def _gain_and_half() -> tuple[float, float]:
    """The gain of ``fresh_gain``, and the half-width of the error of one measure."""
    return (
        100 * float(runs(LAST, LAST, "accuracy").mean() - runs(FIRST, LAST, "accuracy").mean()),
        pool_half_width(),
    )


def worst() -> pd.Series:
    """The row of ``repairs`` with the largest fall."""
    frame = repairs()
    return frame.loc[frame["fall"].idxmin()]


def fixed() -> pd.Series:
    """Repaired shares of the models that fell, in percent."""
    return repairs()["repaired"].dropna()


def numbers() -> list[Number]:
    """The tweet numbers of the chapter."""
    return [*_falls(), *_scores(), *_people(), *_sizes()]


def _falls() -> list[Number]:
    how = (
        "Fresh model minus old model in the last quarter, over the fall of the old one; macro-F1,"
        " mean of fifty runs."
    )
    rows: list[Row] = [
        ("2018", partial(repaired, FIRST), "model of August 2018", COVERS, 0),
        ("2019", partial(repaired, LATE_2019), "model of November 2019", COVERS, 0),
        ("least", lambda: fixed().min(), "least of the models that fell", None, 0),
        ("most", lambda: fixed().max(), "most of the models that fell", None, 0),
    ]
    share = "Share of the fall that fresh labels repair"
    counted = (
        "Fresh model minus old model in the last quarter, over the fall of the old one; accuracy,"
        " mean of fifty runs."
    )
    accuracy = (
        ("2018", FIRST, "model of August 2018"),
        ("2019", LATE_2019, "model of November 2019"),
    )
    return [
        define(
            "tweets-largest-fall",
            lambda: tuple(worst()[["fall", "fall_low", "fall_high"]]),
            "percent",
            "Largest change of score from the quarter of training to the last one",
            "Macro-F1, mean of fifty runs; the model trained up to the quarter round"
            f" {worst()['trained']}.",
            f"{COVERS} It is the worst of eight, which the interval does not allow for.",
            0,
        ),
        *(
            define(f"tweets-repaired-{n}", compute, "percent", f"{share}, {of}", how, *rest)
            for n, compute, of, *rest in rows
        ),
        *(
            define(
                f"tweets-accuracy-repaired-{n}",
                partial(repaired, trained, "accuracy"),
                "percent",
                f"{share}, in accuracy, {of}",
                counted,
                COVERS,
                0,
            )
            for n, trained, of in accuracy
        ),
    ]


def _scores() -> list[Number]:
    def score(trained: str, tested: str, measure: str = "macro_f1") -> tuple[float, float, float]:
        scores = 100 * runs(trained, tested, measure)
        return float(scores.mean()), *bootstrap((scores,), mean)

    rows = [
        ("own-2019", LATE_2019, LATE_2019, "model of November 2019 in its own quarter"),
        ("old-last", LATE_2019, LAST, "model of November 2019 in the last quarter"),
        ("fresh-last", LAST, LAST, "fresh model in the last quarter"),
        ("own-2018", FIRST, FIRST, "model of August 2018 in its own quarter"),
    ]
    how = (
        "Mean of fifty runs, each on its own test tweets; in percent of the highest score there is."
    )
    return [
        *(
            define(
                f"tweets-{n}", partial(score, *two), "percent", f"Macro-F1 of the {of}", how, COVERS
            )
            for n, *two, of in rows
        ),
        define(
            "tweets-fresh-gain",
            lambda: fresh_gain(assumption("answers-alike")),
            "percentage points",
            "Gain of fresh labels from Mechanical Turk over two-year-old ones, in points of"
            " accuracy on tweets",
            "Fresh model less the model of August 2018 in the last quarter; mean of fifty runs.",
            "The size of the pool of tweets, if half of the error is shared by both models. Not"
            " other topics.",
            1,
        ),
        define(
            "tweets-pool-error",
            pool_half_width,
            "percentage points",
            "Half-width of the error that the size of the pool leaves, in points of accuracy",
            "Wilson interval of the fresh model's accuracy for as many tweets as the last quarter's"
            " pool holds.",
            None,
            1,
        ),
    ]


def _people() -> list[Number]:
    rows = [
        ("first", FIRST, "first model"),
        ("2019", LATE_2019, "model of November 2019"),
        ("last", LAST, "last model"),
    ]
    how = (
        "Fleiss' kappa of the Mechanical Turk workers over the tweets that the model of the quarter"
        " sees; no interval published."
    )
    return [
        define(
            f"tweets-kappa-{name}",
            partial(lambda quarter: data.row(QUARTERS, quarter)["kappa_mturk"], quarter),
            "kappa",
            f"Agreement of the annotators, {model}",
            how,
            None,
            2,
        )
        for name, quarter, model in rows
    ]


def _sizes() -> list[Number]:
    def pools() -> tuple[float, float, float]:
        tweets = data.table(QUARTERS)["tweets"].astype(float)
        return tweets_a_quarter(), tweets.min(), tweets.max()

    return [
        define(
            "tweets-a-quarter",
            pools,
            "items",
            "Tweets labelled a quarter",
            "Mean over the nine quarters with a model.",
            "The fewest and the most in one of nine quarters. Not a sampling error.",
            0,
        ),
        define(
            "tweets-fallen",
            lambda: len(fixed()),
            "items",
            "Models that fell, of eight",
            "Interval of the fall below zero.",
        ),
        published("tweets-test-size", "tweets-test-size", "items", "Tweets in each test set"),
        published(
            "tweets-training-script",
            "tweets-training-script",
            "items",
            "Training tweets, according to one script",
        ),
        published(
            "tweets-training-figure",
            "tweets-training-figure",
            "items",
            "Training tweets, according to another script",
        ),
    ]
