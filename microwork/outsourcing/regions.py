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
from tallybook.model.numbers import Bounded

from microwork.intervals import percentiles
from microwork.outsourcing import clumps, links
from microwork.outsourcing.links import Quotient

SEED, DRAWS = 20221209, 20_000  # the day of the interview
PARTED = ("CAN", "BEL", "CHE")
FRENCH_PARTS = [f"{code}-french" for code in PARTED]
OTHER_PARTS = [f"{code}-other" for code in PARTED]
# The suppliers furthest above chance for France: chosen by the result, so they are also left out.
TWO = ("MDG", "BEN")


@step
def parts() -> pd.DataFrame:
    """Projects by part of a client (rows) and supplier (columns).

    Shared by all who ask: not to be changed.
    """
    frame = clumps.table()
    frame = frame[frame["client"].isin(list(PARTED))]
    words = frame["part"].map({"French-speaking": "french", "other": "other"})
    table = frame.assign(code=frame["client"] + "-" + words).pivot_table(
        index="code", columns="supplier", values="projects", aggfunc="sum", fill_value=0
    )
    return table.reindex([*FRENCH_PARTS, *OTHER_PARTS])


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


def bought_by(codes: Sequence[str], suppliers: Sequence[str]) -> Quotient:
    """What some parts, all French-speaking or all not, buy from some suppliers, over what chance
    would give; added up."""
    among = links.trade()
    rows = parts().reindex(columns=among.counts.columns, fill_value=0)
    links_of_parts = [(code, supplier) for code in codes for supplier in suppliers]
    rate = among.sold / among.total
    expected = sum(float(rows.loc[code].sum() * rate[one]) for code, one in links_of_parts)
    part = {"french": "French-speaking", "other": "other"}[codes[0][4:]]
    clumped = clumps.of_links([(code[:3], supplier) for code, supplier in links_of_parts], part)
    return links.quotient(sum(int(rows.at[link]) for link in links_of_parts), expected, clumped)


def african(leave_out: Sequence[str] = ()) -> list[str]:
    """All countries of Africa with French as an official language that sell on the platform, by
    code."""
    sold = links.trade().sold
    french = links.speaking("French", "Africa")
    return [code for code in french if code not in leave_out and sold.get(code, 0) > 0]


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
    theirs = by_region.reindex(columns=list(suppliers), fill_value=0)
    from_them = theirs.sum(axis="columns").to_numpy(float)
    shares: np.ndarray = from_them[drawn].sum(axis=1) / bought[drawn].sum(axis=1)
    return shares


def quotient_redrawn(client: str, suppliers: Sequence[str], draws: int = DRAWS) -> Bounded:
    """The quotient of a client with some suppliers added up; value, low, high: the middle 95 % if
    its regions are drawn again.

    The suppliers' part of all projects is held.
    """
    among = links.trade()
    by_chance = float(among.sold[list(suppliers)].sum()) / among.total
    shares = redrawn(clumps.regions(client), suppliers, np.random.default_rng(SEED), draws)
    _, low, high = percentiles(shares / by_chance)
    return links.purchases(client, *suppliers).value, low, high


def block(client: str, key: str, leave_out: Sequence[str] = ()) -> Bounded:
    """What a client buys from one of the ``links.BLOCKS``, over what chance would give, if its
    regions are drawn again."""
    return quotient_redrawn(client, links.block_members(client, key, leave_out))


def over_block(client: str, key: str, placebo: str, draws: int = DRAWS) -> Bounded:
    """The quotient of a client with one of the ``links.BLOCKS`` over that with another; value, low,
    high as ``quotient_redrawn``.

    The same regions are drawn for both. Countries with both languages are in both blocks, which
    brings the two closer.
    """
    sold, by_region = links.trade().sold, clumps.regions(client)
    sides = [links.block_members(client, one) for one in (key, placebo)]
    tied, free = (redrawn(by_region, side, np.random.default_rng(SEED), draws) for side in sides)
    with np.errstate(divide="ignore"):  # in a few draws nothing is bought from the other block
        _, low, high = percentiles(float(sold[sides[1]].sum() / sold[sides[0]].sum()) * tied / free)
    value, other = (links.purchases(client, *side).value for side in sides)
    return value / other, low, high


def over_french_parts(suppliers: Sequence[str], draws: int = DRAWS) -> Bounded:
    """The quotient of France with some suppliers over that of the French-speaking parts; ends if
    regions of both are drawn again.

    What chance expects is the same share of purchases for both, so the ratio is one of two shares.
    """
    value = links.purchases("FRA", *suppliers).value / bought_by(FRENCH_PARTS, suppliers).value
    rng = np.random.default_rng(SEED)
    elsewhere = pd.concat(
        [clumps.regions(code[:3]).loc["French-speaking"] for code in FRENCH_PARTS]
    ).fillna(0)
    of_france, of_parts = (
        redrawn(by_region, suppliers, rng, draws)
        for by_region in (clumps.regions("FRA"), elsewhere)
    )
    with np.errstate(divide="ignore"):  # in a few draws the parts have no such project
        _, low, high = percentiles(of_france / of_parts)
    return value, low, high
