"""Outsourcing: the links of some clients, for the map."""

from __future__ import annotations

import pandas as pd

from microwork.outsourcing import links

MAPPED = ("FRA", "GBR", "ESP", "PRT", "USA", "DEU", "CAN", "AUS", "ARE")


def flows() -> pd.DataFrame:
    """Links of some clients with at least ``links.SMALL`` projects, with what a map needs.

    Columns client, supplier (names), client_latitude, client_longitude, latitude, longitude,
    projects, share (percent of what the client bought), quotient, low, kind ("above" if the whole
    interval lies above one, "named" if the press names the link, both, or empty).
    """
    places, parts = links.countries()[["latitude", "longitude"]].astype(float).round(1), []
    for client in MAPPED:
        rows = links.suppliers_of(client)
        rows = rows[(rows["observed"] >= links.SMALL) & rows["supplier"].isin(places.index)]
        latitude, longitude = places.loc[client]
        parts.append(
            rows.join(places, on="supplier").assign(
                client=links.name(client),
                client_latitude=latitude,
                client_longitude=longitude,
                share=100 * rows["observed"] / links.trade().bought[client],
                kind=[
                    ", ".join(word for word in ("named" * named, "above" * above) if word)
                    for named, above in zip(rows["role"] == "named", rows["low"] > 1, strict=True)
                ],
            )
        )
    frame = pd.concat(parts, ignore_index=True).drop(columns="supplier")
    frame = frame.rename(columns={"name": "supplier", "observed": "projects", "value": "quotient"})
    columns = ["client", "supplier", "client_latitude", "client_longitude", "latitude", "longitude"]
    frame = frame[[*columns, "projects", "share", "quotient", "low", "kind"]]
    return frame.round({"share": 2, "quotient": 2, "low": 2})


def furthest(found: pd.DataFrame, count: int = 8) -> pd.DataFrame:
    """For each client of ``flows`` the links furthest above chance: client, place, supplier,
    quotient and projects.

    In order of the low end of the interval, so that a large quotient on a handful of projects does
    not lead.
    """
    # Equal bounds differ in their last bits from processor to processor: these do not decide who
    # stands first.
    settled = found[found["low"] > 1].assign(order=lambda f: f["low"].round(6))
    best = settled.sort_values(
        ["client", "order", "supplier"], ascending=[True, False, True], kind="stable"
    )
    best = best.groupby("client").head(count).reset_index(drop=True)
    return best[["client", "supplier"]].assign(
        place=best.groupby("client").cumcount(),
        quotient=best["quotient"],
        projects=best["projects"],
    )[["client", "place", "supplier", "quotient", "projects"]]
