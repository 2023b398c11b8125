"""Outsourcing: what computes each number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Computed, Number

from microwork import since
from microwork.inputs import Numbers, percent
from microwork.inputs import numbers as made
from microwork.intervals import exact
from microwork.outsourcing import (
    around_2020,
    crowd,
    data_work,
    links,
    models,
    neighbours,
    pay,
    regions,
    world,
)
from microwork.outsourcing import random as chance

Quotient = Callable[[], links.Quotient]

PLACES: dict[str, Callable[[], list[str]]] = {
    "venezuela": lambda: ["VEN"],
    "india": lambda: ["IND"],
    "africa": crowd.africa,
    "top-five": crowd.largest,
}
TOTALS = {
    "france-purchases": {"client": "FRA"},
    "madagascar-sales": {"supplier": "MDG"},
    "senegal-sales": {"supplier": "SEN"},
    "ivory-coast-sales": {"supplier": "CIV"},
    "projects-fra-mdg": {"client": "FRA", "supplier": "MDG"},
    "projects-fra-sen": {"client": "FRA", "supplier": "SEN"},
    "projects-fra-civ": {"client": "FRA", "supplier": "CIV"},
    "projects-chn-egy": {"client": "CHN", "supplier": "EGY"},
}
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


def _crowd() -> Numbers:
    """Where the workers of open jobs were, and the answers on Mechanical Turk."""
    return {
        **{name: of for place in PLACES for name, of in _place(place)},
        **{f"crowd-venezuela-{month}": partial(_month, month) for month in crowd.months()},
        # the hours of California at which the two jobs opened
        "crowd-venezuela-midday": partial(crowd.share, ["VEN"], "764099"),
        "crowd-venezuela-evening": partial(crowd.share, ["VEN"], "767273"),
        "crowd-venezuela-2015-08-jobs": lambda: crowd.share_redrawn(["VEN"], crowd.jobs("2015-08")),
        "crowd-workers": lambda: crowd.workers(crowd.SUMMER).sum(),
        "crowd-jobs": lambda: len(crowd.jobs()),
        "crowd-countries": lambda: len(crowd.by_country(crowd.SUMMER)),
        "crowd-venezuela-rank-2014-07": partial(crowd.rank, "VEN", crowd.JULY),
        "crowd-madagascar-rank": partial(crowd.rank, "MDG", crowd.SUMMER),
        "crowd-venezuela-rank": partial(crowd.rank_redrawn, "VEN"),
        "mturk-venezuela-answers": partial(crowd.turk_share, "Venezuela"),
        "mturk-madagascar-answers": partial(crowd.turk_answers, "Madagascar"),
        "crowd-venezuela-over-second-2014-07": partial(crowd.over_second, "VEN", crowd.JULY),
        "crowd-venezuela-over-second-2015-03": partial(crowd.over_second, "VEN", crowd.MARCH),
        "crowd-venezuela-over-second": partial(crowd.over_second, "VEN", crowd.SUMMER),
        "crowd-madagascar-over-second": partial(crowd.over_second, "MDG", crowd.SUMMER),
        "crowd-venezuela-over-neighbours": partial(crowd.over_rivals, "VEN"),
    }


def _place(place: str) -> list[tuple[str, Callable[[], Computed]]]:
    """The share of a place in the twelve jobs: with workers as what varies, and with jobs."""
    codes = PLACES[place]
    return [
        (f"crowd-{place}", lambda: crowd.share(codes(), crowd.SUMMER)),
        (f"crowd-{place}-jobs", lambda: crowd.share_redrawn(codes())),
    ]


def _month(month: str) -> Computed:
    return crowd.share(["VEN"], *crowd.batches_of(month))


def _interval(of: Quotient) -> Callable[[], Computed]:
    return lambda: of().interval


def _links() -> Numbers:
    """Who buys from whom: links, sets of links, blocks of countries, totals and shares."""
    no_usa = links.trade().without(["USA"])
    quotients: dict[str, Quotient] = {
        f"lq-{row.link_id}": partial(links.purchases, row.client, row.supplier)
        for row in data.table(links.LINKS).itertuples()
    } | {
        "named-east-africa-india": partial(links.named, "uk-us-east-africa-india"),
        "gulf-egypt": lambda: links.pooled(links.trade(), [("ARE", "EGY"), ("SAU", "EGY")]),
    }
    variants: dict[str, Quotient] = {
        "lq-fra-mdg-no-usa": partial(links.purchases, "FRA", "MDG", among=no_usa),
        "lq-fra-mdg-without-busiest": partial(links.without_busiest, "FRA", "MDG"),
        "lq-fra-ben-without-busiest": partial(links.without_busiest, "FRA", "BEN"),
    }
    return {
        **{name: _interval(of) for name, of in quotients.items()},
        **{
            f"block-{client.lower()}-{key}": partial(regions.block, client, key)
            for client, key in links.CELLS
        },
        **{name: _interval(of) for name, of in variants.items()},
        "block-fra-francophone-africa-no-mdg-ben": partial(
            regions.block, "FRA", "francophone-africa", leave_out=regions.TWO
        ),
        "all-projects": lambda: links.trade().total,
        **{name: partial(links.projects, **ends) for name, ends in TOTALS.items()},
        "expected-fra-mdg": lambda: links.purchases("FRA", "MDG").expected,
        "home": _interval(links.home),
        "france-share-of-malagasy-sales": partial(links.share_of_sales, "FRA", "MDG"),
        "india-share-of-french-purchases": partial(links.share_of_purchases, "FRA", ["IND"]),
        "named-share-of-french-purchases": lambda: links.share_of_purchases(
            "FRA", [supplier for _, supplier in links.named_links(client="FRA")]
        ),
        "usa-share": lambda: exact(links.trade().bought["USA"], links.trade().total),
        "lq-ceiling-usa": lambda: links.trade().total / links.trade().bought["USA"],
    }


def _ties() -> Numbers:
    """Named links beside random ones, factors of the gravity equations, and France beside clients
    that are given its suppliers and beside the French-speaking parts of other countries."""
    return {
        **{
            f"permutation-p-{client}": percent(chance.as_high_as_named, client.upper())
            for client in ("fra", "esp", "usa", "gbr")
        },
        **{name: partial(models.factor, *which) for name, which in FACTORS.items()},
        "gravity-french-colonies": lambda: models.ties()["french_ties"].sum(),
        "gravity-pairs": lambda: models.model("base").pairs,
        "france-rank-among-clients": models.rank_of_france,
        "clients-ranked": lambda: len(models.given_france_s()),
        "france-rank-chance": models.chance_of_rank,
        "block-french-parts": _interval(
            lambda: regions.bought_by(regions.FRENCH_PARTS, regions.african())
        ),
        "block-other-parts": _interval(
            lambda: regions.bought_by(regions.OTHER_PARTS, regions.african())
        ),
        "fra-over-french-parts": lambda: regions.over_french_parts(regions.african()),
        "fra-over-french-parts-without-two": lambda: regions.over_french_parts(
            regions.african(regions.TWO)
        ),
    }


def _floors(ratio: Callable[..., float]) -> Callable[[], Computed]:
    """The Smic over the Malagasy floor, official or an older one that is still quoted."""
    return lambda: (ratio(), ratio(), ratio("mdg-min-2022-alt"))


WORLD: Numbers = {
    "venezuela-worker-client-visits": partial(world.visit_ratio, "Venezuela"),
    "open-job-venezuela": world.open_job,
    "venezuela-rank-worker-visits": partial(world.visit_rank, "Venezuela"),
    "open-job-venezuelan-workers": world.open_job_workers,
    "pay-elasticity": world.weighted_elasticity,
    "pay-elasticity-weighted": partial(world.weighted_elasticity, 1.0),
    "pay-elasticity-countries": lambda: world.pay_and_gdp()["country"].nunique(),
    "pay-fra-over-mdg": lambda: world.median_pay("FRA") / world.median_pay("MDG"),
    "gdp-fra-over-mdg": lambda: world.gdp("FRA") / world.gdp("MDG"),
    "smic-2022": partial(pay.smic, 2022),
    "minimum-wage-ratio-mdg-2022-market": _floors(pay.minimum_wage_ratio_market),
    "minimum-wage-ratio-mdg-2022-ppp": _floors(pay.minimum_wage_ratio_ppp),
    "smic-over-annotator-mdg-market": pay.smic_over_annotators,
    "smic-over-venezuela-platform": pay.smic_over_venezuelan_platform,
    **{
        f"smic-over-venezuela-minimum-{rate}": partial(pay.smic_over_venezuelan_minimum, rate)
        for rate in pay.VENEZUELAN_RATES
    },
}
WAGES: Numbers = {
    "mean-wage-eur": pay.mean_wage_eur,
    "declared-mean-eur": partial(pay.mean_wage_eur, "instat-formal-mean"),
    "safig-over-mean": pay.operators_over_mean,
    "annotator-wages-low": lambda: pay.published_wages()["low"].min(),
    "annotator-wages-high": lambda: pay.published_wages()["high"].max(),
    "revenue-per-job-bpo": partial(pay.revenue_per, "edbm-bpo-jobs-2024"),
    "revenue-per-annotator-arte": partial(pay.revenue_per, "arte-annotators"),
    "annotator-over-mean": pay.annotators_over,
    "annotator-over-declared": partial(pay.annotators_over, "instat-formal-mean"),
}
TESTED: Numbers = {
    "venezuela-visits-over-second": partial(neighbours.visits_over, "Venezuela", neighbours.SECOND),
    "visits-madagascar": partial(neighbours.visits_at_most, neighbours.SECOND),
    "venezuela-visits-over-colombia": partial(neighbours.visits_over, "Venezuela", "Colombia"),
    "rich-from-poor": neighbours.rich_from_poor,
    "china-gulf": _interval(lambda: links.pooled(links.trade(), neighbours.gulf_links())),
    "philippines-over-never-american": neighbours.philippines,
    "french-over-english-africa": partial(
        regions.over_block, "FRA", "francophone-africa", "anglophone-africa"
    ),
    "data-entry-share": partial(data_work.share, data_work.ENTRY),
    "near-data-entry-share": partial(data_work.share, data_work.ENTRY, *data_work.NEAR),
    "mturk-abroad-2018": partial(data_work.abroad, 2018),
    "mturk-abroad-2026": partial(data_work.abroad, 2026),
}


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    parts = (_crowd(), _links(), _ties(), WORLD, WAGES, TESTED, around_2020.NUMBERS)
    return [*made("outsourcing", *parts), *since.numbers("outsourcing")]
