"""Outsourcing: which gravity equations are fitted, and on what.

The lists of CEPII give every country all its official languages, so that all of Canada speaks
French, and every power that held a part of it at some time, so that the United States were a French
colony and the Philippines are a Spanish one. Here Canada, Belgium and Switzerland are parted by
language, and each country has one former ruler (``links.rulers``). With the rulers of CEPII every
equation is fitted again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from tallybook.builder.cache.results import kept
from tallybook.data.provenance import step
from tallybook.model.digits import rounded

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
# projects that a client is expected to buy from the suppliers of France: with fewer it is not
# ranked
EXPECTED = 5


@dataclass(frozen=True)
class Model:
    """One equation: what it is called, its terms, what is left out, and whether rulers are ours or
    CEPII's.

    ``pairs``: (client, supplier) left out.
    """

    label: str
    terms: tuple[str, ...]
    suppliers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    our_rulers: bool = True


_EACH, _FREE = "by language", "language left free"
_CEPII = "rulers as CEPII has them"
MODELS = {
    "base": Model("all pairs", BASE),
    "total": Model(_FREE, WITHOUT_LANGUAGE),
    "total-empires": Model(f"{_FREE}, each empire", EMPIRES_WITHOUT_LANGUAGE),
    "total-empires-no-philippines": Model(
        f"{_FREE}, each empire, without Spain-Philippines",
        EMPIRES_WITHOUT_LANGUAGE,
        pairs=(("ESP", "PHL"),),
    ),
    "total-empires-cepii": Model(
        f"{_FREE}, each empire, {_CEPII}", EMPIRES_WITHOUT_LANGUAGE, our_rulers=False
    ),
    "average": Model(_EACH, BY_LANGUAGE_ON_AVERAGE),
    "placebo": Model(f"{_EACH}, with an invented empire", (*BY_LANGUAGE, "invented_ties")),
    "empires": Model("each empire by itself", BY_EMPIRE),
    "languages": Model("each empire and each language by itself", BY_LANGUAGE),
    "languages-cepii": Model(f"{_EACH}, {_CEPII}", BY_LANGUAGE, our_rulers=False),
    "no-madagascar-benin": Model(
        f"{_EACH}, without Madagascar and Benin", BY_LANGUAGE, suppliers=("MDG", "BEN")
    ),
}

TERMS = {
    "language": "a common official language",
    "client_coloniser": "the client once ruled the supplier",
    "french_ties": "France once ruled the supplier",
    "british_ties": "the United Kingdom once ruled the supplier",
    "spanish_ties": "Spain once ruled the supplier",
    "other_ties": "another client once ruled the supplier",
    "invented_ties": "Quebec and others, had they ruled",
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


def factor(key: str, term: str) -> tuple[float, float, float]:
    """By what factor a tie multiplies projects in one of the ``MODELS``, with its interval."""
    return model(key).factor(term)


def between_lists(key: str, term: str, rulers: float = 0.0) -> tuple[float, float, float]:
    """The factor of a tie on the way from our rulers (0) to those of CEPII (1), on logs; value,
    low, high.

    ``key``: a model of which there is another by the list of CEPII, with "-cepii" at its end.
    """
    ours, theirs = factor(key, term), factor(f"{key}-cepii", term)
    value, low, high = (a ** (1 - rulers) * b**rulers for a, b in zip(ours, theirs, strict=True))
    return value, low, high


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
