"""The chapter ``profile``: cases worked by hand, and properties that must hold whatever the numbers
are."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microwork import intervals
from microwork.derive import mturk_people
from microwork.profile import inputs, people, sample, work
from tests.refused import not_refused

fractions = st.floats(0.001, 0.999)


def raw(columns, *rows):
    """Rows of a raw file; the cells that a row does not name are empty."""
    names = columns.split()
    padded = [(*row, *[None] * (len(names) - len(row))) for row in rows]
    return pd.DataFrame(padded, columns=names)


# How many answered


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
    found = [(*one, sample.count_that_prints(Decimal(one[0]), one[1])) for one in cases]
    assert [one for one in found if one[2] != one[3]] == []


def test_what_cannot_be_is_refused():
    places = "three places"
    cases = [
        (intervals.wilson, (1.2, 10), "expected a share from 0 to 1"),
        (intervals.wilson, (0.5, 0), "n of at least 1"),
        (intervals.manski, (1.2, 0.5), "expected a fraction"),
        (intervals.odds_ratio, (1.0, 0.5), "expected a fraction"),
        (intervals.z_against, (0.5, 10, 0), "expected a fraction"),
        *(
            (intervals.fewest_persons, (*some, 13), "one to 13")
            for some in ((5, 6), (0, 0), (27, 2))
        ),
        (intervals.next_place, ([0.3, 0.5], [100, 100]), places),
        (intervals.next_place, ([0.3, 0.5, 0.4], [100, 100]), places),
        (intervals.next_place, ([0.3, 0.5, 0.4], [100, 100, 0]), places),
        (intervals.next_place, ([0.3, 1.0, 0.4], [100, 100, 100]), "above 0 and below 1"),
        (inputs.census, (18, 64), "five-year"),
        (inputs.stated, (16, 64), "first ages"),
        (people.women_with_work, (0.19,), "above 0.195"),
        (people.with_work, (1, 0.19), "above 0.195"),
        (people.with_work, (3, 0.35), "more than all men"),
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
    found = sample.count_that_prints(printed, n)
    assert (found in tried) if tried else (found is None)


# Errors


def test_wilson_by_hand():
    # p = 1/2, n = 100, z = 1.96: centre (0.5 + 0.0192073) / 1.0384146 = 0.5,
    # half width 1.96 * sqrt(0.25 / 100 + 3.8414588 / 40000) / 1.0384146 = 0.0961687.
    assert intervals.wilson(0.5, 100) == pytest.approx((0.4038313, 0.5961687), abs=2e-6)


def test_z_by_hand():
    # (0.6 - 0.5) / sqrt(0.25 / 100) = 2; two-sided p of 2 is 0.0455.
    assert intervals.z_against(0.6, 100, 0.5) == pytest.approx((2, 0.0455), abs=5e-5)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_worst_case_bounds_hold_for_any_population(people_of_town):
    """Each person has the trait or not, and answers or not, in any way they please."""
    answers = [trait for trait, answered in people_of_town if answered]
    assume(answers)
    truth = sum(trait for trait, _ in people_of_town) / len(people_of_town)
    low, high = intervals.manski(sum(answers) / len(answers), len(answers) / len(people_of_town))
    assert low - 1e-12 <= truth <= high + 1e-12


@given(fractions, st.floats(0.001, 1), st.floats(0.001, 1))
def test_self_selection_is_undone(truth, rate_with, rate_without):
    """In a population with two response rates, the ratio of the rates gives the truth back."""
    observed = truth * rate_with / (truth * rate_with + (1 - truth) * rate_without)
    undone = intervals.undo_selection(observed, rate_with / rate_without)
    assert undone == pytest.approx(truth, rel=1e-6)


@given(fractions, st.floats(1, 20), st.floats(1, 20), st.floats(-1, 1))
def test_selection_up_to_a_strength_stays_inside_its_bounds(observed, strength, more, how):
    low, high = intervals.selection_bounds(observed, strength)
    assert low - 1e-12 <= observed <= high + 1e-12
    assert low - 1e-12 <= intervals.undo_selection(observed, strength**how) <= high + 1e-12
    wider = intervals.selection_bounds(observed, strength * more)
    assert wider[0] <= low + 1e-12 and high <= wider[1] + 1e-12


# Women and ages


def test_the_two_tables_of_the_census_agree():
    """POP1B counts five-year groups, the other file single years: the groups of ten years must come
    out alike."""
    for low, high in ((25, 34), (35, 44), (45, 54), (55, 64)):
        for sex in ("men", "women"):
            counted = inputs.census(low, high, sex)
            assert inputs.stated(low, high, sex=sex) == pytest.approx(counted, rel=2e-3)


# Other platforms


@given(st.lists(st.integers(1, 13), min_size=1, max_size=60))
def test_no_spread_of_answers_leaves_fewer_persons(times):
    """Whatever each person answers, the effective number is at least that which is taken."""
    effective = sum(times) ** 2 / sum(one * one for one in times)
    fewest = intervals.fewest_persons(sum(times), len(times), 13)
    assert fewest <= effective + 1e-9 and effective <= len(times) + 1e-9
    assert intervals.fewest_persons(len(times), len(times), 13) == len(times)


# One more place


def test_the_next_place_by_hand():
    """Three places of four hundred with 20, 50 and 80 percent.

    Log odds -1.386294, 0 and 1.386294; variances 1/64, 1/100 and 1/64. By symmetry the mean is 0.
    Paule and Mandel put the variance between places where 2 * 1.921812 / (1/64 + v) = 2, so v =
    1.906187; the weights then are 1 / 1.921812 twice and 1 / 1.916187 once, so the variance of the
    mean is 1 / 1.562559 = 0.639976. Student's t with one degree of freedom is 12.706205, times the
    root of 2.546163 is 20.274866.
    """
    value, low, high = intervals.next_place([0.2, 0.5, 0.8], [400, 400, 400])
    assert value == pytest.approx(0.5)
    assert math.log(high / (1 - high)) == pytest.approx(20.274866, rel=1e-5)
    assert low == pytest.approx(1 - high, abs=1e-12)


@given(st.lists(st.floats(0.05, 0.95), min_size=4, max_size=8), st.integers(50, 5000))
def test_the_next_place_does_not_care_for_names_or_order(shares, persons):
    value, low, high = intervals.next_place(shares, [persons] * len(shares))
    assert low <= value <= high
    other = intervals.next_place([1 - one for one in reversed(shares)], [persons] * len(shares))
    assert other == pytest.approx((1 - value, 1 - high, 1 - low), abs=1e-6)


def test_the_average_place_by_hand():
    """The three places of ``test_the_next_place_by_hand``: root of 0.639976 times Student's t with
    two degrees, 4.302653."""
    value, low, high = intervals.average_place([0.2, 0.5, 0.8], [400, 400, 400])
    assert value == pytest.approx(0.5)
    assert math.log(high / (1 - high)) == pytest.approx(4.302653 * math.sqrt(0.639976), rel=1e-5)
    assert low == pytest.approx(1 - high, abs=1e-12)


# How the derived tables are made


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


# The other survey of the platform


@given(st.integers(20, 72), st.floats(0.185, 0.195))
def test_women_with_work_lie_inside_the_range(women, jobless):
    """Of a hundred asked ``women`` are women, and a part of ``jobless`` of all are women without
    work."""
    value, low, high = people.women_with_work(women / 100)
    assert low - 1e-9 <= 1 - jobless / (women / 100) <= high + 1e-9
    assert value == pytest.approx(1 - 0.19 / 0.5)


@given(st.floats(0.35, 1), st.floats(0.185, 0.195), st.floats(0, 1))
def test_people_with_work_lie_inside_the_range(women, jobless, part):
    """A crowd with this share of women, of whom ``jobless`` of all have no work; men have none at
    most as often as women."""
    men_without = part * jobless / women * (1 - women)
    value, low, high = people.with_work(1, 0.35)
    assert low - 1e-9 <= 1 - jobless - men_without <= high + 1e-9
    assert value == pytest.approx(1 - 2 * 0.19)
    # No assumption is needed for the upper end: it stays where it is whatever men do.
    assert people.with_work(0.1, 0.35)[2] == high


# Activity


def test_chi_square_by_hand():
    # 50 and 50 of 100 against 60 and 40: 10 * 10 / 60 + 10 * 10 / 40 = 4.1667; p of that with one
    # degree of freedom is 0.0412.
    p = work.chi_square_p(np.array([0.5, 0.5]), np.array([0.6, 0.4]), 100)
    assert p == pytest.approx(0.0412, abs=5e-5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.sampled_from(["employed", "inactive"]))
def test_no_spread_of_the_other_ages_leaves_the_bounds(parts, activity):
    assume(sum(parts) > 0.01)
    groups = (work.YOUNG, *work.OLDER)
    weights = {group: part / sum(parts) for group, part in zip(groups, parts, strict=True)}
    value, low, high = work.expected(activity, work.YOUNG)
    assert low < value < high
    assert low - 1e-9 <= work.same_ages(activity, weights) <= high + 1e-9


# Contracts and diplomas
