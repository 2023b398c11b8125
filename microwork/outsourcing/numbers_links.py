"""Outsourcing: the numbers on who buys from whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.outsourcing import links, regions
from microwork.outsourcing.links import LINKS, Quotient, projects, purchases, trade

CLUMPED = (
    "Chance, and that projects come in clumps, as far as regions of the client country show it (95"
    " %, quasi-Poisson). Not: other platforms, other years, or other kinds of work."
)
SHARE = (
    "Counting noise of a share (exact binomial, 95 %). Not: repeat business, or what other"
    " platforms and firms do."
)
CLUMPED_SHARE = (
    "Chance, and that projects come in clumps, as far as regions of the client country show it (95"
    " %). Not: what other platforms and firms do."
)
CLIENT_REGIONS = (
    "Which regions the clients are in (95 % of draws). Not: that a few regions buy most, repeat"
    " business within a region, other platforms, other years, or other kinds of work."
)
COUNTRIES = (
    "Which client countries there are (95 %, clustered by country). Not: other platforms, years, or"
    " kinds of work."
)
LARGE = (
    "AUS",
    "GBR",
    "USA",
)  # clients with so many projects that more digits than a reader needs are certain
RATIO = "Projects observed divided by projects expected without regard to country"


def quotient(
    name: str,
    found: Callable[[], Quotient],
    label: str,
    how: str = f"{RATIO}.",
    covers: str = CLUMPED,
    decimals: int | None = None,
) -> Number:
    """A location quotient as a number, with its interval."""
    return number(
        f"outsourcing.{name}", lambda: found().interval, "ratio", label, how, covers, decimals
    )


def block(name: str, found: Callable[[], regions.Computed], label: str) -> Number:
    """The quotient of a block of countries as a number; the client's regions are drawn again for
    its interval."""
    how = (
        f"{RATIO}, all countries of the continent with that official language added up; the"
        f" client’s regions drawn again {regions.DRAWS} times, seed {regions.SEED}."
    )
    return number(f"outsourcing.{name}", found, "ratio", label, how, CLIENT_REGIONS)


def link_numbers() -> Iterator[Number]:
    """The quotient of every link of the table of links, of sets of links, and of blocks of
    countries."""
    for row in data.table(LINKS).itertuples():
        label = f"{links.name(row.client)} buying from {links.name(row.supplier)}"
        found = partial(purchases, row.client, row.supplier)
        yield quotient(
            f"lq-{row.link_id}", found, label, decimals=2 if row.client in LARGE else None
        )
    east, label = (
        partial(links.named, "uk-us-east-africa-india"),
        "United States and United Kingdom buying from India and Kenya",
    )
    yield quotient(
        "named-east-africa-india", east, label, f"{RATIO}, the links of the set added up."
    )
    gulf_links = [("ARE", "EGY"), ("SAU", "EGY")]
    gulf, label = (
        lambda: links.pooled(trade(), gulf_links),
        "The Emirates and Saudi Arabia buying from Egypt",
    )
    yield quotient("gulf-egypt", gulf, label, f"{RATIO}, the two links added up.")
    for client, key in links.CELLS:
        label = f"{links.name(client)} buying from {links.BLOCKS[key][0]}"
        yield block(f"block-{client.lower()}-{key}", partial(regions.block, client, key), label)


def robust_numbers() -> Iterator[Number]:
    """The French links again with something left out."""
    no_usa = partial(purchases, "FRA", "MDG", among=trade().without(["USA"]))
    apart = "without the busiest pair of regions"
    variants = (
        ("lq-fra-mdg-no-usa", no_usa, "Madagascar, American clients left out"),
        (
            "lq-fra-mdg-without-busiest",
            lambda: links.without_busiest("FRA", "MDG"),
            f"Madagascar {apart}",
        ),
        (
            "lq-fra-ben-without-busiest",
            lambda: links.without_busiest("FRA", "BEN"),
            f"Benin {apart}",
        ),
    )
    for name, found, label in variants:
        yield quotient(name, found, f"France buying from {label}")
    less = partial(regions.block, "FRA", "francophone-africa", leave_out=regions.TWO)
    label = "France buying from French-speaking Africa without Madagascar and Benin"
    yield block("block-fra-francophone-africa-no-mdg-ben", less, label)


def trade_numbers() -> Iterator[Number]:
    """Totals, and projects of single pairs of countries."""
    totals = (
        ("all-projects", lambda: trade().total, "All projects of 2014 and 2015"),
        ("france-purchases", lambda: projects("FRA"), "Projects of clients in France"),
        ("madagascar-sales", lambda: projects(supplier="MDG"), "Projects of workers in Madagascar"),
        ("senegal-sales", lambda: projects(supplier="SEN"), "Projects of workers in Senegal"),
        (
            "ivory-coast-sales",
            lambda: projects(supplier="CIV"),
            "Projects of workers in Côte d’Ivoire",
        ),
    )
    for name, compute, label in totals:
        yield number(
            f"outsourcing.{name}", compute, "projects", label, "Sum over pairs of countries."
        )
    for pair in ("FRA-MDG", "FRA-SEN", "FRA-CIV", "CHN-EGY"):
        client, supplier = pair.split("-")
        label = f"Projects that clients in {links.name(client)} bought from {links.name(supplier)}"
        yield number(
            f"outsourcing.projects-{pair.lower()}",
            partial(projects, client, supplier),
            "projects",
            label,
            "Counted.",
        )
    label = "Projects France would buy from Madagascar by chance"
    how = "The client's total times the supplier's total, divided by all projects."
    yield number(
        "outsourcing.expected-fra-mdg",
        lambda: purchases("FRA", "MDG").expected,
        "projects",
        label,
        how,
        None,
        0,
    )
    label = "Clients buying from workers in their own country"
    yield quotient("home", links.home, label, f"{RATIO}, all countries added up.", COUNTRIES)


def share_numbers() -> Iterator[Number]:
    """Shares of purchases and sales."""
    sales, bought, share = links.share_of_sales, links.share_of_purchases, links.share
    every = trade

    def six() -> list[str]:
        return [supplier for _, supplier in links.named_links(client="FRA")]

    shares = (
        (
            "france-share-of-malagasy-sales",
            lambda: sales("FRA", "MDG"),
            "Malagasy sales that go to France",
        ),
        (
            "india-share-of-french-purchases",
            lambda: bought("FRA", ["IND"]),
            "French purchases from India",
        ),
        (
            "named-share-of-french-purchases",
            lambda: bought("FRA", six()),
            "French purchases from the six countries named",
        ),
        (
            "usa-share",
            lambda: share(every().bought["USA"], every().total),
            "all purchases that are made in the United States",
        ),
    )
    how = "Projects divided by projects, 2014 and 2015."
    for name, compute, label in shares:
        covers = SHARE if name == "usa-share" else CLUMPED_SHARE
        yield number(
            f"outsourcing.{name}",
            compute,
            "percent",
            f"Share of {label}",
            how,
            covers,
            1 if name == "usa-share" else None,
        )
    label, how = (
        "Highest quotient a link of the United States can have",
        "All projects divided by American ones.",
    )
    yield number(
        "outsourcing.lq-ceiling-usa",
        lambda: trade().total / trade().bought["USA"],
        "ratio",
        label,
        how,
    )
