"""Wikimedia's models in service, and Common Voice: how their tables are made, and the numbers that
come from them."""

from __future__ import annotations

import csv

import numpy as np
import pandas as pd
import pytest
from tallybook.model.numbers import Registry, number

from microwork.derive import wikimedia_models
from microwork.paths import DATA
from microwork.retraining import service, voice


def build(**other):
    row = {"repository": "editquality", "wiki": "xwiki", "target": "damaging", "build": 0}
    row |= {"date": "2018-01-01", "commit": "0", "reason": "first build", "library_changed": 0}
    row |= {"library_only_strict": 0, "label_kind": "campaign", "human_batches": "one"}
    return row | {"roc_auc_macro": None} | other


def test_the_newest_of_several_batches_dates_a_build():
    labelled, used = ["2017-07-01", "2015-07-01"], ["2017-09-01", "2016-01-01"]
    dates = pd.DataFrame(
        {"batch": ["one", "two"], "label_date_used": labelled, "first_model_date": used}
    )
    rows = [build(build=1, human_batches="one; two"), build(), build(build=2, human_batches=None)]
    table = wikimedia_models.rebuilds(pd.DataFrame(rows), dates).set_index("build")
    assert table.index.tolist() == [0, 1, 2]  # in the order in which they were built
    assert table["newest_label"].fillna("").tolist() == ["2017-07-01", "2017-07-01", ""]
    assert table["newest_used"].tolist()[:2] == ["2017-09-01"] * 2
    with pytest.raises(KeyError):
        wikimedia_models.rebuilds(pd.DataFrame([build(human_batches="three")]), dates)


# Numbers


@pytest.fixture(scope="module")
def registry() -> Registry:
    topics = {**service.NUMBERS, **voice.NUMBERS}
    return Registry(number(f"retraining.{name}", compute) for name, compute in topics.items())


def rows(name):
    """A table as its text stands, for sums that do not go through the chapter's code."""
    with (DATA / f"retraining/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(registry, name):
    return registry[f"retraining.{name}"].value


def test_the_median_over_models_when_wikis_are_drawn_again():
    same = pd.Series([3.0] * 8, index=list("aabbccdd"))
    assert service.median(same) == (3, 3, 3)
    # Five like values in each wiki: the wikis are all there is to draw, so the interval is that of
    # twenty values.
    each = np.arange(20.0) ** 2
    five = np.repeat(each, 5)
    value, low, high = service.median(pd.Series(five, index=np.repeat(np.arange(20), 5)))
    drawn = np.median(each[np.random.default_rng(1).choice(20, (20000, 20))], axis=1)
    assert value == np.median(each)
    assert (low, high) == pytest.approx(tuple(np.percentile(drawn, (2.5, 97.5))), rel=0.1)
    alone = service.median(pd.Series(five, index=np.arange(100)))
    assert alone[2] - alone[1] < (high - low) / 1.5


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


# Common Voice


def test_hours_of_a_year_by_hand(monkeypatch):
    days = pd.to_datetime(["2020-12-22", "2021-01-11", "2022-01-01"])
    frame = pd.DataFrame({"date": days, "validated_hours": [100.0, 120.0, 475.0]})
    monkeypatch.setattr(voice, "releases", lambda language="all": frame)
    # Ten of the twenty days of the first stretch lie in 2020.
    assert voice.validated(2021) == pytest.approx(475 - 110)
    with pytest.raises(ValueError, match="found the year 2020"):
        voice.validated(2020)
