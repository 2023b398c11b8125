"""How the tables of the chapter on retraining are made: nothing of a test is learnt, and nothing is
lost."""

from __future__ import annotations

import pandas as pd

from microwork.derive import corona_queries, dataset_births, headlines, vaccine_tweets


def test_searches_by_hand():
    # One search in capitals or not and in two countries is one.
    rows = [(1, "corona"), (2, "Corona"), (2, "corona"), (2, "virus"), (3, "masks")]
    lines = pd.DataFrame(rows, columns=["day", "Query"])
    lines["Date"] = "2020-01-0" + lines["day"].astype(str)
    assert corona_queries.make(lines).values.tolist() == [[1, 1], [2, 2], [3, 1]]


def test_a_changed_word_is_lost_on_old_models_only(monkeypatch):
    """Headlines of two topics, told apart by one word; both words change in 2000."""
    rows = []
    for year in range(1996, 2003):
        for month in (1, 2):
            for i in range(4):
                title = (("war", "peace"), ("sport", "race"))[i % 2][year >= 2000]
                rows.append((year, month, title, i % 2))
    monkeypatch.setattr(headlines, "TESTS", range(1998, 2003))
    table = headlines.starts(pd.DataFrame(rows, columns=["year", "month", "title", "code"]))
    assert (table["test"] >= table["start"] + 2).all()  # no headline under test was learnt
    share = table.groupby(["start", "test"])[["right", "n", "labels"]].sum()
    share = (share["right"] / share["n"]).round(9)
    assert share[1996, 1999] == share[2000, 2002] == 1 and share[1996, 2000] == 0.5


def test_right_answers_are_counted_back():
    row = {"centroid_day": "2019-11-04", "centroid_day_train": "2019-08-06", "repeat": 0}
    frame = pd.DataFrame([row | {"accuracy": 90 / 150, "f1_macro": 0.5}])
    found = vaccine_tweets.runs(frame).iloc[0].tolist()
    assert found == ["2019-08-06", "2019-11-04", 0, 90, 0.5]


def test_a_data_set_counts_once_with_its_finest_label():
    rows = [
        ("Image Classification", "A", "2014-05-01", True),
        ("Semantic Segmentation", "A", "2014-05-01", True),
        ("Object Detection", "B", "2019-01-01", True),
        ("Denoising", "C", None, True),
        ("Semantic Segmentation", "D", "2019-01-01", False),
    ]
    table = dataset_births.make(pd.DataFrame(rows, columns=["task", "name", "date", "Images"]))
    found = table[table["datasets"] > 0].set_index(["period", "label"])["datasets"].to_dict()
    assert found == {
        ("to 2015", "by pixel"): 1,
        ("2019-2021", "by box or point"): 1,
        ("no date", "other"): 1,
    }
