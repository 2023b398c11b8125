"""The poverty chapter: cases worked by hand, and what must hold for any incomes."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import burr12, norm
from tallybook import claims
from tallybook.model.digits import rounded
from tallybook.model.numbers import Registry

from microwork import intervals, poverty
from microwork.derive import filosofi, mturk_incomes
from microwork.paths import ROOT
from microwork.poverty import distribution, figures, gap, households, mix, noise, shapes, spread
from microwork.poverty.inputs import france, official, quantiles, with_ends

# Ranks between the first decile and the median; their images, too, stay inside the table.
SHARE = st.floats(0.12, 0.45)
LINE = st.floats(0.5, 0.65)
SIGMA = st.floats(0.2, 1.2)
RNG = np.random.default_rng(20190524)
# Three quantiles with round logarithms: a tenth has less than exp(-1) of the median, nine tenths
# less than exp(1).
ROUND = {0.1: 2 * math.exp(-1), 0.5: 2.0, 0.9: 2 * math.exp(1)}
SHAPES = {
    "straight": france,
    "official": official,
    "lognormal": lambda: shapes.lognormal(spread.spread()),
}


@pytest.fixture(scope="module")
def registry():
    return Registry(poverty.numbers())


@pytest.fixture(scope="module")
def value(registry):
    """The values by the names of the numbers."""
    return {one.id.removeprefix("poverty."): one.value for one in registry}


# --- cases worked by hand


def test_spread_from_deciles():
    # 37,570 / 11,040 = 3.4031; its logarithm is 1.22468; over 2 x 1.2816 it is 0.4778.
    assert spread.from_deciles(11040, 37570) == pytest.approx(1.22468 / (2 * 1.2816), abs=2e-5)


def test_straight_lines_by_hand():
    # From a tenth to a half the logarithm climbs by 1, so a rank of 0.3 has exp(-0.5) of the
    # median, and 0.05 lies 0.05 / 0.4 = 0.125 below -1 if the stretch is carried on.
    shape = shapes.straight(ROUND)
    assert shape.at(0.3) == pytest.approx(math.exp(-0.5))
    assert shape.at(0.05) == pytest.approx(math.exp(-1.125))
    assert shape.rank(math.exp(-0.5)) == pytest.approx(0.3)


def test_the_results_by_hand():
    # 0.3 of a group are below half the median. At 0.5 exp(0.25) the shape climbs by 0.25 in logs,
    # 0.1 in rank: 0.4.
    shape = shapes.straight(ROUND)
    assert shapes.carried(shape, 0.3, 0.5, 0.5 * math.exp(0.25)) == pytest.approx(0.4)
    # To show 0.3 below half the median, whose place in the shape is exp(-0.5) = 0.6065: 1 - 0.5 /
    # 0.6065 = 0.1756.
    assert shapes.understatement(shape, 0.3, 0.5) == pytest.approx(1 - 0.5 / 0.60653, abs=1e-5)
    # Undone by exp(-0.25), which is a quarter of a log, a tenth in rank.
    assert shapes.corrected(shape, 0.3, 1 - math.exp(-0.25)) == pytest.approx(0.2)
    # Below the third decile, exp(-0.5), when 0.3 are below 0.5: the factor is 0.5 / exp(-0.5), so
    # exp(-1) / 0.5 = 0.7358 in the shape, log -0.3069, rank 0.5 - 0.4 x 0.3069.
    assert shapes.below_third(shape, 0.3, 0.5) == pytest.approx(0.5 - 0.4 * 0.306853, abs=1e-6)
    # 0.2 below the line and 0.4 below the third decile: exp(-0.75) exp(-0.5) / exp(-0.25) =
    # exp(-1).
    assert shapes.fitting_line(shape, 0.2, 0.4) == pytest.approx(math.exp(-1))


def test_the_line_that_fits_both_with_ends_by_hand():
    # Logs of the ends: poor 0.15 to 0.25 about 0.2 is -0.875 to -0.625 about -0.75; lower 0.3 to
    # 0.5 about 0.4 is -0.5 to 0 about -0.25. Correlation sqrt(0.2 x 0.6 / (0.4 x 0.8)) =
    # sqrt(0.375).
    found = shapes.fitting_line_ends(shapes.straight(ROUND), (0.2, 0.15, 0.25), (0.4, 0.3, 0.5))
    reach = math.sqrt(0.125**2 + 0.25**2 - 2 * math.sqrt(0.375) * 0.125 * 0.25)
    assert found == pytest.approx([math.exp(-1 + part * reach) for part in (0, -1, 1)])


def test_france_by_hand(value):
    # 22 % lies two fifths of the way from 20 % (13,743) to 25 % (14,976.67): 13,743 x 1.08977^0.4 =
    # 14,223.7, which is 0.69163 of the median of 20,565.56. Half the median over that: 1 - 0.5 /
    # 0.69163 = 27.7 %; six tenths: 13.2 %.
    assert value["under-reporting-50"] == pytest.approx(27.707, abs=0.003)
    assert value["under-reporting-60"] == pytest.approx(13.249, abs=0.003)
    # 1.2 x 14,223.7 = 17,068 lies 0.4247 of the way, in logs, from 16,153.45 (30 %) to 18,391 (40
    # %): 34.25 %.
    way = math.log(17068.4 / 16153.45) / math.log(18391 / 16153.45)
    assert value["implied-60-if-50"] == pytest.approx(30 + 10 * way, abs=0.01)
    # 14,223.7 / 1.2 = 11,853 lies 0.4002 of the way from 10,739 (10 %) to 13,743 (20 %).
    assert value["implied-50-if-60"] == pytest.approx(14.002, abs=0.003)


def test_the_error_between_two_answers_by_hand():
    # Three workers stay, one moves from 10,000 to 20,000: the mean square is ln(2)^2 / 4, half of
    # it ln(2)^2 / 8.
    pairs = pd.DataFrame({"first_from": [0, 0], "last_from": [0, 15000], "workers": [3, 1]})
    error = mturk_incomes.between_answers(pairs, {0: 10000, 15000: 20000})
    assert error == pytest.approx(math.log(2) / math.sqrt(8))
    middles = mturk_incomes.middles([0, 100, 400, 900], 50, 1000)
    assert middles == {0: 50, 100: 200, 400: 600, 900: 1000}


def test_the_workers_below_a_line_by_hand():
    # A line of 12 for one person and 24 for two. Of one person: 10 below 10, 20 from 10 to 20; of
    # two: 30 from 20, 40 above.
    rows = [("1", 0, 10), ("1", 10, 20), ("2", 20, 30), ("2", 30, 40)]
    groups = pd.DataFrame(rows, columns=["household_size", "income_from", "workers"])
    # Evenly: 10 + 0.2 x 20 + 0.4 x 30 = 26; at least 10; at most 10 + 20 + 30.
    assert mturk_incomes.below(groups, {"1": 12, "2": 24}) == pytest.approx((26, 10, 60))
    # A line where a bracket begins leaves nothing open.
    assert mturk_incomes.below(groups, {"1": 10, "2": 30}) == pytest.approx((40, 40, 40))


def test_tables_of_mechanical_turk_count_workers_once():
    """Two workers of the country, one of them three times, and one of another country."""
    bracket = [*mturk_incomes.BRACKETS]
    rows = [(1, "US", "1", 0), (2, "US", "2", 2), (2, "US", "3", 3), (2, "US", "2", 4)]
    answers = pd.DataFrame(
        [(*row, bracket[place]) for *row, place in [*rows, (3, "IN", "1", 0)]],
        columns=["worker", "country", "household_size", "household_income"],
    )
    table = mturk_incomes.households(answers)
    kept = table[table["workers"] > 0].to_numpy().tolist()
    assert len(table) == 40 and kept == [["1", 0, 1], ["2", 15000, 1]]
    assert mturk_incomes.asked_again(answers).to_numpy().tolist() == [[15000, 40000, 1]]
    # One person below 11,770 for sure not, for the answer goes from 0 to 10,000: wholly below. Two:
    # 15,930 lies 0.093 up.
    rows = {name: found for name, _, *found, _ in mturk_incomes.facts(answers)}
    assert rows["workers"][0] == 2 and rows["below-line"] == [1.1, 1, 2]
    assert rows["asked-again"][0] == 1 and rows["same-answer"][0] == 0


def test_mechanical_turk_by_hand(registry):
    # 1,147 workers surely below, 2,227 with the answer that holds the line, of 9,580; evenly
    # 1,494.4, or 15.6 %, over 13.5 %.
    poor = registry["poverty.mturk-us-poor"]
    low, high = intervals.wilson(1147 / 9580, 9580)[0], intervals.wilson(2227 / 9580, 9580)[1]
    assert poor.ends == pytest.approx((100 * low, 100 * high))
    assert registry["poverty.mturk-us-ratio"].value == pytest.approx(15.599 / 13.5, abs=1e-3)


def test_what_slips_show_by_hand(registry):
    # 8 % with a spread of 3 and an error of 4 stands at -1.4051 x 3 / 5 = -0.8430: 19.96 %.
    assert noise.shown(0.08, 4, 3) == pytest.approx(0.1996, abs=1e-4)
    # 16.707 % is -0.9659; times 0.4778 / sqrt(0.4778^2 + 0.3092^2) = 0.8395 it is -0.8109, or 20.87
    # %.
    assert registry["poverty.shown-60-jobs"].value == pytest.approx(20.87, abs=0.02)


def test_expected_from_activity_by_hand(registry, value):
    # 0.64 x 3.4 + 0.081 x 26.2 + 0.279 x 17.9 = 2.176 + 2.1222 + 4.9941 = 9.2923; 22 / 9.2923 =
    # 2.3676.
    assert value["expected-from-activity-50"] == pytest.approx(9.2923)
    assert value["observed-over-expected-50"] == pytest.approx(2.3676, abs=1e-4)
    # Largest: 0.40 x 3.4 + 0.24 x 15.5 + 0.081 x 26.2 + 0.279 x 38.5 = 1.36 + 3.72 + 2.1222 +
    # 10.7415 = 17.9437.
    assert value["expected-largest-50"] == pytest.approx(17.9437)
    # At six tenths: 0.64 x 7.7 + 0.081 x 38.3 + 0.279 x 31.1 = 4.928 + 3.1023 + 8.6769 = 16.7072;
    # 22 / 16.7072 = 1.3168.
    assert value["expected-from-activity-60"] == pytest.approx(16.7072)
    assert value["observed-over-expected-60"] == pytest.approx(1.3168, abs=1e-4)
    # Rival codings: 0.721 x 3.4 + 0.279 x 17.9 = 7.4455, the least; 0.64 x 3.4 + 0.36 x 26.2 =
    # 11.608, the most.
    assert registry["poverty.expected-codings-50"].ends == pytest.approx((7.4455, 11.608))


def test_the_map_by_hand(value):
    # 22 % stands at 0.69163 of the median; a tenth less is 0.62247. Between 0.6 (14 %) and 0.66825
    # (20 %) that is 0.036759 / 0.107735 of the way in logs: 16.047 %, over 16.7072 % for people
    # with such jobs: 0.9605.
    assert value["ratio-60-jobs-tenth-low"] == pytest.approx(0.9605, abs=2e-4)
    # 16.7072 % stands at 0.6 exp(0.45120 x 0.107735) = 0.62989, and 1 - 0.62989 / 0.69163 = 8.927
    # %.
    assert value["under-reporting-60-jobs"] == pytest.approx(8.927, abs=0.005)
    assert value["jobs-factor-60"] == pytest.approx(16.7072 / 14)


def test_consumption_units():
    assert households.units(1) == 1.0
    assert households.units(2, 2) == pytest.approx(2.1)
    assert households.units(2, 1) == pytest.approx(1.8)


def test_household_m_by_hand(registry):
    # 2,600 / 1.8 = 1,444.44; with a child of fourteen or more 2,600 / 2 = 1,300.
    number = registry["poverty.household-m-per-unit"]
    assert (number.value, number.low) == (pytest.approx(2600 / 1.8), pytest.approx(1300))
    # 1,000 of 2,600 is what he leaves out by giving his own wage.
    assert registry["poverty.household-m-own-wage-under"].value == pytest.approx(100 / 2.6)
    # His wage alone would put the same household between the two lines, 855 and 1,026.
    assert 855 < registry["poverty.household-m-own-wage-per-unit"].value < 1026


def test_ratios_by_hand(registry):
    # Wilson for 220 of 1,000: centre (0.22 + 0.001921) / 1.003841 = 0.22107, half-width 1.96 /
    # 1.003841 x sqrt(0.22 x 0.78 / 1,000 + 0.00000096) = 0.02565: 19.54 to 24.67 %. Over 8 and over
    # 14 %.
    half, usual = registry["poverty.ratio-50"], registry["poverty.ratio-60"]
    assert (half.value, half.low, half.high) == pytest.approx((2.75, 2.443, 3.084), abs=1e-3)
    assert (usual.value, usual.low, usual.high) == pytest.approx((1.5714, 1.396, 1.762), abs=1e-3)


def test_lines_by_type_by_hand():
    # Couple, 2015: 1,491 against half of 20,300 / 12, times 1.5: 1,268.75.
    assert households.over_official("couple") == pytest.approx(1491 / 1268.75)


# --- a second way


def test_a_curve_of_another_family_gives_the_results_of_the_chapter(registry):
    """Singh and Maddala's curve, fitted by the published rates and not by the deciles."""

    def away(logs):
        curve, rates = burr12(*np.exp(logs)), ((0.5, 0.08), (0.6, 0.14))
        return sum((curve.cdf(line * curve.median()) - rate) ** 2 for line, rate in rates)

    best = minimize(away, [1.2, 0.0], method="Nelder-Mead", options={"fatol": 1e-10})
    curve = burr12(*np.exp(best.x))
    middle = curve.median()
    shape = shapes.Shape(
        lambda share: curve.ppf(share) / middle, lambda line: curve.cdf(line * middle)
    )
    for name, line in (("50", 0.5), ("60", 0.6)):
        value = registry[f"poverty.under-reporting-{name}"]
        assert 100 * shapes.understatement(shape, 0.22, line) == pytest.approx(value.value, abs=2)
        value = registry[f"poverty.lowest-three-tenths-if-{name}"]
        assert value.low < 100 * shapes.below_third(shape, 0.22, line) < value.high
    value = registry["poverty.line-that-fits-both"]
    assert value.low < 100 * shapes.fitting_line(shape, 0.22, 0.51) < value.high


def test_the_interval_of_a_carried_share_by_drawing_respondents():
    """Draw a thousand incomes from France made poorer, count those below half the median, and carry
    the count."""
    ranks = RNG.random((4000, 1000))
    factor = 1 - shapes.understatement(france(), 0.22, 0.5)
    below_half, below_usual = france().rank(0.5 / factor), france().rank(0.6 / factor)
    counted = (ranks < below_half).mean(axis=1)
    carried = [shapes.carried(france(), share, 0.5, 0.6) for share in counted]
    assert np.mean(carried) == pytest.approx(below_usual, abs=0.001)
    ends = [shapes.carried(france(), share, 0.5, 0.6) for share in intervals.wilson(0.22, 1000)]
    assert np.quantile(carried, [0.025, 0.975]) == pytest.approx(ends, abs=0.004)


@pytest.mark.parametrize("true", [0.1, 0.2])
def test_the_bounds_hold_the_truth_whatever_lies_within_a_bracket(true):
    """Draw households with a known share below their line, and tell only brackets."""
    lines = {"1": 11_770.0, "2": 15_930.0, "5+": 28_410.0}
    lowers = np.array(sorted(mturk_incomes.BRACKETS.values()))
    sizes = RNG.choice(list(lines), 50_000)
    over_line = np.exp(0.8 * (RNG.normal(size=sizes.size) - norm.ppf(true)))
    income = np.array([lines[size] for size in sizes]) * over_line
    told = lowers[np.searchsorted(lowers, income, side="right") - 1]
    frame = pd.DataFrame({"household_size": sizes, "income_from": told})
    counted = mturk_incomes.below(frame.value_counts().rename("workers").reset_index(), lines)
    even, least, most = (workers / sizes.size for workers in counted)
    assert least < true < most and least < even < most
    assert even == pytest.approx(true, abs=0.02)


def test_the_error_of_an_answer_by_simulation():
    """Two answers with a known error about one income, told in brackets of equal width in logs,
    give it back."""
    lowers = [round(1000 * 1.3**step) for step in range(25)]
    true = RNG.normal(math.log(30_000), 0.8, 40_000)
    told = [np.exp(true + RNG.normal(0, 0.3, true.size)) for _ in range(2)]
    first, last = (
        np.array(lowers)[np.clip(np.searchsorted(lowers, each) - 1, 0, len(lowers) - 1)]
        for each in told
    )
    pairs = pd.DataFrame({"first_from": first, "last_from": last}).value_counts()
    middles = mturk_incomes.middles(lowers, 900, 600_000)
    error = mturk_incomes.between_answers(pairs.rename("workers").reset_index(), middles)
    assert error == pytest.approx(0.3, abs=0.02)


# --- what must hold for any incomes


@pytest.mark.parametrize("name", SHAPES)
@settings(deadline=None, max_examples=40)
@given(share=SHARE)
def test_an_income_has_its_rank(name, share):
    shape = SHAPES[name]()
    assert shape.rank(shape.at(share)) == pytest.approx(share, abs=1e-9)
    assert shape.at(0.5) == pytest.approx(1)
    assert shape.at(share + 0.01) > shape.at(share)


@pytest.mark.parametrize("name", SHAPES)
@settings(deadline=None, max_examples=40)
@given(share=st.floats(0.2, 0.45), line=LINE, other=LINE)
def test_there_and_back_again(name, share, line, other):
    shape = SHAPES[name]()
    there = shapes.carried(shape, share, line, other)
    assert shapes.carried(shape, there, other, line) == pytest.approx(share, rel=1e-6)
    if abs(other / line - 1) > 1e-6:
        assert (there > share) == (other > line)


@settings(deadline=None)
@given(st.floats(0.5, 3000))
def test_only_ratios_of_incomes_matter(factor):
    """Euros a year, a month or in francs: the shape is the same."""
    other = shapes.straight({rank: factor * income for rank, income in quantiles().items()})
    carried = shapes.carried(france(), 0.22, 0.5, 0.6)
    assert shapes.carried(other, 0.22, 0.5, 0.6) == pytest.approx(carried)


@settings(deadline=None)
@given(SIGMA)
def test_every_way_to_the_spread_finds_it(sigma):
    deciles = [math.exp(sigma * norm.ppf(p)) for p in (0.1, 0.9)]
    assert spread.from_deciles(*deciles) == pytest.approx(sigma)
    assert spread.from_share(shapes.lognormal(sigma).rank(0.5), 0.5) == pytest.approx(sigma)


@settings(deadline=None)
@given(SHARE, st.floats(0.45, 0.75))
def test_understatement_shows_and_hides_the_same_share(share, line):
    """Declared too low by what is needed, the shape shows the share; put right again, it has its
    own share below the line."""
    shape = official()
    under = shapes.understatement(shape, share, line)
    assert shape.at(share) * (1 - under) == pytest.approx(line)
    assert shapes.corrected(shape, share, under) == pytest.approx(shape.rank(line))


@pytest.mark.parametrize("line", [0.5, 0.6])
def test_one_factor_by_counting(line):
    """Make every income of France smaller until 22 % are below the line, and count those below the
    other marks."""
    ranks = np.linspace(0.08, 0.98, 2000)
    incomes = np.array([france().at(rank) for rank in ranks])
    factor = 1 - shapes.understatement(france(), 0.22, line)

    def below(mark):
        return float(np.interp(mark, incomes * factor, ranks))

    assert below(line) == pytest.approx(0.22, abs=1e-3)
    third, other = shapes.below_third(france(), 0.22, line), 1.1 - line
    assert below(france().at(0.3)) == pytest.approx(third, abs=1e-3)
    assert below(other) == pytest.approx(shapes.carried(france(), 0.22, line, other), abs=1e-3)


def test_the_interval_of_the_line_that_fits_both_by_simulation():
    """Samples of a thousand with 22 % poor, and 51 % in the lower class who take in the poor: the
    interval must hold 95 %."""
    counts = RNG.multinomial(1000, [0.22, 0.29, 0.49], 4000)
    value, low, high = shapes.fitting_line_ends(france(), with_ends("poor"), with_ends("popular"))
    found = [shapes.fitting_line(france(), a / 1000, (a + b) / 1000) for a, b, _ in counts]
    assert np.quantile(found, [0.025, 0.975]) == pytest.approx([low, high], abs=0.004)
    assert low < value < high


@settings(deadline=None)
@given(st.floats(0.2, 0.45), st.floats(0.08, 0.3))
def test_on_a_contour_there_is_no_gap(share, expected):
    under = gap.closing(share, expected)
    assert gap.ratio(share, expected, under) == pytest.approx(1)
    assert (under > 0) == (share > expected) or under == pytest.approx(0)
    assert gap.ratio(share, expected, under - 0.01) > 1 > gap.ratio(share, expected, under + 0.01)


@pytest.mark.parametrize(("line", "expected"), [(0.5, 0.092923), (0.6, 0.167072), (0.6, 0.14)])
def test_the_map_by_counting(line, expected):
    """Draw people of whom the expected share is poor, let all declare too little by what closes the
    gap, and count 22 %."""
    shape = official()
    ranks = RNG.uniform(0.03, 0.6, 20_000)
    incomes = np.array([shape.at(rank) for rank in ranks]) * line / shape.at(expected)
    weight = 0.57  # the ranks drawn are that part of all, from the rank of 0.03 on
    poor = 0.03 + weight * np.mean(incomes < line)
    assert poor == pytest.approx(expected, abs=0.01)
    declared = incomes * (1 - gap.closing(0.22, expected))
    assert 0.03 + weight * np.mean(declared < line) == pytest.approx(0.22, abs=0.01)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1)), min_size=1, max_size=6))
def test_a_mixed_rate_stays_between_its_rates(groups):
    total = sum(weight for weight, _ in groups)
    weights = {str(i): weight / total for i, (weight, _) in enumerate(groups)}
    rates = {str(i): rate for i, (_, rate) in enumerate(groups)}
    mixed = mix.mixed_rate(weights, rates)
    assert min(rates.values()) - 1e-12 <= mixed <= max(rates.values()) + 1e-12


@settings(deadline=None)
@given(st.floats(0.05, 0.6), st.integers(50, 3000), st.floats(0.02, 0.5))
def test_a_ratio_holds_its_value_and_narrows_with_more_answers(share, n, benchmark):
    value, low, high = poverty.relative_risk(share, n, benchmark)
    assert low < value < high
    _, nearer, farther = poverty.relative_risk(share, 4 * n, benchmark)
    assert farther - nearer < high - low


SHAPE = shapes.straight(ROUND)
PAIRS = pd.DataFrame({"first_from": [0], "last_from": [0], "workers": [0]})
GROUPS = pd.DataFrame({"household_size": ["1"], "income_from": [0], "workers": [1]})


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (spread.from_deciles, (2, 1)),
        (spread.from_share, (0.6, 0.5)),
        (shapes.straight, ({0.1: 1.0, 0.9: 2.0},)),
        (shapes.straight, ({0.1: 1.0, 0.5: 1.0},)),
        (SHAPE.at, (0,)),
        (SHAPE.rank, (0.01,)),
        (shapes.corrected, (SHAPE, 0.3, 1)),
        (shapes.fitting_line_ends, (SHAPE, (0.5, 0.4, 0.6), (0.4, 0.3, 0.5))),
        (noise.shown, (0.6, 0.1, 0.5)),
        (mturk_incomes.between_answers, (PAIRS, {0: 1.0})),
        (mturk_incomes.below, (GROUPS, {"1": 5})),
        (poverty.relative_risk, (0.2, 100, 0)),
        (mix.mixed_rate, ({"a": 0.5}, {"a": 0.1})),
        (mix.mixed_rate, ({"a": 1.0}, {"b": 0.1})),
        (households.units, (0,)),
    ],
)
def test_senseless_input_is_refused(function, arguments):
    with pytest.raises(ValueError, match="found"):
        function(*arguments)


# --- the chapter's own promises


def test_other_ways_to_draw_incomes_agree(registry):
    """The page says how little the results hang on how incomes are drawn; the second share decides
    for neither line."""
    popular = registry["poverty.share-popular"]
    results = [distribution.results(shape()) for shape in SHAPES.values()]
    away = max(abs(a - b) for found in results for a, b in zip(found, results[0], strict=True))
    assert 100 * away == pytest.approx(registry["poverty.shapes-largest-move"].value)
    for *_, half, usual, line in results:
        assert 100 * usual < popular.low < popular.high < 100 * half and 0.51 < line < 0.59


def test_what_the_chapter_says_of_its_numbers(registry):
    """Sentences of the page that compare two numbers must not outlive a changed table."""
    value = {number.id.removeprefix("poverty."): number for number in registry}
    assert value["ratio-50"].low > 1 and value["ratio-60"].low > 1
    # At six tenths jobs and an error of a tenth leave nothing, at half they do not.
    assert value["ratio-60-jobs-tenth-low"].value < 1 < value["ratio-60-jobs-tenth-low"].high
    assert value["ratio-50-jobs-tenth-low"].low > 1
    assert value["under-reporting-60-jobs"].value < 10 < value["under-reporting-50-jobs"].low
    # With the slips of Mechanical Turk they come near the published share, at half they do not.
    assert value["shown-60-jobs"].low < 22 < value["shown-60-jobs"].high
    assert value["shown-50-jobs"].high < value["share-poor"].low
    assert value["expected-largest-50"].value < value["share-poor"].low
    assert value["expected-codings-50"].high < value["share-poor"].low
    assert value["lowest-three-tenths-if-60"].high < value["share-popular"].low
    assert value["lowest-three-tenths-if-50"].value > value["share-popular"].high
    for name in ("line-that-fits-both", "line-that-fits-types"):
        assert value[name].low > 50 and value[name].high < 60
    assert value["household-m-own-wage-under"].value > value["under-reporting-50"].high
    own = value["household-m-own-wage-per-unit"].value
    assert value["line-50"].value < own < value["line-60"].value < value["household-m-per-unit"].low
    assert value["mturk-us-ratio"].low < 1 < value["mturk-us-ratio"].high < 2


def test_what_stands_is_said_with_its_condition():
    """At half the median the gap stands only as long as incomes were not declared too low by what
    closes it."""
    page = (ROOT / "chapters/poverty.md").read_text(encoding="utf-8")
    (bullet,) = re.findall(r"^- \*\*What stands:\*\* (.+)$", page, re.MULTILINE)
    assert "unless" in bullet and "{num}`poverty.under-reporting-50`" in bullet
    # No count of readings that we chose ourselves, and no word on what they gave: the questions are
    # unknown.
    assert "most readings" not in page and "gave their incomes" not in page


def test_the_map_draws_every_combination(value):
    """Each contour begins at the ratio to France and ends where understatement alone closes the
    gap; marks lie on them."""
    for name, curve in zip(("50", "60"), gap.contours().values(), strict=True):
        line = curve.dropna()
        factor = line[gap.FACTOR]
        assert [factor.iloc[0], factor.iloc[-1]] == pytest.approx([value[f"ratio-{name}"], 1])
        assert line[gap.UNDER].iloc[-1] == pytest.approx(value[f"under-reporting-{name}"])
        assert factor.is_monotonic_decreasing and factor.between(line["low"], line["high"]).all()
    marks, (half, usual) = gap.marks(), gap.contours().values()
    for row, curve in zip(marks.itertuples(index=False), (half, usual, half), strict=True):
        line = curve.dropna()
        there = np.interp(row[0], line[gap.UNDER], line[gap.FACTOR])
        assert row[1] == pytest.approx(there, abs=0.01)
    table = gap.closings()
    drawn = figures.gap(gap.contours(), marks, 100 * households.own_wage_under(), table)
    assert (drawn.table.to_numpy() == table.to_numpy()).all() and len(table) == 4
    assert (table["from"] < table.iloc[:, 2]).all() and (table.iloc[:, 2] < table["to"]).all()


def test_the_first_picture(registry):
    """From the lower line to the usual one; at both ends it is the number of the report."""
    frame = poverty.first()
    for place, name in ((0, "50"), (-1, "60")):
        number = registry[f"poverty.under-reporting-{name}"]
        found = frame[["percent", "low", "high"]].iloc[place]
        assert found.tolist() == pytest.approx([number.value, *number.ends])
    assert frame["percent"].is_monotonic_decreasing


def test_spreads_lie_in_the_interval(registry):
    number = registry["poverty.lognormal-sigma"]
    assert all(number.low <= rounded(sigma) <= number.high for sigma in spread.spreads())


@pytest.fixture(scope="module")
def settled(registry):
    said = claims.claims()
    return claims.settle(said, poverty.judgements(said, registry), ["poverty"], registry)


def test_the_lead_was_not_read_and_no_number_stands_as_found(settled):
    one = settled["poverty-22"]
    assert one.verdict is claims.Verdict.NOT_READ and not one.found and not one.tests
    assert not one.used


def test_a_supplement_to_pay_is_too_far_from_subsistence_to_count(settled):
    """The text lacks two things; the report's household comes from the claimants."""
    one = settled["subsistence-low-paid"]
    assert one.verdict is claims.Verdict.NOT_READ
    assert {fact.row for fact in one.facts} == {"shop-assistant"}


def test_every_line_and_every_way_to_ask_has_its_verdict_in_advance(settled):
    report, answers = settled["poverty-22"].settles
    verdicts = {
        (line, way): one.verdict
        for one in report.answers
        for line, _, way in [one.answer.partition("; ")]
    }
    measured = "all income of the household, from tax papers"
    told = "an amount or a bracket that people gave themselves"
    for line in ("half the national median", "six tenths of the national median"):
        assert verdicts[line, measured] is claims.Verdict.NOT_CONTRADICTED
        assert verdicts[line, told] is claims.Verdict.UNDECIDED
    by_type = [verdict for (line, _), verdict in verdicts.items() if "each type" in line]
    assert by_type == [claims.Verdict.SOMETHING_ELSE] * 2
    # A count of the answers by the usual line: the cuts leave no share out, and stand where the
    # rule changes.
    low, near, high = answers.answers
    assert (low.low, near.low, near.high, high.high) == (0, 12, 32, 100)
    assert [near.low - low.high, high.low - near.high] == pytest.approx([0.01, 0.01])
    expected = [claims.Verdict.TOO_HIGH, claims.Verdict.HOLDS, claims.Verdict.TOO_LOW]
    assert [one.verdict for one in answers.answers] == expected


def test_the_deciles_are_kept_in_order():
    rows = [(2015, 0.25, 14976.666667), (2015, 0.1, 10739.0)]
    frame = pd.DataFrame(rows, columns=["year", "quantile", "euros_a_year_per_unit"])
    table = filosofi.by_rank(frame)
    assert table["rank"].tolist() == [10, 25] and table["value"].tolist() == [10739.0, 14976.67]
