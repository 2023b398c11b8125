"""Scores of classifiers of vaccine tweets by quarter of training and of test, and the agreement of
the annotators.

From the published figure data of Müller and Salathé (2020). Their test tweets are set apart from
the training tweets of the same quarter before any training (``include_test_samples_to_pool =
False`` in their script), so the score in the training quarter is a score on new tweets too.
"""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

RAW = rawfiles.listed(  # labels, scores, agreement
    "vaccine-tweets-fig1.csv", "vaccine-tweets-fig2-bert.csv", "vaccine-tweets-fig3-fleiss.csv"
)
OUTPUTS = ("retraining/tweet_runs.csv", "retraining/tweet_quarters.csv")
RECALLS = ("recall_negative", "recall_neutral", "recall_positive")
# Quarters of the models that the chapter shows by class.
BY_CLASS = ("2018-08-11", "2019-11-04", "2020-07-31")
TESTED = 150  # tweets in each test set (``num_test_samples_per_bin`` in the authors' script)


def runs(content: bytes) -> pd.DataFrame:
    """One row per run, quarter of training and of test: right answers; macro-F1 and recall by class
    (0 to 1, six decimals).

    Raises ``ValueError`` if an accuracy is no count of right answers out of ``TESTED``, or a test
    comes before its training.
    """
    frame = pd.read_csv(io.BytesIO(content))
    right = frame["accuracy"] * TESTED
    if (right - right.round()).abs().max() > 1e-6:
        raise ValueError(
            f"accuracy: found a share that is no count out of {TESTED}; expected the test size of"
            " the authors' script"
        )
    if (frame["centroid_day"] < frame["centroid_day_train"]).any():
        raise ValueError("centroid_day: found a test before its training")
    table = pd.DataFrame(
        {
            "trained": frame["centroid_day_train"],
            "tested": frame["centroid_day"],
            "run": frame["repeat"],
            "right": right.round().astype(int),
            "macro_f1": frame["f1_macro"].round(6),
        }
        | {name: frame[name].round(6) for name in RECALLS}
    )
    return table.sort_values(["trained", "tested", "run"]).reset_index(drop=True)


def used(table: pd.DataFrame) -> pd.DataFrame:
    """What the chapter reads of ``runs``: each model in its own quarter and the last; recalls of
    three models."""
    last = table["tested"] == table["tested"].max()
    own = table["tested"] == table["trained"]
    recalls = {name: table[name].where(table["trained"].isin(BY_CLASS)) for name in RECALLS}
    return table.assign(**recalls)[last | own]


def quarters(labels: bytes, agreement: bytes) -> pd.DataFrame:
    """One row per quarter of training: its days, labelled tweets in it, Fleiss' kappa of the
    Mechanical Turk workers.

    Kappa is over the tweets that the model of that quarter sees: its training tweets, of four
    quarters, and its test tweets.
    """
    counts, kappa = pd.read_csv(io.BytesIO(labels)), pd.read_csv(io.BytesIO(agreement))
    counts["quarter"] = counts["centroid_day"].str[:10]
    both = kappa.merge(counts, left_on="centroid_day", right_on="quarter", validate="one_to_one")
    return pd.DataFrame(
        {
            "quarter": both["quarter"],
            "first_day": both["start_day"].str[:10],
            "last_day": both["end_day"].str[:10],
            "tweets": both["all"],
            "kappa_mturk": both["fleiss_kappa_mode_mturk"].round(6),
        }
    )


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    labels, scores, agreement = (rawfiles.read(raw, name, one) for name, one in RAW.items())
    return rawfiles.tables(
        OUTPUTS,
        used(runs(scores)).assign(source_key="mueller2020", locator="fig2_bert"),
        quarters(labels, agreement).assign(
            source_key="mueller2020", locator="fig1 and fig3_fleiss"
        ),
        grade="A",
    )
