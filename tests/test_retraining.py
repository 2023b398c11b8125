"""Retraining: cases worked by hand, identities that must hold on any data, and that no answer is known before it is asked."""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from dateutil.easter import easter
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from tallybook import data
from tallybook.charts.publish import MAX_ROWS, MIME, bundle_of
from tallybook.data import package
from tallybook.model.digits import rounded
from tallybook.model.numbers import Registry

from microwork import claims, counts, retraining
from microwork.claims import Check, ClaimError, Judgement, Verdict
from microwork.retraining import (
    corona,
    dated,
    figures,
    headlines,
    inputs,
    labour,
    logistic,
    market,
    outside,
    questions,
    stream,
    tweets,
    verdicts,
)
from tests.promised import PROMISED

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
    first, second = inputs.bootstrap((sample,), inputs.mean), inputs.bootstrap((sample,), inputs.mean)
    assert first == second
    half = 1.96 * sample.std() / 20  # of the mean of 400 values
    assert (first[1] - first[0]) / 2 == pytest.approx(half, rel=0.08)


@settings(max_examples=20, deadline=None)
@given(samples, st.floats(-0.5, 0.5))
def test_a_paired_difference_that_never_varies_has_no_width(sample, shift):
    low, high = inputs.bootstrap((sample, sample + shift), lambda a, b, axis: (b - a).mean(axis=axis), paired=True)
    assert low == pytest.approx(shift) and high == pytest.approx(shift)


# Searches


def test_a_list_is_tried_on_later_days_only():
    frame = corona.coverage()
    assert (frame["freeze"] < frame["day"]).all()
    assert len(frame) == 31 * 30 / 2 + 3  # every pair of an earlier and a later day; one of them under three more policies
    for weight in corona.WEIGHTS:
        assert frame[weight].between(0, 100).all()
    with pytest.raises(ValueError, match="expected 1 <= freeze < day"):
        corona.knows(10, 10)


def test_more_labels_know_no_less():
    known = [corona.knows(policy=policy) for policy in ("frozen", "25", "100", "all")]
    for fewer, more in itertools.pairwise(known):
        assert fewer["labels"] < more["labels"]
        assert all(fewer[weight] <= more[weight] for weight in corona.WEIGHTS)


def test_days_and_countries_tell_the_same_story():
    last = data.table("retraining/corona_countries")
    row = corona.knows()
    assert 100 * last["known_rows"].sum() / last["rows"].sum() == pytest.approx(row["rows"])
    assert 100 * last["known_popularity"].sum() / last["popularity"].sum() == pytest.approx(row["popularity"])
    assert (100 * last["known_popularity"] / last["popularity"]).astype(float).mean() == pytest.approx(row["country"], abs=1e-3)


def test_takeoff_by_hand(monkeypatch):
    counts = [20] * 10 + [30] * 10 + [250] + [900] * 10  # median of the first ten is 20; 250 is the first above 200
    monkeypatch.setattr(corona, "days", lambda: pd.DataFrame({"day": range(1, 32), "distinct": counts}))
    assert corona.takeoff(10) == 21 and corona.takeoff(1.2) == 11 and corona.takeoff(20) == 22
    with pytest.raises(ValueError, match="no day above"):
        corona.takeoff(100)


def test_ratio_is_of_sums():
    assert corona.ratio(np.array([1, 3]), np.array([2, 8])) == 40  # 4 of 10


# Headlines


def periods(monkeypatch, early, late):
    """Headlines of two periods, in months and topics by turns where none are given; draws of training items without luck."""
    frames = {"early": pd.DataFrame(early), "late": pd.DataFrame(late)}
    for frame in frames.values():
        for name, count in {"month": 6, "topic": 3}.items():
            if name not in frame:
                frame[name] = np.arange(len(frame)) % count
    monkeypatch.setattr(headlines, "period", lambda name, features="title": frames[name])
    monkeypatch.setattr(headlines, "luck", lambda *_: np.zeros(1 + inputs.RESAMPLES))
    monkeypatch.setattr(headlines, "_means", headlines._means.__wrapped__)  # what is remembered is of other headlines


def test_a_decomposition_by_hand(monkeypatch):
    # Frozen 60 -> 40, control 65 -> 55: the fall is 20 points, 10 of them difficulty; the lag grows from 5 to 15.
    def column(right):
        return [1.0] * right + [0.0] * (100 - right)

    early, late = {"frozen": column(60), "control": column(65)}, {"frozen": column(40), "control": column(55)}
    periods(monkeypatch, early, late)
    frame = headlines.decomposition().set_index("part")
    assert frame["points"].round(9).to_dict() == {"fall": 20, "difficulty": 10, "staleness": 10}
    assert (frame["low"] < frame["points"]).all() and (frame["points"] < frame["high"]).all()
    # If difficulty takes the same share, the frozen model was to keep 55/65 of 60 = 50.77; it keeps 40.
    assert headlines.relative_staleness() == pytest.approx(100 * (0.60 * 0.55 / 0.65 - 0.40))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(shares, shares), min_size=3, max_size=20), st.lists(st.tuples(shares, shares), min_size=3, max_size=20))
def test_the_parts_add_up_to_the_fall(early, late):
    frames = [pd.DataFrame(rows, columns=["frozen", "control"]) for rows in (early, late)]
    with pytest.MonkeyPatch.context() as patch:
        periods(patch, *frames)
        points = headlines.decomposition().set_index("part")["points"]
        split = {(name, end): headlines.split(name, end)[0] for name in headlines.PARTS for end in ("mix", "within")}
    assert points["fall"] == pytest.approx(points["difficulty"] + points["staleness"])
    for name in headlines.PARTS:
        assert points[name] == pytest.approx(split[name, "mix"] + split[name, "within"])


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 1), min_size=4, max_size=40), st.integers(0, 30))
def test_harder_headlines_alone_are_not_called_staleness(right, seed):
    """If frozen and control are right on the same items, all of a fall is difficulty, whatever the fall."""
    same = np.array(right, dtype=float)
    late = np.random.default_rng(seed).permutation(same) * (np.arange(len(same)) % 2)
    with pytest.MonkeyPatch.context() as patch:
        periods(patch, {"frozen": same, "control": same}, {"frozen": late, "control": late})
        points = headlines.decomposition().set_index("part")["points"]
    assert points["staleness"] == pytest.approx(0) and points["fall"] == pytest.approx(points["difficulty"])


def test_kitagawa_by_hand():
    # Topic one goes from 80 to 50 of 100 headlines at 0.5 right, topic two from 20 to 50 at 0.2 -> 0.1.
    early = headlines.Sums(np.array([[80.0, 20]]), np.array([[40.0, 4]]))
    late = headlines.Sums(np.array([[50.0, 50]]), np.array([[25.0, 5]]))
    mix, within = headlines.kitagawa(early, late)
    assert mix[0] == pytest.approx(0.3 * 0.5 - 0.3 * 0.15)  # shares 0.3 down and up, at the mean scores 0.5 and 0.15
    assert within[0] == pytest.approx(0.1 * 0.35)  # 0.1 less at the mean share 0.35
    assert mix[0] + within[0] == pytest.approx(0.44 - 0.30)
    # A topic that is new takes nothing within topics, whatever its score.
    new = headlines.Sums(np.array([[50.0, 50]]), np.array([[25.0, 0]]))
    mix, within = headlines.kitagawa(headlines.Sums(np.array([[100.0, 0]]), np.array([[50.0, 0]])), new)
    assert within[0] == 0 and mix[0] == pytest.approx(0.25)


def test_months_that_hang_together_widen_the_interval():
    """Ten months that are all right or all wrong are ten cases, not a hundred."""
    frame = pd.DataFrame({"month": np.repeat(np.arange(10), 10), "topic": 1, "right": np.repeat([1.0, 0.0] * 5, 10)})
    spread = frame.assign(right=[1.0, 0.0] * 50)  # as many right, as many in each month
    value, low, high = headlines.interval(headlines.sums(frame, frame["right"], [1]).mean())
    assert value == 50 and high - low > 50
    assert headlines.interval(headlines.sums(spread, spread["right"], [1]).mean()) == (50, 50, 50)


def test_the_luck_of_the_draws_by_theory():
    table = data.table(headlines.DRAWN).query("features == 'title' and regime == 'control'")
    luck = headlines.luck("title", "control", "late")
    share = table["late"].to_numpy(float) / len(headlines.period("late"))
    assert luck[0] == pytest.approx(0) and luck.std() == pytest.approx(share.std() / math.sqrt(50), rel=0.05)
    assert not headlines.luck("title", "frozen", "late").any()


def test_the_draws_add_up_to_the_items():
    table = data.table(headlines.DRAWN).groupby(["features", "regime"])[["early", "late"]].sum() / 50
    for (features, regime), row in table.iterrows():
        for name in headlines.PERIODS:
            assert headlines.period(name, features)[regime].sum() == pytest.approx(row[name])


def test_a_gap_is_paired(monkeypatch):
    frame = {"a": [1.0, 1.0, 0.0, 0.0], "b": [0.0, 0.0, 1.0, 0.0]}
    periods(monkeypatch, frame, frame)
    assert headlines.gap("late", "title", "a", "b")[0] == 25  # right where b is wrong twice, wrong where b is right: 1 of 4
    assert headlines.gap("late", "title", "a", "a") == (0, 0, 0)


def test_all_regimes_are_judged_on_the_same_headlines():
    for features in ("subject", "title"):
        frame = headlines.items(features)
        assert not frame["article"].duplicated().any() and frame[list(headlines.REGIMES)].notna().all().all()
        assert frame[list(headlines.REGIMES)].apply(lambda column: column.between(0, 1)).all().all()
    assert headlines.period("late").notna().all().all()  # the spaced control and the draws of part of the labels too
    for name in headlines.PERIODS:
        assert headlines.period(name, "subject")["article"].tolist() == headlines.period(name, "title")["article"].tolist()


def test_the_table_of_accuracies_agrees_with_the_items():
    table = data.table(headlines.ACCURACY)
    full = table[table["label_budget"].isna()].set_index(["year", "regime"])
    assert len(full) == 3 * 4
    for row in headlines.by_year().query("year >= 2004").itertuples():
        assert full.loc[(row.year, row.regime), "accuracy"] == pytest.approx(row.accuracy, abs=1e-5)
        assert full.loc[(row.year, row.regime), "n"] == row.n
    # In the first year frozen, fresh and all have the same training items, so the same answers.
    first = headlines.items().query("year == 1998")
    assert (first["frozen"] == first["fresh"]).all() and (first["frozen"] == first["all"]).all()


def test_the_budget_curve_ends_at_the_full_accuracy(registry):
    curve = headlines.budget_curve()
    for regime in headlines.DEPLOYABLE:
        end = curve[curve["regime"] == regime].sort_values("labels_a_year").iloc[-1]
        assert end["accuracy"] == pytest.approx(registry[f"retraining.headlines-{regime}-late-titles"].value, abs=1e-3)


def test_what_the_page_says_of_age(registry):
    def low(name):
        return registry[f"retraining.headlines-titles-{name}"].low

    # The interval of staleness takes in zero; with the spaced control it does not; of its parts the mix alone is sure.
    assert low("fall") > 0 > low("staleness") and low("staleness-spaced") > 0
    assert low("staleness-mix") > 0 > low("staleness-within")
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


def test_the_two_scores_and_the_classes_tell_what_the_page_says(registry):
    f1, accuracy = (registry[f"retraining.tweets-{name}repaired-2018"] for name in ("", "accuracy-"))
    assert f1.low > 0 > accuracy.low  # a repair is seen in the one score and may be none in the other
    frame = tweets.by_class().set_index(["trained", "label"])
    lost = frame["own"] - frame["last"]
    for trained in (tweets.FIRST, tweets.LATE_2019):
        assert lost[trained].idxmax() == "for"
    assert frame.loc[(tweets.FIRST, "against"), "fresh"] > frame.loc[(tweets.FIRST, "against"), "last"]
    assert frame.loc[(tweets.FIRST, "for"), "fresh"] < frame.loc[(tweets.FIRST, "for"), "last"]
    # Accuracy is right answers over test tweets.
    assert tweets.runs(tweets.LAST, tweets.LAST, "accuracy")[0] == tweets.tried(tweets.LAST, tweets.LAST)["right"].iloc[0] / 150


def test_the_repaired_shares_of_the_first_model_by_the_delta_method(registry):
    for name, measure in (("repaired-2018", "macro_f1"), ("accuracy-repaired-2018", "accuracy")):
        number = registry[f"retraining.tweets-{name}"]
        own, last, fresh = (tweets.runs(*pair, measure) for pair in (
            (tweets.FIRST, tweets.FIRST), (tweets.FIRST, tweets.LAST), (tweets.LAST, tweets.LAST)))  # fmt: skip
        gain, fallen = (fresh - last).mean(), (own - last).mean()
        slope = np.array([1 / fallen, -gain / fallen**2])
        half = 196 * math.sqrt(slope @ np.cov(np.stack([fresh - last, own - last])) @ slope / 50)
        assert number.value == pytest.approx(100 * gain / fallen)
        assert (number.high - number.low) / 2 == pytest.approx(half, rel=0.06)


# Questions on the news, and one service at two dates


def weekly_questions(monkeypatch, *rows):
    """Weeks of questions in the place of the table: week, system, questions, right alone, right searched."""
    frame = pd.DataFrame(rows, columns=["week", "system", "questions", "right_alone", "right_searched"])
    monkeypatch.setattr(data, "table", lambda _: frame)
    monkeypatch.setattr(questions, "weeks", questions.weeks.__wrapped__)  # what is remembered is of the real weeks


def test_questions_by_hand(monkeypatch):
    weekly_questions(
        monkeypatch,
        ("2022-06-17", "GPT-3", 30, 10, 20), ("2022-06-24", "GPT-3", 10, 10, 10),
        ("2023-06-17", "GPT-3", 10, 2, 2), ("2023-06-24", "GPT-3", 10, 2, 3),
        ("2026-07-03", "GPT-5.4", 25, 25, 25), ("2026-07-10", "GPT-5.4", 5, 1, 3), ("2026-07-17", "GPT-5.4", 10, 2, 6),
    )  # fmt: skip
    assert questions.score("GPT-3", 2022)[0] == 50 and questions.score("GPT-3", 2022, "searched")[0] == 75  # of 40, not of weeks
    assert questions.change("alone")[0] == pytest.approx(20 - 50) and questions.change("searched")[0] == pytest.approx(25 - 75)
    assert questions.gain("GPT-5.4", 2026)[0] == 15  # 6 of 40
    assert questions.gain("GPT-5.4", 2026, questions.HISTORY) == (40, 40, 40)  # 2 of 5 and 4 of 10
    with pytest.raises(ValueError, match="found no week of 'GPT-3' in 2026"):
        questions.weeks("GPT-3", 2026)


def test_weeks_of_unlike_ease_widen_the_interval(monkeypatch):
    """Ten weeks that are all right or all wrong are ten cases; as many right answers spread evenly leave nothing to chance."""
    rows = [(f"2026-05-{day:02}", "GPT-5.4", 20, 20 * (day % 2), 20) for day in range(1, 11)]
    weekly_questions(monkeypatch, *rows, *((week, "even", 20, 10, 20) for week, *_ in rows))
    value, low, high = questions.score("GPT-5.4", 2026)
    assert value == 50 and high - low == pytest.approx(2 * 196 * math.sqrt(0.25 / 10), rel=0.15)
    assert questions.score("even", 2026) == (50, 50, 50)


def test_scores_on_the_news_by_other_estimators(registry):
    """Shares by Taylor's error of a ratio of weekly sums, and a change of shares by the errors of its two parts."""

    def taylor(right, asked):
        share = right.sum() / asked.sum()
        error = math.sqrt(((right - share * asked) ** 2).sum() * len(asked) / (len(asked) - 1)) / asked.sum()
        return 100 * share, 196 * error

    def of(system, year, how):
        frame = data.table(questions.TABLE).assign(year=lambda f: pd.to_datetime(f["week"]).dt.year)
        frame = frame[(frame["system"] == system) & (frame["year"] == year)].astype({"right_alone": float})
        return taylor(frame["right_searched"] - frame["right_alone"] if how == "gain" else frame[how], frame["questions"])

    cases = {
        "gpt3-2022": of("GPT-3", 2022, "right_alone"),
        "gpt3-2023": of("GPT-3", 2023, "right_alone"),
        "gpt54-2026": of("GPT-5.4", 2026, "right_alone"),
        "gpt54-search-gain": of("GPT-5.4", 2026, "gain"),
        "gpt3-search-gain": of("GPT-3", 2022, "gain"),
    }
    for name, how in (("gpt3-change", "right_alone"), ("gpt3-searched-change", "right_searched")):
        parts = [of("GPT-3", year, how) for year in (2022, 2023)]
        cases[name] = parts[1][0] - parts[0][0], math.hypot(parts[0][1], parts[1][1])
    for name, (value, half) in cases.items():
        number = registry[f"retraining.realtimeqa-{name}"]
        assert number.value == pytest.approx(value), name
        assert (number.high - number.low) / 2 == pytest.approx(half, rel=0.1), name


def test_what_the_page_says_of_questions(registry):
    def ends(name):
        number = registry[f"retraining.realtimeqa-{name}"]
        return number.low, number.high

    assert ends("gpt3-change")[0] < 0 < ends("gpt3-change")[1]  # no ageing is seen
    assert ends("gpt3-searched-change")[1] < 0 < ends("gpt54-search-gain")[0] and ends("search-gains")[0] > 0
    week = data.row(questions.TABLE, questions.HISTORY, questions.NEW)
    assert week["right_alone"] == week["right_searched"]  # on old history a search adds nothing
    # One week of GPT-5.4, counted by hand from the questions and the answers as they are published.
    week = data.row(questions.TABLE, "2026-06-05", questions.NEW)
    assert (week["questions"], week["right_alone"]) == (20, 10)


def test_one_service_by_hand(monkeypatch):
    rows = {"composite": {"right": 90, "wrong": 5, "without_label": 5}, "prime": {"right": 10, "wrong": 60, "without_label": 30}}
    monkeypatch.setattr(data, "row", lambda _, service, version, kind: rows[kind])
    monkeypatch.setattr(dated, "answers", dated.answers.__wrapped__)
    value, low, high = dated.right("GPT-4", "2023-03")
    # Wilson's ends are the shares p for which 50 % lies 1.96 errors away: (p - 0.5)^2 = z^2 p (1 - p) / 200.
    z = NormalDist().inv_cdf(0.975)
    assert value == 50 and all((p / 100 - 0.5) ** 2 == pytest.approx(z**2 * p * (100 - p) / 2e6) for p in (low, high))
    assert dated.says_no("GPT-4", "2023-03")[0] == 75  # 90 right of composites, 60 wrong of primes


def test_the_service_counts_what_was_published(registry):
    # Chen, Zaharia and Zou print 84 % for March and 51 % for June. They must count the answers of June that are a bare "No",
    # without its brackets, which is right for the composites.
    assert registry["retraining.llmdrift-gpt4-march"].value == pytest.approx(84.0)
    bare = dated.answers("GPT-4", "2023-06")["composite"]["without_label"]
    assert bare and round(registry["retraining.llmdrift-gpt4-june"].value + 100 * bare / 1000) == 51


# The stream


def test_the_stream_is_unpacked_whole():
    features, up = stream.stream()
    assert features.shape == (944 * 48, 6) and set(np.unique(up)) == {0, 1}
    assert features[:, 0].tolist() == list(range(48)) * 944
    packed = data.table(stream.TABLE).set_index(["day", "series"])["values"]
    assert [int(v) for v in packed[(2, "nsw_price")].split()] == features[48:96, 1].tolist()


@settings(deadline=None)
@given(st.integers(0, 30))
def test_a_month_teaches_only_what_comes_before_the_test(trained):
    pool, rows = stream.training_pool(trained), stream.tested_rows(trained)
    assert len(pool) == stream.month() and pool.stop <= rows.start and rows.stop == len(stream.stream()[1])


@settings(deadline=None)
@given(st.one_of(st.none(), st.integers(1, 14)), st.integers(0, 29))
def test_the_model_of_a_day_is_of_an_earlier_month_and_no_older_than_the_calendar_says(cadence, first):
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
    # Day 2 goes 1, 0, 1, 0 ...: only its first half-hour is as the one before. Day 3 is 0 throughout, after a 0.
    assert stream.persistence(0).tolist() == [1 / 48, 1]


def test_a_stream_that_turns_is_lost_on_a_frozen_model(monkeypatch):
    """Two months in which a feature means up, then two in which it means down: monthly retraining is wrong for one month only."""
    rng = np.random.default_rng(3)
    signal = rng.integers(0, 2, 4 * 48)
    up = np.where(np.arange(len(signal)) < 96, signal, 1 - signal)
    features = np.column_stack([signal, *rng.normal(size=(5, len(signal)))]).astype(float)
    monkeypatch.setattr(stream, "stream", lambda: (features, up))
    monkeypatch.setattr(stream, "month", lambda: 48)
    monkeypatch.setattr(stream, "right_by_day", stream.right_by_day.__wrapped__)  # the cache is for the real stream
    frozen, monthly = stream.daily(None, 48, 1), stream.daily(1, 48, 1)
    assert frozen[0] > 0.9 and frozen[1] < 0.1 and frozen[2] < 0.1
    assert monthly[0] == frozen[0] and monthly[1] < 0.1 and monthly[2] > 0.9


def test_labels_that_are_all_alike_give_one_answer():
    answers = stream._answers(np.zeros((6, 6)), np.array([1, 1, 1, 0, 0, 0]), np.array([[0, 2], [4, 5]]), range(3, 6))
    assert answers.tolist() == [[1, 1, 1], [0, 0, 0]]


def test_the_models_are_those_of_scikit_learn():
    rng = np.random.default_rng(5)
    features = rng.normal(size=(4, 60, 3))
    labels = (features[..., 0] + rng.normal(size=(4, 60)) * np.array([[0.0], [0.3], [1.0], [9.0]]) > 0).astype(int)
    slopes, intercepts = logistic.fit(features, labels)
    for one in range(4):
        model = LogisticRegression(solver="newton-cholesky").fit(features[one], labels[one])
        assert slopes[one] == pytest.approx(model.coef_[0], rel=1e-9)
        assert intercepts[one] == pytest.approx(model.intercept_[0], rel=1e-9)


def test_weeks_hold_every_day_once():
    days = np.arange(17.0)
    assert stream.weekly(days).tolist() == [3, 11.5]  # days 0 to 6, and the ten that are left


def test_the_experiment_counts_its_labels(registry):
    frame = stream.experiment((None, 12, 1))
    assert frame["models"].tolist() == [1, 3, 31] and frame["labels"].tolist() == [500, 1500, 15500]
    assert frame["n"].nunique() == 1  # all are judged on the same half-hours
    assert rounded(frame["accuracy"].iloc[0]) == registry["retraining.elec2-frozen"].value


# Labour


def test_upkeep_by_hand():
    # 2,600 labels at 100 to 130 an hour and 1,300 a day: 20 to 26 hours, 2 days; at 5 to 8 cents 130 to 208 euros.
    assert labour.upkeep(2600, (100, 130), 1300, (0.05, 0.08)) == pytest.approx((20, 26, 2, 130, 208))
    assert labour.upkeep(2600, (130, 100), 1300, (0.08, 0.05), judgements=3) == pytest.approx((60, 78, 6, 390, 624))


@given(st.floats(0, 1e9), st.floats(1, 500), st.floats(1, 500), st.floats(1, 5000), st.floats(1e-4, 10), st.floats(1, 9))
def test_upkeep_grows_with_labels_and_its_ends_are_in_order(labels, pace, other, a_day, cost, judgements):
    one = labour.upkeep(labels, (pace, other), a_day, (cost, 2 * cost), judgements)
    two = labour.upkeep(2 * labels, (pace, other), a_day, (cost, 2 * cost), judgements)
    assert one.hours_low <= one.hours_high and one.money_high == pytest.approx(2 * one.money_low)
    assert two == pytest.approx(tuple(2 * v for v in one))
    assert labour.upkeep(labels * judgements, (pace, other), a_day, (cost, 2 * cost)) == pytest.approx(tuple(one))


@pytest.mark.parametrize("bad", [(-1, (1, 2), 3, (4,)), (1, (0, 2), 3, (4,)), (1, (1, 2), 0, (4,)), (1, (1, 2), 3, (0,))])
def test_upkeep_refuses_what_cannot_be(bad):
    with pytest.raises(ValueError, match="expected positive ones"):
        labour.upkeep(*bad)


def test_working_days_by_hand():
    # July to September 2019: 23 + 22 + 21 weekdays, less the first Monday of August. Thirteen weeks to 29 June: 65 weekdays,
    # less Easter Monday and the first Mondays of May and June.
    assert labour.working_days("calendar", holidays=False) == 66 and labour.working_days("calendar") == 65
    assert labour.working_days("fiscal", holidays=False) == 65 and labour.working_days("fiscal") == 62


def test_the_holidays_are_what_they_are_called():
    table = data.table(labour.HOLIDAYS).set_index("holiday")["day"]
    days = {name: pd.Timestamp(day) for name, day in table.items()}
    assert all(day.day_of_week == 0 for day in days.values())
    assert days.pop("Easter Monday").date() == (pd.Timestamp(easter(2019)) + pd.Timedelta(days=1)).date()
    for name, day in days.items():
        assert day.day <= 7 and day.month_name() in name


def test_the_cost_of_an_item_by_hand(registry):
    # 2,000 EUR over 21.67 days of 1,300 items = 0.07100 EUR. 13 USD an hour over 200 items = 0.065 USD, at 0.89328 EUR a dollar.
    assert registry["retraining.cost-per-item"].value == pytest.approx(2000 / 28171)
    assert registry["retraining.cost-cortana"].value == pytest.approx(0.065 * 0.89328)
    assert registry["retraining.cost-mturk"].value == pytest.approx(30 * 0.003 * 0.92484)
    # Seven hours of work in a day of seven and a half, in seconds, over 1,300.
    assert registry["retraining.siri-seconds"].value == pytest.approx(25200 / 1300)


def test_person_days_by_hand(registry):
    assert registry["retraining.siri-person-days-fr"].value == pytest.approx(468.699, abs=1e-3)  # 609,309 / 1,300
    assert registry["retraining.siri-fte-total"].value == pytest.approx(2200475 / 84500)  # 65 days of 1,300
    assert registry["retraining.siri-fte-fiscal"].value == pytest.approx(2200475 / 80600)  # 62 days of 1,300


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
    assert days["Alexa, Bucharest"] == pytest.approx(1000 / 9 * 7.5)
    assert days["Siri, Cork, another worker"] == 1000 and days["Cortana, United States"] == 1500


def test_the_thousand_hours_by_hand(registry):
    # 3,600,000 seconds over 874,778 and over 609,309 snippets; a snippet of the second kind may take 19.38 seconds.
    sound, over = (registry[f"retraining.siri-{name}"] for name in ("sound", "over-sound"))
    assert (sound.low, sound.high) == pytest.approx((4.1153, 5.9083), abs=1e-4)
    assert over.low == pytest.approx(19.3846 / 5.9083, abs=1e-3) and over.low < over.value < over.high


def test_a_floor_is_no_upper_end_and_a_ceiling_no_lower_one():
    def reports(*rows):
        return pd.DataFrame(rows, columns=["says", "items"])

    assert labour.span(reports(("about", 8), ("more than", 30), ("up to", 5))) == (8, 8)
    assert labour.span(reports(("more than", 3), ("up to", 20), ("about", 8))) == (3, 20)
    with pytest.raises(ValueError, match="one end open"):
        labour.span(reports(("more than", 3), ("more than", 9)))


def test_a_claim_on_pace_is_not_tested_on_another_claim(monkeypatch, registry):
    """Neither test moves when the quota of Siri or the pace of the French worker is another."""
    claimed = {"siri-daily-quota", "cortana-fr-rate-low", "cortana-fr-rate-high"}
    monkeypatch.setattr(labour, "fact", lambda name: inputs.fact(name) * (9 if name in claimed else 1))
    low, high = labour.span(labour.day_loads())
    found = registry["retraining.quota-others"]
    assert (found.low, found.high) == pytest.approx((low, high))
    assert high / 7.5 == pytest.approx(registry["retraining.pace-others"].high)


# Market, claims and pictures


def test_change_by_hand():
    assert market.change(200, 150) == -25
    with pytest.raises(ValueError, match="expected a positive one"):
        market.change(0, 1)


def test_every_promised_number_is_there(registry):
    assert [name for name in PROMISED["retraining"] if name not in registry] == []


def test_every_accuracy_has_an_interval_round_it(registry):
    names = ("headlines-frozen-", "headlines-fresh-", "headlines-all-", "headlines-control-", "elec2-")
    found = [n for n in registry if n.unit == "percent" and n.id.startswith(tuple(f"retraining.{name}" for name in names))]
    assert len(found) == 20
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
        for topic in (labour, market, tweets, corona, outside):
            getattr(topic, "numbers", lambda: [])()
        from microwork.retraining import quotas

        quotas.numbers()
        market.surveys()
    used |= {(inputs.SHARES, key) for key in data.table(inputs.SHARES)["fact_id"] if key.startswith(("appen-", "scale-"))}
    for name in (inputs.FACTS, inputs.SHARES):
        assert {key for table, key in used if table == name} == set(data.table(name)["fact_id"])


# Verdicts

# What the page says of each claim. A verdict that moves must be read again, with the sentences that rest on it.
SAID = {
    Verdict.HOLDS: "accuracy-90 cats-dogs-solved siri-dismissed siri-hundreds",
    Verdict.FITS: """assistants-90-percent automation-promise-false cars-ever-finer corona-beer-2018 cortana-rate
                     machines-need-retraining more-complex-demands
                     needed-before-deployment not-temporary pixel-annotation siri-correct-transcripts siri-pay siri-quota""",
    Verdict.CONTRADICTED: "coronavirus-end-2019",
    Verdict.NO_EVIDENCE: """ai-accelerates-microwork change-causes-retraining corona-thousands expected-to-grow
                            more-ai-more-humans need-grows-bbc needed-after-deployment needs-keep-growing""",
    Verdict.CANNOT: "siri-day siri-fr siri-ja siri-left-after-quota siri-six-minutes siri-zh",
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


def test_like_evidence_gives_like_verdicts(settled):
    """One test for all that was said of growth; the same three reports for the quota and the pace; no firm word from either."""
    growth = [one for one in settled.values() if one.found and one.found[0] == "retraining.microtasks-change"]
    assert len(growth) == 5 and len({(one.check, one.verdict, one.found, one.flips) for one in growth}) == 1
    quota, pace = settled["siri-quota"], settled["cortana-rate"]
    assert (quota.check, quota.verdict) == (pace.check, pace.verdict)
    own = ("machines-need-retraining", "change-causes-retraining", "needed-after-deployment")
    firm = (Verdict.HOLDS, Verdict.TOO_HIGH, Verdict.TOO_LOW, Verdict.CONTRADICTED)
    assert not any(settled[name].verdict in firm for name in own)
    # Where the range of what was found is on the claimed side the test fits, and where it takes in zero it decides nothing.
    for name in own:
        assert (settled[name].range[0] > 0) == (settled[name].verdict is Verdict.FITS)


def test_reasons_are_short_and_say_what_would_settle_what_is_open(settled):
    for name, one in settled.items():
        assert len(re.sub(r"\[\[[^]]*\]\]", "x", one.reason).split()) <= 45, name
        if one.verdict is Verdict.CANNOT and not name.startswith(("siri-fr", "siri-zh", "siri-ja")):
            assert "would settle it" in one.reason, name


def judged(name, *numbers):
    """The verdict on one claim where these numbers take the place of those of the report."""
    all_claims = claims.claims()
    changed = {one.id: one for one in (*retraining.numbers(), *counts.numbers())} | {one.id: one for one in numbers}
    return next(one for one in verdicts.judgements(all_claims, Registry(changed.values())) if one.claim_id == name)


def no_flips(monkeypatch):
    """The flips are recomputed from the tables, so that a number that was changed by hand does not agree with them."""
    monkeypatch.setattr("microwork.claims.judge.flip", lambda *_: None)


@pytest.mark.parametrize(
    ("name", "number_id", "low", "high", "verdict"),
    [
        ("siri-quota", "quota-others", 1200.0, 1400.0, Verdict.FITS),  # a weak test never gets firm
        ("siri-quota", "quota-others", 300.0, 900.0, Verdict.DOUBTFUL),
        ("cortana-rate", "pace-others", 300.0, 400.0, Verdict.DOUBTFUL),
        ("siri-pay", "pay-elsewhere", 700.0, 900.0, Verdict.DOUBTFUL),
        ("assistants-90-percent", "assistants-right", 85.0, 93.0, Verdict.HOLDS),
        ("assistants-90-percent", "assistants-right", 40.0, 60.0, Verdict.TOO_HIGH),
        ("cats-dogs-solved", "cats-dogs-gain", -3.0, 4.0, Verdict.NO_EVIDENCE),
        ("machines-need-retraining", "elec2-gain-often", -1.0, 2.0, Verdict.NO_EVIDENCE),
        ("change-causes-retraining", "headlines-titles-staleness", 1.0, 9.0, Verdict.FITS),
        ("more-ai-more-humans", "microtasks-change", 10.0, 50.0, Verdict.FITS),
    ],
)
def test_other_numbers_would_give_other_verdicts(monkeypatch, registry, name, number_id, low, high, verdict):
    no_flips(monkeypatch)
    number = replace(registry[f"retraining.{number_id}"], value=(low + high) / 2, low=low, high=high)
    assert judged(name, number).verdict is verdict


def test_severity_and_flips_by_hand(settled):
    # Items a day in the other reports: 833.3 to 1,500. A quota of 1,300 is 1.56 times the lowest and further from the highest.
    quota = settled["siri-quota"]
    assert quota.severity.value == pytest.approx(1300 / (1000 / 9 * 7.5))
    # It lies above the range once 7.5 hours at so many clips come to less than 1,250, the least that rounds to 1,300.
    assert quota.flips[0].flips_at == pytest.approx(1250 / 7.5, rel=1e-3)
    # The change may be none as it is; orders outside the index must grow so much more that its lower end reaches zero.
    low, high = settled["more-ai-more-humans"].range
    assert low < 0 < high
    assert settled["more-ai-more-humans"].flips[1].flips_at == pytest.approx(1 / (1 + low / 100), rel=1e-2)
    # Half-width times the root of 2 (1 - r) equals the gain.
    tests = settled["needed-after-deployment"]
    gain, half = (tests.range[0] + tests.range[1]) / 2, tweets.pool_half_width()
    assert tests.flips[0].flips_at == pytest.approx(1 - (gain / half) ** 2 / 2, abs=1e-3)
    # Ten points below 90: the weakest assistant would have to be right in 80 %.
    assert settled["assistants-90-percent"].flips[0].flips_at == pytest.approx(80, abs=0.01)


def test_quota_and_pace_are_never_tested_on_each_other(every):
    """Neither number descends from a row that reports the other claim, and a test that does is refused."""
    told = claims.reports(claims.claims())
    for name, number_id in (("siri-quota", "retraining.pace-others"), ("cortana-rate", "retraining.quota-others")):
        assert not told[name] & {(fact.table, fact.row) for fact in every[number_id].facts}
    assert ("retraining/facts", "siri-daily-quota") in told["siri-quota"]
    found = Judgement("siri-quota", Check.NEIGHBOUR, Verdict.HOLDS, "", found=("retraining.siri-quota",))
    with pytest.raises(ClaimError, match="tested on itself"):
        claims.refuse([found], told, every)


def test_the_date_of_the_virus_rests_on_texts(settled):
    """Searches on Bing begin in January: their take-off could not have fallen in the year before, and is no test."""
    one = settled["coronavirus-end-2019"]
    assert one.check is Check.DOCUMENTS and not one.found
    assert data.table(corona.DAYS)["day"].min() == 1
    for number_id in ("corona-announced", "corona-google-takeoff"):  # the texts put both after the end of 2019
        assert data.value(inputs.FACTS, {"corona-google-takeoff": "corona-search-takeoff-date"}.get(number_id, number_id)) > 0


# What others measured


def test_the_assistants_by_hand(registry):
    number = registry["retraining.assistants-right"]
    assert (number.value, number.low, number.high) == pytest.approx(((92.9 + 83.1 + 79.8) / 3, 79.8, 92.9))
    assert outside.assistants(52.0)[1:] == (52.0, 92.9)


def test_cats_and_dogs_by_a_normal_approximation(registry):
    number = registry["retraining.cats-dogs-gain"]
    assert number.value == pytest.approx(98.9 - 82.7)
    early, late = (100 * 1.96 * math.sqrt(p * (1 - p) / 1000) for p in (0.827, 0.989))
    assert number.low == pytest.approx(16.2 - early - late, abs=0.6) and number.high == pytest.approx(
        16.2 + early + late, abs=0.6
    )
    assert outside.cats_dogs(100)[1] < number.low < outside.cats_dogs(10000)[1]


def test_orders_for_microtasks_by_pandas(registry):
    frame = data.table("counts/oli_demand").set_index("month")
    assert set(frame.loc["2021-09":"2024-08", "segment"]) == {"after"}  # no break in between
    late, early = (frame.loc[f"{year}-09" : f"{year + 1}-08", "microwork"].astype(float).sum() for year in (2023, 2021))
    number = registry["retraining.microtasks-change"]
    assert number.value == pytest.approx(100 * (late / early - 1))
    # The ends are as many times below as above, as noise in a ratio is.
    assert (1 + number.low / 100) * (1 + number.high / 100) == pytest.approx((1 + number.value / 100) ** 2)
    doubled = outside.microtasks(2)
    assert 1 + doubled[0] / 100 == pytest.approx(2 * (1 + number.value / 100))


def test_pay_elsewhere_by_hand(registry):
    # 12 and 14 US dollars an hour, 7.5 hours, 21.67 days, 0.89328 euros a dollar.
    number = registry["retraining.pay-elsewhere"]
    assert (number.low, number.high) == pytest.approx((12 * 7.5 * 21.67 * 0.89328, 14 * 7.5 * 21.67 * 0.89328))


def test_the_gain_of_fresh_tweets_holds_the_error_of_the_pool(registry):
    number = registry["retraining.tweets-fresh-gain"]
    rights = [
        data.table(tweets.RUNS).query(f"trained == '{q}' and tested == '{tweets.LAST}'")["right"]
        for q in (tweets.LAST, tweets.FIRST)
    ]
    assert number.value == pytest.approx(100 * (rights[0].mean() - rights[1].mean()) / 150)
    assert number.high - number.value == pytest.approx(tweets.pool_half_width())  # half of the error shared: the root of one
    assert tweets.fresh_gain(0)[1] < number.low < tweets.fresh_gain(0.9)[1]


def test_retraining_often_pays_by_two_accuracies(registry):
    gain, monthly, yearly = (registry[f"retraining.elec2-{name}"].value for name in ("gain-often", "monthly", "every-twelve"))
    assert gain == pytest.approx(monthly - yearly)


def test_staleness_under_other_assumptions_ends_in_its_kin(registry):
    def triple(name):
        number = registry[f"retraining.headlines-titles-{name}"]
        return number.value, number.low, number.high

    assert headlines.staleness() == pytest.approx(triple("staleness"))
    assert headlines.staleness(spaced=1) == pytest.approx(triple("staleness-spaced"))


def test_the_first_picture_stands_on_zero_and_shows_two_models():
    frame = headlines.by_year()
    drawn = figures.first(frame)
    assert set(drawn.table["model"]) == {"given new labels yearly", "trained once, in 1997"}
    assert drawn.table["high end"].max() < 60  # the top of its axis
    spec = json.dumps(bundle_of("retraining-first", drawn)[MIME])
    assert '"domain": [0, 60]' in spec


def test_gains_are_those_of_the_numbers(registry):
    rows = headlines.gains()
    names = [f"retraining.headlines-{name}-late-titles" for name in ("fresh-gain", "control-gap", "all-gain")]
    for row, name in zip(rows.to_dict("records"), names, strict=True):
        assert (row["gain"], row["low"], row["high"]) == pytest.approx(
            (registry[name].value, registry[name].low, registry[name].high)
        )
    assert list(figures.headlines(rows).table.columns) == ["model", "gain, points", "low end", "high end"]


def test_the_pictures_have_few_rows_and_the_sliders_they_need():
    known = corona.coverage()
    drawn = figures.corona(known[known["policy"] == "frozen"], corona.days()[["day", "distinct"]], 10)
    spec = bundle_of("retraining-corona", drawn)[MIME]
    assert sum(map(len, spec["datasets"].values())) <= MAX_ROWS
    assert [p["bind"]["max"] for p in spec["params"] if "bind" in p] == [30]
    ladder = labour.ladder().assign(colour="found")
    spec = bundle_of("retraining-ladder", figures.ladder(ladder, 970, 1300))[MIME]
    assert {p["name"] for p in spec["params"] if "bind" in p} == {"languages", "devices", "looks"}
