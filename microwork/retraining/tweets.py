"""Retraining: classifiers of vaccine tweets, trained in one quarter and tried in later ones.

Scores are macro-F1, the mean of fifty runs of Müller and Salathé (2020). A run has one test set per quarter, on which all models
of that run are tried, so models are compared run by run.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from microwork import data
from microwork.numbers import Number
from microwork.retraining.inputs import bootstrap, fact, published

RUNS, QUARTERS = "retraining/tweet_runs", "retraining/tweet_quarters"
FIRST, LATE_2019, LAST = "2018-08-11", "2019-11-04", "2020-07-31"  # middle days of quarters
COVERS = (
    "Redrawing training and test tweets from the authors' pool, and the chance in training (bootstrap over the fifty runs). "
    "Not which tweets are in the pool, other topics, or the choice of the quarters."
)


def quarters() -> list[str]:
    """The quarters with a model, by their middle day, in order."""
    return sorted(data.table(RUNS)["trained"].unique())


def runs(trained: str, tested: str) -> np.ndarray:
    """Macro-F1 of the fifty runs (0 to 1), by run. Raises ``ValueError`` if there is no such pair of quarters."""
    frame = data.table(RUNS)
    rows = frame[(frame["trained"] == trained) & (frame["tested"] == tested)].sort_values("run")
    if rows.empty:
        raise ValueError(f"found no model of {trained} tried on {tested}; wanted two of {', '.join(quarters())} in that order")
    return rows["macro_f1"].to_numpy()


def fall_of(own: np.ndarray, last: np.ndarray, axis: int = -1) -> np.ndarray:
    """Change from the quarter of training to the last one, in percent: 100 * (last / own - 1), of means."""
    return 100 * (last.mean(axis=axis) / own.mean(axis=axis) - 1)


def repaired_of(own: np.ndarray, last: np.ndarray, fresh: np.ndarray, axis: int = -1) -> np.ndarray:
    """Share of a fall that fresh labels repair, in percent: (fresh on last - old on last) / (old on own - old on last)."""
    return 100 * (fresh.mean(axis=axis) - last.mean(axis=axis)) / (own.mean(axis=axis) - last.mean(axis=axis))


def fall(trained: str) -> tuple[float, float, float]:
    """``fall_of`` the model of a quarter with its paired bootstrap interval, in percent."""
    samples = runs(trained, trained), runs(trained, LAST)
    return float(fall_of(*samples)), *bootstrap(samples, fall_of, paired=True)


def repaired(trained: str) -> tuple[float, float, float]:
    """``repaired_of`` the fall of the model of a quarter with its paired bootstrap interval, in percent."""
    samples = runs(trained, trained), runs(trained, LAST), runs(LAST, LAST)
    return float(repaired_of(*samples)), *bootstrap(samples, repaired_of, paired=True)


def repairs() -> pd.DataFrame:
    """One row per quarter of training but the last: scores on its own and the last quarter, fall and what fresh labels repair.

    Columns: trained, own, last, fresh (macro-F1 in percent), fall, fall_low, fall_high, repaired, repaired_low, repaired_high
    (percent; repaired is empty where the interval of the fall holds zero, for then there is nothing to repair).
    """
    rows = []
    for trained in quarters()[:-1]:
        means = {"own": runs(trained, trained), "last": runs(trained, LAST), "fresh": runs(LAST, LAST)}
        row = {"trained": trained} | {name: 100 * float(scores.mean()) for name, scores in means.items()}
        row |= dict(zip(("fall", "fall_low", "fall_high"), fall(trained), strict=True))
        if row["fall_high"] < 0:
            row |= dict(zip(("repaired", "repaired_low", "repaired_high"), repaired(trained), strict=True))
        rows.append(row)
    return pd.DataFrame(rows)


def pool_half_width() -> float:
    """Half of the 95 % interval of an accuracy measured on as many tweets as the pool of the last quarter holds, in points.

    Fifty redraws cannot know more of other tweets than the pool does; this is the error that the bootstrap leaves out.
    """
    frame = data.table(RUNS)
    rows = frame[(frame["trained"] == LAST) & (frame["tested"] == LAST)]
    accuracy = float(rows["right"].sum()) / (fact("tweets-test-size") * len(rows))
    pool = int(data.table(QUARTERS).set_index("quarter").loc[LAST, "tweets"])
    low, high = proportion_confint(accuracy * pool, pool, method="wilson")
    return 50 * float(high - low)


def numbers() -> list[Number]:
    """The tweet numbers of the chapter."""
    frame = repairs()
    worst = frame.loc[frame["fall"].idxmin()]
    fixed = frame.dropna(subset=["repaired"])["repaired"]
    how = "Fresh model minus old model in the last quarter, over the fall of the old one; macro-F1, mean of fifty runs."
    found = [
        Number(
            "retraining.tweets-largest-fall",
            float(worst["fall"]),
            "percent",
            "Largest change of score from the quarter of training to the last one",
            f"Macro-F1, mean of fifty runs; the model trained up to the quarter round {worst['trained']}.",
            (RUNS,),
            float(worst["fall_low"]),
            float(worst["fall_high"]),
            COVERS + " It is the worst of eight, which the interval does not allow for.",
        )
    ]
    for name, trained, when in (("2018", FIRST, "August 2018"), ("2019", LATE_2019, "November 2019")):
        value, low, high = repaired(trained)
        label = f"Share of the fall that fresh labels repair, model of {when}"
        found.append(Number(f"retraining.tweets-repaired-{name}", value, "percent", label, how, (RUNS,), low, high, COVERS))
    span = {"least": float(fixed.min()), "most": float(fixed.max())}
    for name, value in span.items():
        label = f"Share of the fall that fresh labels repair, {name} of the models that fell"
        found.append(Number(f"retraining.tweets-repaired-{name}", value, "percent", label, how, (RUNS,), decimals=0))
    return [*found, *_scores(), *_people(), *_sizes(int(len(fixed)))]


def _scores() -> list[Number]:
    pairs = {
        "own-2019": (LATE_2019, LATE_2019, "Macro-F1 of the model of November 2019 in its own quarter"),
        "old-last": (LATE_2019, LAST, "Macro-F1 of the model of November 2019 in the last quarter"),
        "fresh-last": (LAST, LAST, "Macro-F1 of the fresh model in the last quarter"),
        "own-2018": (FIRST, FIRST, "Macro-F1 of the model of August 2018 in its own quarter"),
    }
    found = []
    for name, (trained, tested, label) in pairs.items():
        scores = 100 * runs(trained, tested)
        low, high = bootstrap((scores,), lambda sample, axis=-1: sample.mean(axis=axis))
        how = "Mean of fifty runs, each on its own test tweets; in percent of the highest score there is."
        found.append(Number(f"retraining.tweets-{name}", float(scores.mean()), "percent", label, how, (RUNS,), low, high, COVERS))
    label = "Half-width of the error that the size of the pool leaves, in points of accuracy"
    text = "Wilson interval of the fresh model's accuracy for as many tweets as the last quarter's pool holds."
    half = pool_half_width()
    return [*found, Number("retraining.tweets-pool-error", half, "percentage points", label, text, (RUNS, QUARTERS), decimals=1)]


def _people() -> list[Number]:
    frame = data.table(QUARTERS).set_index("quarter")["kappa_mturk"].astype(float)
    named = {
        "kappa-first": (FIRST, "Agreement of the annotators, first model"),
        "kappa-2019": (LATE_2019, "Agreement of the annotators, model of November 2019"),
        "kappa-last": (LAST, "Agreement of the annotators, last model"),
    }
    how = (
        "Fleiss' kappa of the Mechanical Turk workers over the tweets that the model of the quarter sees; no interval published."
    )
    return [
        Number(f"retraining.tweets-{name}", float(frame[quarter]), "kappa", label, how, (QUARTERS,), decimals=2)
        for name, (quarter, label) in named.items()
    ]


def _sizes(fallen: int) -> list[Number]:
    pool = data.table(QUARTERS)["tweets"].astype(float)
    label = "Tweets labelled a quarter"
    covers = "The fewest and the most in one of nine quarters. Not a sampling error."
    how = "Mean over the nine quarters with a model."
    sizes = (float(pool.mean()), float(pool.min()), float(pool.max()))
    return [
        Number("retraining.tweets-a-quarter", sizes[0], "items", label, how, (QUARTERS,), sizes[1], sizes[2], covers, 0),
        Number(
            "retraining.tweets-fallen", fallen, "items", "Models that fell, of eight", "Interval of the fall below zero.", (RUNS,)
        ),
        published("tweets-test-size", "tweets-test-size", "items", "Tweets in each test set"),
        published("tweets-training-script", "tweets-training-script", "items", "Training tweets, according to one script"),
        published("tweets-training-figure", "tweets-training-figure", "items", "Training tweets, according to another script"),
    ]
