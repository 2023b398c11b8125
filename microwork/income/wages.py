"""Pay of freelancers on one platform by country, and what it shows (the table: ``microwork.derive.platform_wages``)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number

from microwork.income.inputs import WAGES, declared

YEARS = (2018, 2019)  # the years of the table: those of the French survey and its publication


def wages(year: int = YEARS[1]) -> pd.DataFrame:
    """Median hourly pay (USD) and projects by country of the worker in one year."""
    frame = data.table(WAGES)
    return frame[frame["year"] == year].reset_index(drop=True)


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
)  # fmt: skip


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
