"""The chapter ``profile``: cases worked by hand, and properties that must hold whatever the numbers
are."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microwork import intervals
from microwork.derive import mturk_people
from microwork.profile import crowds, inputs, respondents
from tests.refused import not_refused


def raw(columns, *rows):
    """Rows of a raw file; the cells that a row does not name are empty."""
    names = columns.split()
    padded = [(*row, *[None] * (len(names) - len(row))) for row in rows]
    return pd.DataFrame(padded, columns=names)


def test_a_count_that_prints_a_percentage():
    cases = [
        ("44.93", 908, 408),  # 408 / 908 = 0.449339..., prints 44.93
        ("44.93", 1000, None),  # a thousand has one decimal only: 44.9, then 45.0
        ("44.93", 919, None),  # 412 / 919 = 44.831..., 413 / 919 = 44.940...
        ("13", 8, 1),  # 1 / 8 = 12.5: a tie, rounded up
        ("12", 8, 1),  # the same tie, rounded to the even digit
        ("37", 8, None),  # 3 / 8 = 37.5: both customs print 38
        ("100", 300, 300),  # and not 301
    ]
    found = [(*one, respondents.count_that_prints(Decimal(one[0]), one[1])) for one in cases]
    assert [one for one in found if one[2] != one[3]] == []


def test_what_cannot_be_is_refused():
    places = "three places"
    cases = [
        (intervals.wilson, (1.2, 10), "expected a share from 0 to 1"),
        (intervals.wilson, (0.5, 0), "n of at least 1"),
        (intervals.odds_ratio, (1.0, 0.5), "expected a fraction"),
        (intervals.average_place, ([0.3, 0.5], [100, 100]), places),
        (intervals.average_place, ([0.3, 0.5, 0.4], [100, 100]), places),
        (intervals.average_place, ([0.3, 0.5, 0.4], [100, 100, 0]), places),
        (intervals.average_place, ([0.3, 1.0, 0.4], [100, 100, 100]), "above 0 and below 1"),
        (inputs.stated, (16, 64), "first ages"),
    ]
    assert not_refused(cases) == []


def printed_by(count, n, places, custom):
    return (Decimal(100 * count) / Decimal(n)).quantize(Decimal(1).scaleb(-places), rounding=custom)


CUSTOMS = (ROUND_HALF_UP, ROUND_HALF_EVEN)


@given(st.integers(1, 400), st.integers(0, 10_000))
def test_no_count_is_overlooked(n, hundredths):
    """Against trying every count with the two roundings of ``decimal``."""
    printed = Decimal(hundredths).scaleb(-2)
    tried = {
        count
        for count in range(n + 1)
        if printed in {printed_by(count, n, 2, custom) for custom in CUSTOMS}
    }
    found = respondents.count_that_prints(printed, n)
    assert (found in tried) if tried else (found is None)


def test_wilson_by_hand():
    # p = 1/2, n = 100, z = 1.96: centre (0.5 + 0.0192073) / 1.0384146 = 0.5,
    # half width 1.96 * sqrt(0.25 / 100 + 3.8414588 / 40000) / 1.0384146 = 0.0961687.
    assert intervals.wilson(0.5, 100) == pytest.approx((0.4038313, 0.5961687), abs=2e-6)


@given(st.floats(0.001, 0.999), st.floats(0.001, 1), st.floats(0.001, 1))
def test_readiness_is_the_ratio_of_two_rates_of_response(truth, rate_with, rate_without):
    """Where those with a trait answer at one rate and the others at another, the odds ratio of the
    survey over the truth gives the ratio of the rates back."""
    answered = truth * rate_with / (truth * rate_with + (1 - truth) * rate_without)
    assume(answered < 1)
    found = intervals.odds_ratio(answered, truth)
    assert found == pytest.approx(rate_with / rate_without, rel=1e-6)


def test_the_average_place_by_hand():
    """Three places of four hundred with 20, 50 and 80 percent.

    Log odds -1.386294, 0 and 1.386294; variances 1/64, 1/100 and 1/64. By symmetry the mean is 0.
    Paule and Mandel put the variance between places where 2 * 1.921812 / (1/64 + v) = 2, so v =
    1.906187; the weights then are 1 / 1.921812 twice and 1 / 1.916187 once, so the variance of the
    mean is 1 / 1.562559 = 0.639976, whose root is multiplied by Student's t with two degrees.
    """
    value, low, high = intervals.average_place([0.2, 0.5, 0.8], [400, 400, 400])
    assert value == pytest.approx(0.5)
    assert math.log(high / (1 - high)) == pytest.approx(4.302653 * math.sqrt(0.639976), rel=1e-5)
    assert low == pytest.approx(1 - high, abs=1e-12)


def test_the_two_tables_of_the_census_agree():
    """POP1B counts groups of five years, the other file single years."""
    counted = inputs.stated(15, 64, sex="women") / inputs.stated(15, 64)
    assert respondents.women() == pytest.approx(counted, rel=2e-3)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=3, max_size=3))
def test_no_spread_of_the_other_ages_leaves_the_bounds(parts):
    shares = (part / sum(parts) for part in parts)
    weights = dict(zip(respondents.OTHERS, shares, strict=True))
    value, low, high = respondents.expected()
    assert low < value < high
    assert low - 1e-9 <= respondents.same_ages(weights) <= high + 1e-9


def test_crowds_of_one_country_by_hand(monkeypatch):
    """Two crowds at log odds 0 and 2, each with an error of 1: their mean is 1, so the squares add
    up to 2, one more than chance gives; the room is 2 - 2 / 2 = 1. A crowd alone says nothing."""
    frame = pd.DataFrame(
        {"country": ["FRA", "FRA", "DEU"], "log_odds": [0.0, 2.0, 5.0], "error": [1.0] * 3}
    )
    monkeypatch.setattr(crowds, "women_by_crowd", lambda: frame)
    assert crowds.within_countries() == pytest.approx(1)
    assert crowds.crowd_gap()[2] == pytest.approx(math.exp(1.959964), rel=1e-6)


def test_a_worker_counts_once_by_the_first_answer():
    answers = raw(
        "worker country year_of_birth gender",
        (1, "US", 1990, "female"),
        (1, "IN", 1960, "male"),
        (2, "IN", 1970, "male"),
        (3, "FR", 1971, "female"),
        (4, "US", 1991, "male"),
    )
    found = mturk_people.people(answers)
    assert found.to_numpy().tolist() == [
        ["United States", "2 to 4", "women", "24 or 25"],
        ["India", "1", "men", "44 or 45"],
        ["elsewhere", "1", "women", "25 to 44"],
        ["United States", "1", "men", "other"],
    ]
