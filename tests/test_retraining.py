"""Retraining: cases worked by hand, identities that must hold on any data, and that no answer is
known before it is asked."""

from __future__ import annotations

import math
import re
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from tallybook import claims, data
from tallybook.claims import Check, Verdict
from tallybook.data import package
from tallybook.model.digits import rounded
from tallybook.model.numbers import Registry

from microwork import counts, retraining
from microwork.retraining import (
    corona,
    figures,
    headlines,
    inputs,
    labour,
    logistic,
    market,
    outside,
    service,
    stream,
    tweets,
    verdicts,
    voice,
)
from tests.stable_ids import PROMISED

shares = st.floats(0.01, 0.99)
samples = st.lists(shares, min_size=2, max_size=30).map(np.array)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(retraining.numbers())


# Intervals


def test_the_exact_interval_by_its_definition():
    # Clopper-Pearson for 0 of n: from 0 to the share p with (1 - p)^n = 0.025.
    low, high = inputs.exact(0, 20)
    assert low == 0 and (1 - high) ** 20 == pytest.approx(0.025)
    # ... and for n of n: from the share p with p^n = 0.025 to 1.
    low, high = inputs.exact(20, 20)
    assert high == 1 and low**20 == pytest.approx(0.025)
    with pytest.raises(ValueError, match="expected a count between 0 and n"):
        inputs.exact(3, 2)


def test_the_bootstrap_is_the_same_each_time_and_near_theory():
    sample = np.random.default_rng(1).normal(0, 1, 400)
    first, second = (
        inputs.bootstrap((sample,), inputs.mean),
        inputs.bootstrap((sample,), inputs.mean),
    )
    assert first == second
    half = 1.96 * sample.std() / 20  # of the mean of 400 values
    assert (first[1] - first[0]) / 2 == pytest.approx(half, rel=0.08)


@settings(max_examples=20, deadline=None)
@given(samples, st.floats(-0.5, 0.5))
def test_a_paired_difference_that_never_varies_has_no_width(sample, shift):
    low, high = inputs.bootstrap(
        (sample, sample + shift), lambda a, b, axis: (b - a).mean(axis=axis), paired=True
    )
    assert low == pytest.approx(shift) and high == pytest.approx(shift)


# Searches


def test_takeoff_by_hand(monkeypatch):
    counts = (
        [20] * 10 + [30] * 10 + [250] + [900] * 10
    )  # median of the first ten is 20; 250 is the first above 200
    monkeypatch.setattr(
        corona, "days", lambda: pd.DataFrame({"day": range(1, 32), "distinct": counts})
    )
    assert corona.takeoff(10) == 21 and corona.takeoff(1.2) == 11 and corona.takeoff(20) == 22
    with pytest.raises(ValueError, match="no day above"):
        corona.takeoff(100)


def test_ratio_is_of_sums():
    assert corona.ratio(np.array([1, 3]), np.array([2, 8])) == 40  # 4 of 10


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


def test_a_decomposition_by_hand(monkeypatch):
    # Frozen 60 -> 40, control 65 -> 55: the fall is 20 points, 10 of them difficulty; the lag grows
    # from 5 to 15.
    def column(right):
        return [1.0] * right + [0.0] * (100 - right)

    early, late = (
        {"frozen": column(60), "control": column(65)},
        {"frozen": column(40), "control": column(55)},
    )
    periods(monkeypatch, early, late)
    frame = headlines.decomposition().set_index("part")
    assert frame["points"].round(9).to_dict() == {"fall": 20, "difficulty": 10, "staleness": 10}
    assert (frame["low"] < frame["points"]).all() and (frame["points"] < frame["high"]).all()


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(shares, shares), min_size=3, max_size=20),
    st.lists(st.tuples(shares, shares), min_size=3, max_size=20),
)
def test_the_parts_add_up_to_the_fall(early, late):
    frames = [pd.DataFrame(rows, columns=["frozen", "control"]) for rows in (early, late)]
    with pytest.MonkeyPatch.context() as patch:
        periods(patch, *frames)
        points = headlines.decomposition().set_index("part")["points"]
        split = {
            (name, end): headlines.split(name, end)[0]
            for name in headlines.PARTS
            for end in ("mix", "within")
        }
    assert points["fall"] == pytest.approx(points["difficulty"] + points["staleness"])
    for name in headlines.PARTS:
        assert points[name] == pytest.approx(split[name, "mix"] + split[name, "within"])


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 1), min_size=4, max_size=40), st.integers(0, 30))
def test_harder_headlines_alone_are_not_called_staleness(right, seed):
    """If frozen and control are right on the same items, all of a fall is difficulty, whatever the
    fall."""
    same = np.array(right, dtype=float)
    late = np.random.default_rng(seed).permutation(same) * (np.arange(len(same)) % 2)
    with pytest.MonkeyPatch.context() as patch:
        periods(patch, {"frozen": same, "control": same}, {"frozen": late, "control": late})
        points = headlines.decomposition().set_index("part")["points"]
    assert points["staleness"] == pytest.approx(0) and points["fall"] == pytest.approx(
        points["difficulty"]
    )


def test_kitagawa_by_hand():
    # Topic one goes from 80 to 50 of 100 headlines at 0.5 right, topic two from 20 to 50 at 0.2 ->
    # 0.1.
    early = headlines.Sums(np.array([[80.0, 20]]), np.array([[40.0, 4]]))
    late = headlines.Sums(np.array([[50.0, 50]]), np.array([[25.0, 5]]))
    mix, within = headlines.kitagawa(early, late)
    assert mix[0] == pytest.approx(
        0.3 * 0.5 - 0.3 * 0.15
    )  # shares 0.3 down and up, at the mean scores 0.5 and 0.15
    assert within[0] == pytest.approx(0.1 * 0.35)  # 0.1 less at the mean share 0.35
    assert mix[0] + within[0] == pytest.approx(0.44 - 0.30)
    # A topic that is new takes nothing within topics, whatever its score.
    new = headlines.Sums(np.array([[50.0, 50]]), np.array([[25.0, 0]]))
    mix, within = headlines.kitagawa(
        headlines.Sums(np.array([[100.0, 0]]), np.array([[50.0, 0]])), new
    )
    assert within[0] == 0 and mix[0] == pytest.approx(0.25)


def test_months_that_hang_together_widen_the_interval():
    """Ten months that are all right or all wrong are ten cases, not a hundred."""
    frame = pd.DataFrame(
        {"month": np.repeat(np.arange(10), 10), "topic": 1, "right": np.repeat([1.0, 0.0] * 5, 10)}
    )
    spread = frame.assign(right=[1.0, 0.0] * 50)  # as many right, as many in each month
    value, low, high = headlines.interval(headlines.sums(frame, frame["right"], [1]).mean())
    assert value == 50 and high - low > 50
    assert headlines.interval(headlines.sums(spread, spread["right"], [1]).mean()) == (50, 50, 50)


def test_the_luck_of_the_draws_by_theory():
    table = data.table(headlines.DRAWN).query("features == 'title' and regime == 'control'")
    luck = headlines.luck("title", "control", "late")
    share = table["late"].to_numpy(float) / len(headlines.period("late"))
    assert luck[0] == pytest.approx(0) and luck.std() == pytest.approx(
        share.std() / math.sqrt(50), rel=0.05
    )
    assert not headlines.luck("title", "frozen", "late").any()


def test_the_draws_add_up_to_the_items():
    table = (
        data.table(headlines.DRAWN).groupby(["features", "regime"])[["early", "late"]].sum() / 50
    )
    for (features, regime), row in table.iterrows():
        for name in headlines.PERIODS:
            assert headlines.period(name, features)[regime].sum() == pytest.approx(row[name])


def test_a_gap_is_paired(monkeypatch):
    frame = {"a": [1.0, 1.0, 0.0, 0.0], "b": [0.0, 0.0, 1.0, 0.0]}
    periods(monkeypatch, frame, frame)
    assert (
        headlines.gap("late", "title", "a", "b")[0] == 25
    )  # right where b is wrong twice, wrong where b is right: 1 of 4
    assert headlines.gap("late", "title", "a", "a") == (0, 0, 0)


def test_all_regimes_are_judged_on_the_same_headlines():
    for features in ("subject", "title"):
        frame = headlines.items(features)
        assert (
            not frame["article"].duplicated().any()
            and frame[list(headlines.REGIMES)].notna().all().all()
        )
        assert frame[list(headlines.REGIMES)].apply(lambda column: column.between(0, 1)).all().all()
    assert (
        headlines.period("late").notna().all().all()
    )  # the spaced control and the draws of part of the labels too
    for name in headlines.PERIODS:
        assert (
            headlines.period(name, "subject")["article"].tolist()
            == headlines.period(name, "title")["article"].tolist()
        )


def test_the_table_of_accuracies_agrees_with_the_items():
    table = data.table(headlines.ACCURACY)
    full = table[table["label_budget"].isna()].set_index(["year", "regime"])
    assert len(full) == 3 * 4
    for year, part in headlines.items().query("year >= 2004").groupby("year"):
        for regime in ("frozen", "fresh"):
            assert full.loc[(year, regime), "accuracy"] == pytest.approx(
                100 * part[regime].mean(), abs=1e-5
            )
            assert full.loc[(year, regime), "n"] == len(part)
    # In the first year frozen, fresh and all have the same training items, so the same answers.
    first = headlines.items().query("year == 1998")
    assert (first["frozen"] == first["fresh"]).all() and (first["frozen"] == first["all"]).all()


def test_the_models_of_every_start_are_those_of_the_items():
    """The oldest model and the fresh one of each year, from two tables that were made apart."""
    table = data.table(headlines.STARTS)
    assert (
        table["test"] > table["start"] + 1
    ).all()  # no headline is tested on a model of its own year
    items = headlines.items().groupby("year")[["frozen", "fresh"]].sum()
    oldest = table[table["start"] == headlines.FROZEN].groupby("test")["right"].sum()
    fresh = table[table["test"] == table["start"] + 2].groupby("test")["right"].sum()
    assert (
        oldest.to_dict() == items["frozen"].to_dict()
        and fresh.to_dict() == items["fresh"].to_dict()
    )
    # As many labels: those of two years differ by a sixth at most from those of 1996-97.
    assert table["labels"].between(585 * 5 / 6, 585 * 7 / 6).all()


def test_a_gain_with_equal_labels_by_hand(monkeypatch):
    rows = [
        (1996, 2001, 1, 10, 2, 5),
        (1996, 2001, 2, 30, 6, 5),
        (1996, 2002, 1, 10, 1, 4),
        (1999, 2002, 1, 10, 9, 4),
    ]
    frame = pd.DataFrame(rows, columns=["start", "test", "month", "n", "frozen", "fresh"])
    monkeypatch.setattr(headlines, "paired", lambda: frame)
    monkeypatch.setattr(
        headlines, "_over_starts", headlines._over_starts.__wrapped__
    )  # the cache is for the real headlines
    assert headlines.equal_labels()[0] == pytest.approx(10)  # 14 less 9 of 50
    assert headlines.equal_labels(1996, 2002) == pytest.approx(
        (30, 30, 30)
    )  # one month leaves nothing to chance
    assert headlines.over_starts()[0] == pytest.approx(
        100 * 5 / 50
    )  # the model of 1999 shares labels with the fresh one
    with pytest.raises(ValueError, match="found labels of 1999 and tests from 2003"):
        headlines.equal_labels(1999, 2003)


def test_equal_labels_by_the_items(registry):
    """The same gain from single headlines, paired, with the interval of the gap of two regimes."""
    frame = headlines.items()
    frame = frame[frame["year"] >= headlines.FIRST]
    months = (
        frame.assign(gain=frame["fresh"] - frame["frozen"])
        .groupby("month")["gain"]
        .agg(["sum", "size"])
    )
    number = registry["retraining.headlines-equal-labels-gain"]
    assert number.value == pytest.approx(100 * months["sum"].sum() / months["size"].sum())
    share = number.value / 100  # Taylor's error of a ratio of monthly sums
    error = (
        math.sqrt(((months["sum"] - share * months["size"]) ** 2).sum() * 72 / 71)
        / months["size"].sum()
    )
    assert len(months) == 72 and (number.high - number.low) / 2 == pytest.approx(
        196 * error, rel=0.06
    )


def test_what_the_page_says_of_equal_labels(registry):
    right = headlines.items().groupby("year")[["fresh", "frozen"]].mean()
    gain = right["fresh"] - right["frozen"]
    assert (gain.loc[2001:] > 0).all() and gain.loc[
        2000
    ] < 0  # better in each year from 2001 on, and not in 2000
    starts = headlines.every_start()
    assert (
        starts["gain"].gt(0).mean() > 0.5 and (starts.loc[starts["gain"] <= 0, "years"] <= 2).all()
    )
    assert registry["retraining.headlines-equal-labels-mean"].low > 0
    number = registry["retraining.headlines-equal-labels-range"]
    assert number.value == pytest.approx(registry["retraining.headlines-equal-labels-mean"].value)
    assert (number.low, number.high) == pytest.approx((starts["gain"].min(), starts["gain"].max()))
    assert headlines.over_starts(5, 2)[1:] != headlines.over_starts()[1:]


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


def test_no_tweet_model_is_tried_on_an_earlier_quarter():
    table = data.table(tweets.RUNS)
    assert (table["trained"] <= table["tested"]).all()
    assert (table.groupby(["trained", "tested"])["run"].nunique() == 50).all()
    with pytest.raises(ValueError, match="in that order"):
        tweets.runs(tweets.LAST, tweets.FIRST)


def test_the_largest_fall_is_the_largest(registry):
    falls = [tweets.fall(trained)[0] for trained in tweets.quarters()[:-1]]
    assert registry["retraining.tweets-largest-fall"].value == rounded(min(falls))
    # A model is not said to be repaired where nothing fell.
    frame = tweets.repairs()
    assert (frame["repaired"].notna() == (frame["fall_high"] < 0)).all()


def test_the_repaired_shares_of_the_first_model_by_the_delta_method(registry):
    for name, measure in (("repaired-2018", "macro_f1"), ("accuracy-repaired-2018", "accuracy")):
        number = registry[f"retraining.tweets-{name}"]
        own, last, fresh = (
            tweets.runs(*pair, measure)
            for pair in (
                (tweets.FIRST, tweets.FIRST),
                (tweets.FIRST, tweets.LAST),
                (tweets.LAST, tweets.LAST),
            )
        )
        gain, fallen = (fresh - last).mean(), (own - last).mean()
        slope = np.array([1 / fallen, -gain / fallen**2])
        half = 196 * math.sqrt(slope @ np.cov(np.stack([fresh - last, own - last])) @ slope / 50)
        assert number.value == pytest.approx(100 * gain / fallen)
        assert (number.high - number.low) / 2 == pytest.approx(half, rel=0.06)


# The stream


def test_the_stream_is_unpacked_whole():
    features, up = stream.stream()
    assert features.shape == (944 * 48, 6) and set(np.unique(up)) == {0, 1}
    assert features[:, 0].tolist() == list(range(48)) * 944
    packed = data.table(stream.TABLE).set_index(["day", "series"])["values"]
    assert [int(v) for v in packed[(2, "nsw_price")].split()] == features[48:96, 1].tolist()


@settings(deadline=None)
@given(st.integers(11, 30))
def test_a_window_teaches_only_what_comes_before_the_test(trained):
    for window in (1, 12):
        pool, rows = stream.training_pool(trained, window), stream.tested_rows(trained)
        assert (
            len(pool) == window * stream.month()
            and pool.stop <= rows.start
            and rows.stop == len(stream.stream()[1])
        )


def test_every_first_month_leaves_a_window_and_a_year():
    # Thirty-one whole months: the last start that leaves twelve of them is month 18.
    assert list(stream.firsts()) == list(range(19)) and list(stream.firsts(12)) == list(
        range(11, 19)
    )
    for window in (1, 12):
        assert stream.training_pool(stream.firsts(window)[0], window).start == 0
        assert stream.months() - 1 - stream.firsts(window)[-1] == stream.YEAR


def test_the_mean_gain_is_that_of_all_starts_and_its_interval_that_of_weeks(registry):
    for name, window in (("elec2-gain", 1), ("elec2-gain-year", 12)):
        mean, least, most = (
            registry[f"retraining.{name}-{end}"] for end in ("mean", "least", "most")
        )
        frame = stream.gains(window)
        assert mean.value == pytest.approx(frame["gain"].mean())
        assert (least.value, most.value) == pytest.approx(
            (frame["gain"].min(), frame["gain"].max())
        )
        assert least.value < mean.low < mean.value < mean.high < most.value
    each = pd.concat([stream.gains(1), stream.gains(12)])["gain"]
    number, both = registry["retraining.elec2-gain-range"], registry["retraining.elec2-gain-both"]
    assert (number.low, number.high) == pytest.approx((each.min(), each.max()))
    # The two windows count alike, and the interval of their mean is that of weeks, not that of
    # starts.
    means = [registry[f"retraining.{name}-mean"] for name in ("elec2-gain", "elec2-gain-year")]
    assert both.value == number.value == pytest.approx(sum(one.value for one in means) / 2)
    assert each.min() < both.low < both.value < both.high < each.max()
    assert both.high - both.low <= sum(one.high - one.low for one in means) / 2 + 1e-9
    # The longer a model remembers, the less is left for retraining; and from some starts nothing
    # is.
    assert (
        registry["retraining.elec2-gain-year-mean"].high
        < registry["retraining.elec2-gain-mean"].low
    )
    assert (
        registry["retraining.elec2-gain-year-least"].value
        < 0
        < registry["retraining.elec2-gain-least"].value
    )


def test_a_constant_gain_has_a_mean_without_width(monkeypatch):
    monkeypatch.setattr(
        stream, "often", lambda first, window=1: np.full(944 - 30 * (first + 1), 0.25)
    )
    monkeypatch.setattr(stream, "_drawn", stream._drawn.__wrapped__)
    assert stream.mean_gain() == stream.both_windows() == pytest.approx((25, 25, 25))


@settings(deadline=None)
@given(st.one_of(st.none(), st.integers(1, 14)), st.integers(0, 29))
def test_the_model_of_a_day_is_of_an_earlier_month_and_no_older_than_the_calendar_says(
    cadence, first
):
    models = stream.model_in_use(cadence, first)
    days = np.arange(944 - len(models), 944)
    age = days // 30 - models  # months
    assert (age >= 1).all() and models[0] == first
    if cadence is None:
        assert (models == first).all()
    else:
        assert (age <= cadence).all() and set(models) == set(range(first, models[-1] + 1, cadence))
    for trained in np.unique(models):
        assert stream.training_pool(int(trained)).stop <= 48 * days[models == trained][0]


def test_bad_calendars_and_budgets_are_refused():
    with pytest.raises(ValueError, match="expected at least 1"):
        stream.model_in_use(0)
    with pytest.raises(ValueError, match="expected 2 to 1440 labels"):
        stream.right_by_day(1, 1)


def test_persistence_by_hand(monkeypatch):
    up = np.array([1] * 48 + [1, 0] * 24 + [0] * 48)
    monkeypatch.setattr(stream, "stream", lambda: (np.zeros((144, 6)), up))
    monkeypatch.setattr(stream, "month", lambda: 48)
    # Day 2 goes 1, 0, 1, 0 ...: only its first half-hour is as the one before. Day 3 is 0
    # throughout, after a 0.
    assert stream.persistence(0).tolist() == [1 / 48, 1]


def test_a_stream_that_turns_is_lost_on_a_frozen_model(monkeypatch):
    """Two months in which a feature means up, then two in which it means down: monthly retraining
    is wrong for one month only."""
    rng = np.random.default_rng(3)
    signal = rng.integers(0, 2, 4 * 48)
    up = np.where(np.arange(len(signal)) < 96, signal, 1 - signal)
    features = np.column_stack([signal, *rng.normal(size=(5, len(signal)))]).astype(float)
    monkeypatch.setattr(stream, "stream", lambda: (features, up))
    monkeypatch.setattr(stream, "month", lambda: 48)
    monkeypatch.setattr(
        stream, "right_by_day", stream.right_by_day.__wrapped__
    )  # the cache is for the real stream
    frozen, monthly = stream.daily(None, 48, 1), stream.daily(1, 48, 1)
    assert frozen[0] > 0.9 and frozen[1] < 0.1 and frozen[2] < 0.1
    assert monthly[0] == frozen[0] and monthly[1] < 0.1 and monthly[2] > 0.9


def test_labels_that_are_all_alike_give_one_answer():
    answers = stream._answers(
        np.zeros((6, 6)), np.array([1, 1, 1, 0, 0, 0]), np.array([[0, 2], [4, 5]]), range(3, 6)
    )
    assert answers.tolist() == [[1, 1, 1], [0, 0, 0]]


def test_the_models_are_those_of_scikit_learn():
    rng = np.random.default_rng(5)
    features = rng.normal(size=(4, 60, 3))
    labels = (
        features[..., 0] + rng.normal(size=(4, 60)) * np.array([[0.0], [0.3], [1.0], [9.0]]) > 0
    ).astype(int)
    slopes, intercepts = logistic.fit(features, labels)
    for one in range(4):
        model = LogisticRegression(solver="newton-cholesky").fit(features[one], labels[one])
        assert slopes[one] == pytest.approx(model.coef_[0], rel=1e-9)
        assert intercepts[one] == pytest.approx(model.intercept_[0], rel=1e-9)


def test_a_step_that_overshoots_is_halved():
    """From the labels of this draw Newton's full steps run away, and those of scikit-learn do not."""
    features, up = stream.stream()
    chosen = np.random.default_rng((stream.SEED, 25, 5)).choice(
        stream.training_pool(25, 12), 500, replace=False
    )
    learned = features[chosen]
    spread = learned.std(axis=0)
    standard = (learned - learned.mean(axis=0)) / np.where(spread == 0, 1.0, spread)
    slopes, intercepts = logistic.fit(standard[None], up[chosen][None])
    model = LogisticRegression(solver="newton-cholesky").fit(standard, up[chosen])
    assert slopes[0] == pytest.approx(model.coef_[0], rel=1e-3, abs=1e-4)
    assert intercepts[0] == pytest.approx(model.intercept_[0], rel=1e-3)


def test_weeks_hold_every_day_once():
    days = np.arange(17.0)
    assert stream.weekly(days).tolist() == [3, 11.5]  # days 0 to 6, and the ten that are left


# Labour


def test_the_cost_of_an_item_by_hand(registry):
    # 2,000 EUR over 21.67 days of 1,300 items = 0.07100 EUR. 13 USD an hour over 200 items = 0.065
    # USD, at 0.89328 EUR a dollar.
    assert registry["retraining.cost-per-item"].value == pytest.approx(2000 / 28171)
    assert registry["retraining.cost-cortana"].value == pytest.approx(0.065 * 0.89328)
    assert registry["retraining.cost-mturk"].value == pytest.approx(30 * 0.003 * 0.92484)
    # Seven hours of work in a day of seven and a half, in seconds, over 1,300.
    assert registry["retraining.siri-seconds"].value == pytest.approx(25200 / 1300)


def test_person_days_by_hand(registry):
    assert registry["retraining.siri-person-days-fr"].value == pytest.approx(
        468.699, abs=1e-3
    )  # 609,309 / 1,300
    assert registry["retraining.siri-fte-total"].value == pytest.approx(
        2200475 / 84500
    )  # 65 days of 1,300


def test_verification_by_hand():
    # 1.96^2 * 0.9 * 0.1 / 0.01^2 = 3,457.3: the next whole number.
    assert labour.verify_sample(0.9, 0.01) == 3458


@given(st.floats(0.5, 0.99), st.floats(0.005, 0.2))
def test_the_sample_is_just_large_enough(accuracy, margin):
    z = NormalDist().inv_cdf(0.975)
    n = labour.verify_sample(accuracy, margin)
    assert z * math.sqrt(accuracy * (1 - accuracy) / n) <= margin * (1 + 1e-9)
    if n > 1:
        assert z * math.sqrt(accuracy * (1 - accuracy) / (n - 1)) > margin * (1 - 1e-9)


def test_loads_by_hand():
    days = labour.day_loads().set_index("source")["items"]
    assert days["Alexa"] == pytest.approx(1000 / 9 * 7.5)
    assert days["Siri, the same firm"] == 1000 and days["Cortana, United States"] == 1500
    # "As many as" is a ceiling, so that only "more than a thousand" at the same firm gives a lower
    # end.
    assert labour.span(labour.day_loads()) == (1000, 1500)


def test_the_thousand_hours_by_hand(registry):
    # 3,600,000 seconds over 874,778 and over 609,309 snippets; a snippet of the second kind may
    # take 19.38 seconds.
    sound, over = (registry[f"retraining.siri-{name}"] for name in ("sound", "over-sound"))
    assert (sound.low, sound.high) == pytest.approx((4.1153, 5.9083), abs=1e-4)
    assert (
        over.low == pytest.approx(19.3846 / 5.9083, abs=1e-3) and over.low < over.value < over.high
    )


def test_a_floor_is_no_upper_end_and_a_ceiling_no_lower_one():
    def reports(*rows):
        return pd.DataFrame(rows, columns=["says", "items"])

    assert labour.span(reports(("about", 8), ("more than", 30), ("up to", 5))) == (8, 8)
    assert labour.span(reports(("more than", 3), ("up to", 20), ("about", 8))) == (3, 20)
    with pytest.raises(ValueError, match="one end open"):
        labour.span(reports(("more than", 3), ("more than", 9)))


# Market, claims and pictures


def test_change_by_hand():
    assert market.change(200, 150) == -25
    with pytest.raises(ValueError, match="expected a positive one"):
        market.change(0, 1)


def test_every_promised_number_is_there(registry):
    assert [name for name in PROMISED["retraining"] if name not in registry] == []


def test_every_accuracy_has_an_interval_round_it(registry):
    names = (
        "headlines-frozen-",
        "headlines-fresh-",
        "headlines-all-",
        "headlines-control-",
        "elec2-",
    )
    found = [
        n
        for n in registry
        if n.unit == "percent" and n.id.startswith(tuple(f"retraining.{name}" for name in names))
    ]
    assert len(found) == 15
    for number in found:
        assert number.low is not None and number.low < number.value < number.high, number.id
        assert "n =" in number.how or "tested" in number.how, number.id


def test_every_row_of_facts_is_used(registry):
    """A published figure that nothing on the page needs has no place in the tables."""
    used = set()
    with pytest.MonkeyPatch.context() as patch:
        whole = data.fact

        def noted(name, fact_id, *rest):
            used.add((name, fact_id))
            return whole(name, fact_id, *rest)

        for place in (data, package):  # where chapters look it up, and where ``data.value`` does
            patch.setattr(place, "fact", noted)
        for topic in (labour, market, tweets, corona, outside, voice):
            getattr(topic, "numbers", lambda: [])()
        from microwork.retraining import quotas

        quotas.numbers()
    for name in (inputs.FACTS, inputs.SHARES):
        assert {key for table, key in used if table == name} == set(data.table(name)["fact_id"])


# Verdicts

# What the page says of each claim. A verdict that moves must be read again, with the sentences that
# rest on it.
SAID = {
    Verdict.HOLDS: "accuracy-90",
    Verdict.DOCUMENTED: "cats-dogs-solved siri-dismissed siri-hundreds",
    Verdict.NOT_CONTRADICTED: (
        """assistants-90-percent automation-promise-false cars-ever-finer change-causes-retraining
                                 cortana-rate machines-need-retraining more-complex-demands
                                 pixel-annotation siri-pay siri-quota"""
    ),
    Verdict.DOUBTFUL: "ai-accelerates-microwork",
    Verdict.UNDECIDED: (
        """corona-thousands coronavirus-end-2019 expected-to-grow
                          more-ai-more-humans need-grows-bbc needed-after-deployment
                          needed-before-deployment needs-keep-growing not-temporary"""
    ),
    Verdict.NOTHING_PUBLIC: (
        """corona-beer-2018 siri-correct-transcripts siri-day siri-fr siri-ja siri-left-after-quota
                               siri-six-minutes siri-zh"""
    ),
}


@pytest.fixture(scope="module")
def every(registry):
    """The numbers of the chapter, and those of another one that its verdicts use."""
    return Registry([*registry, *counts.numbers()])


@pytest.fixture(scope="module")
def settled(every):
    all_claims = claims.claims()
    return claims.settle(all_claims, verdicts.judgements(all_claims, every), ["retraining"], every)


def test_the_verdicts_are_those_that_the_page_tells(settled):
    found = {name: one.verdict for name, one in settled.items() if name == one.claim_id}
    assert found == {name: verdict for verdict, names in SAID.items() for name in names.split()}
    for name in ("not-about-to-disappear", "likely-to-last", "not-temporary-bbc"):
        assert settled[name] is settled["not-temporary"]


def test_a_claim_on_growth_is_judged_on_the_year_in_which_it_was_made(settled):
    found = claims.claims()
    growth = {
        name: one
        for name, one in settled.items()
        if any(test.measurement == "oli-orders" for test in one.tests)
    }
    assert len(growth) == 5
    for name, one in growth.items():
        year = found[name].date[:4]
        assert one.found[-2:] == (
            f"retraining.orders-{year}",
            f"retraining.orders-share-{year}",
        )  # alone, and the better control
        assert all(f"[[{test.number}|full]]" in one.reason for test in one.tests)
        assert one.tests[-2].severity is None  # one year of noise is no sampling
    quota, pace = settled["siri-quota"], settled["cortana-rate"]
    assert (quota.check, quota.verdict) == (pace.check, pace.verdict)


def test_every_claim_on_retraining_is_tested_on_all_data_sets_in_the_mean_over_all_starts(
    settled, registry
):
    """No claim of the family picks its data, and an added start does not widen what decides, as a
    range over starts would."""
    found = claims.claims()
    own = [
        one
        for name, one in settled.items()
        if found[name].family == "retraining" and name == one.claim_id
    ]
    assert sorted(one.claim_id for one in own) == [
        "change-causes-retraining",
        "machines-need-retraining",
        "more-ai-more-humans",
        "needed-after-deployment",
    ]
    ranges = {
        "service-new-labels": pytest.approx(service.score(service.NEW_LABELS)),
        "headlines-equal-labels": pytest.approx(headlines.over_starts()),
        "prices-often": pytest.approx(stream.both_windows()),
        "tweets-fresh": pytest.approx(tweets.fresh_gain(0.5)),
    }
    for one in own:  # each reason prints all that decides
        assert {test.measurement: test.range for test in one.tests[:4]} == ranges
        assert all(f"[[{test.number}|full]]" in one.reason for test in one.tests)
    besides = {one.claim_id: [test.measurement for test in one.tests[4:]] for one in own}
    assert besides.pop("change-causes-retraining") == ["headlines-staleness"]
    assert besides.pop("more-ai-more-humans") == ["oli-orders", "oli-orders-share"]
    assert not any(besides.values())
    # Two gain and two may not, so that the four agree on the side and no more; orders point the
    # other way.
    assert [test.verdict for test in own[0].tests[:4]] == [
        Verdict.UNDECIDED,
        Verdict.NOT_CONTRADICTED,
        Verdict.NOT_CONTRADICTED,
        Verdict.UNDECIDED,
    ]
    assert settled["more-ai-more-humans"].tests[4].verdict is Verdict.DOUBTFUL


def test_what_turns_a_verdict_by_hand(settled):
    # Orders outside the index must grow so much more that the upper end of the change reaches
    # nought.
    growth = settled["ai-accelerates-microwork"]
    high = growth.tests[0].range[2]
    outside = next(flip for flip in growth.flips if "outside" in flip.axis.assumption)
    low = growth.tests[1].range[1]
    # From there on it is undecided, and past the lower end of the second test it agrees.
    assert [at for at, _ in outside.turns] == pytest.approx(
        [1 / (1 + end / 100) for end in (high, low)], rel=1e-2
    )
    assert [verdict for _, verdict in outside.turns] == [
        Verdict.UNDECIDED,
        Verdict.NOT_CONTRADICTED,
    ]
    # Growth since 2019 is clear if orders more than doubled at the break: noise times 1.18 over the
    # lower end.
    since = settled["expected-to-grow"]
    jump = next(flip for flip in since.flips if "break" in flip.axis.assumption)
    assert [at for at, _ in jump.turns] == pytest.approx(
        [1.18 / (1 + since.tests[0].range[1] / 100)], rel=1e-2
    )
    assert jump.turns[0].at > 2
    # A small part of the undated data sets turns the verdict, and the reason says so.
    assert settled["more-complex-demands"].flips[0].turns[0].at < 0.1
    # A test that would miss an error of 25 points decides nothing: the weakest assistant would have
    # to be right in 65 %.
    assert [at for at, _ in settled["assistants-90-percent"].flips[0].turns] == pytest.approx(
        [65], abs=0.01
    )


def test_reasons_are_short(settled):
    for name, one in settled.items():
        assert len(re.sub(r"\[\[[^]]*\]\]", "x", one.reason).split()) <= 55, name


def test_quota_and_pace_are_never_tested_on_each_other(every):
    """Neither number descends from a row that reports a claim of the chapter."""
    told = claims.reports(claims.claims())
    for name in ("siri-quota", "cortana-rate", "siri-day", "siri-pay"):
        for number_id in ("quota-others", "cortana-ceiling", "pay-elsewhere"):
            assert not told[name] & {
                (fact.table, fact.row) for fact in every[f"retraining.{number_id}"].facts
            }


def test_the_date_of_the_virus_rests_on_texts_that_are_not_the_opposite(settled):
    """Searches on Bing begin in January: their take-off could not have fallen in the year before.

    That a virus was named does not say who searched, nor how many; the other text is of other
    words.
    """
    one = settled["coronavirus-end-2019"]
    assert one.check is Check.DOCUMENTS and not one.found and one.verdict is Verdict.UNDECIDED
    assert data.table(corona.DAYS)["day"].min() == 1
    for fact_id in (
        "corona-announced",
        "corona-search-takeoff-date",
    ):  # the texts put both after the end of 2019
        assert data.value(inputs.FACTS, fact_id) > 0


# What others measured


def test_the_assistants_by_hand(registry):
    number = registry["retraining.assistants-right"]
    assert (number.value, number.low, number.high) == pytest.approx(
        ((92.9 + 83.1 + 79.8) / 3, 79.8, 92.9)
    )
    assert outside.assistants(52.0)[1:] == (52.0, 92.9)


def test_orders_by_hand():
    """The same months are compared, of 2021 those after the break; before it, the jump is taken out
    but for its assumed part."""
    frame = data.table("counts/oli_demand").set_index("month")["microwork"].astype(float)
    last = frame.iloc[-12:]
    assert last.index[0] == "2023-09" and last.index[-1] == "2024-08"
    since_march = (
        last[last.index.str[-2:].astype(int) >= 3].mean() / frame["2021-03":"2021-12"].mean()
    )
    assert outside.orders(2021)[0] == pytest.approx(100 * (since_march - 1))
    jump = frame["2021-03":"2022-02"].mean() / frame["2020-03":"2021-02"].mean()
    whole = last.mean() / frame["2019-01":"2019-12"].mean()
    assert outside.orders(2019)[0] == pytest.approx(100 * (whole / jump * 1.18 - 1))
    assert outside.orders(2019, jump=jump)[0] == pytest.approx(100 * (whole - 1))  # as printed
    assert outside.orders(2022, outside=2)[0] == pytest.approx(
        200 * last.mean() / frame["2022-01":"2022-12"].mean() - 100
    )
    with pytest.raises(ValueError, match="found the base year 2023; expected one of 2019 to 2022"):
        outside.orders(2023)


def test_what_we_take_of_the_break_is_the_growth_of_all_online_work():
    frame = outside.index()
    before, after = (frame["2020-03":"2021-02"], frame["2021-03":"2022-02"])
    assert inputs.assumption("orders-jump") == pytest.approx(
        after["total"].mean() / before["total"].mean(), abs=0.01
    )
    row = data.row("retraining/flips", "orders-jump")
    assert float(row["most"]) == pytest.approx(
        after["microwork"].mean() / before["microwork"].mean(), abs=0.01
    )


def test_the_noise_of_orders_is_the_widest_of_the_distances_that_the_index_allows():
    """Months a year and three years apart stray less than those two years apart, which set the
    interval."""
    logs = np.log(outside.index()["microwork"].astype(float))
    strayed = {back: (logs - logs.shift(back))["2019-05":"2020-02"].std() for back in (12, 24, 36)}
    assert strayed[24] == max(strayed.values())


def test_pay_elsewhere_by_hand(registry):
    # 12 and 14 US dollars an hour, 7.5 hours, 21.67 days, 0.89328 euros a dollar.
    number = registry["retraining.pay-elsewhere"]
    assert (number.low, number.high) == pytest.approx(
        (12 * 7.5 * 21.67 * 0.89328, 14 * 7.5 * 21.67 * 0.89328)
    )


def test_the_gain_of_fresh_tweets_holds_the_error_of_the_pool(registry):
    number = registry["retraining.tweets-fresh-gain"]
    rights = [
        data.table(tweets.RUNS).query(f"trained == '{q}' and tested == '{tweets.LAST}'")["right"]
        for q in (tweets.LAST, tweets.FIRST)
    ]
    assert number.value == pytest.approx(100 * (rights[0].mean() - rights[1].mean()) / 150)
    assert number.high - number.value == pytest.approx(
        tweets.pool_half_width()
    )  # half of the error shared: the root of one
    assert tweets.fresh_gain(0)[1] < number.low < tweets.fresh_gain(0.9)[1]


def test_the_pictures_show_every_start_within_their_axes():
    drawn = figures.headlines(headlines.every_start())
    assert (
        len(drawn.table) == 7
        and drawn.table["low end"].min() > -12
        and drawn.table["high end"].max() < 14
    )
    drawn = figures.stream(pd.concat([stream.gains(1), stream.gains(12)]))
    assert (
        len(drawn.table) == 19 + 8
        and drawn.table["low end"].min() > -4
        and drawn.table["high end"].max() < 16
    )
