"""Retraining: cases worked by hand, identities that must hold on any data, and that no answer is
known before it is asked."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook.model.numbers import Registry

from microwork.derive import dataset_births, made_up_examples
from microwork.intervals import exact
from microwork.retraining import (
    corona,
    decomposition,
    headlines,
    inputs,
    labelling,
    labour,
    service,
    tweets,
    voice,
)

shares = st.floats(0.01, 0.99)
headline_rows = st.lists(st.tuples(shares, shares), min_size=3, max_size=20)


@pytest.fixture(scope="module")
def registry(loaded) -> Registry:
    return loaded.numbers


# Intervals


def test_the_exact_interval_by_its_definition():
    # Clopper-Pearson for 0 of n: from 0 to the share p with (1 - p)^n = 0.025.
    value, low, high = exact(0, 20)
    assert value == low == 0 and (1 - high / 100) ** 20 == pytest.approx(0.025)
    # ... and for n of n: from the share p with p^n = 0.025 to 1.
    value, low, high = exact(20, 20)
    assert value == high == 100 and (low / 100) ** 20 == pytest.approx(0.025)


# Searches


def test_takeoff_by_hand(monkeypatch):
    # The median of the first ten is 20; 250 is the first above 200.
    counts = [20] * 10 + [30] * 10 + [250] + [900] * 10
    frame = pd.DataFrame({"day": range(1, 32), "distinct": counts})
    monkeypatch.setattr(corona, "days", lambda: frame)
    assert [corona.takeoff(factor) for factor in (10, 1.2, 20)] == [21, 11, 22]


# Headlines


def periods(monkeypatch, early, late):
    """Headlines of two periods, in months and topics by turns where none are given; draws of
    training items without luck."""
    frames = {"early": pd.DataFrame(early), "late": pd.DataFrame(late)}
    for frame in frames.values():
        for name, count in {"month": 6, "topic": 3}.items():
            if name not in frame:
                frame[name] = np.arange(len(frame)) % count
    monkeypatch.setattr(headlines, "period", lambda name, features="title": frames[name])
    monkeypatch.setattr(headlines, "luck", lambda *_: np.zeros(1 + inputs.RESAMPLES))


def parts():
    """What a fall is made of, in points with its interval, by name."""
    rows = {name: decomposition.part(name) for name in decomposition.PARTS}
    return pd.DataFrame(rows, index=["points", "low", "high"]).T


def test_a_decomposition_by_hand(monkeypatch):
    # Frozen 60 -> 40, control 65 -> 55: the fall is 20 points, 10 of them difficulty; the lag grows
    # from 5 to 15.
    def right(frozen, control):
        places = np.arange(100)
        return {"frozen": 1.0 * (places < frozen), "control": 1.0 * (places < control)}

    periods(monkeypatch, right(60, 65), right(40, 55))
    frame = parts()
    assert frame["points"].round(9).to_dict() == {"fall": 20, "difficulty": 10, "staleness": 10}
    assert (frame["low"] < frame["points"]).all() and (frame["points"] < frame["high"]).all()


@settings(max_examples=10, deadline=None)
@given(headline_rows, headline_rows)
def test_the_parts_add_up_to_the_fall(early, late):
    frames = [pd.DataFrame(rows, columns=["frozen", "control"]) for rows in (early, late)]
    with pytest.MonkeyPatch.context() as patch:
        periods(patch, *frames)
        points = parts()["points"]
        assert points["fall"] == pytest.approx(points["difficulty"] + points["staleness"])
        for name in decomposition.PARTS:
            by_topic = [decomposition.split(name, end)[0] for end in ("mix", "within")]
            assert points[name] == pytest.approx(sum(by_topic))


def test_kitagawa_by_hand():
    def both(early, right, late, right_late):
        frames = [np.array([row], float) for row in (early, right, late, right_late)]
        sums = (headlines.Sums(*frames[:2]), headlines.Sums(*frames[2:]))
        mix, within = decomposition.kitagawa(*sums)
        return mix[0], within[0]

    # Topic one goes from 80 to 50 of 100 headlines at 0.5 right, topic two from 20 to 50 at 0.2 ->
    # 0.1: shares 0.3 down and up at the mean scores 0.5 and 0.15, and 0.1 less at the mean share.
    found = both([80, 20], [40, 4], [50, 50], [25, 5])
    assert found == pytest.approx((0.3 * 0.5 - 0.3 * 0.15, 0.1 * 0.35))
    assert sum(found) == pytest.approx(0.44 - 0.30)
    # A topic that is new takes nothing within topics, whatever its score.
    assert both([100, 0], [50, 0], [50, 50], [25, 0]) == pytest.approx((0.25, 0))


def test_a_gap_is_paired(monkeypatch):
    frame = {"a": [1.0, 1.0, 0.0, 0.0], "b": [0.0, 0.0, 1.0, 0.0]}
    periods(monkeypatch, frame, frame)
    # Right where b is wrong twice, wrong where b is right: 1 of 4.
    assert headlines.score("late", "title", "a", "b")[0] == 25
    assert headlines.score("late", "title", "a", "a") == (0, 0, 0)


def test_a_gain_with_equal_labels_by_hand(monkeypatch):
    rows = [
        (1996, 2001, 1, 10, 2, 5),
        (1996, 2001, 2, 30, 6, 5),
        (1996, 2002, 1, 10, 1, 4),
        (1999, 2002, 1, 10, 9, 4),
    ]
    frame = pd.DataFrame(rows, columns=["start", "test", "month", "n", "frozen", "fresh"])
    monkeypatch.setattr(headlines, "paired", lambda: frame)
    assert headlines.equal_labels()[0] == pytest.approx(10)  # 14 less 9 of 50
    # One month leaves nothing to chance.
    assert headlines.equal_labels(1996, 2002) == pytest.approx((30, 30, 30))
    # The model of 1999 shares labels with the fresh one. The cache is for the real headlines.
    assert headlines.over_starts.__wrapped__()[0] == pytest.approx(100 * 5 / 50)
    # Two old training sets in one year of tests: draws are of 4 less 1, of 4 less 9, or of both.
    low, high = headlines.by_training_sets(frame[frame["test"] == 2002])[1:]
    assert (low, high) == pytest.approx((-50, 30))


def test_what_the_page_says_of_age(registry):
    def low(name):
        return registry[f"retraining.headlines-titles-{name}"].low

    # The interval of staleness takes in zero; with the spaced control it does not; the part of the
    # mix alone does not.
    assert low("fall") > 0 > low("staleness") and low("staleness-spaced") > 0
    assert low("staleness-mix") > 0
    assert registry["retraining.headlines-staleness"].low > 0


# Tweets


def test_fall_and_repair_by_hand():
    own, last, fresh = np.array([0.6, 0.6]), np.array([0.5, 0.46]), np.array([0.52, 0.5])
    assert tweets.fall_of(own, last) == pytest.approx(-20)  # 0.48 over 0.60, less one
    assert tweets.repaired_of(own, last, fresh) == pytest.approx(25)  # 0.03 of 0.12


@given(st.lists(st.tuples(shares, shares, shares), min_size=1, max_size=20), st.floats(0.1, 10))
def test_repair_is_none_all_or_does_not_depend_on_the_scale(rows, scale):
    own, last, fresh = (np.array(column) for column in zip(*rows, strict=True))
    if abs(own.mean() - last.mean()) < 1e-6:
        return
    assert tweets.repaired_of(own, last, last) == pytest.approx(0)
    assert tweets.repaired_of(own, last, own) == pytest.approx(100)
    whole = tweets.repaired_of(own, last, fresh)
    assert tweets.repaired_of(scale * own, scale * last, scale * fresh) == pytest.approx(whole)


# Labour


def test_verification_by_hand():
    # 1.96^2 * 0.9 * 0.1 / 0.01^2 = 3,457.3: the next whole number.
    assert labour.verify_sample(0.9, 0.01) == 3458


def test_a_floor_is_no_upper_end_and_a_ceiling_no_lower_one():
    def reports(*rows):
        return pd.DataFrame(rows, columns=["says", "items"])

    assert labour.span(reports(("about", 8), ("more than", 30), ("up to", 5))) == (8, 8)
    assert labour.span(reports(("more than", 3), ("up to", 20), ("about", 8))) == (3, 20)


# How finely data sets are labelled


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
    assert len(table) == 16


# Examples by people and examples made up


def test_naive_bayes_by_hand():
    # Class 0 has "a a b", class 1 "b c". With one added, of six and of five: a is 3/6 or 1/5, b 2/6
    # or 2/5, c 1/6 or 2/5.
    words = made_up_examples.counts(["A, a b", "b c", "a", "b", "c unheard", "b a"])
    codes = np.array([0, 1, 0, 1, 1, 0])
    given_ = made_up_examples.told(words, codes, np.array([0, 1]), np.array([2, 3, 4, 5]), 2)
    assert given_.tolist() == [0, 1, 1, 0]  # b a: 3/6 x 2/6 against 1/5 x 2/5


@given(st.integers(1, 10**7))
@settings(max_examples=50, deadline=None)
def test_logarithms_are_whole_numbers_next_to_the_true_ones(count):
    parts = math.log(count) * made_up_examples.UNIT
    assert abs(made_up_examples.logarithm(count) - parts) <= 0.5 + 1e-6


def test_seeds_and_test_texts_that_were_learnt_are_left_out():
    rows = [
        ("human", "base.json", "x", "seed"),
        ("human", "train.json", "x", "one"),
        ("human", "train.json", "y", "one"),
        ("gpt4", "g.json", "x", "two"),
        ("test", "test.json", "x", "seed"),
        ("test", "test.json", "x", "two"),
        ("test", "test.json", "x", "new"),
    ]
    kept = made_up_examples.usable(pd.DataFrame(rows, columns=["part", "file", "label", "text"]))
    left = [*zip(kept["part"], kept["text"], strict=True)]
    assert left == [("human", "one"), ("gpt4", "two"), ("test", "new")]


# Wikimedia's models


def test_a_quotient_draws_whole_wikis():
    wikis = [f"w{i}" for i in range(30)]
    one = pd.Series(1, index=wikis * 4)
    assert service.quotient(one, one) == (100, 100, 100)
    half = pd.Series([1.0 if i < 15 else 0.0 for i in range(30)] * 4, index=wikis * 4)
    value, low, high = service.quotient(half, one)
    # As wide as thirty independent cases have it, not a hundred and twenty.
    spread = 100 * 1.96 * np.sqrt(0.25 / 30)
    assert value == 50 and high - low == pytest.approx(2 * spread, rel=0.1)
    part, whole = pd.Series([2.0], index=["w0"]), pd.Series([4.0, 4.0], index=["w0", "w1"])
    assert service.quotient(part, whole, 1)[0] == 0.25


def test_scores_are_compared_with_the_last_one_printed(monkeypatch):
    first, new = "first build", "new human labels"
    builds = [
        ("a", 0.9, first),
        ("a", None, "library upgrade"),
        ("a", 0.92, new),
        ("a", 0.91, new),
        ("b", 0.8, first),
        ("b", 0.83, new),
        ("c", 0.7, first),
        ("c", 0.73, new),
    ]
    frame = pd.DataFrame(builds, columns=["wiki", "roc_auc", "reason"])
    frame = frame.assign(target="damaging", date=pd.Timestamp("2019-01-01"))
    monkeypatch.setattr(service, "builds", lambda: frame)
    assert service.changes()["points"].tolist() == pytest.approx([2, -1, 3, 3])
    # A half in the wiki with two, three in the others: not the mean of all four.
    assert service.score(service.NEW_LABELS) == pytest.approx((6.5 / 3, 0.5, 3))
    assert service.score_range() == pytest.approx((6.5 / 3, -1, 3))
    assert service.score_without() == pytest.approx((3, 3, 3))


def test_models_without_new_labels_by_hand(monkeypatch):
    # Four models of one wiki: new labels after one year of four and after three of the two then
    # left; one went after two years, and new labels after seven are too late.
    found = {"wiki": "a", "years": [2.0, 9, 9, 9], "until": [math.nan, 1, 3, 7]}
    monkeypatch.setattr(labelling, "labelled", lambda: pd.DataFrame(found))
    assert labelling.without_new_labels() == pytest.approx([100 * 3 / 4 * 1 / 2] * 3)


# Common Voice


def test_hours_of_a_year_by_hand(monkeypatch):
    days = pd.to_datetime(["2020-12-22", "2021-01-11", "2022-01-01"])
    frame = pd.DataFrame({"date": days, "validated_hours": [100.0, 120.0, 475.0]})
    monkeypatch.setattr(voice, "releases", lambda language="all": frame)
    # Ten of the twenty days of the first stretch lie in 2020.
    assert voice.validated(2021) == pytest.approx(475 - 110)
    with pytest.raises(ValueError, match="found the year 2020"):
        voice.validated(2020)
