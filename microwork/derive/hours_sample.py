"""Hours by sex and homes of women in mid-life, a sample of the Labour Force Survey of 2018, for the
chapter on profiles.

The raw file has one row a person. The tables keep, for each group, the persons, their weights and
the squares of these, which is all that a weighted share and its effective number of persons need.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "descstat-lfs-2018/employment.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("profile/hours-sample.csv", "profile/homes-sample.csv")
SEXES = {"female": "women", "male": "men"}
# The third value is unknown, for those without a job and a few others.
HOURS = {"full": "full time", "part": "part time"}
# Of younger women, many with children at home are themselves the children.
AGES = ("[30,40)", "[40,50)")
HOMES = {"family": "couple with children", "monop": "one parent with children"}


def summed(frame: pd.DataFrame) -> pd.DataFrame:
    """The employed whose hours are known, by sex and hours (frame: columns sex, activity, time,
    weights).

    Columns: ``sex``, ``hours``, ``persons``, ``weight`` (sum), ``weight_squared`` (sum of squares).
    """
    rows = frame[
        (frame["activity"] == "occupied") & frame["time"].isin([*HOURS]) & (frame["weights"] > 0)
    ]
    rows = rows.assign(
        sex=rows["sex"].map(SEXES), hours=rows["time"].map(HOURS), square=rows["weights"] ** 2
    )
    return _weighed(rows, ["sex", "hours"])


def homes(frame: pd.DataFrame) -> pd.DataFrame:
    """Women aged thirty to forty-nine by ``home`` (frame: columns sex, age, household, weights).

    Columns: ``home``, ``persons``, ``weight`` (sum), ``weight_squared`` (sum of squares).
    """
    rows = frame[(frame["sex"] == "female") & frame["age"].isin(AGES) & (frame["weights"] > 0)]
    rows = rows.assign(
        home=rows["household"].map(HOMES).fillna("no children"), square=rows["weights"] ** 2
    )
    return _weighed(rows, ["home"])


def _weighed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = rows.groupby(keys)
    table = groups.agg(
        persons=("weights", "size"), weight=("weights", "sum"), weight_squared=("square", "sum")
    )
    return table.round({"weight": 2, "weight_squared": 1}).reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    frame = rawfiles.read_csv(raw, FILE, RAW[FILE])
    made = (table.assign(period=2018) for table in (summed(frame), homes(frame)))
    source = {"source_key": "croissantdescstat", "locator": "data/employment.rda", "grade": "B"}
    return rawfiles.tables(OUTPUTS, *made, **source)
