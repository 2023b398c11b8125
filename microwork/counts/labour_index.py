"""Counts: demand for microtasks in the pandemic, with the noise of the year before."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.data.provenance import step

from microwork.inputs import Numbers
from microwork.intervals import Ends

OLI = "counts/oli_demand"
YEAR = 12  # months of a window, and back to the same months of a year before
START, NOISE = "2020-03", "2019-03"  # the pandemic begins, and the year before it
CONFIDENCE = 0.95


def demand() -> pd.DataFrame:
    """The index by month: columns month (timestamp), microwork, total, segment."""
    frame = data.table(OLI)[["month", "microwork", "total", "segment"]]
    return frame.assign(month=pd.to_datetime(frame["month"]))


def paired(start: str) -> tuple[np.ndarray, np.ndarray]:
    """The index of microtasks in twelve months from ``start`` on (such as "2020-03") and in the
    same months a year earlier, two arrays of the same length.

    Raises ``ValueError`` if the months are not all measured alike: the index breaks in early 2021.
    """
    first = pd.Period(start, "M")
    windows = [pd.period_range(begin, periods=YEAR, freq="M") for begin in (first, first - YEAR)]
    rows = [[data.row(OLI, str(month)) for month in window] for window in windows]
    if len({row["segment"] for window in rows for row in window}) > 1:
        raise ValueError(
            f"{YEAR} months from {start} lie on two sides of the break of the index; expected"
            " months on one side"
        )
    now, before = (np.array([float(row["microwork"]) for row in window]) for window in rows)
    return now, before


def mean_error(noise: np.ndarray, count: int) -> float:
    """Half width of the interval of a mean of ``count`` new values, from earlier ones that hold
    nothing but noise.

    ``noise``: shape (earlier values,). Student's t times the spread over the root of the values
    that count in full: where each value resembles the one before, a mean holds fewer, by (1 - r)/(1
    + r) with r the correlation of neighbours (not below 0). Without end where each value follows
    from the one before (r = 1), for no number of them tells more than one.
    Source: variance of the mean of a first-order autoregression, Bartlett, JRSS Supplement 8
    (1946), 27-41.
    """
    first, second = noise[:-1], noise[1:]
    alike = (
        max(0.0, float(np.corrcoef(first, second)[0, 1]))
        if first.std() > 0 and second.std() > 0
        else 0.0
    )
    if alike > 1 - 1e-9:  # as near to one as digits tell
        return math.inf
    full = count * (1 - alike) / (1 + alike)
    t = stats.t.ppf((1 + CONFIDENCE) / 2, len(noise) - 1)
    return float(t * noise.std(ddof=1) / np.sqrt(full))


@step
def first_year() -> Ends:
    """Change of the sum of the pandemic's first twelve months on the year before (percent), and its
    ends if months stray from those a year earlier as they did before the pandemic."""
    (now, earlier), (then, before) = paired(START), paired(NOISE)
    factor = float(np.exp(mean_error(np.log(then / before), YEAR)))
    ratio = float(now.sum() / earlier.sum())
    return 100 * (ratio - 1), 100 * (ratio / factor - 1), 100 * (ratio * factor - 1)


NUMBERS: Numbers = {"oli-microtask-year": first_year}
