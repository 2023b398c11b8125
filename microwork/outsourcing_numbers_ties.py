"""Outsourcing: the numbers on chance and on ties."""

from __future__ import annotations

from collections.abc import Iterator

from microwork import outsourcing_gravity as gravity
from microwork import outsourcing_random as chance
from microwork.numbers import Number
from microwork.outsourcing_links import COUNTRIES, LINKS, PAIRS
from microwork.outsourcing_numbers import number

CLUSTER = (
    "Chance in which pairs of countries trade (95 %, errors clustered by undirected pair). Not: what the equation leaves out, "
    "or another platform."
)
TWO_WAY = (
    "The same with errors that may be shared by all links of a client and all links of a supplier (95 %). Not: what the equation "
    "leaves out, or another platform."
)
SIMULATION = "The error of the simulation alone (95 %). Not: that the names were chosen after interviews."

SETS = {
    "fra": "France",
    "esp": "Spain",
    "usa": "the United States",
    "gbr": "the United Kingdom",
    "esp-hispanophone": "Spain and all of Spanish-speaking America",
    "usa-latin-america": "the United States and three Latin American countries",
    "usa-philippines": "the United States and the Philippines",
    "usa-east-africa-india": "the United States, India and Kenya",
}

# Name of the number, model, term.
FACTORS = (
    ("language", "base", "language"),
    ("client-coloniser", "base", "client_coloniser"),
    ("worker-coloniser", "base", "worker_coloniser"),
    ("distance-doubling", "base", "log_distance"),
    ("border", "base", "contiguity"),
    ("french-ties", "empires", "french_ties"),
    ("british-ties", "empires", "british_ties"),
    ("spanish-ties", "empires", "spanish_ties"),
    ("other-ties", "empires", "other_ties"),
    ("french-language", "languages", "both_french"),
    ("english-language", "languages", "both_english"),
    ("spanish-language", "languages", "both_spanish"),
    ("arabic-language", "languages", "both_arabic"),
    ("french-ties-by-language", "languages", "french_ties"),
    ("british-ties-by-language", "languages", "british_ties"),
    ("spanish-ties-by-language", "languages", "spanish_ties"),
    ("french-ties-no-mdg", "no-madagascar", "french_ties"),
    ("french-ties-no-mdg-ben", "no-madagascar-benin", "french_ties"),
    ("language-no-usa", "no-largest", "language"),
    ("client-coloniser-no-usa", "no-largest", "client_coloniser"),
    ("worker-coloniser-no-usa", "no-largest", "worker_coloniser"),
)


def random_numbers() -> Iterator[Number]:
    """Named links against random ones."""
    found = chance.placebos()
    how = f"share of sets of suppliers of the same size with as high a quotient; seed {chance.SEED}"
    for key, one in found.items():
        ends = {"low": one.p_low, "high": one.p_high, "covers": SIMULATION} if one.p_low < one.p_high else {}
        label = f"Random sets that do as well as those named: {SETS[key]}"
        yield number(f"permutation-p-{key}", one.p, "probability", label, how, (PAIRS, LINKS), **ends)
    alike = chance.placebo("USA", found["usa"].named, statistic=chance.mean_log_quotient)
    how, label = "the same, with the mean logarithm of quotients", f"The same with each link alike: {SETS['usa']}"
    ends = {"low": alike.p_low, "high": alike.p_high, "covers": SIMULATION}
    yield number("permutation-p-usa-alike", alike.p, "probability", label, how, (PAIRS, LINKS), **ends)
    french = chance.placebo("FRA", found["fra"].named, language="French")
    how = "all sets of the same size among suppliers with French as an official language"
    label = "Sets of French-speaking suppliers that do as well as those named"
    yield number("permutation-p-fra-francophone", french.p, "probability", label, how, (PAIRS, LINKS, COUNTRIES))
    counts = (
        ("candidates-fra", found["fra"].candidates, "Suppliers of France with a project expected"),
        ("candidates-fra-francophone", french.candidates, "French-speaking suppliers of France with a project expected"),
    )
    for id_, value, label in counts:
        yield number(f"permutation-{id_}", value, "countries", label, "counted", (PAIRS, COUNTRIES))


def gravity_numbers() -> Iterator[Number]:
    """Factors of the gravity equations."""
    tables = (PAIRS, COUNTRIES)
    how = "exp of the coefficient; Poisson pseudo-maximum likelihood with client and supplier effects"
    for id_, key, term in FACTORS:
        value, low, high = gravity.model(key).factor(term)
        label = f"Factor of projects: {gravity.TERMS[term]} ({gravity.MODELS[key][0]})"
        ends = {"low": low, "high": high, "covers": CLUSTER}
        yield number(f"gravity-{id_}", value, "ratio", label, how, tables, **ends)
    base = gravity.model("base")
    for id_, term in (("language", "language"), ("client-coloniser", "client_coloniser")):
        value, low, high = base.two_way(term)
        label = f"Factor of projects: {gravity.TERMS[term]}, with wider errors"
        ends = {"low": low, "high": high, "covers": TWO_WAY}
        yield number(f"gravity-{id_}-two-way", value, "ratio", label, "the same estimate, other standard errors", tables, **ends)
    label, ruled = "Suppliers in the equation that France once ruled", gravity.ties()["french_ties"].sum()
    yield number("gravity-french-colonies", ruled, "countries", label, "counted, after CEPII", tables)
    yield number("gravity-pairs", base.pairs, "items", "Directed pairs of countries in the equation", "counted", tables)
    yield number("gravity-projects", base.projects, "projects", "Projects across borders in the equation", "counted", tables)
