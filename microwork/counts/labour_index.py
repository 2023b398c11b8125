"""Counts, part 5a: demand for microtasks, in the pandemic and after, with the noise of the year
before the pandemic."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number

from microwork.paths import DATA

OLI = "counts/oli_demand"
START, YEAR = (
    "2020-03",
    12,
)  # the pandemic, and all the months the index has from there to its break
SPRING, AUTUMN = (START, 6), ("2020-09", 6)
NOISE = "2019-03"  # the twelve months before the pandemic begin here
CHATBOT = ("2022-12", YEAR)  # ChatGPT came on the last day of November 2022
LATEST, TWO_YEARS = (
    ("2024-01", 8),
    2 * YEAR,
)  # the last months of the index, and how far back 2022 lies
CONFIDENCE = 0.95


def demand(folder: Path = DATA) -> pd.DataFrame:
    """The index by month: columns month (timestamp), microwork, total, segment."""
    frame = data.table(OLI, folder)[["month", "microwork", "total", "segment"]]
    return frame.assign(month=pd.to_datetime(frame["month"]))


def months(start: str, count: int, back: int = 0) -> list[str]:
    """``count`` months from ``start`` on (such as "2020-03"), ``back`` months earlier."""
    return [
        str(month)
        for month in pd.period_range(pd.Period(start, "M") - back, periods=count, freq="M")
    ]


def paired(
    series: str, start: str, count: int, folder: Path = DATA, *, back: int = YEAR
) -> tuple[np.ndarray, np.ndarray]:
    """The index in ``count`` months from ``start`` on and ``back`` months earlier, two arrays of
    the same length.

    Raises ``ValueError`` if the months are not all measured alike: the index breaks in early 2021.
    """
    pairs = zip(months(start, count), months(start, count, back=back), strict=True)
    rows = [[data.row(OLI, key, folder=folder) for key in pair] for pair in pairs]
    if len({row["segment"] for both in rows for row in both}) > 1:
        raise ValueError(
            f"{count} months from {start} lie on two sides of the break of the index; expected"
            " months on one side"
        )
    now, before = np.array([[float(row[series]) for row in both] for both in rows]).T
    return now, before


def change(series: str, start: str, count: int, folder: Path = DATA, *, back: int = YEAR) -> float:
    """Sum of ``count`` months from ``start`` on, over the same months ``back`` months earlier: a
    change in percent."""
    now, before = paired(series, start, count, folder, back=back)
    return float(100 * (now.sum() / before.sum() - 1))


def mean_error(noise: np.ndarray, count: int) -> float:
    """Half width of the interval of a mean of ``count`` new values, from earlier ones that hold
    nothing but noise.

    ``noise``: shape (earlier values,). Student's t times the spread over the root of the values
    that count in full: where each value resembles the one before, a mean holds fewer, by (1 - r)/(1
    + r) with r the correlation of neighbours (not below 0). Without end where each value follows
    from the one before (r = 1), for no number of them tells more than one.
    Source: variance of the mean of a first-order autoregression, Bartlett, JRSS Supplement 8
    (1946), 27-41. Raises ``ValueError`` for fewer than three earlier values.
    """
    if len(noise) < 3:
        raise ValueError(f"found {len(noise)} values of noise; expected three or more")
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
def change_with_noise(
    series: str, start: str, count: int, folder: Path = DATA, *, back: int = YEAR
) -> tuple[float, float, float]:
    """The change (percent), and its ends if months stray from those ``back`` months earlier as they
    did before the pandemic."""
    now, before = paired(series, NOISE, YEAR, folder, back=back)
    factor = float(np.exp(mean_error(np.log(now / before), count)))
    ratio = 1 + change(series, start, count, folder, back=back) / 100
    return 100 * (ratio - 1), 100 * (ratio / factor - 1), 100 * (ratio * factor - 1)


def month_range(
    series: str, start: str, count: int, folder: Path = DATA, *, back: int = YEAR
) -> tuple[float, float]:
    """Lowest and highest of the monthly changes on the same months ``back`` months earlier
    (percent)."""
    now, before = paired(series, start, count, folder, back=back)
    changes = 100 * (now / before - 1)
    return float(changes.min()), float(changes.max())


def break_factor() -> float:
    """The microtask index of April 2021 over that of February, across the break (ratio)."""
    return float(data.row(OLI, "2021-04")["microwork"] / data.row(OLI, "2021-02")["microwork"])


# the end of the id, series, window, months back, label
_CHANGES = (
    (
        "microtask-spring",
        "microwork",
        SPRING,
        YEAR,
        "Microtask demand, March to August 2020 on 2019",
    ),
    (
        "microtask-autumn",
        "microwork",
        AUTUMN,
        YEAR,
        "Microtask demand, September 2020 to February 2021 on the year before",
    ),
    (
        "microtask-year",
        "microwork",
        (START, YEAR),
        YEAR,
        "Microtask demand, March 2020 to February 2021 on the year before",
    ),
    (
        "total-covid-change",
        "total",
        SPRING,
        YEAR,
        "All online demand, March to August 2020 on 2019",
    ),
    (
        "total-year",
        "total",
        (START, YEAR),
        YEAR,
        "All online demand, March 2020 to February 2021 on the year before",
    ),
    (
        "microtask-chatgpt",
        "microwork",
        CHATBOT,
        YEAR,
        "Microtask demand, December 2022 to November 2023 on the year before",
    ),
    (
        "total-chatgpt",
        "total",
        CHATBOT,
        YEAR,
        "All online demand, December 2022 to November 2023 on the year before",
    ),
    (
        "microtask-2024",
        "microwork",
        LATEST,
        TWO_YEARS,
        "Microtask demand, January to August 2024 on 2022",
    ),
    ("total-2024", "total", LATEST, TWO_YEARS, "All online demand, January to August 2024 on 2022"),
)


def numbers() -> list[Number]:
    """Changes of demand on the year before, how far single months strayed, and the break of the
    index."""
    covers = (
        "How far months strayed from those a year before (two years, for 2024 on 2022) in the"
        " twelve months before the pandemic; not platforms outside the index."
    )
    how = "Sum of the months over the same months of the year before."
    hows = {YEAR: how, TWO_YEARS: "Sum of the months over the same months two years before."}

    spread = "The lowest and the highest of the twelve monthly changes; no error of sampling."

    def noise(back: int) -> tuple[float, float, float]:
        return change("microwork", NOISE, YEAR, back=back), *month_range(
            "microwork", NOISE, YEAR, back=back
        )

    return [
        *(
            number(
                f"counts.oli-{name}",
                partial(change_with_noise, series, *span, back=back),
                "percent",
                label,
                hows[back],
                covers,
                0,
            )
            for name, series, span, back, label in _CHANGES
        ),
        number(
            "counts.oli-microtask-before",
            partial(noise, YEAR),
            "percent",
            "Microtask demand, March 2019 to February 2020 on the year before",
            how,
            spread,
            0,
        ),
        number(
            "counts.oli-microtask-before-two-years",
            partial(noise, TWO_YEARS),
            "percent",
            "Microtask demand, March 2019 to February 2020 on two years before",
            hows[TWO_YEARS],
            spread,
            0,
        ),
        number(
            "counts.oli-break-factor",
            break_factor,
            "ratio",
            "Microtask index, April over February 2021",
            "One month over the other: the break of the series.",
            decimals=1,
        ),
    ]
