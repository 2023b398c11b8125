"""Outsourcing: visits and one open job by country, and what the freelance platform pays in each
country."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.digits import rounded

from microwork.outsourcing import links

SUPPLY, GDP, PRICES = (
    "outsourcing/supply_by_year",
    "outsourcing/gdp_per_head",
    "outsourcing/price_levels",
)
VISITS, FACTS = "outsourcing/visits", "outsourcing/facts"


def visit_ratio(country: str) -> float:
    """Visits to pages for workers over visits to pages for clients, for a country among the first
    twenty of both."""
    worker, client = (
        int(data.row(VISITS, side, country)["visits"]) for side in ("worker", "client")
    )
    return worker / client


def visit_rank(country: str) -> int:
    """Place of a country by visits to the pages for workers."""
    return int(visits("worker").set_index("country").loc[country, "rank"])


def visits(side: str) -> pd.DataFrame:
    """Countries by visits to the pages for one side ("worker" or "client"), most first: country,
    visits, rank."""
    frame = data.rows(VISITS, {"side": side}).astype({"visits": int})
    frame = frame.sort_values("visits", ascending=False, kind="stable").reset_index(drop=True)
    return frame[["country", "visits"]].assign(rank=range(1, len(frame) + 1))


def open_job() -> float:
    """Percent of the judgments of the one open CrowdFlower job that came from Venezuela.

    No interval: a few workers made many judgments each, so judgments are not independent (see
    ``open_job_workers``).
    """
    return (
        100
        * data.value(FACTS, "cf-open-ven-judgments-count")
        / data.value(FACTS, "cf-open-judgments")
    )


def open_job_workers() -> tuple[float, float, float]:
    """Share of the workers of that job who were in Venezuela: percent, low, high (exact)."""
    return links.share(
        int(data.value(FACTS, "cf-open-ven-workers-count")),
        int(data.value(FACTS, "cf-open-workers")),
    )


@dataclass(frozen=True)
class Elasticity:
    """Percent more pay per percent more GDP per head, with its 95 % interval, on ``rows`` of
    ``countries``."""

    value: float
    low: float
    high: float
    rows: int
    countries: int

    @property
    def interval(self) -> tuple[float, float, float]:
        """Value, low, high."""
        return self.value, self.low, self.high


def pay_and_gdp() -> pd.DataFrame:
    """Median hourly pay (USD) and GDP per head of the countries and years that enter the
    elasticity.

    Columns country, name, year, projects, pay, gdp; the tables hold both where they are fit for use
    (``derive.supply_by_year``).
    """
    frame = data.table(SUPPLY).astype({"projects": int, "year": int})
    frame = frame.merge(
        data.table(GDP).astype({"year": int})[["country", "year", "gdp_per_head"]],
        on=["country", "year"],
    )
    frame = frame.rename(columns={"median_hourly_pay": "pay", "gdp_per_head": "gdp"})
    return frame.assign(name=[links.name(c) for c in frame["country"]])[
        ["country", "name", "year", "projects", "pay", "gdp"]
    ]


def pay_elasticity(frame: pd.DataFrame, weight: float = 0.0) -> Elasticity:
    """Slope of log pay on log GDP per head with an effect for each year; least squares, errors
    clustered by country.

    ``frame``: columns country, year, pay, gdp, and projects if ``weight`` is not nought: a country
    and year counts as much as its projects to this power, so once with 0 and as often as it has
    projects with 1.
    """
    logs = frame.assign(log_pay=np.log(frame["pay"]), log_gdp=np.log(frame["gdp"]))
    groups = pd.factorize(logs["country"])[0]
    weights = logs["projects"] ** weight if weight else 1.0
    result = smf.wls("log_pay ~ log_gdp + C(year)", logs, weights=weights).fit(
        cov_type="cluster", cov_kwds={"groups": groups}
    )
    value, low, high = map(rounded, (result.params["log_gdp"], *result.conf_int().loc["log_gdp"]))
    return Elasticity(value, low, high, len(logs), logs["country"].nunique())


@step
def weighted_elasticity(pay_weight: float = 0.0) -> tuple[float, float, float]:
    """Value, low and high of the elasticity on the data of the report; ``pay_weight`` as ``weight``
    of ``pay_elasticity``."""
    return pay_elasticity(pay_and_gdp(), pay_weight).interval


def median_pay(code: str, year: int) -> float:
    """Median hourly pay on the platform in USD."""
    return float(data.row(SUPPLY, code, year)["median_hourly_pay"])


def gdp(code: str, year: int) -> float:
    """GDP per head in 2017 international dollars, output side."""
    return float(data.row(GDP, code, year)["gdp_per_head"])


def price_level(code: str, year: int) -> float:
    """Price level of GDP in the Penn World Table, USA 2017 = 1."""
    return float(data.row(PRICES, code, year)["price_level"])
