"""Outsourcing: links beside like links without the tie, visits beside visits, rich beside poor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.intervals import exact, percentiles
from microwork.outsourcing import links, world
from microwork.outsourcing.clumps import of_links

GULF = ("ARE", "BHR", "KWT", "OMN", "QAT", "SAU")
SHARES = "outsourcing/shares"
# The country with most visits of workers after the United States, by both estimates.
SECOND = "India"
SEED, DRAWS = 20221209, 5_000  # the day of the interview
RICHER = 2.0
Pairs = Sequence[tuple[str, str]]


def over_placebo(pairs: Pairs, placebo: Pairs) -> Bounded:
    """The quotient of some links, (client, supplier), over that of like links without the tie;
    value, low, high.

    The ends are those of the exact (Clopper-Pearson) interval of the first links' share in the
    projects of both, with the larger clumps of both.
    """
    (tied, size), (free, other) = _links(tuple(pairs)), _links(tuple(placebo))
    _, low, high = exact(tied.observed, tied.observed + free.observed, max(size, other))
    by_chance = free.expected / tied.expected
    return tied.value / free.value, by_chance * low / (100 - low), by_chance * high / (100 - high)


@step
def _links(pairs: tuple[tuple[str, str], ...]) -> tuple[links.Quotient, float]:
    """Some links added up, and how large their clumps of projects are."""
    return links.pooled(links.trade(), pairs), of_links(pairs)


def philippines() -> Bounded:
    """American purchases from the Philippines over those from the suppliers in the table of links
    that were never American."""
    return over_placebo([("USA", "PHL")], links.named_links("control", "USA"))


def gulf_links() -> list[tuple[str, str]]:
    """China with each country of the Gulf that sells on the platform."""
    sold = links.trade().sold
    return [("CHN", supplier) for supplier in GULF if sold.get(supplier, 0) > 0]


def visits_over(country: str, other: str) -> Bounded:
    """Visits by workers of one country over those of another: the estimate of one firm, and the
    ends of those of two."""
    own, theirs = (
        int(data.row(world.VISITS, "worker", name)["visits"]) for name in (country, other)
    )
    first, second = own / theirs, _traffic(country) / _traffic(other)
    return first, min(first, second), max(first, second)


def visits_at_most(other: str) -> Bounded:
    """The most visits that a country outside the first twenty can have over those of another; from
    nought to that bound."""
    least = int(world.visits("worker")["visits"].min())
    bound = least / int(data.row(world.VISITS, "worker", other)["visits"])
    return bound, 0.0, bound


def _traffic(country: str) -> float:
    """Percent of the traffic of workers by the second firm's estimate."""
    return data.value(SHARES, f"similarweb-worker-{country.lower()}")


@step
def rich_from_poor() -> Bounded:
    """The quotient of projects that run from a richer client country to a poorer one, over that of
    projects the other way round.

    A quotient is projects over those that chance gives: rich countries buy more and poor ones sell
    more, whatever the links. Value, low, high. Richer is ``RICHER`` times as rich or more, by GDP
    per head of 2014 and 2015. The ends are those of 95 % of draws of the client countries, as many
    as there are, with replacement. Countries without a known GDP per head are left out.
    """
    over, counts, expected, drawn = _by_wealth()
    sides = over > RICHER, over < 1 / RICHER
    down, up, by_chance_down, by_chance_up = (
        (table * side).sum(axis=1) for table in (counts, expected) for side in sides
    )

    def ratio(rows: np.ndarray) -> np.ndarray:
        d, u, e, f = (part[rows].sum(axis=-1) for part in (down, up, by_chance_down, by_chance_up))
        return np.asarray(d / e / (u / f))

    _, low, high = percentiles(ratio(drawn))
    return float(ratio(np.arange(len(over)))), low, high


@step
def _by_wealth() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For the countries of known wealth: how many times richer each is than each, projects, those
    that chance gives, and the draws of client countries. Shared: not to be changed."""
    frame = data.table(world.GDP).astype({"year": int})
    wealth = frame[frame["year"].isin((2014, 2015))].groupby("country")["gdp_per_head"].mean()
    trade = links.trade()
    known = [code for code in trade.counts.index if code in wealth.index]
    heads = wealth[known].to_numpy(float)
    counts, expected = (
        table.loc[known, known].to_numpy(float) for table in (trade.counts, trade.expected)
    )
    drawn = np.random.default_rng(SEED).integers(len(known), size=(DRAWS, len(known)))
    return heads[:, None] / heads[None, :], counts, expected, drawn
