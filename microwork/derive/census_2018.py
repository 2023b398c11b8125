"""The French census of 2018 by sex, age, activity and diploma, for the chapter on profiles.

The raw file is Insee's file of harmonised censuses (Saphir) as a public repository keeps it, by
single year of age.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced, words

FILES: Files = {"saphir-census-2018/saphir-2008-2013-2018.csv": {}}
YEAR = 2018
SOURCE = sourced("inseesaphir", "saphire.RData, year 2018", "B")
TABLES = {"profile/census-2018.csv": {"period": YEAR} | SOURCE}
# First ages of the groups, and the first age that is left out. Minors have a group of their own.
EDGES = (15, 18, 25, 35, 45, 55, 65)
SEXES = {"Homme": "men", "Femme": "women"}
ACTIVITIES = words("census_2018", "activities")
# A bachelor degree or more; students are not asked for theirs.
ABOVE_BAC2 = "Diplôme universitaire de 2e ou 3e cycle"


def make(census: pd.DataFrame) -> pd.DataFrame:
    """Whole persons by sex, age group, activity and diploma. Raises ``KeyError`` for an activity or
    a sex that is unknown."""
    rows = census[(census["year"] == YEAR) & census["age"].between(EDGES[0], EDGES[-1] - 1)]
    keys = {
        "sex": [SEXES[one] for one in rows["sex"]],
        "age_low": pd.cut(rows["age"], EDGES, right=False, labels=list(EDGES[:-1])).astype(int),
        "activity": [ACTIVITIES[one] for one in rows["activity"]],
        "above_bac2": (rows["diploma"] == ABOVE_BAC2).map({True: "yes", False: "no"}),
    }
    persons = rows.assign(**keys).groupby([*keys])["population"].sum().round().astype(int)
    table = persons.rename("persons").reset_index()
    ends = dict(zip(EDGES[:-1], EDGES[1:], strict=True))
    table.insert(2, "age_high", table["age_low"].map(ends) - 1)
    return table
