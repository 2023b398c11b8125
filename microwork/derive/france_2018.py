"""France in 2018, for the chapter on profiles: the census by sex, age, activity and diploma, and a
sample of the Labour Force Survey, hours by sex.

The table of the sample keeps, for each group, the persons, their weights and the squares of these,
which is all that a weighted share and its effective number of persons need.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced, words

FILES: Files = {
    "saphir-census-2018/saphir-2008-2013-2018.csv": {},
    "descstat-lfs-2018/employment.csv": {},
}
YEAR = 2018
TABLES = {
    "profile/census-2018.csv": {"period": YEAR}
    | sourced("inseesaphir", "saphire.RData, year 2018", "B"),
    "profile/hours-sample.csv": {"period": YEAR}
    | sourced("croissantdescstat", "data/employment.rda", "B"),
}
# First ages of the groups, and the first age that is left out. Minors have a group of their own.
EDGES = (15, 18, 25, 35, 45, 55, 65)
SEXES_OF_CENSUS = {"Homme": "men", "Femme": "women"}
ACTIVITIES = words("france_2018", "activities")
# A bachelor degree or more; students are not asked for theirs.
ABOVE_BAC2 = "Diplôme universitaire de 2e ou 3e cycle"
SEXES = {"female": "women", "male": "men"}
# The third value is unknown, for those without a job and a few others.
HOURS = {"full": "full time", "part": "part time"}


def make(people: pd.DataFrame, persons: pd.DataFrame) -> list[pd.DataFrame]:
    """The census, and hours."""
    return [census(people), hours(persons)]


def census(people: pd.DataFrame) -> pd.DataFrame:
    """Whole persons by sex, age group, activity and diploma. Raises ``KeyError`` for an activity or
    a sex that is unknown."""
    rows = people[(people["year"] == YEAR) & people["age"].between(EDGES[0], EDGES[-1] - 1)]
    keys = {
        "sex": [SEXES_OF_CENSUS[one] for one in rows["sex"]],
        "age_low": pd.cut(rows["age"], EDGES, right=False, labels=list(EDGES[:-1])).astype(int),
        "activity": [ACTIVITIES[one] for one in rows["activity"]],
        "above_bac2": (rows["diploma"] == ABOVE_BAC2).map({True: "yes", False: "no"}),
    }
    persons = rows.assign(**keys).groupby([*keys])["population"].sum().round().astype(int)
    table = persons.rename("persons").reset_index()
    ends = dict(zip(EDGES[:-1], EDGES[1:], strict=True))
    table.insert(2, "age_high", table["age_low"].map(ends) - 1)
    return table


def hours(persons: pd.DataFrame) -> pd.DataFrame:
    """The employed whose hours are known by sex and hours: persons, the sum of their weights, and
    that of the squares of these."""
    persons = persons[persons["weights"] > 0]
    known = (persons["activity"] == "occupied") & persons["time"].isin(HOURS)
    employed = persons[known].replace({"sex": SEXES, "time": HOURS})
    rows = employed.rename(columns={"time": "hours"}).assign(square=employed["weights"] ** 2)
    table = rows.groupby(["sex", "hours"]).agg(
        persons=("weights", "size"), weight=("weights", "sum"), weight_squared=("square", "sum")
    )
    return table.round({"weight": 2, "weight_squared": 1}).reset_index()
