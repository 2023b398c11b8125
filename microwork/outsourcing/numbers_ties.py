"""Outsourcing: the numbers on chance and on ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from tallybook.model.numbers import Number, Row, number

from microwork.outsourcing import links, models, regions
from microwork.outsourcing import random as chance
from microwork.outsourcing.numbers_links import quotient
from microwork.outsourcing.random import Placebo

CLUSTER = (
    "Chance in which pairs of countries trade (95 %, errors clustered by undirected pair). Not: what the equation leaves out, "
    "or another platform."
)
TWO_WAY = (
    "The same with errors that may be shared by all links of a client and all links of a supplier (95 %). Not: what the equation "
    "leaves out, or another platform."
)
REGIONS_AGAIN = (
    "Which regions the clients of France and of the French-speaking parts are in (95 % of draws). Not: repeat business within a "
    "region, other platforms, or other years."
)
SIMULATION = "The error of the simulation alone (95 %). Not: that the names were chosen after interviews."

SETS = {
    "fra": "France",
    "esp": "Spain",
    "usa": "the United States",
    "gbr": "the United Kingdom",
}

# Model -> name of a number -> term; models may come twice, for this is the order of the numbers.
_FACTORS = (
    ("base", {"gravity-language": "language", "gravity-client-coloniser": "client_coloniser"}),
    ("base", {"gravity-worker-coloniser": "worker_coloniser", "gravity-distance-doubling": "log_distance"}),
    ("empires", {"gravity-french-ties": "french_ties"}),
    ("languages", {f"gravity-{which}-language": f"both_{which}" for which in ("french", "english", "spanish", "arabic")}),
    ("languages", {"french-ties-recoded": "french_ties"}),
    ("languages", {f"gravity-{whose}-ties-by-language": f"{whose}_ties" for whose in ("british", "spanish", "other")}),
    ("languages-no-philippines", {"gravity-other-ties-no-philippines": "other_ties"}),
    ("languages-hours", {"gravity-french-ties-hours": "french_ties"}),
    ("no-madagascar-benin", {"gravity-french-ties-no-mdg-ben": "french_ties"}),
    ("no-largest", {"gravity-worker-coloniser-no-usa": "worker_coloniser"}),
    ("cepii", {"gravity-worker-coloniser-cepii": "worker_coloniser"}),
    ("base-elsewhere", {"gravity-client-coloniser-elsewhere": "client_coloniser"}),
    ("total", {"coloniser-total": "client_coloniser"}),
    ("total-elsewhere", {"gravity-client-coloniser-total-elsewhere": "client_coloniser"}),
    ("total-empires", {"french-ties-total": "french_ties"}),
    ("total-empires", {f"gravity-{whose}-ties-total": f"{whose}_ties" for whose in ("british", "spanish", "other")}),
    ("average", {"gravity-client-coloniser-by-language": "client_coloniser"}),
    ("placebo", {"placebo-empire": "invented_ties"}),
    # The French tie as languages and rulers are counted: see VARIANTS.
    ("languages-cepii-rulers", {"gravity-french-language-cepii-rulers": "both_french", "french-ties-cepii": "french_ties"}),
    ("languages-cepii-rulers-no-usa", {"gravity-french-ties-cepii-rulers-no-usa": "french_ties"}),
    ("languages-cepii-rulers-less", {"gravity-french-ties-cepii-rulers-no-mdg-ben": "french_ties"}),
    *((model, {f"gravity-french-language-{end}": "both_french", f"gravity-french-ties-{end}": "french_ties"}) for model, end in (
        ("languages-whole", "cepii-languages"), ("languages-cepii", "cepii-both"),
    )),
)  # fmt: skip
FACTORS = tuple((name, model, term) for model, terms in _FACTORS for name, term in terms.items())

# What counts as French-speaking and as a colony: words for the table, and the names of its two numbers.
VARIANTS = (
    ("by region", "recoded", "gravity-french-language", "french-ties-recoded"),
    ("by region", "CEPII’s", "gravity-french-language-cepii-rulers", "french-ties-cepii"),
    ("by country", "recoded", "gravity-french-language-cepii-languages", "gravity-french-ties-cepii-languages"),
    ("by country", "CEPII’s", "gravity-french-language-cepii-both", "gravity-french-ties-cepii-both"),
)


def random_numbers() -> Iterator[Number]:
    """Named links against random ones."""

    def named(key: str, **options: Any) -> Placebo:
        return chance.placebo(*chance.named_set(key), **options)

    candidates, speakers = partial(chance.candidates, "FRA"), partial(chance.speakers, "FRA", "French")
    sets = f"Share of sets of suppliers of the same size with as high a quotient; seed {chance.SEED}."
    french = "All sets of six among suppliers with French as an official language."
    words, whole, africa = "suppliers that do as well as those named", "French-speaking", "French-speaking African"
    placebos: list[Row] = [
        *((key, partial(named, key), f"Random sets that do as well as those named: {SETS[key]}", sets) for key in SETS),
        ("candidates-fra", lambda: len(candidates(links.trade())), "Suppliers of France with a project expected"),
        ("fra-francophone", lambda: named("fra", pool=speakers()), f"Sets of {whole} {words}", french),
        ("candidates-fra-francophone", lambda: len(speakers()), f"{whole} countries that sell abroad or at home"),
        ("fra-francophone-africa", lambda: named("fra", pool=speakers("Africa")), f"Sets of {africa} {words}", french),
        ("candidates-fra-francophone-africa", lambda: len(speakers("Africa")), f"{africa} countries that sell abroad or at home"),
    ]  # fmt: skip
    for name, found, label, *how in placebos:
        if not how:
            yield number(f"outsourcing.permutation-{name}", found, "countries", label, "Counted.")
            continue
        name = f"outsourcing.permutation-p-{name}"
        made = number(name, partial(_probability, found), "probability", label, how[0], SIMULATION)
        yield made if made.low is not None else replace(made, covers=None)  # all sets were taken: nothing was simulated


def _probability(found: Callable[[], Placebo]) -> float | tuple[float, float, float]:
    return found().probability


def gravity_numbers() -> Iterator[Number]:
    """Factors of the gravity equations."""
    how = "The exponential of the coefficient; Poisson pseudo-maximum likelihood with client and supplier effects."
    for name, key, term in FACTORS:
        label = f"Factor of projects: {models.TERMS[term]} ({models.MODELS[key].label})"
        yield number(f"outsourcing.{name}", partial(models.factor, key, term), "ratio", label, how, CLUSTER)
    base, label = partial(models.model, "base"), f"Factor of projects: {models.TERMS['language']}, with wider errors"
    wider, how = lambda: base().two_way("language"), "The same estimate with other standard errors."
    yield number("outsourcing.gravity-language-two-way", wider, "ratio", label, how, TWO_WAY)
    counted: tuple[Row, ...] = (
        ("french-colonies", lambda: models.ties()["french_ties"].sum(), "countries",
         "Suppliers in the equation that France once ruled", "Counted, after CEPII with our corrections."),
        ("pairs", lambda: base().pairs, "items", "Pairs of a client, country or part of one, and a supplier", "Counted."),
    )  # fmt: skip
    for name, *rest in counted:
        yield number(f"outsourcing.gravity-{name}", *rest)


def region_numbers() -> Iterator[Number]:
    """France beside the French-speaking parts of other countries, and suppliers by language and former ruler."""
    africa, two, both = "French-speaking Africa", "without Madagascar and Benin", "France over French-speaking parts elsewhere"
    how = "Projects observed divided by projects expected, all of them added up."
    parts = (
        ("french", regions.FRENCH_PARTS, "Quebec and the French-speaking parts of Belgium and Switzerland"),
        ("other", regions.OTHER_PARTS, "The other parts of Canada, Belgium and Switzerland"),
    )
    for name, codes, words in parts:
        found = partial(lambda codes: regions.bought_by(codes, regions.african()), codes)
        yield quotient(f"block-{name}-parts", found, f"{words} buying from {africa}", how)
    how = f"One quotient over the other; regions drawn again {regions.DRAWS} times, seed {regions.SEED}."
    sets = (
        ("fra-over-french-parts", regions.african, africa),
        ("fra-over-french-parts-without-two", partial(regions.african, regions.TWO), f"{africa} {two}"),
        ("fra-over-french-parts-colonies", regions.once_ruled, "all suppliers that France once ruled"),
    )
    for name, suppliers, words in sets:
        ratio = partial(lambda suppliers: regions.over_french_parts(suppliers()), suppliers)
        yield number(f"outsourcing.{name}", ratio, "ratio", f"{both}, buying from {words}", how, REGIONS_AGAIN, 2)
    how = "Projects observed divided by projects expected, the suppliers added up."
    for name, label, spoken, once in regions.CELLS:
        if not (spoken or once):
            continue  # all others are only there to make the table complete
        suppliers, found = partial(regions.cell, name), partial(lambda name: links.purchases("FRA", *regions.cell(name)), name)
        yield quotient(f"lq-fra-{name}", found, f"France buying from {label}", how)
        count = partial(lambda suppliers: len(suppliers()), suppliers)
        yield number(f"outsourcing.suppliers-{name}", count, "countries", f"Suppliers: {label}", "Counted.")
