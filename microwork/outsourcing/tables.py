"""Outsourcing: rows of its charts and tables."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from tallybook.model.numbers import Number

from microwork.outsourcing import crowd, links, models, world

# Clients of the chart of links, in its order.
CLIENTS = ("FRA", "ESP", "PRT", "USA", "AUS", "GBR", "ARE", "SAU", "CHN")
MONTHS = {  # months with open jobs, as the chart names them
    "2014-07": "July 2014 (one job)",
    "2015-03": "March 2015 (eighteen small jobs)",
    "2015-04": "April 2015 (two jobs)",
    "2015-06": "June 2015 (three jobs)",
    "2015-07": "July 2015 (two jobs)",
    "2015-08": "August 2015 (five jobs)",
}
# Rows of the first picture: supplier, hue, number.
FIRST = (
    ("all French-speaking Africa", "found", "block-fra-francophone-africa"),
    ("Madagascar alone, named in the press", "found", "lq-fra-mdg"),
    ("Benin alone, not named", "found", "lq-fra-ben"),
    ("all English-speaking Africa", "soft", "block-fra-anglophone-africa"),
)
# Rows of the picture of former rulers: ruler, and its numbers in the order of ``MODELS``.
ENDS = ("total", "total-cepii", "by-language", "cepii")
EMPIRES = {
    "France": [f"french-ties-{end}" for end in ("total", "total-cepii", "recoded", "cepii")],
    "United Kingdom": [f"gravity-british-ties-{end}" for end in ENDS],
    "Spain": [f"gravity-spanish-ties-{end}" for end in ENDS],
    "all others": [f"gravity-other-ties-{end}" for end in ENDS],
}
MODELS = ("in all", "in all, rulers of CEPII", "beyond language", "beyond language, CEPII")
CENTRES = ("VEN", "MDG")  # the two countries that the press calls nerve centres
BESIDE = ("IND", "USA", "PHL", "FRA")  # further countries with their name in that picture
NAMED_IN_CHART = 4  # clients at each end of their picture with their name beside the point

Get = Callable[[str], Number]


def link_rows(get: Get) -> list[tuple[str, str, str, Number]]:
    """Named links, and controls that are not too small, by client, for a chart: client, supplier,
    role, number."""
    found = links.link_quotients()
    # The scale is that of logs: there is no place for nought.
    shown = ((found["role"] == "named") & (found["observed"] > 0)) | (
        found["observed"] >= links.SMALL
    )
    found = found[found["client"].isin(CLIENTS) & shown]
    found = found.sort_values("client", key=lambda of: of.map(CLIENTS.index), kind="stable")
    rows = found[["client", "supplier", "role", "link_id"]].itertuples(index=False, name=None)
    return [
        (links.name(client), links.name(supplier), role, get(f"outsourcing.lq-{link_id}"))
        for client, supplier, role, link_id in rows
    ]


def first_rows(get: Get) -> list[tuple[str, str, Number]]:
    """The first picture, what French clients buy: supplier, hue, number."""
    return [(supplier, hue, get(f"outsourcing.{name}")) for supplier, hue, name in FIRST]


def ranked_rows() -> pd.DataFrame:
    """Clients that are each given the suppliers of France, for a chart: rank, client, factor,
    label, colour."""
    found = models.given_france_s()
    names = found["client"].map(links.name)
    outer = (found.index < NAMED_IN_CHART) | (found["client"] == "FRA")
    return pd.DataFrame(
        {
            "rank": found.index + 1,
            "client": names,
            "factor": found["factor"],
            "label": names.where(outer, ""),
            "colour": ["found" if code == "FRA" else "soft" for code in found["client"]],
        }
    )


def empire_rows(get: Get) -> list[tuple[str, str, str, Number]]:
    """Factors of the gravity equations by former ruler, with our rulers and those of CEPII, for a
    chart: ruler, model, hue, number."""
    hues = {"France": "found"}
    return [
        (ruler, model, hues.get(ruler, "soft"), get(f"outsourcing.{name}"))
        for ruler, names in EMPIRES.items()
        for model, name in zip(MODELS, names, strict=True)
    ]


def visit_rows(most: int = 6) -> pd.DataFrame:
    """Countries with the most visits to pages for workers, and the most that Madagascar can have,
    for a chart: country, visits (millions), colour and kind of mark."""
    listed = world.visits("worker")
    top = listed.head(most)
    return pd.DataFrame(
        {
            "country": [*top["country"], "Madagascar, at most"],
            "visits (millions)": [
                round(visits / 1e6, 1) for visits in (*top["visits"], listed["visits"].min())
            ],
            "colour": [
                *("found" if one == "Venezuela" else "soft" for one in top["country"]),
                "found",
            ],
            "kind": ["measured"] * len(top) + ["bound"],
        }
    )


def crowd_rows() -> pd.DataFrame:
    """Countries by workers of the twelve open jobs, the most first, for a chart: country, workers,
    percent of all (of those that are named there), colour."""
    found, whole = crowd.by_country(crowd.SUMMER), int(crowd.workers(crowd.SUMMER).sum())
    rows = [
        (
            links.name(code),
            workers,
            100 * workers / whole if code in (*CENTRES, *BESIDE) else None,
            "found" if code in CENTRES else "soft",
        )
        for code, workers in found.items()
    ]
    return pd.DataFrame(rows, columns=["country", "workers", "percent", "colour"])


def month_rows(get: Get) -> list[tuple[str, Number]]:
    """Months with open jobs, and the share of Venezuela in their workers, for a chart."""
    return [(label, get(f"outsourcing.crowd-venezuela-{month}")) for month, label in MONTHS.items()]
