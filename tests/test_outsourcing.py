"""Outsourcing: cases worked by hand, properties, and a second way to the same result."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from microwork.intervals import exact
from microwork.outsourcing import clumps, crowd, gravity, links
from tests.refused import not_refused


def matrix(rows: list[list[int]]) -> links.Trade:
    names = ["AAA", "BBB", "CCC", "DDD"][: len(rows)]
    return links.Trade(pd.DataFrame(rows, names, names))


def test_a_quotient_by_hand():
    # A buys 10 of 40 projects, C sells 12: chance gives 10 * 12 / 40 = 3; there are 6, so twice as
    # many.
    trade = matrix([[1, 3, 6], [5, 5, 5], [4, 10, 1]])
    assert trade.total == 40
    assert trade.expected.at["AAA", "CCC"] == pytest.approx(3)
    found = links.pooled(trade, [("AAA", "CCC")], clumped=1)
    assert (found.observed, found.value) == (6, pytest.approx(2))


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
    assert clumps.clustered(np.array([4.0]), np.array([1.0])) == 0
    # Clumps of two: 8 projects are as good as 4.
    twos, ones = links.quotient(8, 4.0, clumped=2), links.quotient(4, 2.0)
    assert twos.interval == pytest.approx(ones.interval)
    assert exact(10, 40, clumped=2) == pytest.approx(exact(5, 20))
    assert not_refused([(clumps.of_links, ([("IND", "MDG")],), "found no IND")]) == []


counts = st.lists(
    st.lists(st.integers(0, 50), min_size=4, max_size=4), min_size=4, max_size=4
).filter(lambda rows: all(map(sum, rows)) and all(map(sum, zip(*rows, strict=True))))


@given(counts)
@settings(max_examples=50, deadline=None)
def test_expected_counts_keep_both_margins_and_intervals_hold_their_quotient(rows):
    trade = matrix(rows)
    assert np.allclose(trade.expected.sum(axis=1), trade.bought)
    assert np.allclose(trade.expected.sum(axis=0), trade.sold)
    every = [("AAA", supplier) for supplier in trade.counts.columns]
    assert links.pooled(trade, every, clumped=1).value == pytest.approx(1)
    found = links.pooled(trade, every[:1], clumped=2)
    assert 0 <= found.low <= found.value <= found.high


def test_gravity_by_hand():
    # Six pairs, three clients, three suppliers (one is the reference) and one tie: as many
    # parameters as cells, so the fit is exact. Effects cancel in AB * BC * CA / (AC * BA * CB), and
    # the tie is what is left: 40 * 10 * 10 / (10 * 10 * 20) = 2.
    cells = {"AB": 40, "AC": 10, "BA": 10, "BC": 10, "CA": 10, "CB": 20}
    client, supplier = (pd.factorize(np.array([pair[i] for pair in cells]))[0] for i in (0, 1))
    projects = np.array(list(cells.values()), float)
    tie = np.array([[float(pair == "AB")] for pair in cells])
    swept = gravity.sweep(tie, np.ones(6), client, supplier)
    assert swept == pytest.approx(np.array([1, -1, -1, 1, 1, -1])[:, None] / 6)
    swept, mean = gravity.iterate(projects, tie, client, supplier)
    assert np.exp(gravity.coefficients(swept, mean)) == pytest.approx([2])
    assert mean == pytest.approx(projects)


def largest() -> pd.DataFrame:
    """The ties of the thirty largest clients and suppliers: small enough for dummies."""
    frame, trade = gravity.ties(), links.trade()
    frame = frame[frame["client"].str.len() == 3]  # countries, no parts of them
    clients, suppliers = trade.bought.nlargest(30).index, trade.sold.nlargest(30).index
    kept = frame["client"].isin(clients) & frame["supplier"].isin(suppliers)
    return frame[kept].reset_index(drop=True)


def test_gravity_is_a_poisson_model_with_dummies():
    frame, terms = largest(), ["log_distance", "contiguity", "both_english", "worker_coloniser"]
    sides = [pd.get_dummies(frame[side], dtype=float) for side in ("client", "supplier")]
    design = np.hstack([frame[terms], sides[0], sides[1].iloc[:, 1:]])
    model = sm.GLM(frame["projects"].to_numpy(float), design, family=sm.families.Poisson())
    theirs = model.fit(cov_type="cluster", cov_kwds={"groups": gravity.undirected(frame)})
    ours, count = gravity.fit(frame, terms), len(terms)
    assert ours["coefficient"].tolist() == pytest.approx(theirs.params[:count].tolist(), abs=1e-6)
    assert ours["se"].tolist() == pytest.approx(theirs.bse[:count].tolist(), rel=1e-4)
    assert ours["low"].tolist() == pytest.approx(theirs.conf_int()[:count, 0].tolist(), abs=1e-4)
    # A tie that only pairs without projects have: its factor goes to zero for ever.
    with pytest.raises((ValueError, np.linalg.LinAlgError)):
        gravity.fit(frame.assign(never=(frame["projects"] == 0).astype(float)), ["never"])


def test_both_directions_and_all_parts_of_a_country_are_one_cluster():
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


def test_elasticity_of_data_made_with_one():
    # Pay is a year's level times GDP to the power 0.3, without error.
    wealth = {"A": 900, "B": 4000, "C": 9000, "D": 21000, "E": 60000}
    rows = [(code, year, gdp) for code, gdp in wealth.items() for year in (2015, 2016)]
    frame = pd.DataFrame(rows, columns=["country", "year", "gdp"])
    frame["pay"] = (4 + frame["year"] % 3) * frame["gdp"] ** 0.3
    assert crowd.pay_elasticity(frame)[0] == pytest.approx(0.3)


def test_jobs_of_a_year_that_differ_widen_its_interval(monkeypatch):
    # Two jobs of 50 with 10 and 30: the part is 0.4, beyond it 10 twice; 2 x 100 / 12 / 1 = 16.7.
    jobs = pd.DataFrame({"year": "2020", "people": [50.0, 50.0], "here": [10.0, 30.0]})
    monkeypatch.setattr(crowd, "samples", lambda: jobs)
    monkeypatch.setattr(crowd, "spread", crowd.spread.__wrapped__)
    assert crowd.spread() == pytest.approx(200 / 12)
    assert crowd.of_year("2020") == pytest.approx(exact(40, 100, clumped=200 / 12))
