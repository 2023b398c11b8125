"""Outsourcing: the numbers on chance and on ties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tallybook.model.numbers import Number, Row, number

from microwork.outsourcing import models, regions
from microwork.outsourcing import random as chance
from microwork.outsourcing.numbers_links import quotient

CLUSTER = (
    "Chance in which pairs of countries trade (95 %, errors clustered by undirected pair). Not:"
    " what the equation leaves out, or another platform."
)
REGIONS_AGAIN = (
    "Which regions the clients of France and of the French-speaking parts are in (95 % of draws)."
    " Not: repeat business within a region, other platforms, or other years."
)
SIMULATION = (
    "The error of the simulation alone (95 %). Not: that the names were chosen after interviews."
)
SETS = {"fra": "France", "esp": "Spain", "usa": "the United States", "gbr": "the United Kingdom"}

WHOSE = ("british", "spanish", "other")
# Name of a number -> model, term.
FACTORS = {
    "gravity-language": ("base", "language"),
    "gravity-client-coloniser": ("base", "client_coloniser"),
    "gravity-french-ties": ("empires", "french_ties"),
    "coloniser-total": ("total", "client_coloniser"),
    "gravity-client-coloniser-by-language": ("average", "client_coloniser"),
    "french-ties-total": ("total-empires", "french_ties"),
    "french-ties-recoded": ("languages", "french_ties"),
    **{f"gravity-{whose}-ties-total": ("total-empires", f"{whose}_ties") for whose in WHOSE},
    **{f"gravity-{whose}-ties-by-language": ("languages", f"{whose}_ties") for whose in WHOSE},
    "french-ties-total-cepii": ("total-empires-cepii", "french_ties"),
    "french-ties-cepii": ("languages-cepii", "french_ties"),
    **{
        f"gravity-{whose}-ties-total-cepii": ("total-empires-cepii", f"{whose}_ties")
        for whose in WHOSE
    },
    **{f"gravity-{whose}-ties-cepii": ("languages-cepii", f"{whose}_ties") for whose in WHOSE},
    "spain-total-without-philippines": ("total-empires-no-philippines", "spanish_ties"),
    "gravity-french-ties-no-mdg-ben": ("no-madagascar-benin", "french_ties"),
    "placebo-empire": ("placebo", "invented_ties"),
}


def random_numbers() -> Iterator[Number]:
    """Named links against random ones."""
    how = (
        f"Share of sets of suppliers of the same size with as high a quotient; seed {chance.SEED}."
    )
    for key, who in SETS.items():
        found = partial(chance.as_high_as_named, key.upper())
        label = f"Random sets that do as well as those named: {who}"
        made = number(
            f"outsourcing.permutation-p-{key}", found, "probability", label, how, SIMULATION
        )
        # Where all sets were taken, nothing was simulated.
        yield made if made.low is not None else replace(made, covers=None)


def gravity_numbers() -> Iterator[Number]:
    """Factors of the gravity equations, and where France stands among clients that are given its
    suppliers."""
    how = (
        "The exponential of the coefficient; Poisson pseudo-maximum likelihood with client and"
        " supplier effects."
    )
    for name, (key, term) in FACTORS.items():
        label = f"Factor of projects: {models.TERMS[term]} ({models.MODELS[key].label})"
        yield number(
            f"outsourcing.{name}", partial(models.factor, key, term), "ratio", label, how, CLUSTER
        )
    given = "clients that are each given the suppliers that France once ruled"
    counted: tuple[Row, ...] = (
        (
            "gravity-french-colonies",
            lambda: models.ties()["french_ties"].sum(),
            "countries",
            "Suppliers in the equation that France once ruled",
            "Counted, by our rule for former rulers.",
        ),
        (
            "gravity-pairs",
            lambda: models.model("base").pairs,
            "items",
            "Pairs of a client, country or part of one, and a supplier",
            "Counted.",
        ),
        (
            "france-rank-among-clients",
            models.rank_of_france,
            "rank",
            f"Place of France among {given}",
            "By the factor of the tie beyond language, the largest first.",
            None,
            0,
        ),
        (
            "clients-ranked",
            lambda: len(models.given_france_s()),
            "countries",
            f"Large {given}, with France",
            f"Counted: those of which chance expects {models.EXPECTED} projects or more.",
        ),
    )
    for name, *rest in counted:
        yield number(f"outsourcing.{name}", *rest)
    label = f"Chance that one of {given} comes so high"
    how = "The place of France over the number of clients (randomisation test)."
    yield number(
        "outsourcing.france-rank-chance", models.chance_of_rank, "percent", label, how, None, 0
    )


def region_numbers() -> Iterator[Number]:
    """France beside the French-speaking parts of other countries."""
    africa, two = "French-speaking Africa", "without Madagascar and Benin"
    both = "France over French-speaking parts elsewhere"
    how = "Projects observed divided by projects expected, all of them added up."
    parts = (
        (
            "french",
            regions.FRENCH_PARTS,
            "Quebec and the French-speaking parts of Belgium and Switzerland",
        ),
        ("other", regions.OTHER_PARTS, "The other parts of Canada, Belgium and Switzerland"),
    )
    for name, codes, words in parts:
        found = partial(lambda codes: regions.bought_by(codes, regions.african()), codes)
        yield quotient(f"block-{name}-parts", found, f"{words} buying from {africa}", how)
    how = (
        f"One quotient over the other; regions drawn again {regions.DRAWS} times, seed"
        f" {regions.SEED}."
    )
    sets = (
        ("fra-over-french-parts", regions.african, africa),
        (
            "fra-over-french-parts-without-two",
            partial(regions.african, regions.TWO),
            f"{africa} {two}",
        ),
    )
    for name, suppliers, words in sets:
        ratio = partial(lambda suppliers: regions.over_french_parts(suppliers()), suppliers)
        yield number(
            f"outsourcing.{name}",
            ratio,
            "ratio",
            f"{both}, buying from {words}",
            how,
            REGIONS_AGAIN,
            2,
        )
