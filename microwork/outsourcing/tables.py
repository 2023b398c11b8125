"""Outsourcing: rows of its charts and tables."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

from microwork.outsourcing import links, regions
from microwork.outsourcing import random as chance
from microwork.outsourcing.links import Quotient
from microwork.outsourcing.numbers_ties import VARIANTS

CLIENTS = ("FRA", "ESP", "PRT", "USA", "AUS", "GBR", "ARE", "SAU", "CHN")  # of the chart of links, in its order


# Rows of the chart of factors: former ruler, what is held equal, number.
WHOLE, BEYOND = "in all", "beyond language"
DRAWN = (
    ("All former rulers", WHOLE, "coloniser-total"),
    ("All former rulers", BEYOND, "gravity-client-coloniser-by-language"),
    ("France", WHOLE, "french-ties-total"),
    ("France", BEYOND, "french-ties-recoded"),
    ("France", f"{BEYOND}, CEPII’s list of colonies", "french-ties-cepii"),
    ("France", f"{BEYOND}, without Madagascar and Benin", "gravity-french-ties-no-mdg-ben"),
    ("An invented empire", BEYOND, "placebo-empire"),
    ("United Kingdom", WHOLE, "gravity-british-ties-total"),
    ("United Kingdom", BEYOND, "gravity-british-ties-by-language"),
    ("Spain", WHOLE, "gravity-spanish-ties-total"),
    ("Spain", BEYOND, "gravity-spanish-ties-by-language"),
    ("All others", WHOLE, "gravity-other-ties-total"),
    ("All others", BEYOND, "gravity-other-ties-by-language"),
)


Get = Callable[[str], Number]


def link_rows(get: Get) -> list[tuple[str, str, str, Number]]:
    """Named links, and controls that are not too small, by client, for a chart: client, supplier, role, number."""
    found = links.link_quotients()
    shown = ((found["role"] == "named") & (found["observed"] > 0)) | (found["observed"] >= links.SMALL)  # log scale: no nought
    found = found[found["client"].isin(CLIENTS) & shown]
    found = found.sort_values("client", key=lambda codes: codes.map(CLIENTS.index), kind="stable").itertuples()
    return [(links.name(row.client), links.name(row.supplier), row.role, get(f"outsourcing.lq-{row.link_id}")) for row in found]


def block_rows(get: Get) -> list[tuple[str, str, Number, str]]:
    """The two-by-two of France and the United Kingdom with African blocks: client, block, number, counts as text."""
    rows = []
    for row in links.blocks().itertuples():
        if row.client in ("FRA", "GBR"):
            counts = f"{row.observed} projects, {plain(row.expected, 0)} by chance"
            rows.append((row.client_name, row.block_name, get(f"outsourcing.block-{row.client.lower()}-{row.block}"), counts))
    return rows


def factor_rows(get: Get) -> list[tuple[str, str, Number]]:
    """Factors of the gravity equations, for a chart: former ruler, what is held equal, number."""
    return [(ruler, held, get(f"outsourcing.{name}")) for ruler, held, name in DRAWN]


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
