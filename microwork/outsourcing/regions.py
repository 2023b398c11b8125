"""Outsourcing: clients by region. Where French is spoken without an empire, and how far a link rests on one region.

Canada, Belgium and Switzerland count as French-speaking in a table of official languages, yet most of their clients live where
French is not spoken. Here each is parted in two, a French-speaking part and the rest. None of them ruled a supplier of
France, so what their French-speaking parts buy from former French colonies is language without empire.

A part has the code of its country and a word, "CAN-french" or "CAN-other": the first three letters are the country.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from tallybook.data.provenance import step

from microwork.outsourcing import clumps, links
from microwork.outsourcing.links import Quotient

SEED, DRAWS = 20221209, 20_000  # the day of the interview
NAMES = {
    "CAN-french": "Quebec",
    "BEL-french": "Wallonia and Brussels",
    "CHE-french": "French-speaking Switzerland",
    "CAN-other": "the rest of Canada",
    "BEL-other": "the rest of Belgium",
    "CHE-other": "the rest of Switzerland",
}
TESTED = ("MDG", "BEN")  # the two suppliers of France with most projects above chance


@step
def parts() -> pd.DataFrame:
    """Projects by part of a client (rows, ``NAMES``) and supplier (columns). Shared by all who ask: not to be changed."""
    frame = clumps.table()
    frame = frame[frame["client"].isin(sorted({code[:3] for code in NAMES}))]
    code = frame["client"] + "-" + frame["part"].map({"French-speaking": "french", "other": "other"})
    return frame.assign(code=code).pivot_table(
        index="code", columns="supplier", values="projects", aggfunc="sum", fill_value=0
    ).reindex(list(NAMES))  # fmt: skip


def split(counts: pd.DataFrame) -> pd.DataFrame:
    """Projects by client and supplier with the rows of the three countries replaced by their parts."""
    rows = parts().reindex(columns=counts.columns, fill_value=0)
    return pd.concat([counts.drop(index=sorted({code[:3] for code in NAMES})), rows])


def languages(countries: pd.DataFrame) -> dict[str, set[str]]:
    """Languages of the parts: French in one, the country's other official languages in the other."""
    spoken = countries["languages"]
    return {code: {"French"} if code.endswith("french") else spoken[code[:3]] - {"French"} for code in NAMES}


def bought_by(codes: Sequence[str], suppliers: Sequence[str]) -> Quotient:
    """What some parts, all French-speaking or all not, buy from some suppliers, over what chance would give; added up."""
    among, rows = links.trade(), parts()
    rate = among.sold / among.total
    expected = sum(float(rows.loc[code].sum() * rate[supplier]) for code in codes for supplier in suppliers)
    part = {"french": "French-speaking", "other": "other"}[codes[0][4:]]
    clumped = clumps.of_links([(code[:3], supplier) for code in codes for supplier in suppliers], part)
    return links.quotient(sum(int(rows.at[code, supplier]) for code in codes for supplier in suppliers), expected, clumped)


def without_empire() -> pd.DataFrame:
    """The parts, then France: name, and for each supplier of ``TESTED`` the quotient (columns ``MDG``, ``BEN``)."""
    among = links.trade()
    rows = [(NAMES[code], *(bought_by([code], [supplier]) for supplier in TESTED)) for code in NAMES]
    rows.append(("France", *(links.pooled(among, [("FRA", supplier)]) for supplier in TESTED)))
    return pd.DataFrame(rows, columns=["client", *TESTED])


def resampled(supplier: str, draws: int = DRAWS, seed: int = SEED) -> tuple[float, float]:
    """95 % interval of the quotient of France with a supplier if the client regions of France are drawn again.

    As many regions as there are, drawn with replacement, each with all it bought; the supplier's share of all projects is held.
    The middle 95 % of the draws: wider than counting noise where a link rests on a few regions.
    """
    by_region = clumps.regions("FRA")
    among = links.trade()
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(by_region), size=(draws, len(by_region)))
    bought, from_it = by_region.sum(axis=1).to_numpy(), by_region[supplier].to_numpy()
    quotients = from_it[drawn].sum(axis=1) / bought[drawn].sum(axis=1) / (among.sold[supplier] / among.total)
    low, high = np.quantile(quotients, (0.025, 0.975))
    return float(low), float(high)
