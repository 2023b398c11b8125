"""Outsourcing: which gravity equations are fitted, and on what.

The lists of CEPII give every country all its official languages, so that all of Canada speaks
French, and every power that held a part of it at some time, so that the United States were a French
colony and the Philippines are a Spanish one. Here Canada, Belgium and Switzerland are parted by
language, and each country has one former ruler (``links.rulers``). With the rulers of CEPII every
equation is fitted again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from tallybook.builder.cache.results import kept
from tallybook.data.provenance import step
from tallybook.model.digits import rounded
from tallybook.model.numbers import Bounded

from microwork.outsourcing import links, regions
from microwork.outsourcing.gravity import (
    BASE,
    BY_EMPIRE,
    BY_LANGUAGE,
    Fit,
    coefficients,
    design,
    fit,
    iterate,
)

BY_LANGUAGE_ON_AVERAGE = (
    *(term for term in BY_LANGUAGE if not term.endswith("_ties")),
    "client_coloniser",
)
WITHOUT_LANGUAGE = tuple(term for term in BASE if term != "language")
EMPIRES_WITHOUT_LANGUAGE = tuple(term for term in BY_EMPIRE if term != "language")
# Projects that a client is expected to buy from the suppliers of France; with fewer, no rank.
EXPECTED = 5


class Model(NamedTuple):
    """One equation: its terms, what is left out, and whether rulers are ours or CEPII's.

    ``pairs``: (client, supplier) left out.
    """

    terms: tuple[str, ...]
    suppliers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    our_rulers: bool = True


MODELS = {
    "base": Model(BASE),
    "total": Model(WITHOUT_LANGUAGE),
    "total-empires": Model(EMPIRES_WITHOUT_LANGUAGE),
    "total-empires-no-philippines": Model(EMPIRES_WITHOUT_LANGUAGE, pairs=(("ESP", "PHL"),)),
    "total-empires-cepii": Model(EMPIRES_WITHOUT_LANGUAGE, our_rulers=False),
    "average": Model(BY_LANGUAGE_ON_AVERAGE),
    "placebo": Model((*BY_LANGUAGE, "invented_ties")),
    "empires": Model(BY_EMPIRE),
    "languages": Model(BY_LANGUAGE),
    "languages-cepii": Model(BY_LANGUAGE, our_rulers=False),
    "no-madagascar-benin": Model(BY_LANGUAGE, suppliers=("MDG", "BEN")),
}


def ties(our_rulers: bool = True) -> pd.DataFrame:
    """The design of all pairs of the report's data (see ``design``), with our rulers or those of
    CEPII."""
    return _ties(our_rulers).copy()


@step
def _ties(our_rulers: bool) -> pd.DataFrame:
    counts, countries = links.trade().counts, links.countries()
    if our_rulers:
        countries["colonisers"] = links.rulers()
    frame = design(regions.split(counts), countries, regions.languages(countries))
    ruled = frame.loc[frame["french_ties"] == 1, "supplier"].unique()
    # A placebo: as if the French-speaking parts of other countries had ruled what France ruled.
    invented = frame["client"].isin(regions.FRENCH_PARTS) & frame["supplier"].isin(ruled)
    return frame.assign(invented_ties=invented.astype(float))


@step
@kept
def model(key: str) -> Fit:
    """One of the ``MODELS``, fitted once."""
    one = MODELS[key]
    frame = ties(one.our_rulers)
    out = frame["supplier"].isin(one.suppliers)
    for client, supplier in one.pairs:
        out |= (frame["client"].str[:3] == client) & (frame["supplier"] == supplier)
    return fit(frame[~out], one.terms)


def factor(key: str, term: str) -> Bounded:
    """By what factor a tie multiplies projects in one of the ``MODELS``, with its interval."""
    return model(key).factor(term)


@step
@kept
def given_france_s() -> pd.DataFrame:
    """Each client country as if it had ruled what France ruled: a randomisation test over clients
    (Fisher 1935).

    A tie of one client to the suppliers that France once ruled is added to the equation
    "languages"; the factor is by how much it multiplies projects. For France it is the factor of
    its own tie. Only clients of which chance expects ``EXPECTED`` projects or more with these
    suppliers. Columns client (code), factor; the largest factor first.
    """
    frame, trade, suppliers = ties(), links.trade(), regions.once_ruled()
    client, supplier = (pd.factorize(frame[side])[0] for side in ("client", "supplier"))
    projects, others = frame["projects"].to_numpy(float), frame[list(BY_LANGUAGE)].to_numpy(float)
    _, mean = iterate(projects, others, client, supplier)
    theirs, country = frame["supplier"].isin(suppliers), frame["client"].str[:3]
    rows = [("FRA", factor("languages", "french_ties")[0])]
    for code in country.unique():
        chance = float(trade.expected.loc[code, [one for one in suppliers if one != code]].sum())
        if code == "FRA" or chance < EXPECTED:
            continue
        tie = (theirs & (country == code)).to_numpy(float)
        fitted = iterate(projects, np.column_stack([tie, others]), client, supplier, mean)
        rows.append((code, rounded(float(np.exp(coefficients(*fitted)[0])))))
    found = pd.DataFrame(rows, columns=["client", "factor"])
    return found.sort_values(["factor", "client"], ascending=[False, True], ignore_index=True)


def rank_of_france() -> int:
    """Place of France among the clients of ``given_france_s``, the largest factor first."""
    return 1 + int((given_france_s()["client"] == "FRA").idxmax())


def chance_of_rank() -> float:
    """How often, in percent, a client taken blindly from ``given_france_s`` comes as high as
    France."""
    return 100 * rank_of_france() / len(given_france_s())
