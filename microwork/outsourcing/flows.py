"""Outsourcing: the links of some clients, for the map."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from tallybook.model.formatting import plain

from microwork.outsourcing import links

MAPPED = ("FRA", "GBR", "ESP", "USA", "DEU", "CAN", "AUS", "ARE")


def flows(clients: Sequence[str] = MAPPED) -> pd.DataFrame:
    """Links of some clients with at least ``links.SMALL`` projects, with what a map needs.

    Columns client, supplier (names), client_latitude, client_longitude, latitude, longitude,
    projects, share (percent of what the client bought), quotient, low, kind ("above" if the whole
    interval lies above one, "named" if the press names the link, both, or empty).
    """
    among, places, rows = links.trade(), links.countries(), []
    for client in clients:
        for row in links.suppliers_of(client, among).itertuples():
            if row.observed < links.SMALL or row.supplier not in places.index:
                continue
            words = [
                word
                for word, holds in (("named", row.role == "named"), ("above", row.low > 1))
                if holds
            ]
            ends = (
                places.loc[[client, row.supplier], ["latitude", "longitude"]]
                .to_numpy(float)
                .round(1)
                .ravel()
                .tolist()
            )
            share = 100 * row.observed / among.bought[client]
            sizes = (row.observed, round(share, 2), round(row.value, 2), round(row.low, 2))
            rows.append((links.name(client), row.name, *ends, *sizes, ", ".join(words)))
    columns = ["client", "supplier", "client_latitude", "client_longitude", "latitude", "longitude"]
    return pd.DataFrame(rows, columns=[*columns, "projects", "share", "quotient", "low", "kind"])


def furthest(found: pd.DataFrame, count: int = 8) -> pd.DataFrame:
    """For each client of ``flows`` the links furthest above chance: client, place, supplier,
    quotient and projects (texts).

    In order of the low end of the interval, so that a large quotient on a handful of projects does
    not lead.
    """
    # Equal bounds differ in their last bits from processor to processor: these do not decide who
    # stands first.
    settled = found[found["low"] > 1].assign(order=lambda f: f["low"].round(6))
    best = settled.sort_values(
        ["client", "order", "supplier"], ascending=[True, False, True], kind="stable"
    )
    best = best.drop(columns="order")
    best = best.groupby("client").head(count)
    return pd.DataFrame(
        {
            "client": best["client"],
            "place": best.groupby("client").cumcount(),
            "supplier": best["supplier"],
            "quotient": best["quotient"].map(lambda quotient: plain(quotient, 1)),
            "projects": best["projects"].map(lambda count: plain(count, 0)),
        }
    ).reset_index(drop=True)
