"""Outsourcing: the numbers on who buys from whom, and what a number of this chapter is made with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from microwork import data
from microwork.numbers import Number
from microwork.outsourcing import links, models
from microwork.outsourcing.links import PAIRS, Quotient

POISSON = (
    "Counting noise, as if every project were found independently (exact Poisson, 95 %). Not: repeat business between the same "
    "people, which widens it, other platforms, other years, or other kinds of work."
)
SHARE = (
    "Counting noise of a share (exact binomial, 95 %). Not: repeat business between the same people, or what other platforms "
    "and firms do."
)
# Published with more decimals than anybody can know.
ROUNDED = {"internet-mdg": 0}
RATIO = "projects observed over projects expected without regard to country"


def number(id_: str, value: float, unit: str, label: str, how: str, tables: tuple[str, ...], **more) -> Number:
    """A number of this chapter; values become plain floats."""
    ends = {key: float(more.pop(key)) for key in ("low", "high") if more.get(key) is not None}
    return Number(f"outsourcing.{id_}", float(value), unit, label, how, tables, **ends, **more)


def quotient(id_: str, found: Quotient, label: str, how: str = RATIO, tables: tuple[str, ...] = (PAIRS,)) -> Number:
    """A location quotient as a number."""
    ends = {"low": found.low, "high": found.high, "covers": POISSON}
    return number(id_, found.value, "ratio", label, how, tables, **ends)


def published(id_: str, table: str, fact_id: str) -> Number:
    """A published figure as it stands in the table, with the decimals it was published with."""
    row = data.fact(table, fact_id)
    quantity, country = str(row["quantity"]), row["country"]
    label = f"{quantity[0].upper()}{quantity[1:]}" + (f", {country}" if isinstance(country, str) else "")
    digits = Decimal(repr(float(row["value"]))).normalize().as_tuple().exponent
    places = ROUNDED.get(id_, max(0, -int(digits)))
    return number(id_, row["value"], str(row["unit"]), label, "published", (table,), decimals=places)


def link_numbers() -> Iterator[Number]:
    """The quotient of every link of the table of links, of sets of links, and of blocks of countries."""
    among = links.trade()
    for row in links.link_quotients(among).itertuples():
        found = Quotient(row.observed, row.expected, row.value, row.low, row.high)
        yield quotient(f"lq-{row.link_id}", found, f"{links.name(row.client)} buying from {links.name(row.supplier)}")
    east = "uk-us-east-africa-india"
    sets = (
        ("fra", {"client": "FRA"}, "France buying from the six it is said to rely on"),
        ("usa-latin-america", {"claim_id": "us-latin-america"}, "United States buying from Argentina, Colombia and Venezuela"),
        ("east-africa-india", {"claim_id": east}, "United States and United Kingdom buying from India and Kenya"),
    )
    for id_, which, label in sets:
        found = links.pooled(among, links.named_links(**which))
        yield quotient(f"named-{id_}", found, label, f"{RATIO}, the links of the set added up")
    untied = links.pooled(among, [("FRA", supplier) for supplier in ("MEX", "PER", "BOL")])
    yield quotient("lq-fra-untied", untied, "France buying from Mexico, Peru and Bolivia", f"{RATIO}, the links added up")
    for supplier in ("ESP", "ITA", "DEU", "BEL", "CHE"):  # neighbours
        found = links.pooled(among, [("FRA", supplier)])
        yield quotient(f"lq-fra-{supplier.lower()}", found, f"France buying from {links.name(supplier)}")
    for row in links.blocks().itertuples():
        found = Quotient(row.observed, row.expected, row.value, row.low, row.high)
        label = f"{row.client_name} buying from {row.block_name}"
        how = f"{RATIO}, all countries of the continent with that official language added up"
        yield quotient(f"block-{row.client.lower()}-{row.block}", found, label, how)


def robust_numbers() -> Iterator[Number]:
    """The French links again with something left out."""
    among, pair, words = links.trade(), [("FRA", "MDG")], "France buying from Madagascar"
    for year in (2014, 2015):
        yield quotient(f"lq-fra-mdg-{year}", links.pooled(links.yearly(year), pair), f"{words}, {year} alone")
    foreign = among.without(domestic=False)
    yield quotient("lq-fra-mdg-foreign", links.pooled(foreign, pair), f"{words}, domestic projects left out")
    others = among.without(clients=["USA"])
    yield quotient("lq-fra-mdg-no-usa", links.pooled(others, pair), f"{words}, American clients left out")
    for code in ("MDG", "BEN"):
        label = f"France buying from {links.name(code)} without the busiest pair of regions"
        yield quotient(f"lq-fra-{code.lower()}-no-busiest", links.without_busiest("FRA", code), label)
    key, words = "francophone-africa", "France buying from French-speaking Africa"
    for out in (("MDG",), ("MDG", "BEN")):
        label = f"{words} without {' and '.join(map(links.name, out))}"
        yield quotient(f"block-fra-{key}-no-{'-'.join(out).lower()}", links.block("FRA", key, leave_out=out), label)
    five = among.without(clients=models.largest_clients(5))
    yield quotient(f"block-fra-{key}-no-largest", links.block("FRA", key, five), f"{words}, the largest clients left out")
    row = data.table(PAIRS).set_index(["client", "supplier"]).loc[("FRA", "MDG")]
    label = "Pairs of a French and a Malagasy region with a project"
    yield number("fra-mdg-region-pairs", row["region_pairs"], "pairs of regions", label, "counted", (PAIRS,), decimals=0)
    share = 100 * row["busiest_region_pair"] / among.counts.at["FRA", "MDG"]
    label = "Share of the busiest pair of regions in what France buys from Madagascar"
    yield number("fra-mdg-busiest-share", share, "percent", label, "division", (PAIRS,))
    pairs = data.table(PAIRS)
    label = "Pairs of a client and a worker region with a project, all countries"
    yield number("region-pairs", pairs["region_pairs"].sum(), "pairs of regions", label, "sum over pairs of countries", (PAIRS,))
    share = 100 * pairs["busiest_region_pair"].sum() / among.total
    label = "Share of the busiest pair of regions, all pairs of countries"
    how = "projects of the busiest pair of regions of each pair of countries, over all projects"
    yield number("busiest-share", share, "percent", label, how, (PAIRS,))


def trade_numbers() -> Iterator[Number]:
    """Totals and shares: how large each side is for the other."""
    among = links.trade()
    bought, sold, counts = among.bought, among.sold, among.counts
    totals = (
        ("all-projects", among.total, "All projects of 2014 and 2015"),
        ("france-purchases", bought["FRA"], "Projects of clients in France"),
        ("madagascar-sales", sold["MDG"], "Projects of workers in Madagascar"),
        ("senegal-sales", sold["SEN"], "Projects of workers in Senegal"),
        ("ivory-coast-sales", sold["CIV"], "Projects of workers in Côte d’Ivoire"),
    )
    for id_, value, label in totals:
        yield number(id_, value, "projects", label, "sum over pairs of countries", (PAIRS,))
    for client, suppliers in {"FRA": "MDG SEN CIV", "CHN": "EGY", "USA": "VEN ARG COL"}.items():
        for supplier in suppliers.split():
            label = f"Projects that clients in {links.name(client)} bought from {links.name(supplier)}"
            id_ = f"projects-{client}-{supplier}".lower()
            yield number(id_, counts.at[client, supplier], "projects", label, "counted", (PAIRS,))
    label, how = "Projects France would buy from Madagascar by chance", "client total x supplier total / all projects"
    yield number("expected-fra-mdg", among.expected.at["FRA", "MDG"], "projects", label, how, (PAIRS,), decimals=1)
    home = links.pooled(among, [(code, code) for code in counts.index])
    yield quotient("home", home, "Clients buying from workers in their own country", f"{RATIO}, all countries added up")
    named = sum(int(counts.at[pair]) for pair in links.named_links(client="FRA"))
    spanish = links.block("ESP", "hispanophone-america", among).observed
    shares = (
        ("france-share-of-malagasy-sales", counts.at["FRA", "MDG"], sold["MDG"], "Malagasy sales that go to France"),
        ("madagascar-share-of-french-purchases", counts.at["FRA", "MDG"], bought["FRA"], "French purchases from Madagascar"),
        ("india-share-of-french-purchases", counts.at["FRA", "IND"], bought["FRA"], "French purchases from India"),
        ("named-share-of-french-purchases", named, bought["FRA"], "French purchases from the six countries named"),
        ("hispanophone-share-of-spanish-purchases", spanish, bought["ESP"], "Spanish purchases from Spanish-speaking America"),
        ("usa-share-of-venezuelan-sales", counts.at["USA", "VEN"], sold["VEN"], "Venezuelan sales that go to the United States"),
        ("usa-share-of-philippine-sales", counts.at["USA", "PHL"], sold["PHL"], "Philippine sales that go to the United States"),
        ("usa-share", bought["USA"], among.total, "all purchases that are made in the United States"),
    )
    for id_, part, whole, label in shares:
        value, low, high = links.share(int(part), int(whole))
        ends = {"low": low, "high": high, "covers": SHARE}
        yield number(id_, value, "percent", f"Share of {label}", "projects over projects, 2014 and 2015", (PAIRS,), **ends)
    label = "Highest quotient a link of the United States can have"
    yield number("lq-ceiling-usa", among.total / bought["USA"], "ratio", label, "all projects over American ones", (PAIRS,))
    france = links.suppliers_of("FRA")
    rank = int((france["observed"] > counts.at["FRA", "MDG"]).sum()) + 1
    label = "Place of Madagascar among foreign suppliers of France"
    yield number("madagascar-rank-for-france", rank, "rank", label, "by number of projects", (PAIRS,), decimals=0)
    sells = france["observed"] > 0
    counted = (
        ("france-suppliers", sells.sum(), "Foreign countries France bought from"),
        ("france-small-suppliers", (sells & (france["observed"] < links.SMALL)).sum(), "Of these, too small for an order"),
        ("france-no-suppliers", (~sells).sum(), "Foreign countries that sell on the platform, but not to France"),
    )
    for id_, value, label in counted:
        yield number(id_, value, "countries", label, "counted", (PAIRS,))
