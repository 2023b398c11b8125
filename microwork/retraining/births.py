"""Retraining: how finely new data sets of images are labelled, by when they were made."""

from __future__ import annotations

import pandas as pd
from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.retraining.inputs import define, exact

BIRTHS = "retraining/dataset_births"
PIXEL, EARLY, LATE, UNDATED = "by pixel", "to 2015", "2019-2021", "no date"

Triple = tuple[float, float, float]


def dataset_births() -> pd.DataFrame:
    """Data sets of images by period (rows, in order of time, those without a date last) and finest
    label (columns)."""
    table = data.table(BIRTHS)
    order = {
        "index": table["period"].drop_duplicates(),
        "columns": table["label"].drop_duplicates(),
    }
    return (
        table.pivot(index="period", columns="label", values="datasets").astype(int).reindex(**order)
    )


@step
def _sets(period: str) -> tuple[int, int]:
    """Data sets of a period that are labelled by pixel, and all of them."""
    row = dataset_births().loc[period]
    return int(row[PIXEL]), int(row.sum())


def pixel_share(period: str) -> Triple:
    """Share of a period's new data sets whose finest label is by pixel, in percent, with the exact
    binomial interval."""
    pixel, every = _sets(period)
    low, high = exact(pixel, every)
    return 100 * pixel / every, 100 * low, 100 * high


def pixel_change(against: float = 0.0) -> Triple:
    """Change of that share from the first period to the last, in points, with Newcombe's interval
    (``statsmodels``).

    ``against``: share (0 to 1) of the data sets without a date that are taken to be of the period
    in which they speak against a
    rise: those by pixel of the first, all others of the last. The rest of them is left out.
    """
    (early, early_all), (late, late_all), (pixel, undated_all) = (
        _sets(EARLY),
        _sets(LATE),
        _sets(UNDATED),
    )
    added = against * pixel
    first, last = (
        (early + added, early_all + added),
        (late, late_all + against * (undated_all - pixel)),
    )
    low, high = confint_proportions_2indep(*last, *first, method="newcomb", compare="diff")
    return 100 * (last[0] / last[1] - first[0] / first[1]), 100 * float(low), 100 * float(high)


def undated() -> Triple:
    """The change, and what it is if all data sets without a date speak against a rise, or all for
    it, in points."""
    (early, early_all), (late, late_all), (pixel, every) = _sets(EARLY), _sets(LATE), _sets(UNDATED)
    most = (late + pixel) / (late_all + pixel) - early / (early_all + every - pixel)
    return pixel_change()[0], pixel_change(1)[0], 100 * most


def undated_share() -> float:
    """Data sets of images without a date, in percent of all."""
    return 100 * _sets(UNDATED)[1] / float(dataset_births().to_numpy().sum())


def numbers() -> list[Number]:
    """The numbers on data sets."""
    label, chance = (
        "New data sets of images whose finest label is by pixel",
        "Chance among data sets with a date",
    )
    alone = f"{chance}, not those without one, nor what Papers with Code did not list."
    return [
        define(
            "datasets-pixel-to-2015",
            lambda: pixel_share(EARLY),
            "percent",
            f"{label}, to 2015",
            "Counted by the names of the tasks that a data set was made for.",
            f"{alone} Exact binomial.",
            0,
        ),
        define(
            "datasets-pixel-2019-2021",
            lambda: pixel_share(LATE),
            "percent",
            f"{label}, 2019 to June 2021",
            "Counted by the names of the tasks that a data set was made for.",
            f"{alone} Exact binomial.",
            0,
        ),
        define(
            "datasets-pixel-change",
            pixel_change,
            "percentage points",
            f"{label}: change from the years to 2015 to 2019-21",
            "The later share less the earlier one.",
            f"{alone} Newcombe’s interval.",
            0,
        ),
        define(
            "datasets-pixel-undated",
            undated,
            "percentage points",
            f"{label}: the change, by where those without a date fall",
            "The later share less the earlier one.",
            "From all data sets without a date where they speak against a rise, to all where they"
            " speak for it.",
            0,
        ),
        define(
            "datasets-undated",
            undated_share,
            "percent",
            "Data sets of images without a date",
            "Counted.",
            None,
            0,
        ),
    ]
