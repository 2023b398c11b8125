"""The poverty chapter: cases worked by hand, and what must hold for any incomes."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwork import poverty
from microwork.derive import mturk_incomes
from microwork.poverty import gap, incomes

# Ranks between the first decile and the median; their images, too, stay inside the table.
SHARE = st.floats(0.12, 0.45)
LINE = st.floats(0.5, 0.65)
# Three quantiles with round logarithms: a tenth has less than exp(-1) of the median, nine tenths
# less than exp(1).
ROUND = incomes.straight({0.1: 2 * math.exp(-1), 0.5: 2.0, 0.9: 2 * math.exp(1)})


def test_straight_lines_by_hand():
    # From a tenth to a half the logarithm climbs by 1, so a rank of 0.3 has exp(-0.5) of the
    # median, and 0.05 lies 0.05 / 0.4 = 0.125 below -1 if the stretch is carried on.
    assert ROUND.at(0.3) == pytest.approx(math.exp(-0.5))
    assert ROUND.at(0.05) == pytest.approx(math.exp(-1.125))
    assert ROUND.rank(math.exp(-0.5)) == pytest.approx(0.3)
    # 0.3 of a group are below half the median. At 0.5 exp(0.25) the shape climbs by 0.25 in logs,
    # 0.1 in rank: 0.4.
    assert gap.carried(ROUND, 0.3, 0.5, 0.5 * math.exp(0.25)) == pytest.approx(0.4)


def test_slips_by_hand():
    # 37,570 / 11,040 = 3.4031; its logarithm is 1.22468; over 2 x 1.2816 it is 0.4778.
    assert gap.spread(11040, 37570) == pytest.approx(1.22468 / (2 * 1.2816), abs=2e-5)
    # 8% with a spread of 3 and an error of 4 stands at -1.4051 x 3 / 5 = -0.8430: 19.96%.
    assert gap.shown(0.08, 4, 3) == pytest.approx(0.1996, abs=1e-4)


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


def test_consumption_units():
    assert [incomes.units(1), incomes.units(2, 1), incomes.units(3)] == pytest.approx([1, 1.8, 2])


@pytest.mark.parametrize("name", ["france", "official"])
@settings(deadline=None, max_examples=40)
@given(share=st.floats(0.2, 0.45), line=LINE, other=LINE)
def test_there_and_back_again(name, share, line, other):
    shape = getattr(incomes, name)()
    assert shape.rank(shape.at(share)) == pytest.approx(share, abs=1e-9)
    assert shape.at(0.5) == pytest.approx(1) and shape.at(share + 0.01) > shape.at(share)
    there = gap.carried(shape, share, line, other)
    assert gap.carried(shape, there, other, line) == pytest.approx(share, rel=1e-6)
    if abs(other / line - 1) > 1e-6:
        assert (there > share) == (other > line)


@settings(deadline=None)
@given(SHARE, SHARE)
def test_what_closes_a_gap_leaves_none(share, expected):
    """Put right again, the incomes at the line are those of the expected rank."""
    under, shape = gap.closing(share, expected), incomes.official()
    assert shape.rank(shape.at(share) * (1 - under)) == pytest.approx(expected)
    assert (under > 0) == (share > expected) or under == pytest.approx(0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1)), min_size=1, max_size=6))
def test_a_mixed_rate_stays_between_its_rates(groups):
    total = sum(weight for weight, _ in groups)
    weights = {str(i): weight / total for i, (weight, _) in enumerate(groups)}
    rates = {str(i): rate for i, (_, rate) in enumerate(groups)}
    mixed = gap.mixed_rate(weights, rates)
    assert min(rates.values()) - 1e-12 <= mixed <= max(rates.values()) + 1e-12


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (incomes.straight, {0.1: 1.0, 0.9: 2.0}),
        (incomes.straight, {0.1: 1.0, 0.5: 1.0}),
        (incomes.straight, {0.1: 0.0, 0.5: 1.0}),
        (ROUND.at, 0),
        (ROUND.rank, 0.01),
    ],
)
def test_senseless_input_is_refused(function, argument):
    with pytest.raises(ValueError, match="found"):
        function(argument)


def test_what_the_chapter_says_of_its_numbers(loaded):
    """Sentences of the page that say a finding in words must not outlive it."""
    value = {one.id.removeprefix("poverty."): one for one in loaded.numbers}
    answer = loaded.answered.answers["poverty.below-60"]
    # About one in five, more than one in seven; so by every route, and without the French survey.
    assert 17 < answer.estimate.median < 23 and value["below-60"].low > value["rate-60"].value
    assert all(16 < route.estimate.median < 24 for route in answer.routes)
    without = next(one for one in answer.routes if one.route.id == "french-study").without

    assert abs(without.median - answer.estimate.median) < 2
    # At half the median our estimate is little more than half of the published share.
    assert value["below-50"].value / value["published-poor"].value == pytest.approx(0.55, abs=0.05)
    lower = loaded.judgements["poverty-22"].by("poverty.below-50")
    assert lower.verdict == "very likely too high"
    assert 1.4 < value["ratio-60"].value < 1.6 and 2.5 < value["ratio-50"].value < 3
    # Jobs and slips close nearly all of the gap at the usual line.
    assert value["shown-60-jobs"].low < 22 < value["shown-60-jobs"].high
    own = value["household-m-own-wage-per-unit"]
    assert (
        own.low
        < value["line-50"].value
        < own.value
        < value["line-60"].value
        < value["household-m-per-unit"].low
    )
    assert poverty.numbers()
