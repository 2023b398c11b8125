"""Retraining: how finely new data sets of images are labelled, by when they were made."""

from __future__ import annotations

import pandas as pd
from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.intervals import exact
from microwork.retraining.inputs import difference

EARLY, LATE, UNDATED = "to 2015", "2019-2021", "no date"


def dataset_births() -> pd.DataFrame:
    """Data sets of images by period (rows) and finest label (columns)."""
    table = data.table("retraining/dataset_births")
    return table.pivot(index="period", columns="label", values="datasets").astype(int)


@step
def sets(period: str) -> tuple[int, int]:
    """Data sets of a period that are labelled by pixel, and all of them."""
    row = dataset_births().loc[period]
    return int(row["by pixel"]), int(row.sum())


def pixel_change(births_undated: float = 0.0) -> Bounded:
    """Change of the share labelled by pixel from the first period to the last, in points.

    ``births_undated``: share (0 to 1) of the data sets without a date that are taken to be of the
    period in which they speak against a rise: those by pixel of the first, all others of the last.
    The rest of them is left out.
    """
    (early, early_all), (late, late_all) = sets(EARLY), sets(LATE)
    pixel, every = sets(UNDATED)
    added = births_undated * pixel
    return difference(
        late, late_all + births_undated * (every - pixel), early + added, early_all + added
    )


def pixel_times() -> Bounded:
    """The last share labelled by pixel over the first, with its 95 % interval (``statsmodels``, on
    logs)."""
    (early, early_all), (late, late_all) = sets(EARLY), sets(LATE)
    low, high = confint_proportions_2indep(
        late, late_all, early, early_all, method="log", compare="ratio"
    )
    return late / late_all / (early / early_all), float(low), float(high)


def undated() -> Bounded:
    """The change, and what it is if all data sets without a date speak against a rise, or all for
    it, in points."""
    (early, early_all), (late, late_all), (pixel, every) = sets(EARLY), sets(LATE), sets(UNDATED)
    most = (late + pixel) / (late_all + pixel) - early / (early_all + every - pixel)
    return pixel_change()[0], pixel_change(1)[0], 100 * most


NUMBERS: Numbers = {
    "datasets-pixel-to-2015": lambda: exact(*sets(EARLY)),
    "datasets-pixel-2019-2021": lambda: exact(*sets(LATE)),
    "datasets-pixel-change": pixel_change,
    "datasets-pixel-times": pixel_times,
    "datasets-pixel-undated": undated,
    "datasets-undated": lambda: 100 * sets(UNDATED)[1] / dataset_births().to_numpy().sum(),
}
