"""Outsourcing: how much of the freelance platform is like data work, and where Mechanical Turk's
workers are.

No occupation of the platform is annotation. Data entry is the nearest; typing and statistical
assistance are next to it.
"""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Bounded

from microwork.intervals import exact

OCCUPATIONS, PLACES = "outsourcing/occupations", "outsourcing/mturk_places"
ENTRY = "43-9021"  # Data Entry Keyers, by the Standard Occupational Classification
NEAR = ("43-9022", "43-9111")  # Word Processors and Typists; Statistical Assistants
LINK_YEARS = (2014, 2015)  # the years for which links between countries are known


def share(*occupations: str) -> float:
    """Percent of projects that are of some occupations."""
    frame = data.table(OCCUPATIONS).astype({"year": int, "projects": int})
    frame = frame[frame["year"].isin(LINK_YEARS)]
    of_them = frame["soc"].isin(occupations)
    return float(100 * frame.loc[of_them, "projects"].sum() / frame["projects"].sum())


def places() -> pd.DataFrame:
    """Percent of Mechanical Turk's located workers outside the United States, for a chart: year,
    place, percent.

    Without Madagascar, where nobody answered.
    """
    frame = data.table(PLACES).astype({"year": int, "workers": int})
    frame["percent"] = 100 * frame["workers"] / frame.groupby("year")["workers"].transform("sum")
    shown = frame[~frame["place"].isin(["United States", "Madagascar"])]
    return shown[["year", "place", "percent"]].reset_index(drop=True)


def abroad(year: int) -> Bounded:
    """Percent of Mechanical Turk's located workers of a year who were outside the United States:
    value, low, high (exact)."""
    rows = data.rows(PLACES, {"year": year}).astype({"workers": int}).set_index("place")["workers"]
    return exact(int(rows.drop("United States").sum()), int(rows.sum()))
