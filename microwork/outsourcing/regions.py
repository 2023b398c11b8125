"""Outsourcing: clients by region. What French-speaking clients buy that never ruled the suppliers.

Canada, Belgium and Switzerland count as French-speaking in a table of official languages, yet most
of their clients live where French is not spoken. Here each is parted in two, a French-speaking part
and the rest. Belgium ruled Rwanda, Burundi and the Congo, but none of these sells on the platform;
no other supplier here was ruled by one of the three. So what their French-speaking parts buy from
French-speaking Africa is language without rule.

A part has the code of its country and a word, "CAN-french" or "CAN-other": the first three letters
are the country.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from tallybook.data.provenance import step

from microwork.outsourcing import clumps, links
from microwork.outsourcing.links import Quotient, Trade

Computed = tuple[float, float, float]  # value, low, high

SEED, DRAWS = 20221209, 20_000  # the day of the interview
PARTED = ("CAN", "BEL", "CHE")
FRENCH_PARTS = [f"{code}-french" for code in PARTED]
OTHER_PARTS = [f"{code}-other" for code in PARTED]
TWO = (
    "MDG",
    "BEN",
    # the two suppliers furthest above chance for France: chosen by the result, so they are also left
    # out
)


@step
def parts() -> pd.DataFrame:
    """Projects by part of a client (rows) and supplier (columns).

    Shared by all who ask: not to be changed.
    """
    frame = clumps.table()
    frame = frame[frame["client"].isin(list(PARTED))]
    code = (
        frame["client"] + "-" + frame["part"].map({"French-speaking": "french", "other": "other"})
    )
    return (
        frame.assign(code=code)
        .pivot_table(
            index="code", columns="supplier", values="projects", aggfunc="sum", fill_value=0
        )
        .reindex([*FRENCH_PARTS, *OTHER_PARTS])
    )


def split(counts: pd.DataFrame) -> pd.DataFrame:
    """Projects by client and supplier with the rows of the three countries replaced by their parts."""
    rows = parts().reindex(columns=counts.columns, fill_value=0)
    return pd.concat([counts.drop(index=list(PARTED)), rows])


def languages(countries: pd.DataFrame) -> dict[str, set[str]]:
    """Languages of the parts: French in one, the country's other official languages in the other."""
    spoken = countries["languages"]
    return {
        code: {"French"} if code.endswith("french") else spoken[code[:3]] - {"French"}
        for code in (*FRENCH_PARTS, *OTHER_PARTS)
    }


def bought_by(codes: Sequence[str], suppliers: Sequence[str]) -> Quotient:
    """What some parts, all French-speaking or all not, buy from some suppliers, over what chance
    would give; added up."""
    among = links.trade()
    rows = parts().reindex(columns=among.counts.columns, fill_value=0)
    rate = among.sold / among.total
    expected = sum(
        float(rows.loc[code].sum() * rate[supplier]) for code in codes for supplier in suppliers
    )
    part = {"french": "French-speaking", "other": "other"}[codes[0][4:]]
    clumped = clumps.of_links(
        [(code[:3], supplier) for code in codes for supplier in suppliers], part
    )
    return links.quotient(
        sum(int(rows.at[code, supplier]) for code in codes for supplier in suppliers),
        expected,
        clumped,
    )


def african(leave_out: Sequence[str] = ()) -> list[str]:
    """All countries of Africa with French as an official language that sell on the platform, by
    code."""
    sold = links.trade().sold
    return [
        code
        for code in links.speaking("French", "Africa")
        if code not in leave_out and sold.get(code, 0) > 0
    ]


def once_ruled() -> list[str]:
    """All suppliers that France once ruled, by our rule (see ``links.rulers``), by code."""
    ruled, sold = links.rulers(), links.trade().sold
    return [code for code in sold.index[sold > 0] if "FRA" in ruled.get(code, set())]


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
    from_them = (
        by_region.reindex(columns=list(suppliers), fill_value=0).sum(axis="columns").to_numpy(float)
    )
    shares: np.ndarray = from_them[drawn].sum(axis=1) / bought[drawn].sum(axis=1)
    return shares


def quotient_redrawn(
    client: str,
    suppliers: Sequence[str],
    among: Trade | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Computed:
    """The quotient of a client with some suppliers added up; value, low, high: the middle 95 % if
    its regions are drawn again.

    The suppliers' part of all projects is held. ``among``: another trade than that of the report,
    for what chance expects.
    """
    among = among or links.trade()
    by_chance = float(among.sold[list(suppliers)].sum()) / among.total
    shares = redrawn(clumps.regions(client), suppliers, np.random.default_rng(seed), draws)
    low, high = np.quantile(shares / by_chance, (0.025, 0.975))
    return links.purchases(client, *suppliers, among=among).value, float(low), float(high)


def block(
    client: str, key: str, among: Trade | None = None, leave_out: Sequence[str] = ()
) -> Computed:
    """What a client buys from one of the ``links.BLOCKS``, over what chance would give, if its
    regions are drawn again."""
    members = links.block_members(client, key, among or links.trade(), leave_out)
    return quotient_redrawn(client, members, among)


def over_block(
    client: str, key: str, placebo: str, draws: int = DRAWS, seed: int = SEED
) -> Computed:
    """The quotient of a client with one of the ``links.BLOCKS`` over that with another; value, low,
    high as ``quotient_redrawn``.

    The same regions are drawn for both. Countries with both languages are in both blocks, which
    brings the two closer.
    """
    among, by_region = links.trade(), clumps.regions(client)
    sides = [links.block_members(client, one, among) for one in (key, placebo)]
    tied, free = (redrawn(by_region, side, np.random.default_rng(seed), draws) for side in sides)
    by_chance = float(among.sold[sides[1]].sum() / among.sold[sides[0]].sum())
    with np.errstate(divide="ignore"):  # in a few draws nothing is bought from the other block
        low, high = np.quantile(by_chance * tied / free, (0.025, 0.975))
    return (
        links.purchases(client, *sides[0]).value / links.purchases(client, *sides[1]).value,
        float(low),
        float(high),
    )


def over_french_parts(suppliers: Sequence[str], draws: int = DRAWS, seed: int = SEED) -> Computed:
    """The quotient of France with some suppliers over that of the French-speaking parts; ends if
    regions of both are drawn again.

    What chance expects is the same share of purchases for both, so the ratio is one of two shares.
    """
    value = links.purchases("FRA", *suppliers).value / bought_by(FRENCH_PARTS, suppliers).value
    rng = np.random.default_rng(seed)
    elsewhere = pd.concat(
        [clumps.regions(code[:3]).loc["French-speaking"] for code in FRENCH_PARTS]
    ).fillna(0)
    with np.errstate(divide="ignore"):  # in a few draws the parts have no such project
        ratios = redrawn(clumps.regions("FRA"), suppliers, rng, draws) / redrawn(
            elsewhere, suppliers, rng, draws
        )
    low, high = np.quantile(ratios, (0.025, 0.975))
    return value, float(low), float(high)
