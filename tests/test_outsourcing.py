"""Outsourcing: cases worked by hand, properties, and second ways to the same result."""

from __future__ import annotations

import itertools
import math
import re

import altair as alt
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import PoissonRegressor
from tallybook import claims, data
from tallybook.charts.drawing import px
from tallybook.charts.publish import specification
from tallybook.charts.theme import BROAD
from tallybook.claims import measurements, standing
from tallybook.model.numbers import Registry
from tallybook.pictures import render

from microwork import outsourcing
from microwork.outsourcing import (
    clumps,
    crowd,
    data_work,
    figures,
    figures_map,
    gravity,
    links,
    models,
    neighbours,
    pay,
    regions,
    world,
)
from microwork.outsourcing import flows as maps
from microwork.outsourcing import random as chance
from microwork.outsourcing.globe import Globe, names, placed
from microwork.outsourcing.numbers import FACTORS
from microwork.paths import DATA


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(outsourcing.numbers())


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
    assert links.share(10, 40, clumped=2) == pytest.approx(links.share(5, 20))


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


def test_projects_without_clumps_show_none():
    drawn = np.random.default_rng(7).poisson(np.outer(np.arange(1, 41), np.arange(1, 31)) / 4)
    assert clumps.pearson(drawn.astype(float)) == pytest.approx(1, abs=0.15)


def test_what_is_unknown_has_no_interval_and_no_quotient():
    with pytest.raises(ValueError, match="found no IND"):
        clumps.of_links([("IND", "MDG")])
    with pytest.raises(ValueError, match="expected one above zero"):
        links.quotient(3, 0.0)


def test_an_interval_is_wider_for_clumps_and_close_to_that_of_regions_drawn_again():
    for supplier in ("MDG", "TUN"):
        found = links.purchases("FRA", supplier)
        plain = links.quotient(found.observed, found.expected)
        assert found.low < plain.low and plain.high < found.high
        value, low, high = regions.quotient_redrawn("FRA", [supplier], draws=2000)
        assert value == found.value
        assert 0.6 < math.log(found.high / found.low) / math.log(high / low) < 1.7


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


def test_both_sides_add_up_and_what_is_left_out_is_out():
    trade = matrix([[1, 3, 6], [5, 5, 5], [4, 10, 1]])
    assert trade.without(["AAA"]).bought.tolist() == [0, 15, 15] and trade.total == 40
    every = links.trade()
    assert every.bought.sum() == every.sold.sum() == every.total


def test_a_block_is_its_members_and_a_bilingual_country_is_in_both():
    french, english = links.speaking("French", "Africa"), links.speaking("English", "Africa")
    assert "CMR" in french and "CMR" in english and "MDG" in french and "KEN" in english
    trade = links.trade()
    members = links.block_members("FRA", "francophone-africa")
    assert members == [code for code in french if code in trade.counts.columns]
    found = links.purchases("FRA", *members)
    selling = [code for code in members if trade.sold[code] > 0]
    by_hand = [links.pooled(trade, [("FRA", code)]) for code in selling]
    assert found.observed == sum(one.observed for one in by_hand)
    assert found.expected == pytest.approx(sum(one.expected for one in by_hand))
    less = links.block_members("FRA", "francophone-africa", leave_out=["MDG"])
    assert set(members) - set(less) == {"MDG"}


def test_a_number_descends_from_the_rows_of_its_formula(registry):
    def rows(name: str) -> set[tuple[str, str]]:
        return {
            (fact.table.split("/")[1], fact.row) for fact in registry[f"outsourcing.{name}"].facts
        }

    # What is expected takes all pairs, and the interval all regions; the press, which names the
    # links, gives no number.
    assert rows("named-east-africa-india") == {("project_pairs", ""), ("client_regions", "")}
    levels = {("smic", start) for start in ("2022-01", "2022-05", "2022-08")}
    pay_2019 = {("supply_by_year", f"{code}/2019") for code in ("FRA", "MDG")}
    assert rows("smic-2022") == levels and rows("pay-fra-over-mdg") == pay_2019


def test_the_busiest_pair_is_taken_out_of_both_counts_by_hand():
    # France bought 2,716 of 196,966 projects and Madagascar sold 219: 3.0198 by chance, 106
    # observed. Île-de-France bought 1,440 and Antananarivo sold 215: 1.5718 by chance, 49 observed.
    # What is left: 57 for 1.4480.
    found = links.without_busiest("FRA", "MDG")
    assert links.busiest("FRA", "MDG") == (49, pytest.approx(1440 * 215 / 196_966))
    assert (found.observed, found.expected) == (
        106 - 49,
        pytest.approx((2716 * 219 - 1440 * 215) / 196_966),
    )


@pytest.mark.parametrize(
    ("pair", "regions_of_pair"),
    [(("FRA", "MDG"), ("Île-de-France", 215)), (("FRA", "BEN"), ("Auvergne-Rhône-Alpes", 78))],
)
def test_without_the_busiest_pair_by_a_model_that_never_saw_it(pair, regions_of_pair):
    # A second way: independence with that one cell missing (quasi-independence, Goodman 1968),
    # fitted on the table of the two regions, the rest of their countries and the rest of the world.
    # There the busiest pair is not in its regions' totals either, so less is expected of the
    # others: the quotient can only be higher. Leaving it in what is expected gives less.
    client, supplier = pair
    region, sold = regions_of_pair
    trade, found = links.trade(), links.without_busiest(*pair)
    busiest, _ = links.busiest(*pair)
    bought = int(clumps.regions(client).loc[(slice(None), region), :].to_numpy().sum())
    part, whole = np.array([bought, sold]), [trade.bought[client], trade.sold[supplier]]
    rows, columns = np.array([part - busiest, whole - part, trade.total - np.array(whole)]).T
    cells = np.ones((3, 3))
    cells[0, 0] = 0
    for _ in range(200):  # iterative proportional fitting to the totals without that cell
        cells *= (rows / cells.sum(axis=1))[:, None]
        cells *= columns / cells.sum(axis=0)
    quasi = found.observed / cells[:2, :2].sum()
    left_in = found.observed / trade.expected.at[client, supplier]
    assert left_in < found.value < quasi < 1.5 * found.value


def test_no_place_in_an_order_for_small_counts(flows):
    assert flows["projects"].min() >= links.SMALL
    best = maps.furthest(flows)
    joined = best.merge(flows, on=["client", "supplier", "projects"])
    assert len(joined) == len(best) and (joined["low"] > 1).all()


def test_an_interval_of_a_block_is_close_to_that_of_leaving_out_one_region_at_a_time():
    # Another method: the jackknife of the logarithm, which needs no draws. With few unequal regions
    # the two differ somewhat.
    for client, key in links.CELLS:
        members, by_region = links.block_members(client, key), clumps.regions(client)
        bought = by_region.sum(axis="columns").to_numpy(float)
        of_block = by_region.reindex(columns=members, fill_value=0).sum(axis="columns").to_numpy()
        left = np.log((of_block.sum() - of_block) / (bought.sum() - bought))
        spread = math.sqrt((len(left) - 1) * left.var())
        value, low, high = regions.block(client, key)
        assert value == pytest.approx(links.purchases(client, *members).value)
        assert 0.5 < math.log(high / low) / (2 * 1.96 * spread) < 2, (client, key)


def test_regions_drawn_again_cover_a_truth_that_is_known():
    # Forty regions of unequal size, each with a rate of its own round 0.1: the middle 95 % of draws
    # hold 0.1 nearly that often.
    rng, hits = np.random.default_rng(11), 0
    for _ in range(200):
        size = rng.integers(20, 400, 40)
        block = rng.binomial(size, rng.beta(5, 45, 40))
        frame = pd.DataFrame({"AAA": block, "BBB": size - block})
        low, high = np.quantile(regions.redrawn(frame, ["AAA"], rng, 400), (0.025, 0.975))
        hits += low <= 0.1 <= high
    assert 0.86 < hits / 200 <= 0.99


# Random names


def test_all_sets_are_taken_where_they_are_few():
    assert chance.random_sets(5, 2).tolist() == [
        list(pair) for pair in itertools.combinations(range(5), 2)
    ]


def test_random_sets_have_no_repeats_and_are_uniform():
    drawn = chance.random_sets(150, 4, draws=40_000)  # twenty million sets: too many to take all
    assert all(len(set(row)) == 4 for row in drawn[:2000])
    share = np.bincount(drawn.ravel(), minlength=150) / drawn.size
    assert np.abs(share - 1 / 150).max() < 5 * math.sqrt(1 / 150 / drawn.size)


def test_a_share_of_sets_by_hand():
    # A's suppliers B to F sell 20 each of 200 projects and A buys 100, so 10 are expected from
    # each. C is named: 15 observed, F has 16. Two of the five do as well as C.
    rows = [[50, 4, 15, 8, 7, 16], [50, 16, 5, 12, 13, 4], *([[0] * 6] * 4)]
    assert chance.as_high("AAA", ["CCC"], among=matrix(rows)) == pytest.approx(2 / 5)


def test_drawing_comes_close_to_taking_all(monkeypatch):
    exact = chance.as_high("GBR", ["IND", "KEN"])
    monkeypatch.setattr(chance, "ENUMERATE", 0)
    p, low, high = chance.as_high("GBR", ["IND", "KEN"])
    assert isinstance(exact, float) and low < high
    assert p == pytest.approx(exact, abs=0.005)


def test_names_without_an_expectation_cannot_be_drawn():
    assert chance.as_high("FRA", ["MDG", "SEN"]) == chance.as_high("FRA", ["MDG"])
    with pytest.raises(ValueError, match="expected count of one"):
        chance.as_high("FRA", ["SEN"])


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


def test_gravity_finds_the_ties_that_made_the_data():
    rng = np.random.default_rng(3)
    names = [f"C{i}" for i in range(12)]
    pairs = [(a, b) for a in names for b in names if a != b]
    frame = pd.DataFrame(pairs, columns=["client", "supplier"])
    frame["one"] = rng.normal(size=len(frame))
    frame["two"] = (rng.random(len(frame)) < 0.3).astype(float)
    size = dict(zip(names, rng.normal(2, 1, 12), strict=True))
    sizes = frame["client"].map(size) + frame["supplier"].map(size)
    frame["projects"] = np.exp(sizes + 0.7 * frame["one"] - 0.4 * frame["two"])
    fitted = gravity.fit(frame, ["one", "two"])
    assert fitted.terms["coefficient"].tolist() == pytest.approx([0.7, -0.4])


@pytest.fixture(scope="module")
def ties() -> pd.DataFrame:
    """The ties of all pairs, by client and supplier."""
    return models.ties().set_index(["client", "supplier"])


@pytest.fixture(scope="module")
def largest() -> pd.DataFrame:
    """The ties of the thirty largest clients and suppliers: small enough for dummies."""
    frame, trade = models.ties(), links.trade()
    frame = frame[frame["client"].str.len() == 3]  # countries, no parts of them
    clients, suppliers = trade.bought.nlargest(30).index, trade.sold.nlargest(30).index
    return frame[frame["client"].isin(clients) & frame["supplier"].isin(suppliers)].reset_index(
        drop=True
    )


def dummies(frame: pd.DataFrame, terms: tuple[str, ...]) -> np.ndarray:
    clients, suppliers = (
        pd.get_dummies(frame[side], dtype=float).to_numpy() for side in ("client", "supplier")
    )
    return np.hstack([frame[list(terms)].to_numpy(), clients, suppliers[:, 1:]])


def test_gravity_is_a_poisson_model_with_dummies(largest):
    ours = gravity.fit(largest, gravity.BASE)
    model = sm.GLM(
        largest["projects"].to_numpy(float),
        dummies(largest, gravity.BASE),
        family=sm.families.Poisson(),
    )
    theirs = model.fit(cov_type="cluster", cov_kwds={"groups": gravity.undirected(largest)})
    assert ours.terms["coefficient"].tolist() == pytest.approx(theirs.params[:5].tolist(), abs=1e-6)
    assert ours.terms["se"].tolist() == pytest.approx(theirs.bse[:5].tolist(), rel=1e-4)
    assert ours.terms["low"].tolist() == pytest.approx(theirs.conf_int()[:5, 0].tolist(), abs=1e-4)


def test_gravity_by_another_library(largest):
    design = dummies(largest, gravity.BASE)[
        :, :-1
    ]  # scikit-learn has an intercept; with it one client and one supplier go
    design = np.delete(design, 5, axis=1)
    model = PoissonRegressor(alpha=0, solver="newton-cholesky", max_iter=1000, tol=1e-10).fit(
        np.hstack([design, dummies(largest, gravity.BASE)[:, -1:]]), largest["projects"]
    )
    assert model.coef_[:5].tolist() == pytest.approx(
        gravity.fit(largest, gravity.BASE).terms["coefficient"].tolist(), abs=1e-4
    )


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


def test_ties_come_from_the_table_of_countries(ties):
    row, back = ties.loc[("FRA", "MDG")], ties.loc[("MDG", "FRA")]
    of_pair = ["language", "both_french", "client_coloniser", "french_ties", "worker_coloniser"]
    assert row[of_pair].tolist() == [1, 1, 1, 1, 0] and back[of_pair].tolist() == [1, 1, 0, 0, 1]
    assert ties.at[("FRA", "ESP"), "contiguity"] == ties.at[("USA", "PHL"), "other_ties"] == 1
    assert 8000 < math.exp(row["log_distance"]) < 9500  # Paris to Antananarivo
    assert not any(client[:3] == supplier for client, supplier in ties.index)
    each = ties[["french_ties", "british_ties", "spanish_ties", "other_ties"]].sum(axis=1)
    assert (ties["client_coloniser"] == each).all()


def test_each_country_has_one_former_ruler_by_the_rule():
    listed, ruled = links.countries()["colonisers"], links.rulers()
    # Where CEPII names several, the rule takes one; two powers stayed to the end in Vanuatu, and in
    # parts of Somalia.
    several = {code for code, powers in listed.items() if len(powers) > 1}
    assert {code for code in several if len(ruled[code]) > 1} <= {"VUT", "SOM"}
    changed = {code: next(iter(ruled[code])) for code in ruled.index if ruled[code] != listed[code]}
    # No row says what CEPII says, and CEPII names nobody for Haiti.
    assert set(changed) == set(data.table("outsourcing/rulers")["country"])
    assert set(changed) - several == {"HTI"}
    assert all(changed[code] in listed[code] for code in set(changed) - {"HTI", "DOM"})
    # The last ruler, so the Philippines are American; Haiti, a neighbour and former colony, is
    # passed over in Santo Domingo.
    last = {"PHL": "USA", "USA": "GBR", "DOM": "ESP", "TUN": "FRA"}
    assert {code: changed[code] for code in last} == last


def test_the_total_of_spain_no_longer_hangs_on_one_pair(registry, ties):
    # CEPII makes the Philippines Spanish: with its list that one pair, which is English-speaking,
    # hides Spain's tie.
    number = registry["outsourcing.gravity-spanish-ties-total"]
    without = registry["outsourcing.spain-total-without-philippines"]
    assert number.low > 1 and number.value == pytest.approx(without.value, rel=0.1)
    assert registry["outsourcing.gravity-spanish-ties-total-cepii"].low < 1
    by_cepii = models.ties(our_rulers=False).set_index(["client", "supplier"])
    pair = [one.at[("ESP", "PHL"), "spanish_ties"] for one in (ties, by_cepii)]
    assert pair == [0, 1]


def test_clients_that_are_given_what_france_ruled():
    found = models.given_france_s().set_index("client")["factor"]
    trade, suppliers = links.trade(), regions.once_ruled()
    assert found["FRA"] == models.factor("languages", "french_ties")[0]
    assert models.rank_of_france() == 1 + (found > found["FRA"]).sum()
    assert list(found.index[:3]) == ["AUT", "PHL", "FRA"]  # the page names the two above France
    # Every large client is there, and no other.
    for code in set(trade.counts.index) & set(links.countries().index):
        chance_gives = trade.expected.loc[code, [one for one in suppliers if one != code]].sum()
        assert (code in found.index) == (chance_gives >= models.EXPECTED), code
    # One of them again, by the fitting code of all other factors and without the start that makes
    # it fast.
    frame = models.ties()
    given = (frame["client"] == "AUT") & frame["supplier"].isin(suppliers)
    fitted = gravity.fit(frame.assign(given=given.astype(float)), (*gravity.BY_LANGUAGE, "given"))
    assert fitted.factor("given")[0] == pytest.approx(found["AUT"], rel=1e-6)


def test_a_part_of_a_country_has_its_own_language_and_its_country_s_place(ties):
    spoken = ties[["language", "both_french", "both_english"]].astype(int)
    assert spoken.loc[("CAN-french", "MDG")].tolist() == [1, 1, 0]
    assert spoken.loc[("CAN-other", "MDG")].tolist() == [0, 0, 0]
    assert spoken.at[("CAN-other", "KEN"), "both_english"] == 1
    assert spoken.at[("CAN-french", "KEN"), "both_english"] == 0
    for supplier in ("MDG", "BEN", "USA"):
        one, other = (ties.loc[(f"CAN-{part}", supplier)] for part in ("french", "other"))
        whole = links.trade().counts.at["CAN", supplier]
        assert one["projects"] + other["projects"] == whole
        shared = ["log_distance", "contiguity", "client_coloniser"]
        assert one[shared].tolist() == other[shared].tolist()
    assert ("CAN-french", "CAN") not in ties.index  # a domestic project stays one


def test_parts_sum_to_the_country():
    counts, rows = links.trade().counts, regions.parts()
    for client in ("CAN", "BEL", "CHE"):
        both = rows.loc[f"{client}-french"] + rows.loc[f"{client}-other"]
        assert both[both > 0].to_dict() == counts.loc[client][counts.loc[client] > 0].to_dict()
    assert regions.split(counts).to_numpy().sum() == counts.to_numpy().sum()


def test_what_a_part_buys_by_hand():
    # Quebec (two spellings) bought 1,733 of 196,966 projects. Madagascar sold 219, so 1,733 x 219 /
    # 196,966 = 1.9269 by chance.
    found = regions.bought_by(["CAN-french"], ["MDG"])
    assert (found.observed, found.expected) == (12, pytest.approx(1733 * 219 / 196_966))
    rest = regions.bought_by(["CAN-other"], ["MDG"])
    whole = links.pooled(links.trade(), [("CAN", "MDG")])
    both = (found.observed + rest.observed, found.expected + rest.expected)
    assert both == (whole.observed, pytest.approx(whole.expected))


def test_no_french_speaking_supplier_was_ruled_by_the_other_french_speaking_clients():
    ruled = links.countries()["colonisers"]
    assert set(regions.once_ruled()) == set(models.ties().query("french_ties == 1")["supplier"])
    assert not {"BEL", "CHE", "CAN"} & set().union(
        *(ruled[code] for code in (*regions.african(), *regions.once_ruled()))
    )
    assert ruled["RWA"] >= {"BEL"} and "RWA" not in regions.african()
    assert "MDG" not in regions.african(regions.TWO)


def test_france_over_the_parts_by_hand():
    # Whatever is expected cancels: France bought 106 of 2,716 from Madagascar; the parts are added
    # up.
    rows = regions.parts().loc[regions.FRENCH_PARTS]
    share = rows["MDG"].sum() / rows.to_numpy().sum()
    value, low, high = regions.over_french_parts(["MDG"], draws=500)
    assert value == pytest.approx(106 / 2716 / share) and low < value < high
    alike = pd.DataFrame({"A": [3, 6], "B": [1, 2]})  # both regions: every draw is the same
    assert np.allclose(regions.redrawn(alike, ["A"], np.random.default_rng(1), 50), 3 / 4)


def test_an_invented_empire_has_the_french_speaking_parts_and_no_others(ties):
    clients, suppliers = zip(*ties.index[ties["invented_ties"] == 1], strict=True)
    assert set(clients) == set(regions.FRENCH_PARTS)
    assert set(suppliers) == set(regions.once_ruled())
    assert not (ties["invented_ties"] * ties["client_coloniser"]).any()


@pytest.mark.parametrize("key", [key for key in models.MODELS if key.startswith("total")])
def test_a_total_effect_has_no_term_for_language(key):
    terms = models.MODELS[key].terms
    assert not any("language" in term or term.startswith("both_") for term in terms)


def test_regions_drawn_again(monkeypatch):
    # One region: every draw is the same, and the interval is the quotient itself. Two regions that
    # buy alike: likewise.
    frame = clumps.regions("FRA")
    alone = frame.sum(axis="index").to_frame().T
    value = links.pooled(links.trade(), [("FRA", "MDG")]).value
    for copies in (["a"], ["a", "b"]):
        monkeypatch.setattr(clumps, "regions", lambda _, c=copies: pd.concat([alone for _ in c]))
        found = regions.quotient_redrawn("FRA", ["MDG"], draws=50)
        assert found == pytest.approx((value, value, value))
    monkeypatch.undo()
    again, low, high = regions.quotient_redrawn("FRA", ["MDG"], draws=2000)
    assert low < again == value < high
    assert regions.quotient_redrawn("FRA", ["MDG"], draws=2000) == (value, low, high)


def test_no_model_counts_a_pair_that_it_leaves_out(ties):
    every, less = models.model("total-empires"), models.model("total-empires-no-philippines")
    out = ties.at[("ESP", "PHL"), "projects"]
    assert less.projects == every.projects - out < every.projects


def test_a_fit_that_cannot_converge_says_so(largest):
    # A tie that only pairs without projects have: its factor goes to zero for ever.
    frame = largest.assign(never=(largest["projects"] == 0).astype(float))
    with pytest.raises((ValueError, np.linalg.LinAlgError)):
        gravity.fit(frame, ["never"])


@pytest.mark.parametrize(
    "name",
    [
        "coloniser-total",
        "french-ties-total",
        "french-ties-recoded",
        "french-ties-cepii",
        "placebo-empire",
    ],
)
def test_a_tie_can_be_read_off_the_sums_that_the_fit_must_keep(registry, name):
    # Second way, without the fitting code: by its first-order conditions a Poisson fit keeps the
    # totals of every client, of every supplier and of every tie. Scaling fitted projects until
    # these sums hold (iterative scaling, Darroch and Ratcliff 1972) finds the same factor for a tie
    # that is nought or one; the other terms stay as estimated.
    key, term = FACTORS[name]
    model = models.MODELS[key]
    frame = models.ties(model.our_rulers)
    others = [one for one in model.terms if one != term]
    estimated = models.model(key).terms.loc[others, "coefficient"].to_numpy()
    offset = np.exp(frame[others].to_numpy(float) @ estimated)
    projects, tie = frame["projects"].to_numpy(float), frame[term].to_numpy() == 1
    client, supplier = codes(frame)
    buys, sells = np.bincount(client, projects), np.bincount(supplier, projects)
    a, b, factor = np.ones(len(buys)), np.ones(len(sells)), 1.0
    for _ in range(400):
        base = offset * np.where(tie, factor, 1.0)
        a = buys / np.bincount(client, base * b[supplier])
        b = sells / np.bincount(supplier, base * a[client])
        factor *= projects[tie].sum() / (base * a[client] * b[supplier])[tie].sum()
    assert factor == pytest.approx(registry[f"outsourcing.{name}"].value, rel=2e-3)


# The world, and pay


def test_data_entry_by_hand():
    # 3,017 + 5,185 of 72,273 + 124,710 projects; with typists (814 + 1,416) and statistical
    # assistants (1,781 in 2015 alone).
    whole = 72_273 + 124_710
    entry, near = 100 * (3_017 + 5_185) / whole, 100 * (3_017 + 5_185 + 814 + 1_416 + 1_781) / whole
    assert data_work.share() == pytest.approx((entry, entry, near))
    # All but a few projects of the links between countries have an occupation.
    assert whole == pytest.approx(links.trade().total, rel=1e-3)


def test_places_of_mechanical_turk_by_hand(registry):
    # 2018: 19,933 located workers, 15,270 of them in the United States, 96 in Venezuela. 2026:
    # 14,979, 14,398, none.
    parts = data_work.places().pivot(index="year", columns="place", values="percent")
    for year, located, american, venezuelan in (
        (2018, 19_933, 15_270, 96),
        (2026, 14_979, 14_398, 0),
    ):
        abroad = registry[f"outsourcing.mturk-abroad-{year}"].value
        assert abroad == pytest.approx(100 * (located - american) / located)
        assert parts.at[year, "Venezuela"] == pytest.approx(100 * venezuelan / located)
        assert parts.loc[year].sum() == pytest.approx(abroad)
        # The two tables have the same workers.
        row = data.row("outsourcing/mturk_places", year, "Venezuela")
        assert row["workers"] == registry[f"outsourcing.since-mturk-venezuela-{year}"].value


def test_elasticity_of_data_made_with_one():
    # Pay is a year's level times GDP to the power 0.3, without error.
    wealth = {"A": 900, "B": 4000, "C": 9000, "D": 21000, "E": 60000}
    rows = [
        (code, year, 4 + year % 3, gdp) for code, gdp in wealth.items() for year in (2015, 2016)
    ]
    frame = pd.DataFrame(rows, columns=["country", "year", "level", "gdp"])
    frame["pay"] = frame["level"] * frame["gdp"] ** 0.3
    assert world.pay_elasticity(frame)[0] == pytest.approx(0.3)


def test_elasticity_by_projects_is_that_of_repeated_rows():
    rng = np.random.default_rng(5)
    frame = pd.DataFrame(
        {"country": list("ABCDEF"), "year": 2015, "gdp": rng.uniform(500, 50_000, 6)}
    )
    frame["pay"] = rng.uniform(3, 20, 6)
    frame["projects"] = [1, 2, 3, 4, 5, 6]
    again = frame.loc[frame.index.repeat(frame["projects"])].reset_index(drop=True)
    weighted, repeated = world.pay_elasticity(frame, weight=1.0), world.pay_elasticity(again)
    assert weighted[0] == pytest.approx(repeated[0])


def test_pay_leaves_out_small_samples_and_venezuela():
    frame = world.pay_and_gdp()
    assert "VEN" not in set(frame["country"])
    assert frame["projects"].min() >= 20 and frame["year"].max() == world.LATEST


def test_visits():
    assert world.visit_ratio("Venezuela") == pytest.approx(59_400_656 / 161_273)
    assert "Madagascar" not in set(world.visits("worker")["country"])


def test_smic_by_the_months_it_held():
    # 2022: 1,603.12 for four months, 1,645.58 for three, 1,678.95 for five.
    assert pay.smic(2022) == pytest.approx((4 * 1603.12 + 3 * 1645.58 + 5 * 1678.95) / 12)
    with pytest.raises(ValueError, match="no level for January"):
        pay.smic(2021)


def test_minimum_wages_by_hand():
    # 1,645.33 EUR at 0.94962 EUR per USD is 1,732.62 USD; 250,000 ariary at 4,096.12 per USD are
    # 61.03 USD.
    assert pay.minimum_wage_ratio_market() == pytest.approx(1732.62 / 61.033, rel=1e-4)
    # In international dollars: 1,645.33 / 0.682729 = 2,409.93 over 250,000 / 1,201.211 = 208.12.
    assert pay.minimum_wage_ratio_ppp() == pytest.approx(2409.93 / 208.123, rel=1e-4)
    assert pay.smic_over_annotators() == pytest.approx([1645.3308 / of for of in (111, 126, 96)])
    # 15 USD a week are 65 USD a month.
    assert pay.platform_pay_usd() == pytest.approx(65)
    # 130 bolivars at 4.29, 6.2817 and 7.86 a dollar are 30.30, 20.70 and 16.54 USD.
    found = [pay.smic_over_venezuelan_minimum(rate) for rate in pay.VENEZUELAN_RATES]
    assert found == pytest.approx([1732.62 / usd for usd in (30.303, 20.695, 16.539)], rel=1e-4)


def test_annotators_over_two_means():
    # 505,389 ariary at 4,525.42 per USD and 0.92389 EUR per USD are 103.18 EUR; 100 EUR are 0.969
    # of it.
    assert pay.mean_wage_eur("instat-formal-mean") == pytest.approx(103.18, abs=0.01)
    # The highest published figure is 126 EUR.
    assert pay.annotators_over("instat-formal-mean")[2] == pytest.approx(126 / 103.18, abs=1e-3)


def test_no_purchasing_power_for_venezuela(registry):
    for number in registry:
        words = f"{number.id} {number.label} {number.how}".lower()
        power = any(word in words for word in ("purchasing", "ppp", "international dollar"))
        assert not ("venezuela" in words and power), number.id


def test_revenue_per_person():
    assert pay.revenue_per("edbm-bpo-jobs-2024") == pytest.approx(115_000_000 / 45_000 / 12)


# Verdicts


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("crowd-venezuela", [f"{crowd.workers(crowd.SUMMER).sum():,} of them"]),
        ("crowd-venezuela-jobs", [f"{crowd.DRAWS} times", f"seed {crowd.SEED}"]),
        ("block-fra-francophone-africa", [f"{regions.DRAWS} times", f"seed {regions.SEED}"]),
        ("rich-from-poor", [f"{neighbours.DRAWS} times", f"seed {neighbours.SEED}"]),
        ("visits-madagascar", [f"those of {neighbours.SECOND}"]),
        ("permutation-p-fra", [f"seed {chance.SEED}"]),
        ("clients-ranked", [f"expects {models.EXPECTED} projects"]),
    ],
)
def test_the_words_of_a_number_tell_the_constants_of_the_code(registry, name, told):
    number = registry[f"outsourcing.{name}"]
    assert all(words in number.how for words in told), number.how


@pytest.fixture(scope="module")
def judged(registry) -> dict[str, claims.Judgement]:
    return {one.claim_id: one for one in outsourcing.judgements(claims.claims(), registry)}


def test_like_evidence_gives_like_verdicts(judged):
    # Each neighbour agrees where its whole range lies beyond the threshold, and decides nothing
    # elsewhere. None is firm.
    places = set(measurements.family("place"))
    measured = [
        one for one in judged.values() if one.tests and one.tests[0].measurement not in places
    ]
    assert len(measured) == 5
    for one in measured:
        (test,) = one.tests
        _, low, high = test.range
        assert test.kind == "above" and high >= test.limit
        beyond = low > test.limit
        agrees, open_ = claims.Verdict.NOT_CONTRADICTED, claims.Verdict.UNDECIDED
        assert one.check is claims.Check.NEIGHBOUR and one.verdict is (
            agrees if beyond else open_
        ), one.claim_id


def test_no_verdict_stands_on_visits(judged):
    # They are estimates of one student project; and for Madagascar they leave out the firms where
    # the work is.
    assert not any("visits" in name for one in judged.values() for name in (*one.found, *one.used))
    assert not any("visit" in one.reason.lower() for one in judged.values())


def test_one_specification_for_all_empires(registry, judged):
    # What language alone explains says nothing of rule, for Spain as for France: Spain's total is
    # above one, and decides nothing.
    tested = {
        "coloniality": "french-ties-recoded",
        "es-hispanophone": "gravity-spanish-ties-by-language",
    }
    for name, number in tested.items():
        assert judged[name].found == (f"outsourcing.{number}",)
        assert [test.measurement for test in judged[name].tests] == ["former-rule-by-language"]
    assert registry["outsourcing.gravity-spanish-ties-total"].low > 1
    assert judged["es-hispanophone"].verdict is claims.Verdict.UNDECIDED
    # Much flows from rich to poor, and hardly more than chance gives.
    assert judged["north-south-pattern"].verdict is claims.Verdict.UNDECIDED


def test_the_philippines_are_set_beside_suppliers_that_were_never_american(registry, judged):
    number = registry["outsourcing.philippines-over-never-american"]
    alone, others = registry["outsourcing.lq-usa-phl"], links.named_links("control", "USA")
    assert others == [("USA", "BGD"), ("USA", "PAK")]
    pooled = links.pooled(links.trade(), others)
    assert alone.low > 1 > number.low and number.value == pytest.approx(alone.value / pooled.value)
    assert judged["us-philippines"].verdict is claims.Verdict.UNDECIDED
    # Neither of them alone would decide otherwise, nor would regions drawn again for both sides.
    for other in others:
        _, low, high = neighbours.over_placebo([("USA", "PHL")], [other])
        assert low < 1 < high
    tied, free = (
        regions.redrawn(clumps.regions("USA"), sellers, np.random.default_rng(1), 4000)
        for sellers in (["PHL"], [supplier for _, supplier in others])
    )
    ratio = tied / free
    low, high = np.quantile(number.value * ratio / np.median(ratio), (0.025, 0.975))
    assert math.log(high / low) == pytest.approx(math.log(number.high / number.low), rel=0.3)


def test_links_over_like_links_by_hand():
    # As many projects in both, of equally many by chance: one, with even ends. Clumps of four times
    # the size double the width.
    pairs = [("USA", "PHL")]
    value, low, high = neighbours.over_placebo(pairs, pairs)
    assert value == pytest.approx(1) and low * high == pytest.approx(1)
    _, wider_low, wider_high = neighbours.over_placebo(pairs, pairs, 4.0)
    assert math.log(wider_high / wider_low) == pytest.approx(2 * math.log(high / low), rel=0.02)


def test_french_over_english_speaking_africa_by_hand(registry):
    number = registry["outsourcing.french-over-english-africa"]
    french, english = (
        links.purchases("FRA", *links.block_members("FRA", f"{language}-africa")).value
        for language in ("francophone", "anglophone")
    )
    assert number.value == pytest.approx(french / english) and number.low > 1
    assert regions.over_block(
        "FRA", "francophone-africa", "francophone-africa", draws=50
    ) == pytest.approx((1, 1, 1))


def test_three_projects_between_egypt_and_china_decide_nothing(registry, judged):
    # Three freelance projects of any kind, years before: nothing on data work, dependency or
    # novelty, so no evidence. None from the Gulf is no evidence either.
    assert [(fact.table, fact.row) for fact in judged["egypt-china"].facts] == [
        ("outsourcing/project_pairs", "CHN/EGY")
    ]
    for name in ("egypt-china", "gulf-china", "uk-us-east-africa-india"):
        assert judged[name].check is claims.Check.NONE


def test_severity_and_flips_by_hand(registry, judged):
    factor = registry["outsourcing.french-ties-recoded"]
    # The range moves with the truth. Its upper end is 1.84 times the value: that far below one, the
    # whole of it is below one.
    severity = judged["coloniality"].severity
    assert severity == claims.Severity(pytest.approx(factor.high / factor.value), "times")
    flips = {
        (name, flip.axis.assumption.split(",")[0]): [at for at, _ in flip.turns]
        for name, one in judged.items()
        for flip in one.flips
    }
    # The low end reaches one when it is divided by itself.
    (like,) = flips["coloniality", "The ratio for data work"]
    assert like == pytest.approx(1 / factor.low, rel=1e-3)
    # On logs the low end lies log(2.94 / 1.60) below the value, and one lies log(2.94) below it.
    (wider,) = flips["coloniality", "Width of the interval"]
    by_hand = math.log(factor.value) / math.log(factor.value / factor.low)
    assert wider == pytest.approx(by_hand, rel=1e-3)
    # Half of fifteen times is still above one.
    assert flips["not-chance", "The ratio for data work"] == []
    # By CEPII's list alone the French tie stays, and the Spanish one stays unclear.
    for name in ("coloniality", "es-hispanophone"):
        assert flips[name, "Way from our list of former rulers to that of CEPII"] == []
    # Half way to CEPII's list on logs is the geometric mean.
    middle = models.between_lists("languages", "spanish_ties", 0.5)[0]
    ends = ("by-language", "cepii")
    ours, theirs = (registry[f"outsourcing.gravity-spanish-ties-{end}"].value for end in ends)
    assert middle == pytest.approx(math.sqrt(ours * theirs))


def test_no_claim_is_borne_out_by_those_who_made_it(registry, judged):
    texts = [one for one in judged.values() if one.check is claims.Check.DOCUMENTS]
    assert len(texts) == 7
    # One sentence says neither where work goes nor why: of two claims that say both, it is no
    # evidence.
    for name in ("outsourced-low-labour-cost", "cost-minimisation"):
        assert judged[name].check is claims.Check.NONE
        assert [fact.row for fact in judged[name].facts] == ["hao-cheap"]
    # Nor do two cases show what is so as a rule, where nobody says that the firm was there before.
    assert judged["existing-firms"].check is claims.Check.NONE and judged["existing-firms"].facts
    assert not any(standing.of(fact).claimants for one in texts for fact in one.facts)
    # Of the six countries that are named one text or another speaks, and a claim on all of them is
    # not documented where one is weak.
    named = judged["fr-francophone-africa"]
    table = data.table("outsourcing/texts").set_index("fact_id")
    places = {place for fact in named.facts for place in table.at[fact.row, "country"].split("; ")}
    assert {"Madagascar", "Morocco", "Tunisia", "Cameroon", "Senegal", "Côte d’Ivoire"} <= places
    assert named.verdict is claims.Verdict.NOT_CONTRADICTED
    # A text whose author may have met a worker through the team carries nothing, and the article
    # can be read.
    settled = claims.settle(claims.claims(), judged.values(), ["outsourcing"], registry)
    assert settled["graduates-madagascar"].verdict is claims.Verdict.NOT_READ
    assert settled["uk-us-east-africa-india"].verdict is claims.Verdict.NOT_READ
    assert settled["gulf-china"].verdict is claims.Verdict.NOTHING_PUBLIC
    assert judged["graduates-venezuela"].verdict is claims.Verdict.DOCUMENTED


# The numbers that claims are tested on


def test_visits_of_two_countries_by_hand():
    for other, visits, traffic in ("Colombia", 9_539_224, 4.2), ("India", 116_718_632, 12):
        both = 59_400_656 / visits, 6.2 / traffic
        found = neighbours.visits_over("Venezuela", other)
        assert found == pytest.approx((both[0], min(both), max(both)))
    # The last of the first twenty are the Emirates. A share of traffic is no visit: it does not
    # enter.
    bound = 3_840_221 / 116_718_632
    assert neighbours.visits_at_most("India") == pytest.approx((bound, 0, bound))
    assert world.visits("worker")["country"].tolist()[1] == neighbours.SECOND


def test_china_bought_nothing_from_the_gulf_by_hand():
    trade = links.trade()
    sold = sum(trade.sold[code] for code in ("ARE", "BHR", "OMN", "QAT", "SAU"))
    expected = trade.bought["CHN"] * sold / trade.total
    value, low, high = links.pooled(trade, neighbours.gulf_links()).interval
    clumped = clumps.of_links(neighbours.gulf_links())
    assert (value, low) == (0, 0) and high == pytest.approx(-math.log(0.025) * clumped / expected)


def test_projects_from_rich_to_poor_by_another_way():
    # A row for each pair and plain sums, and the spread by leaving out one client country at a time
    # instead of drawing.
    wealth = data.table("outsourcing/gdp_per_head").query("year in (2014, 2015)")
    wealth = wealth.groupby("country")["gdp_per_head"].mean()
    trade = links.trade()
    both = {"n": trade.counts.stack(), "chance": trade.expected.stack()}
    rows = pd.DataFrame(both).rename_axis(["client", "supplier"]).reset_index()
    rows["over"] = rows["client"].map(wealth) / rows["supplier"].map(wealth)

    def ratio(frame: pd.DataFrame) -> float:
        down, up = (frame.query(which) for which in ("over > 2", "over < 0.5"))
        return down["n"].sum() / down["chance"].sum() / (up["n"].sum() / up["chance"].sum())

    value, low, high = neighbours.rich_from_poor()
    assert value == pytest.approx(ratio(rows))
    clients = [code for code in wealth.index if code in set(links.trade().counts.index)]
    left = np.log([ratio(rows[rows["client"] != code]) for code in clients])
    spread = math.sqrt((len(left) - 1) * left.var())
    assert spread / 2 < math.log(high / low) / (2 * 1.96) < spread * 2
    # The plain ratio of projects is more than fifty; nearly all of it is that rich countries buy
    # and poor ones sell.
    plain = rows.query("over > 2")["n"].sum() / rows.query("over < 0.5")["n"].sum()
    assert plain > 50 and value < 1.5


# Drawings


@pytest.fixture(scope="module")
def flows() -> pd.DataFrame:
    return maps.flows()


@pytest.fixture(scope="module")
def drawn(flows):
    return figures.flows(flows, maps.furthest(flows), DATA / "outsourcing/land.json", "France")


def test_the_map_shows_one_client_and_on_a_narrow_drawing_each_empire(drawn):
    broad, narrow = (
        render.draw(specification("outsourcing-test", chart, BROAD))
        for chart in (drawn.broad, drawn.narrow)
    )
    assert ">Madagascar<" in broad and ">Peru<" not in broad
    # On the map of France, and in the list.
    assert narrow.count(">Benin<") == 2 and ">Peru<" in narrow


def test_the_projection_keeps_areas_and_is_the_one_that_draws():
    # A small square on the globe has an area of cos(latitude) d d; on a map that keeps areas it is
    # the same multiple everywhere.
    globe, d = Globe(100.0, 360.0, 200.0), 1e-3
    assert globe.at(0, 0) == (360.0, 200.0)

    def stretch(longitude: float, latitude: float) -> float:
        x, y = globe.at(longitude, latitude)
        east, north = globe.at(longitude + d, latitude), globe.at(longitude, latitude + d)
        return ((east[0] - x) * (y - north[1]) - (y - east[1]) * (north[0] - x)) / (
            d * d * math.cos(math.radians(latitude))
        )

    found = [
        stretch(longitude, latitude) for longitude in (-120, 5, 90) for latitude in (-50, 0, 20, 65)
    ]
    assert found == pytest.approx([found[0]] * len(found), rel=1e-3)
    # And Vega draws land where we put circles: here an island that is a point.
    place = (46.9, -18.9)
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}}
    island = globe.land(alt.InlineData(values=point), "black", None)
    drawn = render.draw(specification("outsourcing-test", alt.layer(island), BROAD))
    (found,) = re.findall(r'd="M([\d.]+),([\d.]+)m', drawn)
    assert tuple(map(float, found)) == pytest.approx(globe.at(*place), abs=0.01)


def test_names_on_the_map_do_not_overlap_and_most_are_there(flows):
    best, full, area = maps.furthest(flows), BROAD, 22
    globe = Globe.around(figures_map.WORLD, 0, full, full)
    links, wanted = placed(flows, globe), 0
    for client, group in links.groupby("client"):
        order = figures_map._order(group, best)
        found = names(group, order, full, area, 0)
        wanted += len(found)
        assert set(found["text"]) <= {client, *order}
        if client == "France":
            assert {client, "India", *best.query("client == 'France'")["supplier"]} == set(
                found["text"]
            )
        wide = found["text"].map(px)
        left = found["x"] - found["align"].map({"left": 0.0, "center": 0.5, "right": 1.0}) * wide
        assert left.min() >= -0.1 and (left + wide).max() <= full + 0.1
        boxes = list(zip(left, left + wide, found["y"], strict=True))
        for (start, end, y), (other, its_end, its_y) in itertools.combinations(boxes, 2):
            assert end <= other + 0.1 or its_end <= start + 0.1 or abs(y - its_y) >= 15.8
    # Neighbours in Europe stand too close; the list under the map has them all.
    assert wanted > 0.75 * len(best)


def test_visits_that_are_drawn_by_hand():
    rows = outsourcing.visit_rows().set_index("country")["visits (millions)"]
    assert rows["India"] == pytest.approx(116.7) and rows["Venezuela"] == pytest.approx(59.4)
    # The Emirates are the last of the first twenty.
    assert rows["Madagascar, at most"] == pytest.approx(3.8)


def test_a_share_of_the_map_by_hand(flows):
    # 106 of the 2,716 projects that French clients bought are Malagasy.
    shares = flows.set_index(["client", "supplier"])["share"]
    assert shares[("France", "Madagascar")] == pytest.approx(100 * 106 / 2716, abs=0.005)
