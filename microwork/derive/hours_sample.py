"""Hours by sex and homes of women in mid-life, a sample of the Labour Force Survey of 2018, for the
chapter on profiles.

The raw file has one row a person. The tables keep, for each group, the persons, their weights and
the squares of these, which is all that a weighted share and its effective number of persons need.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

FILES: Files = {"descstat-lfs-2018/employment.csv": {}}
SOURCE = {"period": 2018} | sourced("croissantdescstat", "data/employment.rda", "B")
TABLES = {f"profile/{name}-sample.csv": SOURCE for name in ("hours", "homes")}
SEXES = {"female": "women", "male": "men"}
# The third value is unknown, for those without a job and a few others.
HOURS = {"full": "full time", "part": "part time"}
# Of younger women, many with children at home are themselves the children.
AGES = ("[30,40)", "[40,50)")
HOMES = {"family": "couple with children", "monop": "one parent with children"}


def make(persons: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The employed whose hours are known by sex and hours, and women of thirty to forty-nine by
    home: persons, the sum of their weights, and that of the squares of these."""
    persons = persons[persons["weights"] > 0]
    known = (persons["activity"] == "occupied") & persons["time"].isin(HOURS)
    employed = persons[known].replace({"sex": SEXES, "time": HOURS})
    women = persons[(persons["sex"] == "female") & persons["age"].isin(AGES)]
    home = women["household"].map(HOMES).fillna("no children")
    hours = _weighed(employed.rename(columns={"time": "hours"}), ["sex", "hours"])
    return hours, _weighed(women.assign(home=home), ["home"])


def _weighed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = rows.assign(square=rows["weights"] ** 2).groupby(keys)
    table = groups.agg(
        persons=("weights", "size"), weight=("weights", "sum"), weight_squared=("square", "sum")
    )
    return table.round({"weight": 2, "weight_squared": 1}).reset_index()
