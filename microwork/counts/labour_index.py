"""Counts, part 5a: demand for microtasks, in the pandemic and after, with the noise of the year
before the pandemic."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.data.provenance import step

from microwork.inputs import Numbers
from microwork.intervals import Ends

OLI = "counts/oli_demand"
YEAR, TWO_YEARS = 12, 24  # months back, to the same months of a year before
START = "2020-03"  # the pandemic, with a year of months from here to the break of the index
SPRING, AUTUMN = (START, 6), ("2020-09", 6)
NOISE = "2019-03"  # the twelve months before the pandemic begin here
CHATBOT = ("2022-12", YEAR)  # ChatGPT came on the last day of November 2022
CONFIDENCE = 0.95


def demand() -> pd.DataFrame:
    """The index by month: columns month (timestamp), microwork, total, segment."""
    frame = data.table(OLI)[["month", "microwork", "total", "segment"]]
    return frame.assign(month=pd.to_datetime(frame["month"]))


def months(start: str, count: int, back: int = 0) -> list[str]:
    """``count`` months from ``start`` on (such as "2020-03"), ``back`` months earlier."""
    first = pd.Period(start, "M") - back
    return [str(month) for month in pd.period_range(first, periods=count, freq="M")]


def paired(series: str, start: str, count: int, back: int = YEAR) -> tuple[np.ndarray, np.ndarray]:
    """The index in ``count`` months from ``start`` on and ``back`` months earlier, two arrays of
    the same length.

    Raises ``ValueError`` if the months are not all measured alike: the index breaks in early 2021.
    """
    pairs = zip(months(start, count), months(start, count, back), strict=True)
    rows = [[data.row(OLI, key) for key in pair] for pair in pairs]
    if len({row["segment"] for both in rows for row in both}) > 1:
        raise ValueError(
            f"{count} months from {start} lie on two sides of the break of the index; expected"
            " months on one side"
        )
    now, before = np.array([[float(row[series]) for row in both] for both in rows]).T
    return now, before


def change(series: str, start: str, count: int, back: int = YEAR) -> float:
    """Sum of ``count`` months from ``start`` on, over the same months ``back`` months earlier: a
    change in percent."""
    now, before = paired(series, start, count, back)
    return float(100 * (now.sum() / before.sum() - 1))


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
def change_with_noise(series: str, start: str, count: int, back: int = YEAR) -> Ends:
    """The change (percent), and its ends if months stray from those ``back`` months earlier as they
    did before the pandemic."""
    now, before = paired(series, NOISE, YEAR, back)
    factor = float(np.exp(mean_error(np.log(now / before), count)))
    ratio = 1 + change(series, start, count, back) / 100
    return 100 * (ratio - 1), 100 * (ratio / factor - 1), 100 * (ratio * factor - 1)


def change_by_month(series: str, start: str, count: int, back: int = YEAR) -> Ends:
    """The change (percent), and the lowest and the highest of its months on their own."""
    now, before = paired(series, start, count, back)
    changes = 100 * (now / before - 1)
    return change(series, start, count, back), float(changes.min()), float(changes.max())


def break_factor() -> float:
    """The microtask index of April 2021 over that of February, across the break (ratio)."""
    return float(data.row(OLI, "2021-04")["microwork"] / data.row(OLI, "2021-02")["microwork"])


NUMBERS: Numbers = {
    "oli-microtask-spring": partial(change_with_noise, "microwork", *SPRING),
    "oli-microtask-autumn": partial(change_with_noise, "microwork", *AUTUMN),
    "oli-microtask-year": partial(change_with_noise, "microwork", START, YEAR),
    "oli-microtask-chatgpt": partial(change_with_noise, "microwork", *CHATBOT),
    "oli-total-chatgpt": partial(change_with_noise, "total", *CHATBOT),
    "oli-microtask-before": partial(change_by_month, "microwork", NOISE, YEAR),
    "oli-microtask-before-two-years": partial(change_by_month, "microwork", NOISE, YEAR, TWO_YEARS),
    "oli-break-factor": break_factor,
}
