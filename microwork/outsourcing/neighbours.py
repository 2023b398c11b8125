"""Outsourcing: like quantities on which a claim is tested, each with the assumptions that enter as parameters.

Numbers and verdicts call the same functions: the numbers with the values that we take, the verdicts with others as well, to find
where a verdict would turn.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tallybook import data

from microwork.outsourcing import clumps, links, world

GULF = ("ARE", "BHR", "KWT", "OMN", "QAT", "SAU")
SHARES = "outsourcing/shares"
SECOND = "India"  # the country with most visits of workers after the United States, by both estimates
SEED, DRAWS = 20221209, 5_000  # the day of the interview
Computed = tuple[float, float, float]


def tie(pairs: Sequence[tuple[str, str]], clumped: float = 1.0) -> Computed:
    """The quotient of some links, (client, supplier), added up; value, low, high.

    ``clumped``: how much larger clumps of projects are than the regions of the clients show.
    """
    return links.pooled(links.trade(), pairs, clumped * clumps.of_links(pairs)).interval


def gulf_links() -> list[tuple[str, str]]:
    """China with each country of the Gulf that sells on the platform."""
    sold = links.trade().sold
    return [("CHN", supplier) for supplier in GULF if sold.get(supplier, 0) > 0]


def visits_over(country: str, other: str) -> Computed:
    """Visits by workers of one country over those of another: the estimate of one firm, and the ends of those of two."""
    own, theirs = (int(data.row(world.VISITS, "worker", name)["visits"]) for name in (country, other))
    first, second = own / theirs, _traffic(country) / _traffic(other)
    return first, min(first, second), max(first, second)


def visits_at_most(other: str) -> Computed:
    """The most visits that a country outside the first twenty can have over those of another; from nought to the larger bound."""
    least = int(world.visits("worker")["visits"].min())
    bound = max(least / int(data.row(world.VISITS, "worker", other)["visits"]), _traffic("Turkey") / _traffic(other))
    return bound, 0.0, bound


def _traffic(country: str) -> float:
    """Percent of the traffic of workers by the second firm's estimate."""
    return data.value(SHARES, f"similarweb-worker-{country.lower()}")


def rich_from_poor(times: float = 2.0, draws: int = DRAWS, seed: int = SEED) -> Computed:
    """Projects that a richer client country buys from a poorer one, over those bought the other way round; value, low, high.

    ``times``: how many times richer, by GDP per head of 2014 and 2015. The ends are those of 95 % of draws of the client
    countries, as many as there are, with replacement. Countries whose GDP per head is not known are left out.
    """
    frame = data.table(world.GDP).astype({"year": int})
    wealth = frame[frame["year"].isin((2014, 2015))].groupby("country")["gdp_per_head"].mean()
    counts = links.trade().counts
    known = [code for code in counts.index if code in wealth.index]
    projects, heads = counts.loc[known, known].to_numpy(float), wealth[known].to_numpy(float)
    over = heads[:, None] / heads[None, :]
    down, up = ((projects * side).sum(axis=1) for side in (over > times, over < 1 / times))
    drawn = np.random.default_rng(seed).integers(len(known), size=(draws, len(known)))
    low, high = np.quantile(down[drawn].sum(axis=1) / up[drawn].sum(axis=1), (0.025, 0.975))
    return float(down.sum() / up.sum()), float(low), float(high)
