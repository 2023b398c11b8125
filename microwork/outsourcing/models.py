"""Outsourcing: which gravity equations are fitted, and on what.

Two things can be taken from CEPII as they stand: languages are those of a whole country, so that all of Canada speaks French, and
a coloniser is whoever held any part of a country at any time, so that the United States were a French colony. We changed both
after the results had been seen. They are kept as variants, and the page shows them all.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from tallybook.builder.kept import kept
from tallybook.data.provenance import step

from microwork.outsourcing import links, regions
from microwork.outsourcing.gravity import BASE, BY_EMPIRE, BY_LANGUAGE, Fit, design, fit
from microwork.outsourcing.regions import RULERS

BY_LANGUAGE_ON_AVERAGE = (*(term for term in BY_LANGUAGE if not term.endswith("_ties")), "client_coloniser")
WITHOUT_LANGUAGE = tuple(term for term in BASE if term != "language")
EMPIRES_WITHOUT_LANGUAGE = tuple(term for term in BY_EMPIRE if term != "language")
PHILIPPINES = (("USA", "PHL"),)


@dataclass(frozen=True)
class Model:
    """One equation: what it is called, its terms, what is left out, and whether regions and rulers are ours or CEPII's.

    ``largest``: so many of the largest client countries are left out; ``pairs``: (client, supplier) left out.
    """

    label: str
    terms: tuple[str, ...]
    clients: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    largest: int = 0
    by_region: bool = True
    our_rulers: bool = True


_EACH = "by language"
_APART = "without US-Philippines"
# Labels are short, for they head the groups of a chart that is read on a phone, too.
MODELS = {
    "base": Model("all pairs", BASE),
    "base-elsewhere": Model("without France and US-Philippines", BASE, ("FRA",), pairs=PHILIPPINES),
    "total": Model("language left free", WITHOUT_LANGUAGE),
    "total-empires": Model("language left free, each empire", EMPIRES_WITHOUT_LANGUAGE),
    "total-elsewhere": Model(
        "language left free, without France and US-Philippines", WITHOUT_LANGUAGE, ("FRA",), pairs=PHILIPPINES
    ),
    "average": Model(f"{_EACH}", BY_LANGUAGE_ON_AVERAGE),
    "placebo": Model(f"{_EACH}, with an invented empire", (*BY_LANGUAGE, "invented_ties")),
    "cepii": Model("all pairs, languages and rulers as CEPII has them", BASE, by_region=False, our_rulers=False),
    "no-largest": Model("without the largest client", BASE, largest=1),
    "empires": Model("each empire by itself", BY_EMPIRE),
    "languages": Model("each empire and each language by itself", BY_LANGUAGE),
    "languages-hours": Model(f"{_EACH}, and hours apart", (*BY_LANGUAGE, "hours_apart")),
    "languages-no-philippines": Model(f"{_EACH}, {_APART}", BY_LANGUAGE, pairs=PHILIPPINES),
    "no-madagascar-benin": Model(f"{_EACH}, without Madagascar and Benin", BY_LANGUAGE, suppliers=("MDG", "BEN")),
    "languages-cepii-rulers": Model(f"{_EACH}, rulers as CEPII has them", BY_LANGUAGE, our_rulers=False),
    "languages-cepii-rulers-less": Model(
        f"{_EACH}, rulers as CEPII has them, without Madagascar and Benin",
        BY_LANGUAGE,
        suppliers=("MDG", "BEN"),
        our_rulers=False,
    ),
    "languages-cepii-rulers-no-usa": Model(
        f"{_EACH}, rulers as CEPII has them, without France-US", BY_LANGUAGE, pairs=(("FRA", "USA"),), our_rulers=False
    ),
    "languages-whole": Model(f"{_EACH}, languages as CEPII has them", BY_LANGUAGE, by_region=False),
    "languages-cepii": Model(f"{_EACH}, languages and rulers as CEPII has them", BY_LANGUAGE, by_region=False, our_rulers=False),
}

TERMS = {
    "log_distance": "twice the distance",
    "hours_apart": "an hour of longitude more",
    "contiguity": "a common border",
    "language": "a common official language",
    "both_french": "both French-speaking",
    "both_english": "both English-speaking",
    "both_spanish": "both Spanish-speaking",
    "both_arabic": "both Arabic-speaking",
    "other_language": "another common language",
    "client_coloniser": "the client once ruled the supplier",
    "french_ties": "France once ruled the supplier",
    "british_ties": "the United Kingdom once ruled the supplier",
    "spanish_ties": "Spain once ruled the supplier",
    "other_ties": "another client once ruled the supplier",
    "invented_ties": "Quebec and others, had they ruled",
    "worker_coloniser": "the supplier once ruled the client",
}


def ties(by_region: bool = True, our_rulers: bool = True) -> pd.DataFrame:
    """The design of all pairs of the report's data (see ``design``), with our corrections or without."""
    return _ties(by_region, our_rulers).copy()


@step
def _ties(by_region: bool, our_rulers: bool) -> pd.DataFrame:
    counts, countries = links.trade().counts, links.countries()
    if our_rulers:
        countries["colonisers"] = [RULERS.get(code, found) for code, found in countries["colonisers"].items()]
    if not by_region:
        return design(counts, countries)
    frame = design(regions.split(counts), countries, regions.languages(countries))
    ruled = frame.loc[frame["french_ties"] == 1, "supplier"].unique()
    # A placebo: as if the French-speaking parts of other countries had ruled what France ruled.
    invented = frame["client"].isin(regions.FRENCH_PARTS) & frame["supplier"].isin(ruled)
    return frame.assign(invented_ties=invented.astype(float))


def largest_clients(count: int) -> list[str]:
    """The client countries with most projects, by code."""
    return list(links.trade().bought.sort_values(ascending=False, kind="stable").index[:count])


@step
@kept
def model(key: str) -> Fit:
    """One of the ``MODELS``, fitted once."""
    one = MODELS[key]
    frame = ties(one.by_region, one.our_rulers)
    country = frame["client"].str[:3]
    out = country.isin([*one.clients, *largest_clients(one.largest)]) | frame["supplier"].isin(one.suppliers)
    for client, supplier in one.pairs:
        out |= (country == client) & (frame["supplier"] == supplier)
    return fit(frame[~out], one.terms)


def factor(key: str, term: str) -> tuple[float, float, float]:
    """By what factor a tie multiplies projects in one of the ``MODELS``, with its interval."""
    return model(key).factor(term)
