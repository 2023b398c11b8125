"""Outsourcing: the numbers on chance and on ties."""

from __future__ import annotations

from collections.abc import Iterator

from microwork.numbers import Number
from microwork.outsourcing import links, models, regions
from microwork.outsourcing import random as chance
from microwork.outsourcing.links import COUNTRIES, LINKS, PAIRS
from microwork.outsourcing.numbers_links import number, quotient
from microwork.outsourcing.regions import REGIONS

CLUSTER = (
    "Chance in which pairs of countries trade (95 %, errors clustered by undirected pair). Not: what the equation leaves out, "
    "or another platform."
)
TWO_WAY = (
    "The same with errors that may be shared by all links of a client and all links of a supplier (95 %). Not: what the equation "
    "leaves out, or another platform."
)
RESAMPLED = (
    "Which regions of France the clients are in (95 % of draws). Not: repeat business within a region, other platforms, other "
    "years, or other kinds of work."
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
    ("other-ties-by-language", "languages", "other_ties"),
    ("other-ties-no-philippines", "languages-no-philippines", "other_ties"),
    ("french-ties-hours", "languages-hours", "french_ties"),
    ("french-ties-no-mdg", "no-madagascar", "french_ties"),
    ("french-ties-no-mdg-ben", "no-madagascar-benin", "french_ties"),
    ("language-no-usa", "no-largest", "language"),
    ("client-coloniser-no-usa", "no-largest", "client_coloniser"),
    ("worker-coloniser-no-usa", "no-largest", "worker_coloniser"),
    ("worker-coloniser-cepii", "cepii", "worker_coloniser"),
    ("client-coloniser-no-philippines", "base-no-philippines", "client_coloniser"),
    ("client-coloniser-elsewhere", "base-elsewhere", "client_coloniser"),
    ("client-coloniser-by-language-no-philippines", "average-no-philippines", "client_coloniser"),
    # The French tie as languages and rulers are counted: see VARIANTS.
    ("french-language-no-mdg-ben", "no-madagascar-benin", "both_french"),
    ("french-language-cepii-rulers", "languages-cepii-rulers", "both_french"),
    ("french-ties-cepii-rulers", "languages-cepii-rulers", "french_ties"),
    ("french-language-cepii-rulers-no-mdg-ben", "languages-cepii-rulers-less", "both_french"),
    ("french-ties-cepii-rulers-no-mdg-ben", "languages-cepii-rulers-less", "french_ties"),
    ("french-language-cepii-languages", "languages-whole", "both_french"),
    ("french-ties-cepii-languages", "languages-whole", "french_ties"),
    ("french-language-cepii", "languages-cepii", "both_french"),
    ("french-ties-cepii", "languages-cepii", "french_ties"),
)

# What counts as French-speaking and as a colony: words for the table, and the ends of the names of its two numbers.
VARIANTS = (
    ("by region", "corrected", "language", "ties-by-language"),
    ("by region", "corrected, without Madagascar and Benin", "language-no-mdg-ben", "ties-no-mdg-ben"),
    ("by region", "CEPII’s", "language-cepii-rulers", "ties-cepii-rulers"),
    ("by region", "CEPII’s, without Madagascar and Benin", "language-cepii-rulers-no-mdg-ben", "ties-cepii-rulers-no-mdg-ben"),
    ("by country", "corrected", "language-cepii-languages", "ties-cepii-languages"),
    ("by country", "CEPII’s (first version of this page)", "language-cepii", "ties-cepii"),
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
    for left, code in (("Argentina", "ARG"), ("Colombia", "COL"), ("the Philippines", "PHL")):
        kept = [supplier for supplier in found["usa"].named if supplier != code]
        less = chance.placebo("USA", kept, statistic=chance.mean_log_quotient)
        ends = {"low": less.p_low, "high": less.p_high, "covers": SIMULATION} if less.p_low < less.p_high else {}
        name, label = f"permutation-p-usa-alike-no-{code.lower()}", f"The same with each link alike, without {left}"
        yield number(name, less.p, "probability", label, how, (PAIRS, LINKS), **ends)
    label = "Suppliers of France with a project expected"
    yield number("permutation-candidates-fra", found["fra"].candidates, "countries", label, "counted", (PAIRS,))
    how = "all sets of six among suppliers with French as an official language"
    for end, continent, words in (("", None, "French-speaking"), ("-africa", "Africa", "French-speaking African")):
        pool = chance.speakers("FRA", "French", continent)
        french = chance.placebo("FRA", chance.named_sets()["fra"][1], pool=pool)
        label = f"Sets of {words} suppliers that do as well as those named"
        yield number(f"permutation-p-fra-francophone{end}", french.p, "probability", label, how, (PAIRS, LINKS, COUNTRIES))
        label = f"{words} countries that sell abroad or at home"
        id_ = f"permutation-candidates-fra-francophone{end}"
        yield number(id_, len(pool), "countries", label, "counted", (PAIRS, COUNTRIES))


def gravity_numbers() -> Iterator[Number]:
    """Factors of the gravity equations."""
    tables = (PAIRS, COUNTRIES, REGIONS)
    how = "exp of the coefficient; Poisson pseudo-maximum likelihood with client and supplier effects"
    for id_, key, term in FACTORS:
        value, low, high = models.model(key).factor(term)
        label = f"Factor of projects: {models.TERMS[term]} ({models.MODELS[key].label})"
        ends = {"low": low, "high": high, "covers": CLUSTER}
        yield number(f"gravity-{id_}", value, "ratio", label, how, tables, **ends)
    base = models.model("base")
    for id_, term in (("language", "language"), ("client-coloniser", "client_coloniser")):
        value, low, high = base.two_way(term)
        label = f"Factor of projects: {models.TERMS[term]}, with wider errors"
        ends = {"low": low, "high": high, "covers": TWO_WAY}
        yield number(f"gravity-{id_}-two-way", value, "ratio", label, "the same estimate, other standard errors", tables, **ends)
    label, ruled = "Suppliers in the equation that France once ruled", models.ties()["french_ties"].sum()
    yield number("gravity-french-colonies", ruled, "countries", label, "counted, after CEPII with our corrections", tables)
    label = "Pairs of a client, country or part of one, and a supplier"
    yield number("gravity-pairs", base.pairs, "items", label, "counted", tables)
    yield number("gravity-projects", base.projects, "projects", "Projects across borders in the equation", "counted", tables)


def region_numbers() -> Iterator[Number]:
    """Parts of client countries where French is spoken or not, and links when the regions of France are drawn again."""
    tables, how = (PAIRS, REGIONS), "projects observed over projects expected without regard to country"
    french, other = ([code for code in regions.NAMES if code.endswith(end)] for end in ("french", "other"))
    both = " buying from Madagascar and Benin"
    sets = (
        ("french-parts", french, regions.TESTED, f"Quebec and the French-speaking parts of Belgium and Switzerland{both}"),
        ("other-parts", other, regions.TESTED, f"The other parts of Canada, Belgium and Switzerland{both}"),
        ("wallonia-brussels-ben", ["BEL-french"], ["BEN"], "Wallonia and Brussels buying from Benin"),
        ("quebec-mdg", ["CAN-french"], ["MDG"], "Quebec buying from Madagascar"),
    )
    for id_, codes, suppliers, label in sets:
        found = regions.bought_by(codes, suppliers)
        yield quotient(f"lq-{id_}", found, label, how, tables)
    label = "Projects that French-speaking parts of these countries bought from Madagascar and Benin"
    bought = regions.bought_by(french, regions.TESTED).observed
    yield number("projects-french-parts", bought, "projects", label, "counted", tables)
    found = links.pooled(links.trade(), [("FRA", supplier) for supplier in regions.TESTED])
    yield quotient("lq-fra-mdg-ben", found, f"France{both}")
    how = f"client regions of France drawn again with replacement, {regions.DRAWS} times; seed {regions.SEED}"
    for supplier in ("MDG", "BEN", "MAR"):
        value, (low, high) = links.pooled(links.trade(), [("FRA", supplier)]).value, regions.resampled(supplier)
        label, ends = f"France buying from {links.name(supplier)}, by region", {"low": low, "high": high, "covers": RESAMPLED}
        yield number(f"lq-fra-{supplier.lower()}-regions", value, "ratio", label, how, tables, **ends)
