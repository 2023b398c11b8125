"""Scores of classifiers of vaccine tweets by quarter of training and of test, and the agreement of
the annotators, from the figure data of Müller and Salathé (2020). Their test tweets are set apart
before any training, so the score in the training quarter is a score on new tweets too.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

NAMES = ("fig1", "fig2-bert", "fig3-fleiss")  # labels, scores, agreement
FILES: Files = {f"vaccine-tweets-{name}.csv": {} for name in NAMES}
TABLES = {
    "retraining/tweet_runs.csv": sourced("mueller2020", "fig2_bert"),
    "retraining/tweet_quarters.csv": sourced("mueller2020", "fig1 and fig3_fleiss"),
}
TESTED = 150  # tweets in each test set (``num_test_samples_per_bin`` in the authors' script)


def make(
    labels: pd.DataFrame, scores: pd.DataFrame, agreement: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The runs that the chapter reads, and the quarters."""
    return runs(scores), quarters(labels, agreement)


def runs(scores: pd.DataFrame) -> pd.DataFrame:
    """One row per run, quarter of training and of test: right answers; macro-F1 (0 to 1, six
    decimals). Kept is each model in its own quarter and in the last."""
    table = pd.DataFrame(
        {
            "trained": scores["centroid_day_train"],
            "tested": scores["centroid_day"],
            "run": scores["repeat"],
            "right": (scores["accuracy"] * TESTED).round().astype(int),
            "macro_f1": scores["f1_macro"].round(6),
        }
    ).sort_values(["trained", "tested", "run"])
    last = table["tested"] == table["tested"].max()
    return table[last | (table["tested"] == table["trained"])]


def quarters(labels: pd.DataFrame, agreement: pd.DataFrame) -> pd.DataFrame:
    """One row per quarter of training: its days, labelled tweets in it, Fleiss' kappa of the
    Mechanical Turk workers over the tweets that the model of that quarter sees: its training
    tweets, of four quarters, and its test tweets."""
    labels = labels.assign(quarter=labels["centroid_day"].str[:10])
    both = agreement.merge(labels, left_on="centroid_day", right_on="quarter")
    return pd.DataFrame(
        {
            "quarter": both["quarter"],
            "first_day": both["start_day"].str[:10],
            "last_day": both["end_day"].str[:10],
            "tweets": both["all"],
            "kappa_mturk": both["fleiss_kappa_mode_mturk"].round(6),
        }
    )
