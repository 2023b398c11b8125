"""Retraining: cases worked by hand, and identities that must hold on any data."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwork.intervals import exact
from microwork.retraining import ageing, inputs, outside, service

shares = st.floats(0.01, 0.99)


def test_the_exact_interval_by_its_definition():
    # Clopper-Pearson for 0 of n: from 0 to the share p with (1 - p)^n = 0.025, and the other way.
    value, low, high = exact(0, 20)
    assert value == low == 0 and (1 - high / 100) ** 20 == pytest.approx(0.025)
    value, low, high = exact(20, 20)
    assert value == high == 100 and (low / 100) ** 20 == pytest.approx(0.025)


def test_takeoff_by_hand(monkeypatch):
    # The median of the first ten is 20; 250 is the first above 200.
    counts = [20] * 10 + [30] * 10 + [250] + [900] * 10
    monkeypatch.setattr(outside, "searches", lambda: pd.Series(counts, index=range(1, 32)))
    assert [outside.takeoff(factor) for factor in (10, 1.2, 20)] == [21, 11, 22]


def test_a_floor_is_no_upper_end_and_a_ceiling_no_lower_one():
    def reports(*rows):
        return pd.DataFrame(rows, columns=["says", "items"])

    low = reports(("about", 8), ("more than", 30), ("up to", 5))
    high = reports(("more than", 3), ("up to", 20), ("about", 8))
    assert outside.span(low) == (8, 8, 8) and outside.span(high) == (11.5, 3, 20)


def test_a_gain_with_equal_labels_by_hand():
    rows = [
        (1996, 2001, 1, 10, 2, 5),
        (1996, 2001, 2, 30, 6, 5),
        (1996, 2002, 1, 10, 1, 4),
        (1998, 2002, 1, 10, 9, 4),
    ]
    frame = pd.DataFrame(rows, columns=["start", "test", "month", "n", "frozen", "fresh"])
    old, last = frame[frame["start"] == 1996], frame[frame["test"] == 2002]
    assert ageing.by_months(old)[0] == pytest.approx(10)  # 14 less 9 of 50
    # One month leaves nothing to chance.
    assert ageing.by_months(last[:1]) == pytest.approx((30, 30, 30))
    assert ageing.by_training_sets(frame)[0] == pytest.approx(0)  # 18 less 18 of 60
    # Two old training sets in one year of tests: draws are of 4 less 1, of 4 less 9, or of both.
    assert ageing.by_training_sets(last)[1:] == pytest.approx((-50, 30))


def test_old_and_fresh_labels_share_no_year():
    frame = ageing.paired()
    # The fresh labels are of the two years before the test.
    assert (frame["start"] + 1 < frame["test"] - 2).all() and len(frame)
    years = ageing.by_year()
    assert years["name"].tolist() == [str(year) for year in range(2000, 2007)]


def test_fall_and_repair_by_hand():
    own, last, fresh = np.array([0.6, 0.6]), np.array([0.5, 0.46]), np.array([0.52, 0.5])
    assert ageing.fall_of(own, last) == pytest.approx(-20)  # 0.48 over 0.60, less one
    assert ageing.repaired_of(own, last, fresh) == pytest.approx(25)  # 0.03 of 0.12


@given(st.lists(st.tuples(shares, shares, shares), min_size=1, max_size=20), st.floats(0.1, 10))
def test_repair_is_none_all_or_does_not_depend_on_the_scale(rows, scale):
    own, last, fresh = (np.array(column) for column in zip(*rows, strict=True))
    if abs(own.mean() - last.mean()) < 1e-6:
        return
    assert ageing.repaired_of(own, last, last) == pytest.approx(0)
    assert ageing.repaired_of(own, last, own) == pytest.approx(100)
    whole = ageing.repaired_of(own, last, fresh)
    assert ageing.repaired_of(scale * own, scale * last, scale * fresh) == pytest.approx(whole)


def test_a_quotient_draws_whole_wikis():
    wikis = [f"w{i}" for i in range(30)]
    one = pd.Series(1, index=wikis * 4)
    assert inputs.quotient(one, one) == (100, 100, 100)
    half = pd.Series([1.0 if i < 15 else 0.0 for i in range(30)] * 4, index=wikis * 4)
    value, low, high = inputs.quotient(half, one)
    # As wide as thirty independent cases have it, not a hundred and twenty.
    spread = 100 * 1.96 * np.sqrt(0.25 / 30)
    assert value == 50 and high - low == pytest.approx(2 * spread, rel=0.1)
    part, whole = pd.Series([2.0], index=["w0"]), pd.Series([4.0, 4.0], index=["w0", "w1"])
    assert inputs.quotient(part, whole, 1)[0] == 0.25


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
    frame = pd.DataFrame(builds, columns=["wiki", "roc_auc", "reason"]).assign(target="damaging")
    monkeypatch.setattr(service, "builds", lambda: frame)
    assert service.changes()["points"].tolist() == pytest.approx([2, -1, 3, 3])
    # A half in the wiki with two, three in the others: not the mean of all four.
    assert service.score() == pytest.approx((6.5 / 3, 0.5, 3))


def test_every_rebuild_has_a_mark_in_a_line_of_the_picture():
    for rows, marks in (service.lives(), service.others()):
        assert set(marks["name"]) <= set(rows["name"])
        ends = rows.set_index("name").loc[marks["name"]].reset_index()
        assert (marks["year"].to_numpy() <= ends["last"].to_numpy()).all()
        assert (rows["last"] <= rows["seen"]).all()
    rows = service.others()[0].set_index("name")
    # A service without a new model was last built when it began.
    assert rows.loc["ClueBot NG", "last"] == rows.loc["ClueBot NG", "start"]
    assert math.isclose(rows.loc["iNaturalist", "seen"], 2022 + 4 / 12)
