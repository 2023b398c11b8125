"""Outsourcing: who buys from whom, and how often compared with chance.

The location quotient of a link is projects observed over projects expected if clients and workers
were matched without regard to country: client total x supplier total / all projects. Domestic
projects are counted like any other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson
from tallybook import data
from tallybook.data.provenance import step, untraced

from microwork.outsourcing import clumps

PAIRS, COUNTRIES, LINKS = "outsourcing/project_pairs", "outsourcing/countries", "outsourcing/links"
RULERS = "outsourcing/rulers"
SMALL = 5  # projects: below it a link gets an interval, but no place in an order


@dataclass(frozen=True)
class Quotient:
    """A location quotient with its 95 % interval, and the two counts behind it."""

    observed: int
    expected: float
    value: float
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float, float]:
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
    by it, as if each clump were one project. Raises ``ValueError`` unless ``expected`` is above
    zero.
    """
    if not expected > 0:
        raise ValueError(f"found an expected count of {expected}; expected one above zero")
    low, high = confint_poisson(observed / clumped, expected / clumped, method="exact-c")
    return Quotient(
        int(observed),
        float(expected),
        float(observed / expected),
        0.0 if observed == 0 else float(low),
        float(high),
    )


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
    both = (
        sum(int(trade.counts.at[c, s]) for c, s in links),
        math.fsum(expected.at[c, s] for c, s in links),
    )
    return quotient(*both, clumped)


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


def link_quotients(among: Trade | None = None) -> pd.DataFrame:
    """One row per link of the table of links: client, supplier, role, claim_id and the fields of
    ``Quotient``."""
    among = among or trade()
    frame = data.table(LINKS)
    found = [
        vars(pooled(among, [pair])) for pair in zip(frame["client"], frame["supplier"], strict=True)
    ]
    return pd.concat(
        [
            frame[["link_id", "client", "supplier", "role", "claim_id", "reason"]],
            pd.DataFrame(found),
        ],
        axis="columns",
    )


def bought_abroad(client: str, among: Trade | None = None) -> pd.Series:
    """Projects that a client country bought from each other country that sells on the platform, by
    code."""
    among = among or trade()
    return among.counts.loc[client, among.sold > 0].drop(client, errors="ignore")


def suppliers_of(client: str, among: Trade | None = None) -> pd.DataFrame:
    """All suppliers that a client country could have bought from, with quotient, interval and role.

    Columns supplier, name, role (named, control or ""), observed, expected, value, low, high; the
    client itself is left out. Sorted by code, not by quotient: under five projects an order means
    nothing.
    """
    among = among or trade()
    expected, rows = among.expected.loc[client], []
    roles = {s: role for role in ("control", "named") for _, s in named_links(role, client)}
    for supplier, observed in bought_abroad(client, among).items():
        found = quotient(
            int(observed), float(expected[supplier]), clumps.of_links([(client, supplier)])
        )
        rows.append(
            {
                "supplier": supplier,
                "name": name(supplier),
                "role": roles.get(supplier, ""),
                **vars(found),
            }
        )
    return pd.DataFrame(rows)


def speaking(language: str, continent: str) -> list[str]:
    """Countries of a continent (as CEPII has it) with that official language, by code."""
    frame = countries()
    spoken = frame.loc[frame["continent"] == continent, "languages"]
    return sorted(code for code, languages in spoken.items() if language in languages)


BLOCKS = {
    "francophone-africa": ("French-speaking Africa", "French", "Africa"),
    "anglophone-africa": ("English-speaking Africa", "English", "Africa"),
    "hispanophone-america": ("Spanish-speaking America", "Spanish", "America"),
}


def block_members(client: str, key: str, among: Trade, leave_out: Sequence[str] = ()) -> list[str]:
    """The countries of a block, by code, without the client."""
    _, language, continent = BLOCKS[key]
    return [
        s
        for s in speaking(language, continent)
        if s in among.counts.columns and s not in (client, *leave_out)
    ]


def block(
    client: str, key: str, among: Trade | None = None, leave_out: Sequence[str] = ()
) -> Quotient:
    """What a client buys from a block of countries that share a language (bilingual countries are
    in both blocks)."""
    among = among or trade()
    return purchases(client, *block_members(client, key, among, leave_out), among=among)


# The two-by-two of France and the United Kingdom with African blocks, and Spain and the United
# States with America.
CELLS = (
    *(
        (client, key)
        for client in ("FRA", "GBR")
        for key in ("francophone-africa", "anglophone-africa")
    ),
    *((client, "hispanophone-america") for client in ("ESP", "USA")),
)


def share(part: int, whole: int, clumped: float = 1.0) -> tuple[float, float, float]:
    """A share in percent with its exact (Clopper-Pearson) 95 % interval: value, low, high;
    ``clumped`` as for ``quotient``."""
    low, high = proportion_confint(part / clumped, whole / clumped, method="beta")
    return 100 * part / whole, 100 * float(low), 100 * float(high)


def share_of_sales(client: str, supplier: str) -> tuple[float, float, float]:
    """Percent of what a country sells that goes to one client, with its interval."""
    return share(
        projects(client, supplier),
        projects(supplier=supplier),
        clumps.of_links([(client, supplier)]),
    )


def share_of_purchases(client: str, suppliers: Sequence[str]) -> tuple[float, float, float]:
    """Percent of what a client buys that comes from some suppliers, with its interval."""
    found = purchases(client, *suppliers)
    return share(
        found.observed,
        int(trade().bought[client]),
        clumps.of_links([(client, one) for one in suppliers]),
    )


def busiest(client: str, supplier: str) -> tuple[int, float]:
    """Projects of the busiest pair of a client region and a worker region in a link, and those that
    chance would give it."""
    row = data.row(PAIRS, client, supplier)
    return int(row["busiest_region_pair"]), float(
        row["busiest_bought"] * row["busiest_sold"] / trade().total
    )


def without_busiest(client: str, supplier: str) -> Quotient:
    """The quotient of a link without its busiest pair of regions, which is taken out of what was
    observed and expected."""
    observed, expected = busiest(client, supplier)
    left = (
        projects(client, supplier) - observed,
        float(trade().expected.at[client, supplier]) - expected,
    )
    return quotient(*left, clumps.of_links([(client, supplier)]))
