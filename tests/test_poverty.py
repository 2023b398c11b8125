"""The poverty chapter: cases worked by hand, and what must hold for any incomes."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwork import poverty
from microwork.derive import mturk_incomes
from microwork.poverty import gap, households, mix, noise, shapes
from microwork.poverty.inputs import france, official

# Ranks between the first decile and the median; their images, too, stay inside the table.
SHARE = st.floats(0.12, 0.45)
LINE = st.floats(0.5, 0.65)
# Three quantiles with round logarithms: a tenth has less than exp(-1) of the median, nine tenths
# less than exp(1).
ROUND = {0.1: 2 * math.exp(-1), 0.5: 2.0, 0.9: 2 * math.exp(1)}
SHAPES = {
    "straight": france,
    "official": official,
    "lognormal": lambda: shapes.lognormal(noise.spread()),
}


# --- cases worked by hand


def test_spread_from_deciles():
    # 37,570 / 11,040 = 3.4031; its logarithm is 1.22468; over 2 x 1.2816 it is 0.4778.
    assert noise.from_deciles(11040, 37570) == pytest.approx(1.22468 / (2 * 1.2816), abs=2e-5)


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
    rows = mturk_incomes.make(answers).set_index("fact_id")
    assert rows.loc["below-line", ["value", "low", "high"]].tolist() == [1.1, 1, 2]
    assert rows["value"].tolist()[:1] + rows["value"].tolist()[2:4] == [2, 1, 0]


def test_what_slips_show_by_hand():
    # 8 % with a spread of 3 and an error of 4 stands at -1.4051 x 3 / 5 = -0.8430: 19.96 %.
    assert noise.shown(0.08, 4, 3) == pytest.approx(0.1996, abs=1e-4)


def test_consumption_units():
    assert households.units(1) == 1.0
    assert households.units(2, 2) == pytest.approx(2.1)
    assert households.units(2, 1) == pytest.approx(1.8)


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
@given(SHARE, st.floats(0.45, 0.75))
def test_understatement_shows_and_hides_the_same_share(share, line):
    """Declared too low by what is needed, the shape shows the share; put right again, it has its
    own share below the line."""
    shape = official()
    under = shapes.understatement(shape, share, line)
    assert shape.at(share) * (1 - under) == pytest.approx(line)
    assert shapes.corrected(shape, share, under) == pytest.approx(shape.rank(line))


@settings(deadline=None)
@given(st.floats(0.2, 0.45), st.floats(0.08, 0.3))
def test_on_a_contour_there_is_no_gap(share, expected):
    under = gap.closing(share, expected)
    assert gap.ratio(share, expected, under) == pytest.approx(1)
    assert (under > 0) == (share > expected) or under == pytest.approx(0)
    assert gap.ratio(share, expected, under - 0.01) > 1 > gap.ratio(share, expected, under + 0.01)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1)), min_size=1, max_size=6))
def test_a_mixed_rate_stays_between_its_rates(groups):
    total = sum(weight for weight, _ in groups)
    weights = {str(i): weight / total for i, (weight, _) in enumerate(groups)}
    rates = {str(i): rate for i, (_, rate) in enumerate(groups)}
    mixed = mix.mixed_rate(weights, rates)
    assert min(rates.values()) - 1e-12 <= mixed <= max(rates.values()) + 1e-12


SHAPE = shapes.straight(ROUND)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (shapes.straight, ({0.1: 1.0, 0.9: 2.0},)),
        (shapes.straight, ({0.1: 1.0, 0.5: 1.0},)),
        (SHAPE.at, (0,)),
        (SHAPE.rank, (0.01,)),
    ],
)
def test_senseless_input_is_refused(function, arguments):
    with pytest.raises(ValueError, match="found"):
        function(*arguments)


# --- the chapter's own promises


def test_what_the_chapter_says_of_its_numbers():
    """Sentences of the page that compare two numbers must not outlive a changed table."""
    value = {one.id.removeprefix("poverty."): one for one in poverty.numbers()}
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
