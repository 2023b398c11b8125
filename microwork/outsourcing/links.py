"""Outsourcing: who buys from whom, and how often compared with chance.

The location quotient of a link is projects observed over projects expected if clients and workers
were matched without regard to country: client total x supplier total / all projects. Domestic
projects are counted like any other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from statsmodels.stats.rates import confint_poisson
from tallybook import data
from tallybook.data.provenance import step, untraced
from tallybook.model.numbers import Bounded

from microwork.intervals import exact
from microwork.outsourcing import clumps

PAIRS, COUNTRIES, LINKS = "outsourcing/project_pairs", "outsourcing/countries", "outsourcing/links"
RULERS = "outsourcing/rulers"
SMALL = 5  # projects: below it a link gets an interval, but no place in an order


class Quotient(NamedTuple):
    """A location quotient with its 95 % interval, and the two counts behind it."""

    observed: int
    expected: float
    value: float
    low: float
    high: float

    @property
    def interval(self) -> Bounded:
        """Value, low, high."""
        return self.value, self.low, self.high


@dataclass(frozen=True)
class Trade:
    """Projects by client country (rows) and supplier country (columns); every country stands on
    both sides."""

    counts: pd.DataFrame

    @property
    def total(self) -> int:
        """All projects."""
        return int(self.counts.to_numpy().sum())

    @property
    def bought(self) -> pd.Series:
        """Projects by client country."""
        return self.counts.sum(axis="columns")

    @property
    def sold(self) -> pd.Series:
        """Projects by supplier country."""
        return self.counts.sum(axis="index")

    @property
    def expected(self) -> pd.DataFrame:
        """Projects expected without regard to country, in the shape of ``counts``."""
        bought, sold = self.bought.to_numpy(float), self.sold.to_numpy(float)
        return pd.DataFrame(
            np.outer(bought, sold) / self.total, self.counts.index, self.counts.columns
        )

    def without(self, clients: Iterable[str]) -> Trade:
        """The same trade with some clients taken out."""
        counts = self.counts.copy()
        counts.loc[list(clients), :] = 0
        return Trade(counts)


def quotient(observed: int, expected: float, clumped: float = 1.0) -> Quotient:
    """Observed over expected, with the exact ("exact-c", Garwood 1936) Poisson interval of the
    observed count.

    ``clumped``: by what factor the count varies more than chance lets it. Both counts are divided
    by it, as if each clump were one project.
    """
    low, high = confint_poisson(observed / clumped, expected / clumped, method="exact-c")
    least = 0.0 if observed == 0 else float(low)
    return Quotient(int(observed), float(expected), float(observed / expected), least, float(high))


def pooled(
    trade: Trade, links: Iterable[tuple[str, str]], clumped: float | None = None
) -> Quotient:
    """Several links as one: their observed projects over their expected ones. Links are (client,
    supplier).

    ``clumped`` as for ``quotient``; without it, what the regions of the clients say (see
    ``clumps``).
    """
    links = list(links)
    expected = trade.expected
    clumped = clumps.of_links(links) if clumped is None else clumped
    observed = sum(int(trade.counts.at[link]) for link in links)
    return quotient(observed, math.fsum(expected.at[link] for link in links), clumped)


def purchases(client: str, *suppliers: str, among: Trade | None = None) -> Quotient:
    """What a client buys from some suppliers, added up."""
    return pooled(among or trade(), [(client, supplier) for supplier in suppliers])


@step
def trade() -> Trade:
    """All projects of 2014 and 2015. Shared by all who ask: not to be changed."""
    pairs = data.table(PAIRS)
    both = pairs.assign(projects=(pairs["projects_2014"] + pairs["projects_2015"]).astype(int))
    matrix = both.pivot(index="client", columns="supplier", values="projects").fillna(0).astype(int)
    every = sorted(set(matrix.index) | set(matrix.columns))
    return Trade(matrix.reindex(index=every, columns=every, fill_value=0))


def projects(client: str = "", supplier: str = "") -> int:
    """Projects of 2014 and 2015 of a client country, of a supplier country, or of one pair of them,
    which must have some."""
    ends = {"client": client, "supplier": supplier}
    rows = data.rows(PAIRS, {end: code for end, code in ends.items() if code})
    return int((rows["projects_2014"] + rows["projects_2015"]).sum())


def countries() -> pd.DataFrame:
    """The table of countries by code; ``languages``, ``colonisers`` and ``neighbours`` as sets."""
    frame = data.table(COUNTRIES).set_index("country")
    for column in ("languages", "colonisers", "neighbours"):
        frame[column] = [
            set() if pd.isna(cell) else set(cell.split("; ")) for cell in frame[column]
        ]
    return frame


def rulers() -> pd.Series:
    """Former rulers by code of the country, as sets: one for each country, by the rule of the table
    of rulers.

    The rule: the last state that governed the country for ten years or more. CEPII lists whoever
    held a part of it at some time.
    """
    ours = data.table(RULERS).set_index("country")["ruler"]
    listed = countries()["colonisers"]
    return pd.Series(
        {code: {ours[code]} if code in ours.index else found for code, found in listed.items()}
    )


def name(code: str) -> str:
    """The English name of a country, or its code where CEPII does not know it."""
    with untraced():  # no number descends from what a country is called
        return _names().get(code, code)


@step
def _names() -> dict[str, str]:
    frame = data.table(COUNTRIES)
    return dict(zip(frame["country"], frame["name"], strict=True))


def named_links(
    role: str = "named", client: str | None = None, claim_id: str | None = None
) -> list[tuple[str, str]]:
    """(client, supplier) of the links with a role ("named" or "control"), of one client or one
    claim if asked."""
    with untraced():  # which links are named, not how many projects they have
        frame = data.table(LINKS)
    keep = frame["role"] == role
    if client:
        keep &= frame["client"] == client
    if claim_id:
        keep &= frame["claim_id"] == claim_id
    return list(frame.loc[keep, ["client", "supplier"]].itertuples(index=False, name=None))


def named(claim_id: str) -> Quotient:
    """The named links of one claim, added up."""
    return pooled(trade(), named_links("named", claim_id=claim_id))


def home() -> Quotient:
    """What clients buy from workers in their own country, all countries added up; the interval is
    from country to country."""
    among, codes = trade(), trade().counts.index
    clumped = clumps.clustered(np.diag(among.counts).astype(float), np.diag(among.expected))
    return pooled(among, [(code, code) for code in codes], max(1.0, clumped))


def link_quotients() -> pd.DataFrame:
    """One row per link of the table of links: link_id, client, supplier, role and the fields of
    ``Quotient``."""
    frame = data.table(LINKS)[["link_id", "client", "supplier", "role"]]
    links = frame[["client", "supplier"]].itertuples(index=False, name=None)
    return frame.join(pd.DataFrame([pooled(trade(), [link]) for link in links]))


def suppliers_of(client: str) -> pd.DataFrame:
    """All suppliers that a client country could have bought from, with quotient, interval and role.

    Columns supplier, name, role (named, control or ""), observed, expected, value, low, high; the
    client itself is left out. Sorted by code, not by quotient: under five projects an order means
    nothing.
    """
    among = trade()
    expected, rows = among.expected.loc[client], []
    roles = {s: role for role in ("control", "named") for _, s in named_links(role, client)}
    bought = among.counts.loc[client, among.sold > 0].drop(client, errors="ignore")
    for supplier, observed in bought.items():
        clumped = clumps.of_links([(client, supplier)])
        found = quotient(int(observed), float(expected[supplier]), clumped)
        about = {"supplier": supplier, "name": name(supplier), "role": roles.get(supplier, "")}
        rows.append({**about, **found._asdict()})
    return pd.DataFrame(rows)


def speaking(language: str, continent: str) -> list[str]:
    """Countries of a continent (as CEPII has it) with that official language, by code."""
    frame = countries()
    spoken = frame.loc[frame["continent"] == continent, "languages"]
    return sorted(code for code, languages in spoken.items() if language in languages)


BLOCKS = {
    "francophone-africa": ("French", "Africa"),
    "anglophone-africa": ("English", "Africa"),
    "hispanophone-america": ("Spanish", "America"),
}


def block_members(client: str, key: str, leave_out: Sequence[str] = ()) -> list[str]:
    """The countries of a block, by code, without the client; bilingual ones are in two blocks."""
    sellers = trade().counts.columns
    return [s for s in speaking(*BLOCKS[key]) if s in sellers and s not in (client, *leave_out)]


# The two-by-two of France and the United Kingdom with African blocks, and Spain and the United
# States with America.
CELLS = (
    ("FRA", "francophone-africa"),
    ("FRA", "anglophone-africa"),
    ("GBR", "francophone-africa"),
    ("GBR", "anglophone-africa"),
    ("ESP", "hispanophone-america"),
    ("USA", "hispanophone-america"),
)


def share_of_sales(client: str, supplier: str) -> Bounded:
    """Percent of what a country sells that goes to one client, with its interval."""
    clumped = clumps.of_links([(client, supplier)])
    return exact(projects(client, supplier), projects(supplier=supplier), clumped)


def share_of_purchases(client: str, suppliers: Sequence[str]) -> Bounded:
    """Percent of what a client buys that comes from some suppliers, with its interval."""
    found, clumped = purchases(client, *suppliers), clumps.of_links((client, s) for s in suppliers)
    return exact(found.observed, int(trade().bought[client]), clumped)


def busiest(client: str, supplier: str) -> tuple[int, float]:
    """Projects of the busiest pair of a client region and a worker region in a link, and those that
    chance would give it."""
    row = data.row(PAIRS, client, supplier)
    by_chance = row["busiest_bought"] * row["busiest_sold"] / trade().total
    return int(row["busiest_region_pair"]), float(by_chance)


def without_busiest(client: str, supplier: str) -> Quotient:
    """The quotient of a link without its busiest pair of regions, which is taken out of what was
    observed and expected."""
    observed, by_chance = busiest(client, supplier)
    left = float(trade().expected.at[client, supplier]) - by_chance
    clumped = clumps.of_links([(client, supplier)])
    return quotient(projects(client, supplier) - observed, left, clumped)
