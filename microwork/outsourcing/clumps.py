"""Outsourcing: by what factor counts of projects vary more than chance lets them.

Projects come in clumps: a client who is content comes back, and one region buys for reasons of its
own. So the variance of a count is a multiple of its mean (quasi-Poisson; Wedderburn 1974). The
multiple of a link is taken from the regions of its
clients: the variance of the total if regions are what varies (clustered, as by Liang and Zeger
1986), over the count. It is at least the multiple of all that the client country buys (Pearson's
statistic over its degrees of freedom), and at least one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

REGIONS = "outsourcing/client_regions"


def table() -> pd.DataFrame:
    """Projects by client, region, part and supplier, 2014 and 2015 together."""
    return data.table(REGIONS).astype({"projects": int})


@step
def regions(client: str) -> pd.DataFrame:
    """Projects of a client country by region (rows) and supplier (columns). Shared by all who ask:
    not to be changed.

    Raises ``ValueError`` for a client whose regions are not in the table.
    """
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
