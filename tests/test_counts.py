"""Counts: cases worked by hand, properties on random input, and the door for the real table."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook import data, project
from tallybook.data.seal import seal

from microwork import counts
from microwork.counts import (
    inversion,
    labour_index,
    montecarlo,
    recapture,
    sensitivity,
    squares,
    tracker,
)
from microwork.intervals import percentiles
from tests.refused import not_refused

PUBLISHED = st.integers(1, 2_000_000)
DIVISOR = st.integers(100, 400).map(lambda hundredths: hundredths / 100)


@pytest.fixture
def own_data(data_copy, monkeypatch):
    """A copy of the tables, which the analysis then reads."""
    monkeypatch.setattr(project, "_here", [project.Project(data_copy.parent, "microwork")])
    return data_copy


# Inversion


def test_inversion_by_hand():
    # 10 / 1.27 is 7.87 -> 8; S must lie in [7.5 x 1.27, 8.5 x 1.27) = [9.525, 10.795), so only 10.
    assert list(inversion.preimages(8, 1.27)) == [10]
    # With 1.265 to 1.275: from 7.5 x 1.265 = 9.4875 -> 10 up to below 8.5 x 1.275 = 10.8375 -> 10.
    assert inversion.preimages_rounded(8, 1.27) == (10, 10)
    # 100: [126.365, 127.635) -> 127; rounded divisor: [99.5 x 1.265, 100.5 x 1.275) = [125.8675,
    # 128.1375) -> 126 to 128.
    assert list(inversion.preimages(100, 1.27)) == [127]
    assert inversion.preimages_rounded(100, 1.27) == (126, 128)


@given(PUBLISHED, DIVISOR)
def test_inversion_holds_exactly_the_sums_that_round_back(published, divisor):
    hundredths = round(divisor * 100)

    def rounds_back(total):  # half up, in whole numbers: floor((2 x 100 x total + h) / 2h)
        return (200 * total + hundredths) // (2 * hundredths) == published

    found = inversion.preimages(published, divisor)
    assert len(found) >= 1
    assert all(rounds_back(total) for total in found)
    assert not rounds_back(found[0] - 1) and not rounds_back(found[-1] + 1)


def test_what_cannot_be_is_refused():
    cases = [
        (recapture.lower_bound, (pd.Series({1: 5, 3: 2}),), "seen twice"),
        (recapture.spread, (SEEN, 100), "less than chance"),
        (labour_index.change, ("microwork", "2021-03", 1), "two sides of the break"),
    ]
    assert not_refused(cases) == []


# The door: the real table takes the place of the inferred sum


def _fill(folder, sizes):
    key = data.table("counts/platforms").iloc[0].to_dict()
    rows = [{**key, "platform": f"Firm {i}", "registered": size} for i, size in enumerate(sizes)]
    path = folder / "counts/platforms.csv"
    pd.DataFrame(rows).to_csv(path, index=False, lineterminator="\n")
    seal(folder)


def test_a_full_platform_table_replaces_the_inferred_sum(own_data):
    assert inversion.registrations_sum().inverted, "the codebook says that the sum is inferred"
    _fill(own_data, [50_000] * 6)
    assert inversion.registrations_sum().inverted  # six are not enough
    _fill(own_data, [50_000, 40_000, 30_000, 20_000, 10_000, 5_000, 5_000])
    found = inversion.registrations_sum()
    assert not found.inverted and found.total == 160_000
    # And everything that is made from the sum follows: registered = 160,000 / m, at most 160,000
    # and at least 160,000 / 1.83.
    drawn = counts.draws(size=2000)
    assert drawn["registered"].between(160_000 / 1.83, 160_000).all()
    # 16 platforms at 25 % of a seventh of 160,000 add 91,429; (160,000 + 91,429) / 1.27 = 197,975.
    assert sensitivity.with_missing("high") == pytest.approx(197_975, abs=1)


# Unequal chances to be met


SEEN = pd.Series({1: 60, 2: 15, 3: 5})


def test_the_lower_bound_by_hand():
    # 80 seen, 60^2 / (2 x 15) = 120 unseen; with six occasions 5/6 of these, 100.
    assert recapture.lower_bound(SEEN) == 200
    assert recapture.lower_bound(SEEN, 6) == pytest.approx(180)
    # r = 4: variance 15 x (64 + 64 + 8) = 2,040; exp(1.96 sqrt(log(1 + 2,040 / 14,400))) = 2.0408;
    # 80 + 120 over and times it.
    assert recapture.bound_interval(SEEN) == pytest.approx((138.80, 324.90), abs=0.05)


def test_the_spread_by_hand():
    # 60 + 30 + 15 = 105 answers; k(k-1): 15 x 2 + 5 x 6 = 60; with 200 people 200 x 60 / 11,025 =
    # 1.088, so CV^2 = 0.088.
    assert recapture.spread(SEEN, 200) == pytest.approx(0.0884**0.5, abs=1e-3)


# Monte Carlo


def test_draws_are_the_same_each_time_and_stay_within_their_bounds():
    first, second = counts.draws(size=4000), counts.draws(size=4000)
    assert first.equals(second)
    assert first["multihoming"].between(1, 1.83).all()
    assert first["weekly-share"].between(0.02, 0.10).all()
    assert first["working-visitors"].between(0.5, 1).all()
    assert (first["routine"] <= first["visitors"]).all()
    assert (first["weekly workers"] <= first["very active"]).all()
    assert (first["visitors"] <= first["registered"]).all()


def test_an_assumption_has_the_same_draws_alone_as_after_the_others():
    rng = np.random.default_rng(montecarlo.SEED)
    for name in montecarlo.PRIORS:
        drawn = montecarlo.prior(name).rvs(size=1000, random_state=rng)
        assert (montecarlo.drawn_values(name, size=1000) == drawn).all()


# The pandemic


def test_change_by_hand(own_data):
    path = own_data / "counts/oli_demand.csv"
    frame = pd.read_csv(path, dtype=str)
    for months, value in (("2019", "10.0"), ("2020", "12.5"), ("2020-08", "5.0")):
        frame.loc[frame["month"].str.startswith(months), "microwork"] = value
    frame.to_csv(path, index=False, lineterminator="\n")
    seal(own_data)
    # (5 x 12.5 + 5) over 60: +12.5 %; the pairs are +25 % five times and -50 % once.
    found = labour_index.change_by_month("microwork", "2020-03", 6)
    assert found == pytest.approx((12.5, -50, 25))


def test_months_on_two_sides_of_the_break_are_not_compared():
    assert np.isfinite(labour_index.change("microwork", "2020-03", 12))  # all of it lies before
    assert labour_index.months("2020-11", 4) == ["2020-11", "2020-12", "2021-01", "2021-02"]


def test_the_error_of_a_mean_by_hand():
    # Spread of 1, 3, 1, 3 is 1.1547; neighbours differ, so all four new values count: t(3) =
    # 3.1824, over the root of four.
    found = labour_index.mean_error(np.array([1.0, 3.0, 1.0, 3.0]), 4)
    assert found == pytest.approx(3.18245 * 1.154701 / 2, rel=1e-5)
    # Values that follow from one another tell nothing.
    assert labour_index.mean_error(np.array([1.0, 2.0, 3.0, 4.0]), 12) == math.inf


# Workers in France


def test_workers_in_france_by_hand():
    # (66 + 65) of (19,933 + 16,607) over (15 + 122 + 53) of (17,170 + 20,536 + 19,214): 0.0035851 /
    # 0.0033380. The log has a standard error of sqrt(1/131 + 1/190) = 0.11357.
    value = 131 / 36_540 / (190 / 56_920)
    found = tracker.rate_ratio(131, 36_540, 190, 56_920)
    factor = math.exp(0.22259)
    assert found == pytest.approx((value, value / factor, value * factor), rel=1e-4)


# Intervals


def test_percentiles_by_hand():
    # 0 to 1,000: median 500; 2.5 % and 97.5 % of the way are 25 and 975.
    assert percentiles(np.arange(1001)) == pytest.approx((500, 25, 975))


def test_each_square_of_the_first_picture_has_its_count_and_lies_in_the_last():
    found = squares.places([400.0, 100.0, 25.0], 200)
    areas = [(one["x2"] - one["x"]) * (one["y2"] - one["y"]) for one in found]
    assert areas == pytest.approx([40000, 10000, 2500])
    for outer, inner in itertools.pairwise(found):
        assert outer["x"] < inner["x"] and inner["x2"] < outer["x2"]
        assert outer["y"] < inner["y"] and inner["y2"] < outer["y2"]
