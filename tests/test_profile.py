"""The chapter ``profile``: cases worked by hand, and properties that must hold whatever the numbers are."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tallybook.model.numbers import Registry

from microwork import claims, intervals, profile
from microwork.claims import Verdict
from microwork.profile import inputs, people, sample, standing, work
from microwork.profile.figures import ENDS

EXPORTS = (
    "women", "age-25-44", "main-job", "inactive", "above-bac2", "women-z", "women-odds-ratio", "age-25-44-ratio", "activity-p",
    "candidate-n-count", "education-ratio",
)  # fmt: skip
fractions = st.floats(0.001, 0.999)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(profile.numbers())


@pytest.fixture(scope="module")
def judged(registry):
    everything = claims.claims()
    return claims.settle(everything, profile.judgements(everything, registry), ["profile"], registry)


# How many answered


@pytest.mark.parametrize(
    ("printed", "n", "count"),
    [
        ("44.93", 908, 408),  # 408 / 908 = 0.449339..., prints 44.93
        ("44.93", 1000, None),  # a thousand has one decimal only: 44.9, then 45.0
        ("44.93", 69, 31),  # 31 / 69 = 0.449275..., prints 44.93
        ("44.93", 919, None),  # 412 / 919 = 44.831..., 413 / 919 = 44.940...
        ("56.1", 803, None),  # 450 / 803 = 56.040... prints 56.0, and 451 / 803 = 56.164... prints 56.2
        ("13", 8, 1),  # 1 / 8 = 12.5: a tie, rounded up
        ("12", 8, 1),  # the same tie, rounded to the even digit
        ("37", 8, None),  # 3 / 8 = 37.5: both customs print 38
        ("38", 8, 3),
        ("0", 300, 0),
        ("100", 300, 300),  # and not 301
    ],
)
def test_a_count_that_prints_a_percentage(printed, n, count):
    assert sample.count_that_prints(Decimal(printed), n) == count


@given(st.integers(1, 1200), st.floats(0, 1), st.integers(0, 2), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_what_a_count_prints_is_found_again(n, where, places, custom):
    count = round(where * n)
    printed = (Decimal(100 * count) / Decimal(n)).quantize(Decimal(1).scaleb(-places), rounding=custom)
    found = sample.count_that_prints(printed, n)
    assert found is not None
    assert abs(Decimal(100 * found) / Decimal(n) - printed) <= Decimal("0.5").scaleb(-places)


@given(st.integers(1, 400), st.integers(0, 10_000))
def test_no_count_is_overlooked(n, hundredths):
    """Against trying every count with the two roundings of ``decimal``."""
    printed = Decimal(hundredths).scaleb(-2)
    tried = {
        count
        for count in range(n + 1)
        for custom in (ROUND_HALF_UP, ROUND_HALF_EVEN)
        if (Decimal(100 * count) / Decimal(n)).quantize(Decimal("0.01"), rounding=custom) == printed
    }
    found = sample.count_that_prints(printed, n)
    assert (found in tried) if tried else (found is None)


def test_a_percentage_above_hundred_or_no_respondents_are_refused():
    with pytest.raises(ValueError, match="101"):
        sample.count_that_prints(Decimal("101"), 10)
    with pytest.raises(ValueError, match="n = 0"):
        sample.count_that_prints(Decimal("10"), 0)


def test_a_share_is_printed_with_the_decimals_of_its_source():
    assert [str(sample.as_printed(name)) for name in ("money-motive", "women", "main-job")] == ["44.93", "56.1", "64"]


def test_numbers_that_print_all_shares_print_each():
    frame = sample.candidates()
    assert list(frame["n"]) == list(range(800, 1021))
    for name in sample.FINE:
        assert set(sample.survivors("all")) <= set(sample.survivors(name))
    # Two decimals are met by about one number in ten, one decimal by nearly all: 0.01 % of 900 is 0.09 persons, 0.1 % is 0.9.
    assert 0.06 < frame["money-motive"].mean() < 0.12
    assert 0.80 < frame["women"].mean() < 0.97


def test_two_printed_forms_of_one_share_leave_a_narrow_stretch():
    # 43.5 is anything from 43.45 to 43.55, 43 anything from 42.5 to 43.5: both at once from 43.45 to 43.50.
    assert sample.rounded_twice() == pytest.approx((0.4345, 0.4350))


# Errors


def test_wilson_by_hand():
    # p = 1/2, n = 100, z = 1.96: centre (0.5 + 0.0192073) / 1.0384146 = 0.5,
    # half width 1.96 * sqrt(0.25 / 100 + 3.8414588 / 40000) / 1.0384146 = 0.0961687.
    assert intervals.wilson(0.5, 100) == pytest.approx((0.4038313, 0.5961687), abs=2e-6)


def test_z_by_hand():
    # (0.6 - 0.5) / sqrt(0.25 / 100) = 2; two-sided p of 2 is 0.0455.
    z, p = intervals.z_against(0.6, 100, 0.5)
    assert z == pytest.approx(2)
    assert p == pytest.approx(0.0455, abs=5e-5)


def test_worst_case_by_hand():
    # Two in a hundred answered, 56.1 % of them women: 0.02 * 0.561 = 0.01122, and at most the 0.98 silent ones more.
    assert intervals.manski(0.561, 0.02) == pytest.approx((0.01122, 0.99122))


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
    assert intervals.undo_selection(observed, rate_with / rate_without) == pytest.approx(truth, rel=1e-6)


@given(fractions, fractions)
def test_the_odds_ratio_is_the_selection_that_erases_a_gap(observed, benchmark):
    assert intervals.undo_selection(observed, intervals.odds_ratio(observed, benchmark)) == pytest.approx(benchmark, rel=1e-9)


@given(fractions, st.floats(1, 20), st.floats(1, 20), st.floats(-1, 1))
def test_selection_up_to_a_strength_stays_inside_its_bounds(observed, strength, more, how):
    low, high = intervals.selection_bounds(observed, strength)
    assert low - 1e-12 <= observed <= high + 1e-12
    assert low - 1e-12 <= intervals.undo_selection(observed, strength**how) <= high + 1e-12
    wider = intervals.selection_bounds(observed, strength * more)
    assert wider[0] <= low + 1e-12 and high <= wider[1] + 1e-12


def test_impossible_errors_are_refused():
    for wrong in (
        lambda: intervals.manski(0.5, 0),
        lambda: intervals.manski(1.2, 0.5),
        lambda: intervals.selection_bounds(0.5, 0.9),
        lambda: intervals.odds_ratio(1.0, 0.5),
        lambda: intervals.undo_selection(0.5, 0),
        lambda: intervals.z_against(0.5, 10, 0),
    ):
        with pytest.raises(ValueError, match="wanted"):
            wrong()


@settings(max_examples=15, deadline=None)
@given(st.floats(0.3, 0.7), st.sampled_from([-0.08, 0.06, 0.1]))
def test_the_smallest_number_is_the_first_that_tells_a_share_apart(value, gap):
    n = sample.smallest_n(value, value + gap)
    low, high = intervals.wilson(value, n)
    assert not low <= value + gap <= high
    low, high = intervals.wilson(value, n - 1)
    assert low <= value + gap <= high


# Women and ages


def test_ages_add_up_and_must_fall_on_five_year_groups():
    assert inputs.census(15, 24) + inputs.census(25, 44) + inputs.census(45, 64) == inputs.census(15, 64)
    assert inputs.census(15, 64, "women") + inputs.census(15, 64, "men") == inputs.census(15, 64)
    assert inputs.census(15, None) > inputs.census(15, 99)
    with pytest.raises(ValueError, match="five-year"):
        inputs.census(18, 64)


def test_women_by_hand():
    # Women and men aged 15 to 19 in the census: 2,007,360 and 2,121,599.
    assert people.women(15, 19) == pytest.approx(2_007_360 / (2_007_360 + 2_121_599))


def test_the_pyramid_has_the_margins_of_both():
    frame = people.pyramid()
    assert frame["france"].sum() == pytest.approx(100)
    assert frame["survey"].sum() == pytest.approx(100)
    band = frame["age_low"].between(25, 44)
    assert frame.loc[band, "survey"].sum() == pytest.approx(63.4)
    assert frame.loc[frame["sex"] == "women", "survey"].sum() == pytest.approx(56.1)
    assert frame.loc[band, "france"].sum() == pytest.approx(100 * people.core_share(15, 64))
    # Inside a cell the ages keep the proportions of the census.
    cell = frame[band & (frame["sex"] == "women")]
    assert np.ptp(cell["survey"] / cell["france"]) < 1e-9


def test_men_are_turned_into_women():
    # Egypt: 76 % men of over 600 persons, so 24 % women, and an interval because the number is known.
    frame = people.women_elsewhere().set_index("place")
    assert frame.loc["Egypt", "women"] == pytest.approx(24)
    assert frame.loc["Egypt", "low"] < 24 < frame.loc["Egypt", "high"]
    assert np.isnan(frame.loc["Brazil", "low"])
    assert list(frame["women"]) == sorted(frame["women"], reverse=True)


def test_women_without_work_in_the_most_active_class():
    # 43 of every 72.1 women: 59.6 %.
    assert people.jobless_in_most_active() == pytest.approx(43 / 72.1)


# Activity


def test_chi_square_by_hand():
    # 50 and 50 of 100 against 60 and 40: 10 * 10 / 60 + 10 * 10 / 40 = 4.1667; p of that with one degree of freedom is 0.0412.
    assert work.chi_square_p(np.array([0.5, 0.5]), np.array([0.6, 0.4]), 100) == pytest.approx(0.0412, abs=5e-5)


def test_three_states_add_up():
    # 64 with a main job, 27.9 inactive: 8.1 are left.
    assert work.survey_activity() == pytest.approx([0.64, 0.081, 0.279])
    # 26.7, 2.7 and 11.5 million of 40.9.
    assert work.national_activity() == pytest.approx([26.7 / 40.9, 2.7 / 40.9, 11.5 / 40.9])
    assert work.national_activity("census").sum() == pytest.approx(1)


def test_rounding_moves_the_test_both_ways(registry):
    p = registry["profile.activity-p"]
    assert p.low < p.value < p.high
    assert work.rounding_of("main-job") == pytest.approx((0.635, 0.645))


def test_same_ages_by_hand():
    # 63.4 % at the rate of 25 to 49 (80.5 %), the others all at that of 15 to 24 (30 %): 0.634 * 80.5 + 0.366 * 30 = 62.017.
    assert work.same_ages("employment", {(15, 24): 1.0}) == pytest.approx(0.62017)
    # Half of the others of 50 to 64 (62.1 %), half over 64 and not employed: 0.634 * 80.5 + 0.183 * 62.1 = 62.4013.
    assert work.same_ages("employment", {(50, 64): 0.5, work.OLD: 0.5}) == pytest.approx(0.624013)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.sampled_from(["employment", "active"]))
def test_no_spread_of_the_other_ages_leaves_the_bounds(parts, measure):
    assume(sum(parts) > 0.01)
    weights = {group: part / sum(parts) for group, part in zip(work.OTHERS, parts, strict=True)}
    low, high = work.same_ages_bounds(measure)
    assert low - 1e-9 <= work.same_ages(measure, weights) <= high + 1e-9


def test_the_others_are_weighted_as_in_the_census():
    weights = work.census_weights()
    assert sum(weights.values()) == pytest.approx(1)
    assert weights[(15, 24)] / weights[(50, 64)] == pytest.approx(inputs.census(15, 24) / inputs.census(50, 64))
    assert (15, 24) not in work.census_weights(young=False)


@pytest.mark.parametrize("extra", [(15, 24), work.OLD])
@pytest.mark.parametrize("target", [0.64, 0.68, 0.72])
def test_the_needed_share_gives_the_target_back(extra, target):
    part = work.needed(target, extra) / (1 - inputs.share("age-25-44"))
    weights = {group: (1 - part) * w for group, w in work.census_weights(young=False).items()}
    weights[extra] = weights.get(extra, 0) + part
    assert work.same_ages("employment", weights) == pytest.approx(target)


def test_a_target_out_of_reach_gives_the_nearer_end():
    assert work.needed(0.10, (15, 24)) == pytest.approx(1 - inputs.share("age-25-44"))
    assert work.needed(0.99, (15, 24)) == 0


def test_the_curve_runs_from_none_under_25_to_all_others_under_25():
    frame = work.by_under_25()
    assert frame["expected"].iloc[0] == pytest.approx(100 * work.same_ages("employment", work.census_weights(young=False)))
    assert frame["expected"].iloc[-1] == pytest.approx(62.017)
    assert frame["expected"].is_monotonic_decreasing


def test_rates_by_sex_lie_between_those_of_the_sexes():
    # At most what men aged 25 to 54 have, at least what women aged 15 to 24 have.
    lowest, highest = (inputs.benchmark(f"census-employment-{who}") for who in ("women-15-24", "men-25-54"))
    assert lowest < work.same_ages_by_sex() < highest


# Contracts and diplomas


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=50))
def test_the_most_of_a_group_holds_for_any_crowd(crowd):
    """Each person is in the group or not, and has the trait or not."""
    group = [trait for member, trait in crowd if member]
    assume(group)
    share = sum(trait for _, trait in crowd) / len(crowd)
    assert sum(group) / len(group) <= standing.most_within(share, len(group) / len(crowd)) + 1e-12


def test_part_time_by_hand():
    # 56.1 % women at 30.4 % and 43.9 % men at 7.9 %: 17.0544 + 3.4681 = 20.5225 %.
    assert standing.part_time_expected() == pytest.approx(0.205225)


def test_education_ratio_by_hand():
    value, low, high = standing.education_ratio()
    assert value == pytest.approx(43.5 / 33)
    sampled = intervals.wilson(0.435, 1000)
    # The benchmark is printed as 33, so it may be anything from 32.5 to 33.5.
    assert (low, high) == pytest.approx((sampled[0] / 0.335, sampled[1] / 0.325))


# The chapter as a whole


def test_every_exported_number_is_there(registry):
    assert {f"profile.{name}" for name in EXPORTS} <= {number.id for number in registry}


def test_shares_carry_their_sampling_interval(registry):
    for name, n in (("women", 1000), ("age-25-44", 1000), ("main-job", 1000), ("inactive", 1000), ("above-bac2", 1000)):
        number = registry[f"profile.{name}"]
        low, high = intervals.wilson(number.value / 100, n)
        assert (number.low, number.high) == pytest.approx((100 * low, 100 * high))


def test_no_share_with_an_interval_shows_more_decimals_than_its_source(registry):
    for name in ("money-motive", "women", "age-25-44", "main-job", "inactive", "cdi", "cdi-full-time", "above-bac2"):
        assert registry[f"profile.{name}"].decimals == min(1, inputs.printed_decimals(name))


def test_a_number_knows_the_rows_it_was_made_of(registry):
    def rows(name):
        return {(fact.table.removeprefix("profile/"), fact.row) for fact in registry[f"profile.{name}"].facts}

    band = {("population", f"{sex}/{age}") for sex in ("men", "women") for age in (25, 30, 35, 40)}
    assert rows("women-z-core") == band | {("shares", "women")}
    assert rows("cdi-among-employed") == {("shares", "cdi"), ("shares", "main-job"), ("assumptions", "level")}
    # With everyone of the others over 64 or over 44, no rate and no count of people under 25 has a part in it.
    older = {("population", f"{sex}/{age}") for sex in ("men", "women") for age in (45, 50, 55, 60)}
    rates = {("benchmarks", "employment-25-49"), ("benchmarks", "employment-50-64"), ("assumptions", "employment-65-plus")}
    assert rows("over-64-needed") == older | rates | {("shares", "main-job"), ("shares", "age-25-44")}


def test_every_interval_says_what_it_leaves_out(registry):
    for number in registry:
        if number.low is not None:
            assert "Covers" in number.covers or "Takes in" in number.covers, number.id
            assert "Does not cover" in number.covers, number.id


def test_verdicts_follow_from_the_numbers(judged, registry):
    assert len(judged) == 13
    # A third is above the upper end of the share of inactive respondents.
    assert registry["profile.inactive"].high < 33.3
    assert judged["inactive-third"].verdict is Verdict.OVERSTATED
    assert registry["profile.education-ratio"].low > 1
    assert judged["more-educated"].verdict is Verdict.CONSISTENT
    # 56.1 prints as 56: the same figure, and so no check of it. The reason has to say so.
    assert judged["women-foulefactory"].verdict is Verdict.REPRODUCED
    assert "circular" in judged["women-foulefactory"].reason


def test_what_was_printed_is_shown_as_it_was_printed():
    frame = profile.published()
    assert list(frame["printed"])[:3] == ["56.1 %", "56 %", "63.4 %"]
    assert "a third" in set(frame["printed"])
    assert frame["where"].iloc[0] == "Casilli 2019"


def test_errors_grow_from_sampling_to_no_assumption():
    frame = profile.errors()
    for narrow, wide in (("", "small_"), ("small_", "selected_"), ("selected_", "worst_")):
        assert (frame[f"{wide}low"] < frame[f"{narrow}low"]).all()
        assert (frame[f"{wide}high"] > frame[f"{narrow}high"]).all()


def test_spans_are_the_errors_in_words():
    frame = profile.spans().set_index("trait")
    assert frame.loc["Women", "luck of the draw"] == "53 to 59"  # Wilson, 1,000 persons: 53.0 to 59.1
    assert frame.loc["Women", "nothing assumed"] == "1 to 99"  # 1.122 to 99.122


def test_each_comparison_has_one_survey_row_and_its_benchmarks():
    frame = profile.comparisons()
    for _, rows in frame.groupby("trait"):
        assert list(rows["kind"]).count("found") == 1
        assert len(rows) >= 3
    survey = frame[frame["kind"] == "found"]
    assert (survey["low"] < survey["value"]).all() and (survey["value"] < survey["high"]).all()
    assert set(profile.selection()["trait"]) == set(frame["trait"])


# Drawings


@given(fractions, st.integers(300, 1020), st.floats(1, 4))
def test_the_sliders_compute_what_python_computes(value, answers, strength):
    """The Vega expressions are plain arithmetic, so Python can run them with ``datum`` as an object."""
    datum = SimpleNamespace(share=value, z=1.959963984540054)
    for name, expression in ENDS.items():
        setattr(datum, name, eval(expression, {"datum": datum, "answers": answers, "strength": strength, "sqrt": math.sqrt}))
    low, high = intervals.wilson(value, answers)
    assert datum.low == pytest.approx(100 * intervals.undo_selection(low, strength), abs=1e-6)
    assert datum.high == pytest.approx(100 * intervals.undo_selection(high, 1 / strength), abs=1e-6)
