"""Outsourcing: visits and one open job by country, and what the freelance platform pays in each
country."""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.digits import rounded
from tallybook.model.numbers import Bounded

from microwork.intervals import exact

SUPPLY, GDP = "outsourcing/supply_by_year", "outsourcing/gdp_per_head"
VISITS, FACTS = "outsourcing/visits", "outsourcing/facts"
LATEST = 2019  # the last year of pay and GDP


def visit_ratio(country: str) -> float:
    """Visits to pages for workers over visits to pages for clients, for a country among the first
    twenty of both."""
    worker, client = (
        int(data.row(VISITS, side, country)["visits"]) for side in ("worker", "client")
    )
    return worker / client


def visit_rank(country: str) -> int:
    """Place of a country by visits to the pages for workers."""
    return 1 + list(visits("worker")["country"]).index(country)


def visits(side: str) -> pd.DataFrame:
    """Countries by visits to the pages for one side ("worker" or "client"), most first: country,
    visits."""
    frame = data.rows(VISITS, {"side": side}).astype({"visits": int})[["country", "visits"]]
    return frame.sort_values("visits", ascending=False, kind="stable").reset_index(drop=True)


def open_job() -> float:
    """Percent of the judgments of the one open CrowdFlower job that came from Venezuela.

    No interval: a few workers made many judgments each, so judgments are not independent (see
    ``open_job_workers``).
    """
    judgments, whole = "cf-open-ven-judgments-count", "cf-open-judgments"
    return 100 * data.value(FACTS, judgments) / data.value(FACTS, whole)


def open_job_workers() -> Bounded:
    """Share of the workers of that job who were in Venezuela: percent, low, high (exact)."""
    return exact(
        int(data.value(FACTS, "cf-open-ven-workers-count")),
        int(data.value(FACTS, "cf-open-workers")),
    )


def pay_and_gdp() -> pd.DataFrame:
    """Median hourly pay (USD) and GDP per head of the countries and years that enter the
    elasticity.

    Columns country, year, projects, pay, gdp; the tables hold both where they are fit for use
    (``derive.supply_by_year``).
    """
    frame = data.table(SUPPLY).astype({"projects": int, "year": int})
    wealth = data.table(GDP).astype({"year": int})[["country", "year", "gdp_per_head"]]
    frame = frame.merge(wealth, on=["country", "year"])
    frame = frame.rename(columns={"median_hourly_pay": "pay", "gdp_per_head": "gdp"})
    return frame[["country", "year", "projects", "pay", "gdp"]]


def pay_elasticity(frame: pd.DataFrame, weight: float = 0.0) -> Bounded:
    """Percent more pay per percent more GDP per head, with its 95 % interval: the slope of log pay
    on log GDP with an effect for each year; least squares, errors clustered by country.

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
    return value, low, high


@step
def weighted_elasticity(pay_weight: float = 0.0) -> Bounded:
    """``pay_elasticity`` on the data of the report; ``pay_weight``: its ``weight``."""
    return pay_elasticity(pay_and_gdp(), pay_weight)


def median_pay(code: str) -> float:
    """Median hourly pay on the platform in USD, 2019."""
    return float(data.row(SUPPLY, code, LATEST)["median_hourly_pay"])


def gdp(code: str) -> float:
    """GDP per head in 2017 international dollars, output side, 2019."""
    return float(data.row(GDP, code, LATEST)["gdp_per_head"])
