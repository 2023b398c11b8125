"""Pay of freelancers on one platform by country, and what it shows (the table:

``microwork.derive.platform_wages``).
"""

from __future__ import annotations

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
    """Median pay of the country of the middle project, and of those that a tenth and nine tenths
    are up to (USD per hour)."""
    now = wages()
    return tuple(
        weighted_quantile(now["median_wage"], now["projects"], share) for share in (0.5, 0.1, 0.9)
    )


_NUMBERS = (
    (
        "skilled-pay",
        _pay,
        "USD per hour",
        "median pay of freelancers in the country of the middle project, 2019",
        "Medians of countries, weighted by projects.",
        (
            "covers the medians of countries that hold the middle eight tenths of projects; not the"
            " spread within a country, other platforms, or unpaid time"
        ),
        1,
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
