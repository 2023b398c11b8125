"""Outsourcing: how much of the freelance platform is like data work, what it pays, and where Mechanical Turk's workers are.

No occupation of the platform is annotation. Data entry is the nearest; typing and statistical assistance are next to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from tallybook import data

from microwork.outsourcing import links

OCCUPATIONS, PLACES = "outsourcing/occupations", "outsourcing/mturk_places"
ENTRY = "43-9021"  # Data Entry Keyers, by the Standard Occupational Classification
NEAR = ("43-9022", "43-9111")  # Word Processors and Typists; Statistical Assistants
LINK_YEARS = (2014, 2015)  # the years for which links between countries are known
PAY_YEAR = 2015


def _table() -> pd.DataFrame:
    return data.table(OCCUPATIONS).astype({"year": int, "projects": int})


def share(years: Sequence[int] = LINK_YEARS) -> tuple[float, float, float]:
    """Percent of projects that are data entry; value, low (the same), high (with the occupations next to it)."""
    frame = _table()
    frame = frame[frame["year"].isin(years)]
    whole = frame["projects"].sum()
    entry = 100 * frame.loc[frame["soc"] == ENTRY, "projects"].sum() / whole
    near = 100 * frame.loc[frame["soc"].isin([ENTRY, *NEAR]), "projects"].sum() / whole
    return float(entry), float(entry), float(near)


def pay(year: int = PAY_YEAR) -> float:
    """Median hourly pay of data entry, USD."""
    return float(data.row(OCCUPATIONS, ENTRY, year)["median_hourly_pay"])


def middle_pay(year: int = PAY_YEAR) -> float:
    """Median hourly pay (USD) of the occupation of the middle project, if projects are put in order of that pay."""
    frame = _table()
    frame = frame[frame["year"] == year].sort_values("median_hourly_pay", kind="stable")
    reached = frame["projects"].cumsum().to_numpy()
    return float(frame["median_hourly_pay"].iloc[int(np.searchsorted(reached, reached[-1] / 2))])


def lowest_years() -> tuple[int, int]:
    """In how many years data entry has the lowest median pay of all occupations, and how many years there are."""
    frame = _table()
    lowest = frame.loc[frame.groupby("year")["median_hourly_pay"].idxmin(), "soc"]
    return int((lowest == ENTRY).sum()), len(lowest)


def places() -> pd.DataFrame:
    """Percent of Mechanical Turk's located workers outside the United States, for a chart: year, place, percent."""
    frame = data.table(PLACES).astype({"year": int, "workers": int})
    frame["percent"] = 100 * frame["workers"] / frame.groupby("year")["workers"].transform("sum")
    return frame[frame["place"] != "United States"][["year", "place", "percent"]].reset_index(drop=True)


def abroad(year: int) -> tuple[float, float, float]:
    """Percent of Mechanical Turk's located workers of a year who were outside the United States: value, low, high (exact)."""
    rows = data.rows(PLACES, {"year": year}).astype({"workers": int}).set_index("place")["workers"]
    return links.share(int(rows.drop("United States").sum()), int(rows.sum()))
