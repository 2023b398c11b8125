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
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.intervals import exact, percentiles
from microwork.outsourcing import clumps

PAIRS, COUNTRIES = "outsourcing/project_pairs", "outsourcing/countries"
RULERS, GDP = "outsourcing/rulers", "outsourcing/gdp_per_head"
# Pairs of a client and a supplier country that the interview names, and two that it does not.
EAST_AFRICA_INDIA = [(client, supplier) for client in ("USA", "GBR") for supplier in ("IND", "KEN")]
PHILIPPINES, NEVER_AMERICAN = [("USA", "PHL")], [("USA", "BGD"), ("USA", "PAK")]
NAMED_FOR_FRANCE = ("MDG", "MAR", "TUN", "CMR", "SEN", "CIV")
BLOCKS = {
    "francophone-africa": ("French", "Africa"),
    "anglophone-africa": ("English", "Africa"),
    "hispanophone-america": ("Spanish", "America"),
}
# France and the United Kingdom with African blocks, Spain and the United States with America.
CELLS = (
    ("FRA", "francophone-africa"),
    ("FRA", "anglophone-africa"),
    ("GBR", "francophone-africa"),
    ("GBR", "anglophone-africa"),
    ("ESP", "hispanophone-america"),
    ("USA", "hispanophone-america"),
)
# The suppliers furthest above chance for France: chosen by the result, so they are also left out.
TWO = ("MDG", "BEN")
RICHER, DRAWS = 2.0, 5_000
Pairs = Sequence[tuple[str, str]]


class Quotient(NamedTuple):
    """A location quotient with its 95% interval, and the two counts behind it."""

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


def purchases(client: str, *suppliers: str) -> Quotient:
    """What a client buys from some suppliers, added up."""
    return pooled(trade(), [(client, supplier) for supplier in suppliers])


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


def members(client: str, key: str) -> list[str]:
    """The countries of one of the ``BLOCKS``, by code, without the client; bilingual ones are in
    two blocks."""
    (language, continent), sellers = BLOCKS[key], trade().counts.columns
    frame = countries()
    spoken = frame.loc[frame["continent"] == continent, "languages"]
    there = sorted(code for code, languages in spoken.items() if language in languages)
    return [code for code in there if code in sellers and code != client]


def block(client: str, key: str, leave_out: Sequence[str] = ()) -> Bounded:
    """What a client buys from one of the ``BLOCKS``, over what chance would give; value, low, high.

    The ends hold the middle 95% if its regions are drawn again. The suppliers' part of all
    projects is held.
    """
    suppliers = [code for code in members(client, key) if code not in leave_out]
    by_chance = float(trade().sold[suppliers].sum()) / trade().total
    shares = clumps.redrawn(clumps.regions(client), suppliers, np.random.default_rng(clumps.SEED))
    _, low, high = percentiles(shares / by_chance)
    return purchases(client, *suppliers).value, low, high


def bought_by(codes: Sequence[str], suppliers: Sequence[str]) -> Quotient:
    """What some parts of countries, all French-speaking or all not, buy from some suppliers, over
    what chance would give; added up."""
    rows = clumps.parts().reindex(columns=trade().counts.columns, fill_value=0)
    links_of_parts = [(code, supplier) for code in codes for supplier in suppliers]
    rate = trade().sold / trade().total
    expected = sum(float(rows.loc[code].sum() * rate[one]) for code, one in links_of_parts)
    part = {"french": "French-speaking", "other": "other"}[codes[0][4:]]
    clumped = clumps.of_links([(code[:3], supplier) for code, supplier in links_of_parts], part)
    return quotient(sum(int(rows.at[link]) for link in links_of_parts), expected, clumped)


def african() -> list[str]:
    """All countries of Africa with French as an official language that sell on the platform."""
    return [code for code in members("", "francophone-africa") if trade().sold[code] > 0]


def over_french_parts() -> Bounded:
    """The quotient of France with French-speaking Africa over that of the French-speaking parts
    of other countries; ends if regions of both are drawn again.

    What chance expects is the same share of purchases for both, so the ratio is one of two shares.
    """
    suppliers, rng = african(), np.random.default_rng(clumps.SEED)
    value = purchases("FRA", *suppliers).value / bought_by(clumps.FRENCH_PARTS, suppliers).value
    elsewhere = pd.concat(
        [clumps.regions(code[:3]).loc["French-speaking"] for code in clumps.FRENCH_PARTS]
    ).fillna(0)
    sides = clumps.regions("FRA"), elsewhere
    of_france, of_parts = (clumps.redrawn(side, suppliers, rng) for side in sides)
    with np.errstate(divide="ignore"):  # in a few draws the parts have no such project
        _, low, high = percentiles(of_france / of_parts)
    return value, low, high


def share_of_sales(client: str, supplier: str) -> Bounded:
    """Percent of what a country sells that goes to one client, with its interval."""
    clumped = clumps.of_links([(client, supplier)])
    return exact(projects(client, supplier), projects(supplier=supplier), clumped)


def share_of_purchases(client: str, suppliers: Sequence[str]) -> Bounded:
    """Percent of what a client buys that comes from some suppliers, with its interval."""
    found, clumped = purchases(client, *suppliers), clumps.of_links((client, s) for s in suppliers)
    return exact(found.observed, int(trade().bought[client]), clumped)


def over(pairs: Pairs, others: Pairs) -> Bounded:
    """The quotient of some links over that of like links without the tie; value, low, high.

    The ends are those of the exact (Clopper-Pearson) interval of the first links' share in the
    projects of both, with the larger clumps of both.
    """
    tied, free = pooled(trade(), pairs), pooled(trade(), others)
    size = max(clumps.of_links(pairs), clumps.of_links(others))
    _, low, high = exact(tied.observed, tied.observed + free.observed, size)
    by_chance = free.expected / tied.expected
    return tied.value / free.value, by_chance * low / (100 - low), by_chance * high / (100 - high)


def rich_from_poor() -> Bounded:
    """The quotient of projects that run from a richer client country to a poorer one, over that of
    projects the other way round; value, low, high.

    A quotient is projects over those that chance gives: rich countries buy more and poor ones sell
    more, whatever the links. Richer is ``RICHER`` times as rich or more, by GDP per head of 2014
    and 2015. The ends are those of 95 % of draws of the client countries, as many as there are,
    with replacement. Countries without a known GDP per head are left out.
    """
    frame = data.table(GDP).astype({"year": int})
    wealth = frame[frame["year"].isin((2014, 2015))].groupby("country")["gdp_per_head"].mean()
    known = [code for code in trade().counts.index if code in wealth.index]
    heads = wealth[known].to_numpy(float)
    times = heads[:, None] / heads[None, :]
    tables = [t.loc[known, known].to_numpy(float) for t in (trade().counts, trade().expected)]
    sides = times > RICHER, times < 1 / RICHER
    parts = [(table * side).sum(axis=1) for table in tables for side in sides]

    def ratio(rows: np.ndarray) -> np.ndarray:
        down, up, by_chance_down, by_chance_up = (part[rows].sum(axis=-1) for part in parts)
        return np.asarray(down / by_chance_down / (up / by_chance_up))

    drawn = np.random.default_rng(clumps.SEED).integers(len(known), size=(DRAWS, len(known)))
    _, low, high = percentiles(ratio(drawn))
    return float(ratio(np.arange(len(known)))), low, high
