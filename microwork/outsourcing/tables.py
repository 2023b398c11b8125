"""Outsourcing: rows of its charts and tables."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

from microwork.outsourcing import links, regions, world
from microwork.outsourcing import random as chance
from microwork.outsourcing.links import Quotient
from microwork.outsourcing.numbers_ties import VARIANTS

CLIENTS = ("FRA", "ESP", "PRT", "USA", "AUS", "GBR", "ARE", "SAU", "CHN")  # of the chart of links, in its order


# Rows of the first picture: client, supplier, hue, number.
FIRST = (
    ("What French clients bought, times chance, from", "all French-speaking Africa", "found", "block-fra-francophone-africa"),
    ("What French clients bought, times chance, from", "Madagascar alone, named in the press", "found", "lq-fra-mdg"),
    ("What French clients bought, times chance, from", "Benin alone, not named", "found", "lq-fra-ben"),
    ("What French clients bought, times chance, from", "all English-speaking Africa", "soft", "block-fra-anglophone-africa"),
    ("What British clients bought, times chance, from", "all English-speaking Africa", "soft", "block-gbr-anglophone-africa"),
)
# Rows of the chart of factors: former ruler and what is held equal, number.
DRAWN = (
    ("France, in all", "french-ties-total"),
    ("France, beyond language", "french-ties-recoded"),
    ("France, beyond language, with CEPII’s list of colonies", "french-ties-cepii"),
    ("United Kingdom, beyond language", "gravity-british-ties-by-language"),
    ("Spain, beyond language", "gravity-spanish-ties-by-language"),
    ("An invented empire, beyond language", "placebo-empire"),
)
# Rows of the table of factors: former ruler, its number in all (if there is one), its number beyond language.
FACTORS = (
    ("all former rulers", "coloniser-total", "gravity-client-coloniser-by-language"),
    (
        "all but France, the United States and the Philippines",
        "gravity-client-coloniser-total-elsewhere",
        "gravity-client-coloniser-elsewhere",
    ),
    ("France", "french-ties-total", "french-ties-recoded"),
    ("United Kingdom", "gravity-british-ties-total", "gravity-british-ties-by-language"),
    ("Spain", "gravity-spanish-ties-total", "gravity-spanish-ties-by-language"),
    ("all others", "gravity-other-ties-total", "gravity-other-ties-by-language"),
)


Get = Callable[[str], Number]


def link_rows(get: Get) -> list[tuple[str, str, str, Number]]:
    """Named links, and controls that are not too small, by client, for a chart: client, supplier, role, number."""
    found = links.link_quotients()
    shown = ((found["role"] == "named") & (found["observed"] > 0)) | (found["observed"] >= links.SMALL)  # log scale: no nought
    found = found[found["client"].isin(CLIENTS) & shown]
    found = found.sort_values("client", key=lambda codes: codes.map(CLIENTS.index), kind="stable").itertuples()
    return [(links.name(row.client), links.name(row.supplier), row.role, get(f"outsourcing.lq-{row.link_id}")) for row in found]


def first_rows(get: Get) -> list[tuple[str, str, str, Number]]:
    """The first picture, who buys from whom: client, supplier, hue, number."""
    return [(client, supplier, hue, get(f"outsourcing.{name}")) for client, supplier, hue, name in FIRST]


def factor_rows(get: Get) -> list[tuple[str, Number]]:
    """Factors of the gravity equations, for a chart: former ruler and what is held equal, number."""
    return [(tie, get(f"outsourcing.{name}")) for tie, name in DRAWN]


def factor_table(get: Get) -> pd.DataFrame:
    """The same for every group of former rulers, for a table: former ruler, factor in all, factor beyond language (texts)."""
    rows = [(ruler, *(show(get(f"outsourcing.{name}"), "full") for name in names)) for ruler, *names in FACTORS]
    return pd.DataFrame(rows, columns=["former ruler", "in all", "beyond language"])


def visit_rows(most: int = 6) -> pd.DataFrame:
    """Countries with the most visits to pages for workers, and the most that Madagascar can have, for a chart."""
    listed = world.visits("worker")
    top = listed.head(most).assign(colour="soft")
    top.loc[top["country"] == "Venezuela", "colour"] = "found"
    rows = pd.concat(
        [top, pd.DataFrame([{"country": "Madagascar, at most", "visits": listed["visits"].min(), "colour": "found"}])]
    )
    return pd.DataFrame(
        {"country": rows["country"], "visits (millions)": (rows["visits"] / 1e6).round(1), "colour": rows["colour"]}
    ).reset_index(drop=True)


def empire_rows() -> pd.DataFrame:
    """France beside clients that share its language and not its past, for a table: client, quotients as texts with counts."""
    heads = {"africa": "from French-speaking Africa", "africa_less": "without Madagascar and Benin"}

    def text(found: Quotient) -> str:
        return f"{plain(found.value, 1)} ({found.observed} for {plain(found.expected, 1)})"

    found = regions.without_empire()
    cells = {head: found[key].map(text) for key, head in heads.items()}
    return pd.DataFrame({"client": found["client"].str[0].str.upper() + found["client"].str[1:], **cells})


def variant_rows(get: Get) -> pd.DataFrame:
    """The French tie as languages and rulers are counted, for a table: languages, rulers, factors of language and of the tie."""
    rows = [
        (languages, rulers, *(show(get(f"outsourcing.{name}"), "full") for name in names))
        for languages, rulers, *names in VARIANTS
    ]
    return pd.DataFrame(rows, columns=["languages", "former rulers", "both French-speaking", "France once ruled"])


def placebo_rows() -> pd.DataFrame:
    """Named sets of suppliers and random ones, for a chart or table: label, quotient, median, low, high, p."""
    table = chance.placebo_table(chance.placebos())
    names = {"random, low": "low", "random, median": "median", "random, high": "high"}
    return table.assign(label=table["client"] + " from " + table["named"]).rename(columns=names)
