"""Labels and machines, and how finely images are labelled: other estimators, simulations with known
truth, and cases by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import f1_score
from sklearn.naive_bayes import MultinomialNB
from tallybook import claims, data
from tallybook.claims import Check, Verdict
from tallybook.model.numbers import Registry

from microwork import counts, retraining
from microwork.derive import dataset_births, judges, made_up_examples, worker_summaries
from microwork.retraining import births, inputs, verdicts


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(retraining.numbers())


def triple(registry, name):
    number = registry[f"retraining.{name}"]
    return number.value, number.low, number.high


# How finely data sets are labelled


def test_shares_by_pixel_and_their_intervals_by_definition(registry):
    table = data.table("retraining/dataset_births")
    for period, name in (("to 2015", "to-2015"), ("2019-2021", "2019-2021")):
        part = table[table["period"] == period].set_index("label")["datasets"]
        value, low, high = triple(registry, f"datasets-pixel-{name}")
        pixel, every = int(part["by pixel"]), int(part.sum())
        assert value == pytest.approx(100 * pixel / every)
        # Clopper-Pearson: at the ends, so many or more (or fewer) have a chance of 2.5 percent.
        assert stats.binom.sf(pixel - 1, every, low / 100) == pytest.approx(0.025)
        assert stats.binom.cdf(pixel, every, high / 100) == pytest.approx(0.025)


def test_the_change_covers_a_known_truth():
    """Two samples of the sizes of ours, drawn many times from known shares: the interval misses in
    about one of twenty."""
    rng = np.random.default_rng(5)
    (early, early_all), (late, late_all) = births.sets("to 2015"), births.sets("2019-2021")
    truth = 100 * (late / late_all - early / early_all)
    first = rng.binomial(early_all, early / early_all, 400)
    last = rng.binomial(late_all, late / late_all, 400)
    drawn = [inputs.difference(b, late_all, a, early_all) for a, b in zip(first, last, strict=True)]
    assert 0.92 < np.mean([low <= truth <= high for _, low, high in drawn]) < 0.985


@pytest.mark.parametrize(
    ("name", "shares", "near"),
    [
        (
            "datasets-pixel-change",
            lambda _: [(p / n, n) for p, n in map(births.sets, ("2019-2021", "to 2015"))],
            1.5,
        ),
        ("label-agreement-gain", lambda found: [judged(found, n) for n in ("gpt4", "human")], 0.1),
    ],
)
def test_differences_by_a_normal_approximation(registry, name, shares, near):
    value, low, high = triple(registry, name)
    (more, _), (less, _) = pairs = shares(registry)
    half = 196 * math.sqrt(sum(p * (1 - p) / n for p, n in pairs))
    assert value == pytest.approx(100 * (more - less))
    assert (low, high) == pytest.approx((value - half, value + half), abs=near)


def judged(registry, name):
    """Agreement of a judge, and the pairs of answers that it judged."""
    return registry[f"retraining.label-agreement-{name}"].value / 100, 648


def test_sets_without_a_date_at_their_worst_and_best_by_hand(registry):
    table = data.table("retraining/dataset_births")
    frame = table.pivot(index="period", columns="label", values="datasets")
    pixel, every = frame["by pixel"], frame.sum(axis=1)
    undated, others = pixel["no date"], every["no date"] - pixel["no date"]

    def rise(late=(0, 0), early=(0, 0)):
        """The change if so many sets without a date, by pixel and others, are late or early."""
        shares = [
            (pixel[period] + by_pixel) / (every[period] + by_pixel + other)
            for period, (by_pixel, other) in {"2019-2021": late, "to 2015": early}.items()
        ]
        return shares[0] - shares[1]

    worst, best = rise((0, others), (undated, 0)), rise((undated, 0), (0, others))
    found = triple(registry, "datasets-pixel-undated")[1:]
    assert found == pytest.approx((100 * worst, 100 * best))
    share = registry["retraining.datasets-undated"].value
    assert share == pytest.approx(100 * every["no date"] / every.sum())
    # Whatever set is put where, the change lies between.
    rng = np.random.default_rng(2)
    for _ in range(200):
        p = rng.multinomial(undated, [1 / 3] * 3)
        q = rng.multinomial(others, rng.dirichlet([1, 1, 1]))
        assert worst <= rise((p[0], q[0]), (p[1], q[1])) <= best


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_the_more_speaks_against_a_rise_the_smaller_it_is(one, other):
    found = (births.pixel_change(against) for against in sorted((one, other)))
    assert all(a >= b - 1e-9 for a, b in zip(*found, strict=True))


def test_the_claim_on_demands_is_a_weak_test_that_dates_can_undo(registry):
    every = Registry([*registry, *counts.numbers()])
    judged = verdicts.judgements(claims.claims(), every)
    one = next(each for each in judged if each.claim_id == "more-complex-demands")
    assert (one.check, one.verdict) == (Check.NEIGHBOUR, Verdict.NOT_CONTRADICTED)
    at, to = one.flips[0].turns[0]  # where the lower end reaches zero; further on it turns again
    assert to is Verdict.UNDECIDED and births.pixel_change(at)[1] == pytest.approx(0, abs=0.3)


@pytest.mark.parametrize(
    ("label", "tasks"),
    {
        "by pixel": "Semantic Segmentation, Human Parsing, RGB-D Salient Object Detection",
        "by box or point": "Object Detection, Hand Pose Estimation",
        "by image": "Image Classification, Image Captioning, Landmark Recognition",
        "other": "Text Segmentation, DeepFake Detection, Super-Resolution, Depth Estimation",
    }.items(),
)
def test_names_of_tasks_are_sorted_by_hand(label, tasks):
    assert {dataset_births.label(name) for name in tasks.split(", ")} == {label}


def test_a_data_set_counts_once_with_its_finest_label():
    rows = [
        ("Image Classification", "A", "2014-05-01", True),
        ("Semantic Segmentation", "A", "2014-05-01", True),
        ("Object Detection", "B", "2019-01-01", True),
        ("Denoising", "C", None, True),
        ("Semantic Segmentation", "D", "2019-01-01", False),
    ]
    table = dataset_births.births(pd.DataFrame(rows, columns=["task", "name", "date", "Images"]))
    found = table[table["datasets"] > 0].set_index(["period", "label"])["datasets"].to_dict()
    assert found == {
        ("to 2015", "by pixel"): 1,
        ("2019-2021", "by box or point"): 1,
        ("no date", "other"): 1,
    }
    assert len(table) == 16


# Judges, and workers who use machines


def test_a_workers_price_is_a_time_of_the_order_of_the_one_published():
    """At 21 dollars an hour, the wage that the source names."""
    row = data.row("retraining/judges", "humans")
    assert 0.5 < 3600 * row["usd"] / 21 / row["seconds"] < 2


def test_a_row_in_another_unit_is_left_out():
    rows = [
        ("x", 69.0, 13.0, 1500.0, 2592),
        ("odd", 0.34, 12.9, 93.5, 2592),
        ("longest", 62.0, 0.0, 0.0, 2592),
        ("humans", 65.0, 300.0, 36800.0, 2592),
    ]
    frame = pd.DataFrame(rows, columns=["Unnamed: 0", *judges.COLUMNS])
    table = judges.judges(frame).set_index("judge")
    assert table["kind"].to_dict() == {"x": "machine", "longest": "rule", "humans": "worker"}
    assert table.loc["x", ["usd", "seconds"]].tolist() == [0.013, 1.5]


def test_summaries_by_a_test_of_scipy(registry):
    table = data.table("retraining/worker_summaries")
    machine = int(table.loc[table["taken_for"] == "a machine's", "summaries"].sum())
    found = stats.binomtest(machine, int(table["summaries"].sum()))
    ends = found.proportion_ci(method="exact")
    expected = [100 * each for each in (found.statistic, ends.low, ends.high)]
    assert triple(registry, "gpturk-synthetic") == pytest.approx(expected)


def test_summaries_are_counted_with_empty_groups():
    frame = pd.DataFrame(
        {"copied": [True, True, False], "predicted": ["synthetic", "synthetic", "real"]}
    )
    assert worker_summaries.counted(frame)["summaries"].tolist() == [0, 2, 1, 0]


# Examples by people and examples made up


def test_the_mean_over_tasks_by_another_way(registry):
    """From means and variances of single tasks, as tasks are drawn independently of each other."""
    table = data.table("retraining/made_up_examples")
    for name, mix in (("human-over-gpt4-examples", ""), ("human-over-gpt4-own-mix", "_own")):
        points = (table[f"human{mix}"] - table[f"gpt4{mix}"]).groupby(table["task"])
        value, low, high = triple(registry, name)
        assert value == pytest.approx(points.mean().mean())
        half = 1.96 * math.sqrt(points.var().sum()) / len(points)
        assert high - low == pytest.approx(2 * half, rel=0.2)


def test_naive_bayes_by_hand():
    # Class 0 has "a a b", class 1 "b c". With one added, of six and of five: a is 3/6 or 1/5, b 2/6
    # or 2/5, c 1/6 or 2/5.
    words = made_up_examples.counts(["A, a b", "b c", "a", "b", "c unheard", "b a"])
    codes = np.array([0, 1, 0, 1, 1, 0])
    given_ = made_up_examples.told(words, codes, np.array([0, 1]), np.array([2, 3, 4, 5]), 2)
    assert given_.tolist() == [0, 1, 1, 0]  # b a: 3/6 x 2/6 against 1/5 x 2/5


@pytest.mark.parametrize("seed", range(5))
def test_naive_bayes_agrees_with_that_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 4, 400)
    chances = rng.dirichlet(np.full(60, 0.3), 4)
    texts = [" ".join(f"w{word}" for word in rng.choice(60, 12, p=chances[code])) for code in codes]
    words = made_up_examples.counts(texts)
    train, test = np.arange(200), np.arange(200, 400)
    ours = made_up_examples.told(words, codes, train, test, 4)
    seen = words[:, np.flatnonzero(np.asarray(words[train].sum(axis=0)).ravel())]
    model = MultinomialNB(fit_prior=False).fit(seen[train], codes[train])
    assert (ours == model.predict(seen[test])).all() and (ours == codes[test]).mean() > 0.9
    exact = made_up_examples.macro_f1(codes[test], ours, 4)
    assert float(exact) == pytest.approx(f1_score(codes[test], ours, average="macro"))


@given(st.integers(1, 10**7))
@settings(max_examples=50, deadline=None)
def test_logarithms_are_whole_numbers_next_to_the_true_ones(count):
    parts = math.log(count) * made_up_examples.UNIT
    assert abs(made_up_examples.logarithm(count) - parts) <= 0.5 + 1e-6


def made(human_noise: float, gpt4_noise: float, seed: int = 1) -> pd.DataFrame:
    """A task in which two words tell the classes apart, and each maker has some of its labels
    wrong."""
    rng = np.random.default_rng(seed)
    rows = []
    for part, n, noise in (("human", 80, human_noise), ("gpt4", 60, gpt4_noise), ("test", 60, 0.0)):
        for item in range(n):
            true = int(rng.integers(2))
            said = "xy"[true ^ int(rng.random() < noise)]
            text = f"{['left', 'right'][true]} {part}{item} w{rng.integers(9)}"
            rows.append((part, f"{part}.json", said, text))
    return pd.DataFrame(rows, columns=["part", "file", "label", "text"])


def test_the_maker_with_the_better_labels_wins_and_equals_tie():
    better, equal = (
        made_up_examples.tried(made_up_examples.usable(made(0.05, noise)), 10)
        for noise in (0.45, 0.05)
    )
    assert (better["human"] - better["gpt4"]).mean() > 10
    assert abs((equal["human"] - equal["gpt4"]).mean()) < 5
    assert (better["examples"] <= better["examples_own"]).all()
    assert (better["examples_own"] <= 60).all()


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


def test_so_many_of_each_class_are_drawn():
    codes = np.array([0] * 9 + [1] * 5)
    some = made_up_examples.drawn(np.arange(14), codes, {0: 4, 1: 5}, np.random.default_rng(0))
    assert np.bincount(codes[some]).tolist() == [4, 5] and len(set(some.tolist())) == 9
