"""Outsourcing: rows of its charts and tables."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

from microwork.outsourcing import crowd, links, models, world
from microwork.outsourcing.numbers_crowd import MONTHS

CLIENTS = (
    "FRA",
    "ESP",
    "PRT",
    "USA",
    "AUS",
    "GBR",
    "ARE",
    "SAU",
    "CHN",
)  # of the chart of links, in its order


# Rows of the first picture: supplier, hue, number.
FIRST = (
    ("all French-speaking Africa", "found", "block-fra-francophone-africa"),
    ("Madagascar alone, named in the press", "found", "lq-fra-mdg"),
    ("Benin alone, not named", "found", "lq-fra-ben"),
    ("all English-speaking Africa", "soft", "block-fra-anglophone-africa"),
)
# Rows of the table of former rulers: ruler, and its numbers with our rulers and with those of
# CEPII, in all and beyond language.
EMPIRES = (
    (
        "France",
        "french-ties-total",
        "french-ties-total-cepii",
        "french-ties-recoded",
        "french-ties-cepii",
    ),
    *(
        (
            ruler,
            *(
                f"gravity-{whose}-ties-{end}"
                for end in ("total", "total-cepii", "by-language", "cepii")
            ),
        )
        for ruler, whose in (
            ("United Kingdom", "british"),
            ("Spain", "spanish"),
            ("all others", "other"),
        )
    ),
)
HEADS = (
    "former ruler",
    "in all",
    "in all, rulers of CEPII",
    "language held equal",
    "language held equal, rulers of CEPII",
)
CENTRES = ("VEN", "MDG")  # the two countries that the press calls nerve centres
BESIDE = (
    "IND",
    "USA",
    "PHL",
    "FRA",
)  # further countries with their name in the picture of the crowd
NAMED_IN_CHART = (
    4  # clients at each end of the picture of clients that have their name beside the point
)


Get = Callable[[str], Number]


def link_rows(get: Get) -> list[tuple[str, str, str, Number]]:
    """Named links, and controls that are not too small, by client, for a chart: client, supplier,
    role, number."""
    found = links.link_quotients()
    shown = ((found["role"] == "named") & (found["observed"] > 0)) | (
        found["observed"] >= links.SMALL
    )  # log scale: no nought
    found = found[found["client"].isin(CLIENTS) & shown]
    found = found.sort_values(
        "client", key=lambda codes: codes.map(CLIENTS.index), kind="stable"
    ).itertuples()
    return [
        (
            links.name(row.client),
            links.name(row.supplier),
            row.role,
            get(f"outsourcing.lq-{row.link_id}"),
        )
        for row in found
    ]


def first_rows(get: Get) -> list[tuple[str, str, Number]]:
    """The first picture, what French clients buy: supplier, hue, number."""
    return [(supplier, hue, get(f"outsourcing.{name}")) for supplier, hue, name in FIRST]


def ranked_rows() -> pd.DataFrame:
    """Clients that are each given the suppliers of France, for a chart: place, client, factor,
    label, colour."""
    found = models.given_france_s()
    names = found["client"].map(links.name)
    outer = (found.index < NAMED_IN_CHART) | (found["client"] == "FRA")
    return pd.DataFrame(
        {
            "place": found.index + 1,
            "client": names,
            "factor": found["factor"],
            "label": names.where(outer, ""),
            "colour": ["found" if code == "FRA" else "soft" for code in found["client"]],
        }
    )


def empire_table(get: Get) -> pd.DataFrame:
    """Factors of the gravity equations by former ruler, with our rulers and those of CEPII, for a
    table (texts)."""
    rows = [
        (ruler, *(show(get(f"outsourcing.{name}"), "full") for name in names))
        for ruler, *names in EMPIRES
    ]
    return pd.DataFrame(rows, columns=list(HEADS))


def visit_rows(most: int = 6) -> pd.DataFrame:
    """Countries with the most visits to pages for workers, and the most that Madagascar can have,
    for a chart."""
    listed = world.visits("worker")
    top = listed.head(most).assign(colour="soft")
    top.loc[top["country"] == "Venezuela", "colour"] = "found"
    rows = pd.concat(
        [
            top,
            pd.DataFrame(
                [
                    {
                        "country": "Madagascar, at most",
                        "visits": listed["visits"].min(),
                        "colour": "found",
                    }
                ]
            ),
        ]
    )
    return pd.DataFrame(
        {
            "country": rows["country"],
            "visits (millions)": (rows["visits"] / 1e6).round(1),
            "colour": rows["colour"],
        }
    ).reset_index(drop=True)


def crowd_rows() -> pd.DataFrame:
    """Countries by workers of the twelve open jobs, the most first, for a chart: country, workers,
    label, colour."""
    found, whole = crowd.by_country(crowd.SUMMER), int(crowd.workers(crowd.SUMMER).sum())
    frame = pd.DataFrame(
        {"country": [links.name(code) for code in found.index], "workers": found.to_numpy()}
    )
    named = [code in (*CENTRES, *BESIDE) for code in found.index]
    texts = [_label(country, workers, whole) for country, workers in frame.itertuples(index=False)]
    return frame.assign(
        label=[text if name else "" for text, name in zip(texts, named, strict=True)],
        colour=["claim" if code in CENTRES else "found" for code in found.index],
    )


def _label(country: str, workers: int, whole: int) -> str:
    """A country with its percentage or, below one in a hundred, its workers."""
    percent = 100 * workers / whole
    if percent >= 1:
        return f"{country}: {plain(percent, 0)}\u202f%"
    return f"{country}: {workers} worker{'s' if workers > 1 else ''}"


def month_rows(get: Get) -> list[tuple[str, Number]]:
    """Months with open jobs, and the share of Venezuela in their workers, for a chart."""
    return [
        (f"{words} ({jobs.split(',')[0]})", get(f"outsourcing.crowd-venezuela-{month}"))
        for month, (words, jobs) in MONTHS.items()
    ]
