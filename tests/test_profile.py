"""The chapter ``profile``: cases worked by hand, and properties that must hold whatever the numbers
are."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tallybook import claims, data
from tallybook.claims import Verdict
from tallybook.model.numbers import Registry

from microwork import intervals, profile
from microwork.derive import census_2018, crowd_people, hours_sample, mturk_people
from microwork.derive.__main__ import DERIVATIONS
from microwork.derive.raw import RawError
from microwork.profile import crowds, homes, inputs, neighbours, people, sample, standing, work

DERIVED = (mturk_people, census_2018, hours_sample, crowd_people)
SAMPLED = ("women", "age-25-44", "main-job", "inactive", "above-bac2")
fractions = st.floats(0.001, 0.999)


def parts(number):
    """Value, low and high of a number; fractions, where it is in percent."""
    scale = 100 if number.unit in ("percent", "points") else 1
    return tuple(part / scale for part in (number.value, number.low, number.high))


def raw(columns, *rows):
    """Rows of a raw file; the cells that a row does not name are empty."""
    names = columns.split()
    padded = [(*row, *[None] * (len(names) - len(row))) for row in rows]
    return pd.DataFrame(padded, columns=names)


def sampled(having, everyone):
    """A share counted by hand, and Wilson's interval."""
    return having / everyone, *intervals.wilson(having / everyone, everyone)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(profile.numbers())


@pytest.fixture(scope="module")
def judged(registry):
    everything = claims.claims()
    return claims.settle(
        everything, profile.judgements(everything, registry), ["profile"], registry
    )


# How many answered


@pytest.mark.parametrize(
    ("printed", "n", "count"),
    [
        ("44.93", 908, 408),  # 408 / 908 = 0.449339..., prints 44.93
        ("44.93", 1000, None),  # a thousand has one decimal only: 44.9, then 45.0
        ("44.93", 69, 31),  # 31 / 69 = 0.449275..., prints 44.93
        ("44.93", 919, None),  # 412 / 919 = 44.831..., 413 / 919 = 44.940...
        (
            "56.1",
            803,
            None,
        ),  # 450 / 803 = 56.040..., prints 56.0; 451 / 803 = 56.164..., prints 56.2
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


def printed_by(count, n, places, custom):
    return (Decimal(100 * count) / Decimal(n)).quantize(Decimal(1).scaleb(-places), rounding=custom)


CUSTOMS = (ROUND_HALF_UP, ROUND_HALF_EVEN)


@given(st.integers(1, 1200), st.floats(0, 1), st.integers(0, 2), st.sampled_from(CUSTOMS))
def test_what_a_count_prints_is_found_again(n, where, places, custom):
    printed = printed_by(round(where * n), n, places, custom)
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
        if printed in {printed_by(count, n, 2, custom) for custom in CUSTOMS}
    }
    found = sample.count_that_prints(printed, n)
    assert (found in tried) if tried else (found is None)


@pytest.mark.parametrize(("printed", "n", "says"), [("101", 10, "101"), ("10", 0, "n = 0")])
def test_a_percentage_above_hundred_or_no_respondents_are_refused(printed, n, says):
    with pytest.raises(ValueError, match=says):
        sample.count_that_prints(Decimal(printed), n)


def test_a_share_is_printed_with_the_decimals_of_its_source():
    shown = [str(sample.as_printed(name)) for name in ("money-motive", "women", "main-job")]
    assert shown == ["44.93", "56.1", "64"]


def test_the_range_of_numbers_that_print_the_money_share(registry):
    number = registry["profile.candidate-n-below"]
    passing = [
        n for n in range(800, 1021) if any(round(100 * k / n, 2) == 44.93 for k in range(n + 1))
    ]
    below = max(n for n in passing if n < 1000)
    assert parts(number) == (below, passing[0], passing[-1])


# Errors


def test_wilson_by_hand():
    # p = 1/2, n = 100, z = 1.96: centre (0.5 + 0.0192073) / 1.0384146 = 0.5,
    # half width 1.96 * sqrt(0.25 / 100 + 3.8414588 / 40000) / 1.0384146 = 0.0961687.
    assert intervals.wilson(0.5, 100) == pytest.approx((0.4038313, 0.5961687), abs=2e-6)


def test_z_by_hand():
    # (0.6 - 0.5) / sqrt(0.25 / 100) = 2; two-sided p of 2 is 0.0455.
    assert intervals.z_against(0.6, 100, 0.5) == pytest.approx((2, 0.0455), abs=5e-5)


def test_worst_case_by_hand():
    # Two in a hundred answered, 56.1 % of them women: 0.02 * 0.561 = 0.01122, and at most the 0.98
    # silent ones more.
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
    undone = intervals.undo_selection(observed, rate_with / rate_without)
    assert undone == pytest.approx(truth, rel=1e-6)


@given(fractions, fractions)
def test_the_odds_ratio_is_the_selection_that_erases_a_gap(observed, benchmark):
    undone = intervals.undo_selection(observed, intervals.odds_ratio(observed, benchmark))
    assert undone == pytest.approx(benchmark, rel=1e-9)


@given(fractions, st.floats(1, 20), st.floats(1, 20), st.floats(-1, 1))
def test_selection_up_to_a_strength_stays_inside_its_bounds(observed, strength, more, how):
    low, high = intervals.selection_bounds(observed, strength)
    assert low - 1e-12 <= observed <= high + 1e-12
    assert low - 1e-12 <= intervals.undo_selection(observed, strength**how) <= high + 1e-12
    wider = intervals.selection_bounds(observed, strength * more)
    assert wider[0] <= low + 1e-12 and high <= wider[1] + 1e-12


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (intervals.manski, (0.5, 0)),
        (intervals.manski, (1.2, 0.5)),
        (intervals.selection_bounds, (0.5, 0.9)),
        (intervals.odds_ratio, (1.0, 0.5)),
        (intervals.undo_selection, (0.5, 0)),
        (intervals.z_against, (0.5, 10, 0)),
    ],
)
def test_impossible_errors_are_refused(function, arguments):
    with pytest.raises(ValueError, match="expected"):
        function(*arguments)


# Women and ages


def test_ages_add_up_and_must_fall_on_five_year_groups():
    census = inputs.census
    assert census(15, 24) + census(25, 44) + census(45, 64) == census(15, 64)
    assert census(15, 64, "women") + census(15, 64, "men") == census(15, 64)
    assert census(15, None) > census(15, 99)
    with pytest.raises(ValueError, match="five-year"):
        census(18, 64)


def test_women_by_hand():
    # Women and men aged 15 to 19 in the census: 2,007,360 and 2,121,599.
    assert people.women(15, 19) == pytest.approx(2_007_360 / (2_007_360 + 2_121_599))


def test_adults_are_held_against_adults():
    # Both censuses count the same people: a minor is in the older of the two bases, and no one else
    # is.
    share = inputs.stated(25, 44) / inputs.stated(15, 64)
    assert people.core_share(15, 64) == pytest.approx(share, rel=2e-3)
    minors = inputs.stated(15, 17)
    assert inputs.stated(18, 64) == pytest.approx(inputs.stated(15, 64) - minors)
    bases = [people.core_share(*ages) for ages in ((15, None), (15, 64), (18, 64), (20, 64))]
    assert bases == sorted(bases)
    with pytest.raises(ValueError, match="first ages"):
        inputs.stated(16, 64)


def test_the_two_tables_of_the_census_agree():
    """POP1B counts five-year groups, the other file single years: the groups of ten years must come
    out alike."""
    for low, high in ((25, 34), (35, 44), (45, 54), (55, 64)):
        for sex in ("men", "women"):
            counted = inputs.census(low, high, sex)
            assert inputs.stated(low, high, sex=sex) == pytest.approx(counted, rel=2e-3)


# Other platforms


def test_workers_of_mechanical_turk_by_hand():
    # United States: 2,640 + 1,655 + 603 + 404 + 37 + 17 women of 9,580 workers.
    women = partial(neighbours.mturk, *neighbours.WOMEN, "United States")
    assert women() == pytest.approx(sampled(5356, 9580))
    # Seen five times or more: 54 women of 115 there.
    assert women(("5 or more",))[0] == pytest.approx(54 / 115)


def test_the_groups_of_mechanical_turk_add_up():
    frame = data.table("profile/mturk-2015")
    for column in ("country", "answers"):
        parts = frame.groupby(column)["workers"].sum()
        wanted = [(one,) if column == "answers" else one for one in parts.index]
        shares = [neighbours.mturk(*neighbours.WOMEN, **{column: one})[0] for one in wanted]
        together = neighbours.mturk(*neighbours.WOMEN)[0]
        assert np.average(shares, weights=parts) == pytest.approx(together)


BANDS = (neighbours.CORE, neighbours.CORE_BEFORE)  # ages after the birthday, and before it


def test_those_of_unsure_age_are_counted_one_way_or_the_other():
    frame = data.table("profile/mturk-2015").groupby("age")["workers"].sum()
    after, before = (neighbours.mturk(*band)[0] for band in BANDS)
    assert after - before == pytest.approx((frame["24 or 25"] - frame["44 or 45"]) / frame.sum())


def test_the_range_of_countries_by_hand():
    # Women: 5,356 of 9,580 in the United States, 534 of 1,484 in India, 180 of 463 elsewhere.
    value, low, high = neighbours.across(neighbours.WOMEN)
    assert value == pytest.approx((5356 + 534 + 180) / 11527)
    assert (low, high) == pytest.approx((534 / 1484, 5356 / 9580))
    # The ages may be counted before or after the birthday; both ways stay inside.
    _, low, high = neighbours.across(*BANDS)
    for band in BANDS:
        for country in neighbours.COUNTRIES:
            assert low <= neighbours.mturk(*band, country)[0] <= high


def test_ranges_of_shares_end_at_shares_and_not_at_ends_of_intervals(registry):
    """ "30 to 57 %" were the ends of intervals; the shares are these."""
    women, ages = registry["profile.women-elsewhere"], registry["profile.mturk-age-25-44-countries"]
    assert (women.low, women.high) == pytest.approx((34.7, 100 * (5356 + 534 + 180) / 11527))
    frame = data.table("profile/mturk-2015").groupby(["country", "age"])["workers"].sum().unstack()
    after = (frame["24 or 25"] + frame["25 to 44"]) / frame.sum(axis=1)
    before = (frame["25 to 44"] + frame["44 or 45"]) / frame.sum(axis=1)
    assert (ages.low, ages.high) == pytest.approx((100 * before.min(), 100 * after.max()))


def test_each_platform_counts_once_by_people_outside_the_team():
    """Women and persons by hand: from the table of 2015, from the German report, and from the two
    new files."""
    found = crowds.crowds()
    assert {place: persons for place, (_, persons) in found.items()} == {
        "Mechanical Turk, 2015": 11527,
        "Germany, two platforms, 2015": 408,
        "CrowdFlower, 2016": 3591,
        "Prolific, 2022": 294,
    }
    by_hand = [6070 / 11527, 0.347, 1263 / 3591, 113 / 294]
    assert [share for share, _ in found.values()] == pytest.approx(by_hand)
    together = (6070 + 0.347 * 408 + 1263 + 113) / (11527 + 408 + 3591 + 294)
    assert crowds.women_elsewhere()[0] == pytest.approx(together)
    assert crowds.majorities() == 1


def test_the_other_ways_count_mechanical_turk_otherwise_and_nothing_else():
    one, three, last = crowds.crowds(), crowds.by_country(), crowds.by_last_answers()
    shared = set(one) & set(three) & set(last)
    assert len(shared) == 3 and all(one[place] == three[place] == last[place] for place in shared)
    turk = [three[place] for place in set(three) - shared]
    assert sum(persons for _, persons in turk) == one["Mechanical Turk, 2015"][1]
    assert sum(share * persons for share, persons in turk) == pytest.approx(6070)
    assert last["Mechanical Turk, 2019"] == (pytest.approx(8826 / 19692), 3677)


def test_the_picture_has_the_survey_first_and_the_prediction_last():
    frame = crowds.surveys()
    first, *_, last = frame["place"]
    assert (first, last, len(frame)) == (crowds.SAID, crowds.NEXT, 6)
    assert list(frame["women"])[1:-1] == sorted(frame["women"][1:-1], reverse=True)
    assert ((frame["low"] < frame["women"]) & (frame["women"] < frame["high"])).all()


@pytest.mark.parametrize(
    ("name", "having", "everyone"),
    [
        ("crowd-women", 1263, 3591),
        ("crowd-degree", 1441 + 546 + 41, 3591),
        ("crowd-under-30", 79 + 1862, 3591 - 77),
        ("crowd-english", 666, 3591),
        ("prolific-women", 113, 113 + 181),
        ("prolific-age-25-44", 159, 123 + 159 + 13),
    ],
)
def test_shares_of_the_new_crowds_by_hand(registry, name, having, everyone):
    """Counted on the raw files by hand."""
    assert parts(registry[f"profile.{name}"]) == pytest.approx(sampled(having, everyone))


def test_answers_count_for_no_more_than_the_fewest_persons_behind_them(registry):
    """19,692 answers of 13,096 workers: at most 6,596 / 12 of them answered thirteen times, and the
    others once."""
    often = 6596 / 12
    persons = 19692**2 / (169 * often + 13096 - often)
    share = 8826 / 19692
    found = parts(registry["profile.mturk-women-2019-answers"])
    assert found == pytest.approx((share, *intervals.wilson(share, int(persons))))
    assert persons < 13096


@given(st.lists(st.integers(1, 13), min_size=1, max_size=60))
def test_no_spread_of_answers_leaves_fewer_persons(times):
    """Whatever each person answers, the effective number is at least that which is taken."""
    effective = sum(times) ** 2 / sum(one * one for one in times)
    fewest = intervals.fewest_persons(sum(times), len(times), 13)
    assert fewest <= effective + 1e-9 and effective <= len(times) + 1e-9
    assert intervals.fewest_persons(len(times), len(times), 13) == len(times)


@pytest.mark.parametrize(("answers", "persons"), [(5, 6), (0, 0), (27, 2)])
def test_fewer_answers_than_persons_are_refused(answers, persons):
    with pytest.raises(ValueError, match="expected one to 13"):
        intervals.fewest_persons(answers, persons, 13)


@pytest.mark.parametrize(
    ("trait", "group", "band", "off"),
    [("age", "25 to 44", neighbours.CORE, 0.03), ("sex", "women", neighbours.WOMEN, 0.02)],
)
def test_the_two_copies_of_the_standing_survey_agree(trait, group, band, off):
    """Of 2015, where both are kept: answers in the new table, workers in the old one."""
    answers = {**crowds.TURK_ANSWERS, "year": 2015}
    share, _ = crowds.found_in(inputs.CROWDS, answers, trait, (group,))
    assert share == pytest.approx(neighbours.mturk(*band)[0], abs=off)


def test_crowds_are_counted_by_trait_and_believed_until_2019():
    """One cell a row: a cell without a trait is of something else, and years from 2020 on are left
    out."""
    flower = ("CrowdFlower", 2016, "Detox-toxicity", "worker")
    turk = [("MTurk", year, "mturk-surveys") for year in (2019, 2020)]
    frame = raw(
        "platform year source unit n sex age_group education english_first",
        (*flower, 2, "female", "18-30", "bachelors", "no"),
        (*flower, 3, "female", "missing", "hs", "no"),
        ("Prolific", 2022, "logarithmic-lineups", "worker", 9),
        *((*one, "response", 5, "not female") for one in turk),
        *((*one, "worker", 5) for one in turk),
        ("CrowdFlower", 2013, "Trento-survey2", "worker", 9),
    )
    found = crowd_people.people(frame)[["platform", "year", "trait", "group", "count"]]
    assert sorted(found.to_numpy().tolist()) == [
        ["CrowdFlower", 2016, "age", "18 to 30", 2],
        ["CrowdFlower", 2016, "age", "not known", 3],
        ["CrowdFlower", 2016, "english first", "no", 5],
        ["CrowdFlower", 2016, "schooling", "bachelor", 2],
        ["CrowdFlower", 2016, "schooling", "high school", 3],
        ["CrowdFlower", 2016, "sex", "women", 5],
        ["Mechanical Turk", 2019, "all", "all", 5],
        ["Mechanical Turk", 2019, "sex", "men or not known", 5],
    ]


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


def test_the_next_place_lies_inside_as_often_as_is_said():
    """Places drawn again and again; the true share of a fifth lies inside 19 times in 20 or a
    little more often."""
    rng, persons, inside = np.random.default_rng(4), [9580, 1484, 463, 408], 0
    for _ in range(1000):
        truth = 1 / (1 + np.exp(-rng.normal(-0.4, 0.4, 5)))
        shares = rng.binomial(persons, truth[:4]) / persons
        _, low, high = intervals.next_place(list(shares), persons)
        inside += low <= truth[4] <= high
    assert 0.95 <= inside / 1000 <= 0.99


@given(st.lists(st.floats(0.05, 0.95), min_size=4, max_size=8), st.integers(50, 5000))
def test_the_next_place_does_not_care_for_names_or_order(shares, persons):
    value, low, high = intervals.next_place(shares, [persons] * len(shares))
    assert low <= value <= high
    other = intervals.next_place([1 - one for one in reversed(shares)], [persons] * len(shares))
    assert other == pytest.approx((1 - value, 1 - high, 1 - low), abs=1e-6)


@pytest.mark.parametrize(
    ("shares", "persons", "says"),
    [
        ([0.3, 0.5], [100, 100], "three places"),
        ([0.3, 0.5, 0.4], [100, 100], "three places"),
        ([0.3, 0.5, 0.4], [100, 100, 0], "three places"),
        ([0.3, 1.0, 0.4], [100, 100, 100], "above 0 and below 1"),
    ],
)
def test_too_few_places_predict_nothing(shares, persons, says):
    with pytest.raises(ValueError, match=says):
        intervals.next_place(shares, persons)


def test_one_more_crowd_may_have_nearly_any_share_of_women(registry):
    number = registry["profile.women-next-crowd"]
    shares, persons = zip(*crowds.crowds().values(), strict=True)
    assert parts(number) == pytest.approx(intervals.next_place(shares, persons))
    # It reaches far beyond all of them: no such survey can test one platform.
    assert number.low < 100 * min(shares) / 2 and number.high > 100 * max(shares) + 20


def test_no_way_to_count_mechanical_turk_decides_the_share_of_france(registry):
    """By country, or by its last answers, the range is narrower; it still holds figures off by a
    quarter of all people."""
    for name in ("women-next-crowd", "women-next-by-country", "women-next-last-answers"):
        number = registry[f"profile.{name}"]
        assert number.low < 56 - 25 and number.high > 56, name


def test_the_average_place_by_hand():
    """The three places of ``test_the_next_place_by_hand``: root of 0.639976 times Student's t with
    two degrees, 4.302653."""
    value, low, high = intervals.average_place([0.2, 0.5, 0.8], [400, 400, 400])
    assert value == pytest.approx(0.5)
    assert math.log(high / (1 - high)) == pytest.approx(4.302653 * math.sqrt(0.639976), rel=1e-5)
    assert low == pytest.approx(1 - high, abs=1e-12)


def test_the_average_place_lies_inside_as_often_as_is_said():
    rng, persons, inside = np.random.default_rng(5), [11527, 408, 3591, 294], 0
    for _ in range(1000):
        truth = 1 / (1 + np.exp(-rng.normal(-0.4, 0.4, 4)))
        _, low, high = intervals.average_place(
            list(rng.binomial(persons, truth) / persons), persons
        )
        inside += low <= 1 / (1 + math.exp(0.4)) <= high
    assert 0.94 <= inside / 1000 <= 0.99


def test_readiness_is_undone_at_every_end():
    """On odds; the sampling of each platform changes a little, and the ends of the prediction with
    it."""
    for asked in (crowds.next_crowd, crowds.average_crowd):
        for before, after in zip(asked(), asked(2), strict=True):
            assert after / (1 - after) == pytest.approx(before / (1 - before) / 2, rel=0.02)


def test_the_readiness_that_makes_the_american_majority():
    # 5,356 women and 4,224 men; undone at that readiness, both are as many.
    value, low, high = neighbours.women_odds()
    assert value == pytest.approx(5356 / 4224)
    assert intervals.undo_selection(5356 / 9580, value) == pytest.approx(0.5) and low < value < high


@pytest.mark.parametrize(
    ("often", "women", "workers"),
    [(neighbours.OFTEN, 54, 115), (neighbours.AGAIN, 681 + 226 + 100 + 54, 1246 + 402 + 173 + 115)],
)
def test_the_gap_of_those_who_come_often_by_another_formula(often, women, workers):
    """Newcombe's ends from the two Wilson intervals; 4,295 of 7,644 American workers seen once are
    women."""
    one, other = women / workers, 4295 / 7644
    (low1, high1), (low2, high2) = intervals.wilson(one, workers), intervals.wilson(other, 7644)
    gap = one - other
    low, high = math.hypot(one - low1, high2 - other), math.hypot(high1 - one, other - low2)
    found = neighbours.often_gap(*neighbours.WOMEN, often)
    assert found == pytest.approx((gap, gap - low, gap + high), abs=1e-9)


# Homes


def test_american_women_with_a_family_by_hand():
    # Of 5,356: 1,773 in a couple with others, 986 without one but with two others or more, 583
    # without one and with one other.
    low, high = sampled(1773, 5356)[1], sampled(1773 + 986 + 583, 5356)[2]
    assert homes.family("United States") == pytest.approx(((1773 + 986) / 5356, low, high))


def test_women_in_mid_life_by_hand():
    # Weights 14,958.36 of couples with children and 4,644.88 of single parents, of 24,918.36;
    # squares add up to 4,991,384.9.
    assert homes.in_mid_life(*homes.CHILDREN)[0] == pytest.approx((14958.36 + 4644.88) / 24918.36)
    value, *ends = homes.in_mid_life("one parent with children")
    assert ends == pytest.approx(intervals.wilson(value, int(24918.36**2 / 4_991_384.9)))


def test_the_women_of_both_tables_of_mechanical_turk_are_the_same():
    women = data.rows("profile/mturk-2015", {"sex": "women"})
    homes_of_women = data.table("profile/mturk-women-homes")
    one, other = (frame.groupby("country")["workers"].sum() for frame in (women, homes_of_women))
    assert one.to_dict() == other.to_dict()


def test_the_lead_of_graduates_by_hand():
    # 51 % against 36 %, both printed without decimals.
    low, high = intervals.wilson(0.505, 3370)[0], intervals.wilson(0.515, 3370)[1]
    assert neighbours.graduates() == pytest.approx((51 / 36, low / 0.365, high / 0.355))


# How the derived tables are made


@pytest.mark.parametrize("module", DERIVED)
def test_each_derivation_is_listed_and_asks_for_its_raw_file(module, tmp_path):
    assert module.__name__.rsplit(".", 1)[-1] in DERIVATIONS
    assert {path.removesuffix(".csv") for path in module.OUTPUTS} <= set(data.names())
    name, raw = next(iter(module.RAW.items()))
    with pytest.raises(RawError) as caught:
        module.derive(tmp_path)
    assert name in str(caught.value) and raw.where in str(caught.value)


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
    table = mturk_people.counted(found)
    assert len(table) == 72 and table["workers"].sum() == 4


def test_the_census_is_summed_into_groups():
    words = ("Homme", census_2018.ABOVE_BAC2)
    frame = raw(
        "year age sex diploma activity population",
        (2018, 17, *words, "Anciens actifs", 1.4),
        (2018, 18, *words, "Chômeurs", 2.3),
        (2018, 24, *words, "Chômeurs", 3.4),
        (2013, 24, *words, "Chômeurs", 9.0),
        (2018, 65, *words, "Chômeurs", 9.0),
    )
    rows = census_2018.grouped(frame).to_numpy().tolist()
    assert rows == [["men", 15, 17, "inactive", "yes", 1], ["men", 18, 24, "unemployed", "yes", 6]]


def test_only_the_employed_with_known_hours_are_summed():
    frame = raw(
        "activity time sex weights",
        ("occupied", "part", "female", 1.0),
        ("occupied", "part", "female", 3.0),
        ("occupied", "unknown", "female", 5.0),
        ("inactive", "part", "female", 7.0),
    )
    assert hours_sample.summed(frame).to_numpy().tolist() == [["women", "part time", 2, 4.0, 10.0]]


def test_women_in_mid_life_are_summed_by_home():
    frame = raw(
        "sex age household weights",
        ("female", "[30,40)", "monop", 1.0),
        ("female", "[40,50)", "monop", 3.0),
        ("male", "[30,40)", "monop", 9.0),
        ("female", "[15,30)", "monop", 9.0),
        ("female", "[30,40)", "single", 2.0),
    )
    assert hours_sample.homes(frame).to_numpy().tolist() == [
        ["no children", 1, 2.0, 4.0],
        ["one parent with children", 2, 4.0, 10.0],
    ]


def test_women_are_counted_by_couple_and_home_at_their_first_answer():
    answers = raw(
        "worker country gender marital_status household_size",
        (1, "US", "female", "cohabitating", "5+"),
        (1, "US", "female", "single", "1"),
        (2, "FR", "female", "engaged", "2"),
        (3, "US", "male", "married", "2"),
    )
    table = mturk_people.homes(answers)
    assert len(table) == 18
    assert table[table["workers"] > 0].to_numpy().tolist() == [
        ["United States", "yes", "3 or more", 1],
        ["elsewhere", "no", "2", 1],
    ]


# The other survey of the platform


def test_women_without_work_in_the_most_active_class():
    # 43 of every 72.1 women: 59.6 %.
    assert people.jobless_in_most_active() == pytest.approx(43 / 72.1)


@given(st.integers(20, 72), st.floats(0.185, 0.195))
def test_women_with_work_lie_inside_the_range(women, jobless):
    """Of a hundred asked ``women`` are women, and a part of ``jobless`` of all are women without
    work."""
    value, low, high = people.women_with_work(women / 100)
    assert low - 1e-9 <= 1 - jobless / (women / 100) <= high + 1e-9
    assert value == pytest.approx(1 - 0.19 / 0.5)


def test_fewer_women_than_women_without_work_are_refused():
    for asked in (people.women_with_work, lambda least: people.with_work(1, least)):
        with pytest.raises(ValueError, match="above 0.195"):
            asked(0.19)
    with pytest.raises(ValueError, match="more than all men"):
        people.with_work(3, 0.35)


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


def test_people_with_work_if_men_are_like_women():
    # 19 of a hundred are women without work, of 56.1 women: 33.87 %. If men are alike, 66.13 % have
    # work.
    value, low, high = people.work_if_alike()
    assert value == pytest.approx(1 - 19 / 56.1)
    women = intervals.wilson(0.561, 1000)
    assert (low, high) == pytest.approx((1 - 0.195 / women[0], 1 - 0.185 / women[1]))


# Activity


def test_chi_square_by_hand():
    # 50 and 50 of 100 against 60 and 40: 10 * 10 / 60 + 10 * 10 / 40 = 4.1667; p of that with one
    # degree of freedom is 0.0412.
    p = work.chi_square_p(np.array([0.5, 0.5]), np.array([0.6, 0.4]), 100)
    assert p == pytest.approx(0.0412, abs=5e-5)


def test_three_states_add_up():
    # 64 with a main job, 27.9 inactive: 8.1 are left.
    assert work.survey_activity() == pytest.approx([0.64, 0.081, 0.279])
    # 26.7, 2.7 and 11.5 million of 40.9.
    assert work.national_activity() == pytest.approx([26.7 / 40.9, 2.7 / 40.9, 11.5 / 40.9])


def test_rounding_moves_the_test_both_ways(registry):
    p = registry["profile.activity-p"]
    assert p.low < p.value < p.high
    assert inputs.rounded("main-job") == pytest.approx((0.64, 0.635, 0.645))


def test_the_other_ages_change_only_their_own_part():
    # Women's and men's rates at 25 to 44, at 56.1 % and 43.9 %, are 63.4 % of the result; the rest
    # is the others' rate.
    young = work.same_ages("employed", {(15, 24): 1.0})
    by_hand = sum(
        part * among * work.stated_rate("employed", ages, sex)
        for part, sex in ((0.561, "women"), (0.439, "men"))
        for among, ages in ((0.634, (25, 44)), (0.366, (15, 24)))
    )
    assert young == pytest.approx(by_hand)


def test_a_rate_by_hand():
    # Census of 2018, women aged 25 to 44: employed over all.
    frame = data.table("profile/census-2018")
    rows = frame[(frame["sex"] == "women") & frame["age_low"].isin([25, 35])]
    employed = rows.loc[rows["activity"] == "employed", "persons"].sum()
    found = work.stated_rate("employed", (25, 44), "women")
    assert found == pytest.approx(employed / rows["persons"].sum())


def test_the_three_activities_of_the_same_ages_add_up_to_one():
    weights = work.census_weights(((15, 24), *work.OLDER))
    assert sum(work.same_ages(state, weights) for state in work.STATES) == pytest.approx(1)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=3), st.sampled_from(["employed", "inactive"]))
def test_no_spread_of_the_other_ages_leaves_the_bounds(parts, activity):
    assume(sum(parts) > 0.01)
    groups = (work.YOUNG, *work.OLDER)
    weights = {group: part / sum(parts) for group, part in zip(groups, parts, strict=True)}
    value, low, high = work.expected(activity, work.YOUNG)
    assert low < value < high
    assert low - 1e-9 <= work.same_ages(activity, weights) <= high + 1e-9


def test_minors_are_not_in_the_base_of_jobs(registry):
    """The respondents are adults, so the other third is spread over the ages from eighteen."""
    employed, inactive = (
        registry[f"profile.census-{one}-expected-adults"] for one in ("employed", "inactive")
    )
    assert employed.value > registry["profile.census-employed-expected"].value
    weights = work.census_weights(((18, 24), (45, 54), (55, 64)))
    assert employed.value == pytest.approx(100 * work.same_ages("employed", weights))
    assert inactive.value == pytest.approx(100 * work.same_ages("inactive", weights))
    facts = {fact for fact in employed.facts + inactive.facts if "census-2018" in fact.table}
    assert facts and not any(fact.row.split("/")[1] == "15" for fact in facts)


def test_readiness_for_jobs_by_hand(registry):
    expected = registry["profile.census-employed-expected-adults"].value / 100
    odds = [one / (1 - one) * expected / (1 - expected) for one in sampled(360, 1000)]
    assert parts(registry["profile.no-main-job-odds-ratio"]) == pytest.approx(odds)
    expected = registry["profile.census-inactive-expected-adults"].value / 100
    odds = [one / (1 - one) / expected * (1 - expected) for one in sampled(279, 1000)]
    assert parts(registry["profile.inactive-odds-ratio"]) == pytest.approx(odds)


# Contracts and diplomas


def test_a_weighted_share_and_its_effective_number_by_hand():
    # Employed women: part time 9,939.34 of 33,906.88 in weight; 33,906.88 squared over 6,871,588.1
    # is 167.3 persons.
    found, share = (
        standing.weighted_share({"sex": "women"}, "hours", ("part time",)),
        9939.34 / 33906.88,
    )
    assert found == pytest.approx((share, *intervals.wilson(share, 167)))


def test_schooling_by_age_adds_up():
    ages = [(25, 34), (35, 44), (45, 54), (55, 64)]
    shares = [standing.above_bac2_in_france(*one) for one in ages]
    sizes = [inputs.stated(*one) for one in ages]
    assert np.average(shares, weights=sizes) == pytest.approx(standing.above_bac2_in_france(25, 64))
    # Insee prints 33 % for the youngest of these; in the census students count as without a
    # diploma.
    assert 0.31 < shares[0] < 0.335


def test_education_ratio_by_hand():
    # The benchmark is printed as 33, so it may be anything from 32.5 to 33.5.
    share, low, high = sampled(435, 1000)
    assert standing.education_ratio() == pytest.approx((share / 0.33, low / 0.335, high / 0.325))


# The chapter as a whole


@pytest.mark.parametrize("name", SAMPLED)
def test_shares_carry_their_sampling_interval(registry, name):
    number = registry[f"profile.{name}"]
    assert number.ends == pytest.approx(
        [100 * end for end in intervals.wilson(number.value / 100, 1000)]
    )


@pytest.mark.parametrize(
    "name",
    [
        "money-motive",
        "women",
        "age-25-44",
        "main-job",
        "inactive",
        "cdi",
        "cdi-full-time",
        "above-bac2",
    ],
)
def test_no_share_with_an_interval_shows_more_decimals_than_its_source(registry, name):
    assert registry[f"profile.{name}"].decimals == min(1, inputs.printed_decimals(name))


def test_a_number_knows_the_rows_it_was_made_of(registry):
    def rows(name):
        facts = registry[f"profile.{name}"].facts
        return {(fact.table.removeprefix("profile/"), fact.row) for fact in facts}

    band = {("population", f"{sex}/{age}") for sex in ("men", "women") for age in (25, 30, 35, 40)}
    assert rows("census-women-25-44") == band
    assert rows("cdi-part-time") == {("shares", "cdi-full-time"), ("assumptions", "level")}
    answers = {row for table, row in rows("mturk-women-often-gap") if table == "mturk-2015"}
    assert answers == {
        f"United States/{times}/{sex}/{age}"
        for times in ("1", "5 or more")
        for sex in ("women", "men")
        for age in (*mturk_people.AGES, "other")
    }


def test_the_severity_of_a_prediction_is_its_reach(judged, registry):
    low, high = registry["profile.women-next-crowd"].ends
    severity = judged["women-share-cnrs"].severity
    assert severity.value == pytest.approx(max(56 - low, high - 56)) and severity.unit == "points"
    # The window in which numbers of respondents were searched gives none.
    assert judged["survey-n"].severity is None


def test_no_prediction_of_nine_tenths_of_the_scale_is_used_as_a_test(judged, registry):
    for one in judged.values():
        assert all(test.range[2] - test.range[1] < 90 for test in one.tests), one.claim_id


def test_often_is_read_alike_in_all_claims():
    """As the row of the assumptions says; a threshold in another chapter is the same."""
    often = inputs.assumption("often")
    tables = [data.table("profile/settles"), data.table("income/settles")]
    asked = pd.concat(tables).set_index("claim_id")
    names = [name for name, claim in claims.claims().items() if claim.qualifier == "often"]
    assert len(names) == 5 and set(asked.loc[names, "above"]) == {often}


def test_what_would_settle_a_figure_follows_from_its_distance(judged):
    """Within ten points of 56 percent it would hold; a little further, it would not."""
    (asked, *_) = judged["women-share-cnrs"].settles
    answers = {one.verdict: (one.low, one.high) for one in asked.answers}
    assert answers == {
        Verdict.HOLDS: (46, 66),
        Verdict.TOO_HIGH: (0, 45.9),
        Verdict.TOO_LOW: (66.1, 100),
    }


def test_the_first_picture_is_the_readiness_that_makes_each_gap(registry):
    frame = profile.readiness()
    ids = ("women", "age-25-44", "education", "no-main-job", "inactive")
    bases = ("", "-18-64", "-25-64", "", "")
    numbers = [
        registry[f"profile.{name}-odds-ratio{base}"] for name, base in zip(ids, bases, strict=True)
    ]
    shown = frame[["times", "low", "high"]].to_numpy()
    assert shown == pytest.approx(np.array([parts(number) for number in numbers]))
    # In every row the respondents have more of it than France.
    assert (frame["times"] > 1).all()
    # The shares are those that the interview prints.
    assert frame["here"].round().tolist() == [56, 63, 43, 36, 28]
