"""Answers as arithmetic: quantiles, formulas, points, prediction, pool and calibration."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri
from tallybook.answers import Factor, Family, formulas, predict
from tallybook.answers.answer import Estimate, answer
from tallybook.answers.coverage import (
    Hidden,
    asked,
    away,
    calibrate,
    hide,
    predicted,
    score,
    widening,
)
from tallybook.answers.factors import EIGHTY, judged, of_number
from tallybook.answers.nested import nested
from tallybook.answers.pool import Pool, Question, Route, points, pool, spread
from tallybook.answers.predict import Fit
from tallybook.answers.scales import LEVELS, onto, printed
from tallybook.answers.tables import AnswerError, two_digits
from tallybook.errors import TallybookError
from tallybook.model.numbers import Number

RNG = np.random.default_rng(7)
PEOPLE = Question("a.people", "How many?", "People, in a month.", "people", "log")


def factor(name: str, low: float, high: float, scale: str = "log", **more: object) -> Factor:
    return Factor(name, name, "judged", scale, judged(scale, low, high), "so", **more)


FACTORS = {
    one.id: one
    for one in (
        factor("adults", 4.1e7, 4.2e7),
        factor("year", 1, 4, "logit"),
        factor("month", 15, 40, "logit"),
        factor("accounts", 5e4, 2e5),
        factor("active", 5, 20, "logit"),
        factor("twice", 0.5, 0.9),
        factor("same", 5e4, 2e5),
    )
}
SURVEY = Route("survey", "adults * year * month", "asked people")
PLATFORM = Route("platform", "accounts * active * twice", "counted accounts")


def test_a_judged_range_holds_four_chances_in_five() -> None:
    low, high = printed("logit", np.interp([0.1, 0.9], LEVELS, judged("logit", 5, 20)))
    assert low == pytest.approx(5, rel=5e-3)
    assert high == pytest.approx(20, rel=5e-3)


def test_the_interval_of_a_number_holds_95_percent_and_may_be_lopsided() -> None:
    made = of_number("log", Number("a.b", 100, "people", "b", "h", ("t",), 50, 400, "all"))
    ends = printed("log", np.interp([0.025, 0.5, 0.975], LEVELS, made))
    assert ends == pytest.approx([50, 100, 400], rel=0.01)


def test_a_value_outside_its_scale_is_refused() -> None:
    with pytest.raises(ValueError, match=r"found .*100.*; expected between 0 and 100 percent"):
        onto("logit", 100)


def test_formulas_are_arithmetic_over_factors_and_nothing_else() -> None:
    assert formulas.names("b * above(a, b, 0.5) / c") == ("b", "a", "c")
    assert formulas.evaluate("share(odds(p) * 2)", {"p": 0.5}) == pytest.approx(2 / 3)
    assert formulas.evaluate("above(x, x, 1)", {"x": 3}) == pytest.approx(0.5)
    assert formulas.evaluate("above(7, median(7, 0.9, s), s)", {"s": 0.7}) == pytest.approx(0.1)
    for wrong in ("a if b else c", "__import__('os')", "a.b", "a +", "'text'", "min(a, b)"):
        with pytest.raises(TallybookError, match="expected"):
            formulas.names(wrong)


@pytest.mark.parametrize("dimensions", [3, 6, 10])
def test_a_product_agrees_with_its_closed_form(dimensions: int) -> None:
    names = "abcdefghij"[:dimensions]
    wide = RNG.uniform(1.2, 3, dimensions)
    found = {name: factor(name, 1 / one, one) for name, one in zip(names, wide, strict=True)}
    drawn = pool(PEOPLE, [Route("r", " * ".join(names), "so")], found)
    closed = np.sqrt(sum(np.log(one) ** 2 for one in wide))  # logs add; 80 percent ends
    got = Estimate.of("log", drawn.together(0))
    assert np.log(got.high) == pytest.approx(closed, abs=0.04)
    assert np.log(got.low) == pytest.approx(-closed, abs=0.04)


def test_an_answer_agrees_with_eight_times_the_points() -> None:
    routes = [SURVEY, PLATFORM, Route("both", "accounts * month * twice", "a third way")]
    few, many = (pool(PEOPLE, routes, FACTORS, count).together(0.4) for count in (8192, 65536))
    ends = [np.quantile(draws, [0.1, 0.9]) for draws in (few, many)]
    assert np.abs(ends[0] - ends[1]).max() < 0.04


def test_what_one_route_knows_exactly_is_the_answer() -> None:
    exact = factor("exact", 5, 5)
    found = answer(PEOPLE, [Route("one", "exact", "")], {"exact": exact}, 0.0)
    assert found.estimate.low == found.estimate.high == pytest.approx(5)
    assert found.routes[0].weight == 100


def test_how_far_routes_lie_apart_is_the_ratio_of_birge_and_has_no_step() -> None:
    levels = (np.arange(2000) + 0.5) / 2000
    sizes = []
    for off in np.linspace(0, 8, 41):
        draws = np.array([ndtri(levels), off + ndtri(levels[::-1])])
        one = Pool("linear", (("a",), ("b",)), draws, np.full_like(draws, 0.5))
        # Two normals of variance one: chi-square is off ** 2 / 2, with one degree of freedom.
        assert one.apart(0) == pytest.approx(max(1, off / np.sqrt(2)), rel=5e-3)
        # The draws mirror one another, so they lie twice as far apart as two of chance.
        assert one.apart_and_usual() == pytest.approx((off**2 / 2, 2), rel=1e-2, abs=1e-6)
        low, high = np.quantile(one.together(1.0), [0.1, 0.9])
        sizes.append(high - low)
    assert np.all(np.diff(sizes) >= -1e-9)
    assert np.max(np.diff(sizes)) < 0.3


def test_routes_that_share_most_of_their_doubt_are_one() -> None:
    once, twice = Route("a", "accounts", "so"), Route("b", "accounts * twice", "so")
    found = answer(PEOPLE, [once, twice], FACTORS, 0.3)
    assert found.alone
    assert [one.weight for one in found.routes] == [50, 50]
    assert not answer(PEOPLE, [SURVEY, PLATFORM], FACTORS, 0.3).alone


def test_the_spread_between_routes_is_found() -> None:
    truth, pools = 0.7, []
    for _question in range(200):
        middles = RNG.normal(0, truth, 3)[:, None]
        draws = middles + 0.3 * (ndtri(points(3, 512)) + RNG.normal(size=(3, 1)))
        pools.append(Pool("log", (("a",), ("b",), ("c",)), draws, points(3, 512)))
    assert spread(pools) == pytest.approx(truth, rel=0.1)
    assert spread([]) == 0


def crossed(seed: int) -> Family:
    """Shares of women that platform and country move alike, made up."""
    draw = np.random.default_rng(seed)
    platforms, places = draw.normal(0, 0.6, 4), draw.normal(0, 0.4, 25)
    rows = []
    for (i, platform), (j, place) in itertools.product(enumerate(platforms), enumerate(places)):
        if draw.random() < 0.6:
            n = int(draw.integers(30, 300))
            share = 1 / (1 + np.exp(-(platform + place + draw.normal(0, 0.25))))
            rows.append((100 * draw.binomial(n, share) / n, n, f"s{i}", f"p{i}", f"c{j}"))
    columns = ["value", "n", "source_key", "platform", "place"]
    return Family("women", "logit", pd.DataFrame(rows, columns=columns), ("platform", "place"))


def test_a_known_country_is_predicted_closer_than_a_new_one() -> None:
    family = crossed(1)
    old = predict(family, {"platform": "new", "place": family.rows["place"].mode()[0]})
    new = predict(family, {"platform": "new", "place": "new"})
    assert old[-1] - old[0] < new[-1] - new[0]


def test_hiding_in_closed_form_is_leaving_out() -> None:
    family = crossed(2)
    rows = [place for place, block in enumerate(family.blocks) if block == "s1/p1"]
    closed = Fit(family).hidden(rows)[0]
    left = Fit(family.without([block == "s1/p1" for block in family.blocks]))
    again = left.new({"platform": "p1", "place": family.rows["place"][rows[0]]})
    # The grid of the smaller family lies a little elsewhere.
    assert closed.below(0.0) == pytest.approx(again.below(0.0), abs=0.05)


def test_a_small_family_does_not_see_what_is_hidden() -> None:
    """However far the hidden value lies, the prediction is the same."""
    rows = crossed(2).rows.iloc[:6]
    near, far = (rows.assign(value=[value, *rows["value"][1:]]) for value in (50.0, 99.9))
    fits = (Fit(Family("few", "logit", one, ("platform",))) for one in (near, far))
    assert np.array_equal(*(predicted(fit, [0])[0].means for fit in fits))


def test_four_in_five_hidden_values_fall_into_their_range() -> None:
    found = calibrate(map(crossed, range(6)), [])
    counts = found.counts
    assert counts["rows"] == len(found.single) == len(found.whole)
    assert 74 <= counts["in80"] <= 86
    assert counts["in50"] < counts["in80"] < counts["in95"]
    assert 65 <= counts["block80"] <= 95


def test_the_width_of_a_range_is_paid_for() -> None:
    assert score(0.0, -1, 1) == 2
    assert score(3.0, -1, 1) == pytest.approx(2 + 10 * 2)
    family = crossed(3)
    single = hide(Fit(family), range(len(family.rows)))
    assert np.mean([one.score for one in single]) < np.mean([one.naive for one in single])


def test_ranges_that_are_too_narrow_are_widened_by_what_others_ask_for() -> None:
    """Of many values whose range is half of what it should be; and each family counts the same."""
    ends = np.array([-EIGHTY, 0, EIGHTY])
    far = [away(2 * truth, ends) for truth in ndtri((np.arange(200) + 0.5) / 200)]
    many = [Hidden("many", str(at), 0.5, one, 1, 1) for at, one in enumerate(far)]
    few = [Hidden("few", str(at), 0.5, 0.1, 1, 1) for at in range(2)]
    assert widening(many) == pytest.approx(2.0, rel=0.05)
    assert widening(few) == widening([]) == 1
    assert widening([*many, *few]) == pytest.approx(2 * ndtri(0.8) / EIGHTY, rel=0.05)
    assert {one.family: times for one, times in asked([*many, *few])} == {
        "many": 1,
        "few": widening(many),
    }


def test_a_digit_that_hangs_on_the_last_bits_is_refused() -> None:
    assert two_digits(12345, "a.b") == 12000
    assert two_digits(0.0456, "a.b") == 0.046
    with pytest.raises(AnswerError, match="answer a.b: found 12500.0; expected"):
        two_digits(12500.0, "a.b")


def test_parts_are_drawn_with_their_wholes_and_held_to_their_order() -> None:
    def found(part: str, whole: str) -> dict[str, object]:
        asked = [replace(PEOPLE, within=("a.year",)), replace(PEOPLE, id="a.year")]
        ways = [Route("one", part, "so"), Route("one", whole, "so")]
        return {
            one.id: answer(one, [way], FACTORS, 0.0) for one, way in zip(asked, ways, strict=True)
        }

    # A share of the same draw: in order in all of them, and nothing is left of the people.
    fit = nested(found("adults * month", "adults"), {"log": 0.0})
    month = printed("logit", np.interp([0.1, 0.5, 0.9], LEVELS, FACTORS["month"].quantiles))
    share = fit.parts[0].share
    assert fit.kept == 100
    assert [share.low, share.median, share.high] == pytest.approx(month, rel=0.01)
    # Two that know nothing of each other and are as large: in order half of the time, and then the
    # part is the smaller of two such draws, whose median has a rank of 1 - 0.5 ** 0.5.
    fit = nested(found("accounts", "same"), {"log": 0.0})
    rank = np.interp(1 - 0.5**0.5, LEVELS, FACTORS["accounts"].quantiles)
    assert fit.kept == pytest.approx(50, abs=1)
    assert fit.held["a.people"].median == pytest.approx(np.exp(rank), rel=0.02)
    with pytest.raises(TallybookError, match="found no draw that keeps every order"):
        nested(found("adults", "accounts"), {"log": 0.0})
    lost = {"a.people": found("adults", "adults")["a.people"]}
    with pytest.raises(TallybookError, match=r"a.people, column within: found 'a.year'"):
        nested(lost, {"log": 0.0})
