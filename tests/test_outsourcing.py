"""Outsourcing: cases worked by hand, properties, and second ways to the same result."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from microwork.intervals import exact
from microwork.outsourcing import clumps, crowd, gravity, links, models, pay, regions, world
from microwork.outsourcing import random as chance
from microwork.outsourcing.globe import Globe
from tests.refused import not_refused


def matrix(rows: list[list[int]]) -> links.Trade:
    names = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"][: len(rows)]
    return links.Trade(pd.DataFrame(rows, names, names))


# Quotients


def test_a_quotient_by_hand():
    # A buys 10 of 40 projects, C sells 12: chance gives 10 * 12 / 40 = 3; there are 6, so twice as
    # many.
    trade = matrix([[1, 3, 6], [5, 5, 5], [4, 10, 1]])
    assert trade.total == 40
    assert trade.expected.at["AAA", "CCC"] == pytest.approx(3)
    found = links.pooled(trade, [("AAA", "CCC")], clumped=1)
    assert (found.observed, found.value) == (6, pytest.approx(2))
    assert trade.without(["AAA"]).bought.tolist() == [0, 15, 15] and trade.total == 40


def test_the_exact_interval_by_hand():
    # No event: the upper end m solves exp(-m) = 0.025, so m = 3.6889; over 2 expected, 1.8444.
    none = links.quotient(0, 2.0)
    assert (none.value, none.low) == (0, 0)
    assert none.high == pytest.approx(-math.log(0.025) / 2)
    # One event: the lower end solves 1 - exp(-m) = 0.025, the upper exp(-m) (1 + m) = 0.025.
    one = links.quotient(1, 1.0)
    assert one.low == pytest.approx(-math.log(0.975))
    assert math.exp(-one.high) * (1 + one.high) == pytest.approx(0.025)


def test_clumps_by_hand():
    # Two regions that buy 2 and 2, one all from A, one all from B: 1 is expected in each of 4
    # cells, so 4 x 1 / 1 = 4.
    assert clumps.pearson(np.array([[2.0, 0.0], [0.0, 2.0]])) == pytest.approx(4)
    # Two regions of one size; all 4 projects are of the first. Beyond their parts +2 and -2: 8 / 4
    # x 2 / (2 - 1) = 4.
    assert clumps.clustered(np.array([4.0, 0.0]), np.array([1.0, 1.0])) == pytest.approx(4)
    assert (
        clumps.clustered(np.array([4.0]), np.array([1.0]))
        == clumps.clustered(np.zeros(3), np.ones(3))
        == 0
    )
    # Clumps of two: 8 projects are as good as 4.
    assert links.quotient(8, 4.0, clumped=2).interval == pytest.approx(
        links.quotient(4, 2.0).interval
    )
    assert exact(10, 40, clumped=2) == pytest.approx(exact(5, 20))


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=2, max_size=8),
    st.integers(2, 9),
)
@settings(max_examples=50, deadline=None)
def test_clumps_grow_with_the_size_of_a_clump(rows, times):
    observed, expected = (np.array(column, float) for column in zip(*rows, strict=True))
    one = clumps.clustered(observed, expected)
    assert clumps.clustered(times * observed, expected) == pytest.approx(times * one)
    assert clumps.clustered(observed, times * expected) == pytest.approx(one)
    assert clumps.clustered(expected, expected) == pytest.approx(0)


def test_what_is_unknown_has_no_interval_and_no_quotient():
    cases = [
        (clumps.of_links, ([("IND", "MDG")],), "found no IND"),
        (chance.as_high, ("FRA", ["SEN"]), "expected count of one"),
        (pay.smic, (2021,), "no level for January"),
    ]
    assert not_refused(cases) == []
    assert chance.as_high("FRA", ["MDG", "SEN"]) == chance.as_high("FRA", ["MDG"])


counts = st.lists(
    st.lists(st.integers(0, 50), min_size=4, max_size=4), min_size=4, max_size=4
).filter(lambda rows: all(map(sum, rows)) and all(map(sum, zip(*rows, strict=True))))


@given(counts)
@settings(max_examples=50, deadline=None)
def test_expected_counts_keep_both_margins(rows):
    trade = matrix(rows)
    assert np.allclose(trade.expected.sum(axis=1), trade.bought)
    assert np.allclose(trade.expected.sum(axis=0), trade.sold)
    client = trade.counts.index[0]
    assert links.pooled(
        trade, [(client, s) for s in trade.counts.columns], clumped=1
    ).value == pytest.approx(1)


@given(st.integers(0, 400), st.floats(0.1, 400))
@settings(max_examples=100, deadline=None)
def test_an_interval_holds_its_quotient(observed, expected):
    found = links.quotient(observed, expected)
    assert 0 <= found.low <= found.value <= found.high


# Random names


def test_all_sets_are_taken_where_they_are_few():
    assert chance.random_sets(5, 2).tolist() == [
        list(pair) for pair in itertools.combinations(range(5), 2)
    ]


def test_a_share_of_sets_by_hand():
    # A's suppliers B to F sell 20 each of 200 projects and A buys 100, so 10 are expected from
    # each. C is named: 15 observed, F has 16. Two of the five do as well as C.
    rows = [[50, 4, 15, 8, 7, 16], [50, 16, 5, 12, 13, 4], *([[0] * 6] * 4)]
    assert chance.as_high("AAA", ["CCC"], among=matrix(rows)) == pytest.approx(2 / 5)


# Gravity


def three_by_three(cells: dict[str, int]) -> pd.DataFrame:
    """Pairs of three countries; the tie joins client A with supplier B alone."""
    rows = [(pair[0], pair[1], n, float(pair == "AB")) for pair, n in cells.items()]
    return pd.DataFrame(rows, columns=["client", "supplier", "projects", "tie"])


def test_gravity_by_hand():
    # Six pairs, three clients, three suppliers (one is the reference) and one tie: as many
    # parameters as cells, so the fit is exact. Effects cancel in AB * BC * CA / (AC * BA * CB), and
    # the tie is what is left: 40 * 10 * 10 / (10 * 10 * 20) = 2.
    frame = three_by_three({"AB": 40, "AC": 10, "BA": 10, "BC": 10, "CA": 10, "CB": 20})
    assert gravity.sweep(frame[["tie"]].to_numpy(), np.ones(6), *codes(frame)) == pytest.approx(
        np.array([1, -1, -1, 1, 1, -1])[:, None] / 6
    )
    swept, mean = gravity.iterate(
        frame["projects"].to_numpy(float), frame[["tie"]].to_numpy(), *codes(frame)
    )
    assert np.exp(gravity.coefficients(swept, mean)) == pytest.approx([2])
    assert mean == pytest.approx(frame["projects"].to_numpy())


def codes(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return pd.factorize(frame["client"])[0], pd.factorize(frame["supplier"])[0]


def largest() -> pd.DataFrame:
    """The ties of the thirty largest clients and suppliers: small enough for dummies."""
    frame, trade = models.ties(), links.trade()
    frame = frame[frame["client"].str.len() == 3]  # countries, no parts of them
    clients, suppliers = trade.bought.nlargest(30).index, trade.sold.nlargest(30).index
    kept = frame["client"].isin(clients) & frame["supplier"].isin(suppliers)
    return frame[kept].reset_index(drop=True)


def test_gravity_is_a_poisson_model_with_dummies():
    frame, base = largest(), list(gravity.BASE)
    sides = [pd.get_dummies(frame[side], dtype=float) for side in ("client", "supplier")]
    design = np.hstack([frame[base], sides[0], sides[1].iloc[:, 1:]])
    model = sm.GLM(frame["projects"].to_numpy(float), design, family=sm.families.Poisson())
    theirs = model.fit(cov_type="cluster", cov_kwds={"groups": gravity.undirected(frame)})
    ours = gravity.fit(frame, gravity.BASE).terms
    assert ours["coefficient"].tolist() == pytest.approx(theirs.params[:5].tolist(), abs=1e-6)
    assert ours["se"].tolist() == pytest.approx(theirs.bse[:5].tolist(), rel=1e-4)
    assert ours["low"].tolist() == pytest.approx(theirs.conf_int()[:5, 0].tolist(), abs=1e-4)


def test_both_directions_and_all_parts_of_a_country_are_one_cluster():
    frame = pd.DataFrame({"client": ["A", "B", "A"], "supplier": ["B", "A", "C"]})
    first, second, third = gravity.undirected(frame)
    assert first == second != third
    clients, suppliers = ["CAN-french", "CAN-other", "MDG", "FRA"], ["MDG", "MDG", "CAN", "MDG"]
    parts = pd.DataFrame({"client": clients, "supplier": suppliers})
    one, two, back, other = gravity.undirected(parts)
    assert one == two == back != other


def test_distances():
    # A quarter of the equator: 6371 km x pi / 2; and from pole to pole half a circle.
    places = pd.DataFrame(
        {"latitude": [0.0, 0.0, 90.0, -90.0], "longitude": [0.0, 90.0, 0.0, 0.0]}, list("abcd")
    )
    km = gravity.distances(places)
    assert km.at["a", "b"] == pytest.approx(6371 * math.pi / 2)
    assert km.at["c", "d"] == pytest.approx(6371 * math.pi)
    assert np.allclose(km, km.T) and np.allclose(np.diag(km), 0)


def test_regions_drawn_again(monkeypatch):
    # One region: every draw is the same, and the interval is the quotient itself. Two regions that
    # buy alike: likewise.
    alone = clumps.regions("FRA").sum(axis="index").to_frame().T
    value = links.pooled(links.trade(), [("FRA", "MDG")]).value
    for copies in (["a"], ["a", "b"]):
        monkeypatch.setattr(clumps, "regions", lambda _, c=copies: pd.concat([alone for _ in c]))
        found = regions.quotient_redrawn("FRA", ["MDG"], draws=50)
        assert found == pytest.approx((value, value, value))
    block = "francophone-africa"
    assert regions.over_block("FRA", block, block, draws=50) == pytest.approx((1, 1, 1))


def test_a_fit_that_cannot_converge_says_so():
    # A tie that only pairs without projects have: its factor goes to zero for ever.
    frame = largest()
    frame = frame.assign(never=(frame["projects"] == 0).astype(float))
    with pytest.raises((ValueError, np.linalg.LinAlgError)):
        gravity.fit(frame, ["never"])


# The world, and pay


def test_elasticity_of_data_made_with_one():
    # Pay is a year's level times GDP to the power 0.3, without error.
    wealth = {"A": 900, "B": 4000, "C": 9000, "D": 21000, "E": 60000}
    pairs = itertools.product(wealth.items(), (2015, 2016))
    rows = [(code, year, 4 + year % 3, gdp) for (code, gdp), year in pairs]
    frame = pd.DataFrame(rows, columns=["country", "year", "level", "gdp"])
    frame["pay"] = frame["level"] * frame["gdp"] ** 0.3
    assert world.pay_elasticity(frame)[0] == pytest.approx(0.3)


# Drawings


def test_the_projection_keeps_areas():
    # A small square on the globe has an area of cos(latitude) d d; on a map that keeps areas it is
    # the same multiple everywhere.
    globe, d = Globe(100.0, 360.0, 200.0), 1e-3
    assert globe.at(0, 0) == (360.0, 200.0)

    def stretch(longitude: float, latitude: float) -> float:
        x, y = globe.at(longitude, latitude)
        east, north = globe.at(longitude + d, latitude), globe.at(longitude, latitude + d)
        area = (east[0] - x) * (y - north[1]) - (y - east[1]) * (north[0] - x)
        return area / (d * d * math.cos(math.radians(latitude)))

    found = [stretch(east, north) for east in (-120, 5, 90) for north in (-50, 0, 20, 65)]
    assert found == pytest.approx([found[0]] * len(found), rel=1e-3)


# Jobs drawn again


def test_jobs_drawn_again_are_the_same_every_time_and_alike_jobs_have_no_spread(monkeypatch):
    assert crowd.share_redrawn(["VEN"], draws=300) == crowd.share_redrawn(["VEN"], draws=300)
    alike = pd.DataFrame({"VEN": [1, 2, 3], "IND": [3, 6, 9]}, index=["a", "b", "c"])
    monkeypatch.setattr(crowd, "by_job", lambda: alike)
    assert crowd.share_redrawn(["VEN"]) == pytest.approx((25, 25, 25))


# Over the country that has to be surpassed
