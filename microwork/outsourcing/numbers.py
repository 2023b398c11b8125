"""What computes each number of the chapter."""

from __future__ import annotations

from functools import partial

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import since
from microwork.inputs import Numbers, percent
from microwork.inputs import numbers as made
from microwork.outsourcing import crowd, gravity, links

__all__ = ["numbers"]

# Name of a number -> model, term.
FACTORS = {
    "french-ties-total": ("total", "french_ties"),
    "french-ties-recoded": ("languages", "french_ties"),
    "french-ties-cepii": ("languages-cepii", "french_ties"),
    "gravity-spanish-ties-total": ("total", "spanish_ties"),
    "gravity-spanish-ties-by-language": ("languages", "spanish_ties"),
}
CROWD: Numbers = {
    **{f"open-venezuela-{year}": partial(crowd.of_year, year) for year in crowd.YEARS},
    "crowd-venezuela": partial(crowd.share, "VEN", crowd.SUMMER),
    "crowd-workers": lambda: crowd.workers(crowd.SUMMER).sum(),
    "crowd-venezuela-rank-2014-07": partial(crowd.rank, "VEN", crowd.JULY),
    "crowd-madagascar-rank": partial(crowd.rank, "MDG", crowd.SUMMER),
    "crowd-venezuela-over-neighbours": partial(crowd.over_rivals, "VEN"),
    "venezuela-open-2020": percent(crowd.open_in_2020),
    "turk-venezuela-2020": percent(crowd.on_turk, "Venezuela"),
    "freelance-venezuela": percent(crowd.on_freelancing, "VEN"),
    "freelance-madagascar": percent(crowd.on_freelancing, "MDG"),
    "open-jobs-madagascar": percent(crowd.madagascar_in_open_jobs),
    "malagasy-data-jobs": crowd.malagasy_jobs,
    "mturk-abroad-2018": partial(crowd.abroad, 2018),
    "mturk-abroad-2026": partial(crowd.abroad, 2026),
    "pay-elasticity": lambda: crowd.pay_elasticity(crowd.pay_and_gdp()),
}

LINKS: Numbers = {
    **{
        f"block-{client.lower()}-{key}": partial(links.block, client, key)
        for client, key in links.CELLS
    },
    "block-fra-francophone-africa-no-mdg-ben": partial(
        links.block, "FRA", "francophone-africa", leave_out=links.TWO
    ),
    "named-east-africa-india": lambda: (
        links.pooled(links.trade(), links.EAST_AFRICA_INDIA).interval
    ),
    "philippines-over-never-american": partial(links.over, links.PHILIPPINES, links.NEVER_AMERICAN),
    "rich-from-poor": links.rich_from_poor,
    "all-projects": lambda: links.trade().total,
    "projects-fra-mdg": partial(links.projects, "FRA", "MDG"),
    "projects-chn-egy": partial(links.projects, "CHN", "EGY"),
    "expected-fra-mdg": lambda: links.purchases("FRA", "MDG").expected,
    "france-share-of-malagasy-sales": partial(links.share_of_sales, "FRA", "MDG"),
    "india-share-of-french-purchases": partial(links.share_of_purchases, "FRA", ["IND"]),
    "named-share-of-french-purchases": partial(
        links.share_of_purchases, "FRA", links.NAMED_FOR_FRANCE
    ),
    "fra-over-french-parts": links.over_french_parts,
    **{name: partial(gravity.factor, *which) for name, which in FACTORS.items()},
    "france-rank-among-clients": gravity.rank_of_france,
    "clients-ranked": lambda: len(gravity.given_france_s()),
    "france-rank-chance": lambda: 100 * gravity.rank_of_france() / len(gravity.given_france_s()),
}


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [*made("outsourcing", CROWD, LINKS), *since.numbers("outsourcing")]
