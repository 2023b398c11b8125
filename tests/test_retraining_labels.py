"""Labels and machines, and how finely images are labelled: other estimators, simulations with known
truth, and cases by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook import data
from tallybook.model.numbers import Registry

from microwork import retraining
from microwork.derive import dataset_births, made_up_examples


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(retraining.numbers())


def triple(registry, name):
    number = registry[f"retraining.{name}"]
    return number.value, number.low, number.high


# How finely data sets are labelled


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
