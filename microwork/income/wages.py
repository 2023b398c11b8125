"""Pay of freelancers on one platform by country, and what it shows (the table: ``microwork.derive.platform_wages``)."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.model.numbers import Number

from microwork.income.inputs import WAGES, declared

YEARS = (2018, 2019)  # the years of the table: those of the French survey and its publication
NAMED = ("FRA", "GBR", "IND", "KEN", "MAR", "MDG", "PHL", "TUN", "USA", "VEN")  # picked because the report speaks of them


def wages(year: int = YEARS[1], countries: Collection[str] | None = None) -> pd.DataFrame:
    """Median hourly pay (USD) and projects by country of the worker in one year; of all countries unless named (iso3)."""
    if countries is not None:
        return pd.DataFrame([data.row(WAGES, iso3, year) for iso3 in countries]).reset_index(drop=True)
    frame = data.table(WAGES)
    return frame[frame["year"] == year].reset_index(drop=True)


def changes(countries: Collection[str] | None = None) -> pd.DataFrame:
    """One row per country: iso3, country, projects (first year), projects_change and pay_change (percent, first to last year)."""
    first, last = (wages(year, countries).set_index("iso3") for year in YEARS)
    last = last.loc[first.index]
    return pd.DataFrame(
        {
            "country": first["country"],
            "projects": first["projects"].astype(int),
            "projects_change": (last["projects"].astype(float) / first["projects"].astype(float) - 1) * 100,
            "pay_change": (last["median_wage"].astype(float) / first["median_wage"].astype(float) - 1) * 100,
        }
    ).reset_index()


def association(countries: Collection[str] | None = None) -> tuple[float, float]:
    """Kendall's tau between growth of projects and growth of pay, and its two-sided p-value; over all countries unless named."""
    frame = changes(countries)
    result = stats.kendalltau(frame["projects_change"], frame["pay_change"])
    return float(result.statistic), float(result.pvalue)


def weighted_quantile(values: pd.Series, weights: pd.Series, share: float) -> float:
    """The least value such that values up to it hold at least ``share`` (0 to 1) of the weights."""
    order = np.argsort(values.to_numpy(), kind="stable")
    held = np.cumsum(weights.to_numpy(dtype=float)[order]) / float(weights.sum())
    return float(values.to_numpy()[order][np.searchsorted(held, share - 1e-12)])


def _pay() -> tuple[float, ...]:
    """Median pay of the country of the middle project, and of those that a tenth and nine tenths are up to (USD per hour)."""
    now = wages()
    return tuple(weighted_quantile(now["median_wage"], now["projects"], share) for share in (0.5, 0.1, 0.9))


def _in(iso3: str) -> Callable[[], float]:
    """What reads the median pay in one country in the last year (USD per hour)."""
    return lambda: data.row(WAGES, iso3, YEARS[1])["median_wage"]


_NUMBERS = (
    ("skilled-pay", _pay, "USD per hour", "hourly pay of freelancers on one platform, 2019",
     "Country medians weighted by projects: that of the middle project.",
     "covers the country medians that hold the middle eight tenths of projects; not the spread within a country, "
     "other platforms, or unpaid time", 1),
    ("skilled-france", _in("FRA"), "USD per hour", "median pay of freelancers in France, 2019", "As published.", None, 2),
    ("skilled-madagascar", _in("MDG"), "USD per hour", "median pay of freelancers in Madagascar, 2019", "As published.", None, 2),
    ("skilled-venezuela", _in("VEN"), "USD per hour", "median pay of freelancers in Venezuela, 2019", "As published.", None, 2),
    ("skilled-countries", lambda: len(wages()), "countries", "countries in the table of freelancing pay", "Counted."),
    ("skilled-projects", lambda: data.table(WAGES)["projects"].sum(), "projects",
     "projects in the table of freelancing pay, 2018 and 2019", "The sum over countries and years."),
    ("countries-pay-up", lambda: (changes()["pay_change"] > 0).sum(), "countries",
     "countries whose median pay rose from 2018 to 2019", "Counted."),
    ("pay-projects-tau", lambda: association()[0], "ratio", "Kendall's tau between growth of projects and growth of pay",
     "Over all countries of the table, 2018 to 2019.", None, 2),
    ("named-countries", lambda: len(changes(NAMED)), "countries", "countries picked because the report speaks of them",
     "Counted."),
    ("pay-projects-tau-named", lambda: association(NAMED)[0], "ratio", "the same tau over the picked countries alone",
     "Over the picked countries, 2018 to 2019.", None, 2),
    ("pay-projects-p-named", lambda: association(NAMED)[1], "probability", "p-value of that tau",
     "Two-sided and exact.", None, 3),
    ("pay-projects-p", lambda: association()[1], "probability", "p-value of that tau",
     "Two-sided; the null is that there is no association.", None, 2),
)  # fmt: skip


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
