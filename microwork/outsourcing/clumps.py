"""Outsourcing: projects by region of the client, and how far counts of projects vary.

Projects come in clumps: a client who is content comes back, and one region buys for reasons of its
own. So the variance of a count is a multiple of its mean (quasi-Poisson; Wedderburn 1974). The
multiple of a link is taken from the regions of its clients: the variance of the total if regions
are what varies (clustered, as by Liang and Zeger 1986), over the count. It is at least the multiple
of all that the client country buys (Pearson's statistic over its degrees of freedom), and at least
one. For blocks of countries the regions are drawn again instead.

Canada, Belgium and Switzerland count as French-speaking in a table of official languages, yet most
of their clients live where French is not spoken. Here each is parted in two, a French-speaking part
and the rest: "CAN-french" and "CAN-other", the first three letters being the country. Belgium ruled
Rwanda, Burundi and the Congo, but none of these sells on the platform, and no other supplier here
was ruled by one of the three. So what their French-speaking parts buy from French-speaking Africa
is language without rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

REGIONS = "outsourcing/client_regions"
SEED, DRAWS = 20221209, 20_000  # the day of the interview
PARTED = ("CAN", "BEL", "CHE")
FRENCH_PARTS = [f"{code}-french" for code in PARTED]
OTHER_PARTS = [f"{code}-other" for code in PARTED]


def table() -> pd.DataFrame:
    """Projects by client, region, part and supplier, 2014 and 2015 together."""
    return data.table(REGIONS).astype({"projects": int})


@step
def regions(client: str) -> pd.DataFrame:
    """Projects of a client country by region (rows) and supplier (columns). Shared by all who ask:
    not to be changed. Raises ``ValueError`` for a client whose regions are not in the table."""
    frame = table()
    frame = frame[frame["client"] == client]
    if frame.empty:
        raise ValueError(
            f"data/{REGIONS}.csv, column client: found no {client}; expected it for the interval of"
            " its links"
        )
    return frame.pivot_table(
        index=["part", "region"], columns="supplier", values="projects", aggfunc="sum", fill_value=0
    )


def pearson(counts: np.ndarray) -> float:
    """Pearson's statistic of a table of counts over its degrees of freedom: about one if rows and
    columns are independent.

    ``counts``: (rows, columns), every row and column with a count.
    """
    rows, columns = counts.shape
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    return float(((counts - expected) ** 2 / expected).sum() / ((rows - 1) * (columns - 1)))


def clustered(observed: np.ndarray, expected: np.ndarray) -> float:
    """Variance of a total over what chance would give it, from what clusters have of it; zero where
    it cannot be known.

    ``observed`` and ``expected``: (clusters,), expected in any unit. What each cluster has beyond
    its part of the total is squared and added up; times n / (n - 1) for n clusters.
    """
    total = observed.sum()
    if len(observed) < 2 or not total:
        return 0.0
    beyond = observed - expected * total / expected.sum()
    return float((beyond**2).sum() / total * len(observed) / (len(observed) - 1))


@step
def of_client(client: str) -> float:
    """By what factor all that a client country buys varies more between its regions than chance
    lets it; at least one."""
    return max(1.0, pearson(regions(client).to_numpy(float)))


def of_links(links: Iterable[tuple[str, str]], part: str | None = None) -> float:
    """By what factor the projects of some links, (client, supplier), together vary more than chance
    lets them; at least one.

    ``part``: only the regions of clients that are "French-speaking" or "other".
    """
    suppliers: dict[str, list[str]] = defaultdict(list)
    for client, supplier in links:
        suppliers[client].append(supplier)
    bought, from_them = [], []
    for client, sellers in suppliers.items():
        frame = regions(client)
        if part:
            frame = frame[frame.index.get_level_values("part") == part]
        bought.append(frame.sum(axis="columns").to_numpy(float))
        from_them.append(
            frame.reindex(columns=sellers, fill_value=0).sum(axis="columns").to_numpy(float)
        )
    floor = max(of_client(client) for client in suppliers)
    total = sum(float(one.sum()) for one in from_them)
    if not total:
        return floor
    # Each client country has its own rate: regions are set beside their own country.
    within = sum(clustered(x, b) * x.sum() for x, b in zip(from_them, bought, strict=True)) / total
    return max(floor, float(within))


@step
def parts() -> pd.DataFrame:
    """Projects by part of a client (rows) and supplier (columns).

    Shared by all who ask: not to be changed.
    """
    frame = table()
    frame = frame[frame["client"].isin(list(PARTED))]
    words = frame["part"].map({"French-speaking": "french", "other": "other"})
    counts = frame.assign(code=frame["client"] + "-" + words).pivot_table(
        index="code", columns="supplier", values="projects", aggfunc="sum", fill_value=0
    )
    return counts.reindex([*FRENCH_PARTS, *OTHER_PARTS])


def split(counts: pd.DataFrame) -> pd.DataFrame:
    """Projects by client and supplier, with the parts in place of the three countries."""
    rows = parts().reindex(columns=counts.columns, fill_value=0)
    return pd.concat([counts.drop(index=list(PARTED)), rows])


def languages(countries: pd.DataFrame) -> dict[str, set[str]]:
    """Languages of the parts: French in one, the country's other ones in the other."""
    spoken = countries["languages"]
    return {
        code: {"French"} if code.endswith("french") else spoken[code[:3]] - {"French"}
        for code in (*FRENCH_PARTS, *OTHER_PARTS)
    }


def redrawn(
    by_region: pd.DataFrame, suppliers: Sequence[str], rng: np.random.Generator, draws: int = DRAWS
) -> np.ndarray:
    """Share of some suppliers in what a client buys when its regions are drawn again, a value a
    draw: (draws,).

    ``by_region``: projects by region (rows) and supplier. As many regions as there are, drawn with
    replacement, each with all it bought (the bootstrap of Efron 1979, with clusters).
    """
    drawn = rng.integers(len(by_region), size=(draws, len(by_region)))
    bought = by_region.sum(axis="columns").to_numpy(float)
    theirs = by_region.reindex(columns=list(suppliers), fill_value=0)
    from_them = theirs.sum(axis="columns").to_numpy(float)
    shares: np.ndarray = from_them[drawn].sum(axis=1) / bought[drawn].sum(axis=1)
    return shares
