"""Counts: cases worked by hand, and properties on random input."""

from __future__ import annotations

import math
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook import data, project
from tallybook.data.seal import seal

from microwork.counts import abroad, labour_index
from microwork.counts.numbers import preimages, rate_ratio
from microwork.figures import filled
from tests.refused import not_refused

PUBLISHED = st.integers(1, 2_000_000)
DIVISOR = st.integers(100, 400).map(lambda hundredths: Fraction(hundredths, 100))


@pytest.fixture
def own_data(data_copy, monkeypatch):
    """A copy of the tables, which the analysis then reads."""
    monkeypatch.setattr(project, "_here", [project.Project(data_copy.parent, "microwork")])
    return data_copy


def test_the_sum_behind_a_total_by_hand():
    # 10 / 1.27 is 7.87 -> 8; S must lie in [7.5 x 1.27, 8.5 x 1.27) = [9.525, 10.795), so only 10.
    assert list(preimages(8, Fraction("1.27"))) == [10]
    # 100: [99.5 x 1.27, 100.5 x 1.27) = [126.365, 127.635) -> 127.
    assert list(preimages(100, Fraction("1.27"))) == [127]


@given(PUBLISHED, DIVISOR)
def test_the_sums_are_exactly_those_that_round_back(published, divisor):
    def rounds_back(total):
        return math.floor(total / divisor + Fraction(1, 2)) == published

    found = preimages(published, divisor)
    assert len(found) >= 1
    assert all(rounds_back(total) for total in found)
    assert not rounds_back(found[0] - 1) and not rounds_back(found[-1] + 1)


def test_workers_in_france_by_hand():
    # (66 + 65) of (19,933 + 16,607) over (15 + 122 + 53) of (17,170 + 20,536 + 19,214): 0.0035851 /
    # 0.0033380. The log has a standard error of sqrt(1/131 + 1/190) = 0.11357.
    value = 131 / 36_540 / (190 / 56_920)
    found = rate_ratio(131, 36_540, 190, 56_920)
    factor = math.exp(0.22259)
    assert found == pytest.approx((value, value / factor, value * factor), rel=1e-4)


def test_accounts_in_france_are_the_share_of_workers_there_of_all_declared(own_data):
    path = own_data / "outsourcing/crowd_places.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    three = frame[frame["batch"].isin(abroad.BATCHES) & frame["country"].isin(["FRA", "USA"])]
    made = three.drop_duplicates(["batch", "country"])
    workers = made["country"].map({"FRA": "2", "USA": "98"})
    made.assign(workers=workers).to_csv(path, index=False, lineterminator="\n")
    seal(own_data)
    # Six of 300 in each of three like batches: no more spread than chance, so two percent of all.
    assert abroad.workers() == (6, 300) and abroad.clump() == 1
    declared = data.value("counts/inputs", "crowdflower-people-2013")
    assert abroad.french_accounts()[0] == pytest.approx(0.02 * declared)


def test_the_change_of_a_year_by_hand(own_data):
    path = own_data / "counts/oli_demand.csv"
    frame = pd.read_csv(path, dtype=str)
    # Each month before the pandemic as the one a year earlier, so no noise; then a quarter more.
    for first, last, value in (("2018-03", "2020-02", "10.0"), ("2020-03", "2021-02", "12.5")):
        frame.loc[frame["month"].between(first, last), "microwork"] = value
    frame.to_csv(path, index=False, lineterminator="\n")
    seal(own_data)
    assert labour_index.first_year() == pytest.approx((25, 25, 25))


def test_months_on_two_sides_of_the_break_are_refused():
    assert not_refused([(labour_index.paired, ("2020-04",), "two sides of the break")]) == []


def test_the_error_of_a_mean_by_hand():
    # Spread of 1, 3, 1, 3 is 1.1547; neighbours differ, so all four new values count: t(3) =
    # 3.1824, over the root of four.
    found = labour_index.mean_error(np.array([1.0, 3.0, 1.0, 3.0]), 4)
    assert found == pytest.approx(3.18245 * 1.154701 / 2, rel=1e-5)
    # Values that follow from one another tell nothing.
    assert labour_index.mean_error(np.array([1.0, 2.0, 3.0, 4.0]), 12) == math.inf


def test_the_squares_of_the_first_picture_are_the_thousands_that_they_stand_for():
    narrow, wide = SimpleNamespace(value=18_000), SimpleNamespace(value=140_000)
    assert filled([("a", narrow), ("b", wide)], 260, 1000) == [(0, 18), (18, 140), (140, 260)]
