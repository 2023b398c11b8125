"""How the tables of the chapter on retraining are made: nothing of a test is learnt, and nothing is
lost."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from microwork.derive import corona_queries, headlines, vaccine_tweets

SEARCHES = [
    (1, "corona", "FR", 100),
    (2, "corona", "FR", 60),
    (2, "virus", "FR", 100),
    (2, "virus", "US", 100),
    (3, "corona", "FR", 20),
    (3, "virus", "FR", 60),
    (3, "masks", "US", 50),
    (3, "corona map", "US", 50),
]


def test_searches_by_hand():
    lines = pd.DataFrame(SEARCHES, columns=["day", "query", "country", "popularity"])
    # Day 2: two searches, three lines; one new. Day 3: four searches, two of them new, one known
    # since the first day.
    days = corona_queries.days(lines, 1).set_index("day")
    assert days.loc[[2, 3]].values.tolist() == [[2, 3, 1, 1], [4, 4, 2, 1]]
    countries = corona_queries.countries(lines, 1, 3)
    assert countries.values.tolist() == [["FR", 2, 80, 1, 20, 1], ["US", 2, 100, 0, 0, 1]]


# Headlines

dates = st.lists(st.tuples(st.integers(1996, 2006), st.integers(1, 12)), min_size=60, max_size=160)


@settings(max_examples=40, deadline=None)
@given(dates, st.sampled_from(headlines.REGIMES), st.integers(1998, 2006), st.integers(0, 3))
def test_no_test_item_is_ever_trained_on_and_each_is_tested_once(rows, regime, test, draw):
    year, month = (np.array(column) for column in zip(*rows, strict=True))
    tested = np.flatnonzero(year == test)
    if not len(tested):
        return
    frozen = ((year >= 1996) & (year <= 1997)).sum()
    time, seen = 12 * year + month, []
    for train, part in headlines.splits(year, month, test, regime, (draw,)):
        assert not set(train) & set(part) and len(set(train)) == len(train)
        seen += list(part)
        match regime:
            case "frozen":
                assert set(year[train]) <= {1996, 1997}
            case "fresh":
                assert set(year[train]) <= {test - 2, test - 1}
            case "all":
                assert (year[train] < test).all()
            case "control" | "spaced":
                assert (np.abs(year[train] - test) <= 1).all() and len(train) <= frozen
        if regime == "spaced":
            distance = np.abs(time[train][:, None] - time[part][None, :])
            assert not distance.size or distance.min() > 1
    assert sorted(seen) == list(tested)


def toy(per_month=2):
    """Headlines of two topics, told apart by one word; both words change in 2000."""
    rows = []
    for year in range(1996, 2007):
        for month in range(1, 13):
            for i in range(per_month):
                word = ("sport", "race")[year >= 2000] if i % 2 else ("war", "peace")[year >= 2000]
                rows.append((len(rows) + 1, year, month, word, f"{word} {word}", i % 2))
    return pd.DataFrame(rows, columns=["article", "year", "month", "title", "subject", "code"])


def test_a_changed_word_is_lost_on_the_frozen_model_only(monkeypatch):
    monkeypatch.setattr(headlines, "CONTROL_DRAWS", 1)
    monkeypatch.setattr(headlines, "TESTS", range(1999, 2002))
    frame, regimes = toy(), list(headlines.REGIMES)
    answers = {regime: headlines.tried(frame, "title", regime) for regime in regimes}
    scores = headlines.items(frame, "title", answers).groupby("year")[regimes].mean()
    assert (scores.loc[1999] == 1).all()
    # From 2000 the words are new to the frozen model: it can only give all headlines the same
    # topic, which is right for half. Labels of the year itself know both words; those of the years
    # before know them a year later.
    assert scores["frozen"].tolist() == [1, 0.5, 0.5]
    assert scores["control"].tolist() == scores["spaced"].tolist() == [1, 1, 1]
    assert scores["fresh"].tolist() == scores["all"].tolist() == [1, 0.5, 1]


# Tweets


def scores(**changed):
    row = {"centroid_day": "2019-11-04", "centroid_day_train": "2019-08-06", "repeat": 0}
    row |= {"accuracy": 90 / 150, "f1_macro": 0.5} | dict.fromkeys(vaccine_tweets.RECALLS, 0.25)
    return pd.DataFrame([row | changed])


def test_right_answers_are_counted_back():
    row = vaccine_tweets.runs(scores()).iloc[0].tolist()
    assert row[:5] == ["2019-08-06", "2019-11-04", 0, 90, 0.5]
