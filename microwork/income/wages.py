"""Pay of freelancers on one platform by country, and what it shows (the table: ``microwork.derive.platform_wages``)."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy import stats

from microwork import data
from microwork.income.inputs import WAGES, maker
from microwork.numbers import Number

YEARS = (2018, 2019)  # the years of the table: those of the French survey and its publication
NAMED = ("FRA", "GBR", "IND", "KEN", "MAR", "MDG", "PHL", "TUN", "USA", "VEN")  # picked because the report speaks of them


def wages(year: int = YEARS[1]) -> pd.DataFrame:
    """Median hourly pay (USD) and projects by country of the worker in one year."""
    frame = data.table(WAGES)
    return frame[frame["year"] == year].reset_index(drop=True)


def changes() -> pd.DataFrame:
    """One row per country: iso3, country, projects (first year), projects_change and pay_change (percent, first to last year)."""
    first, last = (wages(year).set_index("iso3") for year in YEARS)
    last = last.loc[first.index]
    return pd.DataFrame(
        {
            "country": first["country"],
            "projects": first["projects"].astype(int),
            "projects_change": (last["projects"].astype(float) / first["projects"].astype(float) - 1) * 100,
            "pay_change": (last["median_wage"] / first["median_wage"] - 1) * 100,
        }
    ).reset_index()


def association(countries: Collection[str] | None = None) -> tuple[float, float]:
    """Kendall's tau between growth of projects and growth of pay, and its two-sided p-value; over all countries unless named."""
    frame = changes()
    if countries is not None:
        frame = frame[frame["iso3"].isin(countries)]
    result = stats.kendalltau(frame["projects_change"], frame["pay_change"])
    return float(result.statistic), float(result.pvalue)


def weighted_quantile(values: pd.Series, weights: pd.Series, share: float) -> float:
    """The least value such that values up to it hold at least ``share`` (0 to 1) of the weights."""
    order = np.argsort(values.to_numpy(), kind="stable")
    held = np.cumsum(weights.to_numpy(dtype=float)[order]) / float(weights.sum())
    return float(values.to_numpy()[order][np.searchsorted(held, share - 1e-12)])


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    n = maker((WAGES,))
    now, moved = wages().set_index("country"), changes()
    low, middle, high = (weighted_quantile(now["median_wage"], now["projects"], share) for share in (0.1, 0.5, 0.9))
    (tau, p), (tau_named, p_named) = association(), association(NAMED)
    as_published = "as published (braesemann2022, grade A)"
    return [
        n("skilled-pay", middle, "USD per hour", "hourly pay of freelancers on one platform, 2019",
          "country medians weighted by projects: the middle project", low=low, high=high, decimals=1,
          covers="covers the country medians that hold the middle eight tenths of projects; not the spread within a country, "
          "other platforms, or unpaid time"),
        n("skilled-france", now.loc["France", "median_wage"], "USD per hour", "median pay of freelancers in France, 2019",
          as_published, decimals=2),
        n("skilled-madagascar", now.loc["Madagascar", "median_wage"], "USD per hour",
          "median pay of freelancers in Madagascar, 2019", as_published, decimals=2),
        n("skilled-venezuela", now.loc["Venezuela", "median_wage"], "USD per hour",
          "median pay of freelancers in Venezuela, 2019", as_published, decimals=2),
        n("skilled-countries", len(now), "countries", "countries in the table of freelancing pay", "count"),
        n("skilled-projects", int(data.table(WAGES)["projects"].sum()), "projects",
          "projects in the table of freelancing pay, 2018 and 2019", "sum"),
        n("countries-pay-up", int((moved["pay_change"] > 0).sum()), "countries",
          "countries whose median pay rose from 2018 to 2019", "count"),
        n("pay-projects-tau", tau, "ratio", "Kendall's tau between growth of projects and growth of pay",
          "over all countries of the table, 2018 to 2019", decimals=2),
        n("named-countries", len(NAMED), "countries", "countries picked because the report speaks of them", "count"),
        n("pay-projects-tau-named", tau_named, "ratio", "the same tau over the picked countries alone",
          "over the picked countries, 2018 to 2019", decimals=2),
        n("pay-projects-p-named", p_named, "probability", "p-value of that tau", "two-sided, exact", decimals=3),
        n("pay-projects-p", p, "probability", "p-value of that tau", "two-sided, no association", decimals=2),
    ]  # fmt: skip
