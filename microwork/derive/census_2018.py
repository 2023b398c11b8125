"""The French census of 2018 by sex, age, activity and diploma, for the chapter on profiles.

The raw file is Insee's file of harmonised censuses (Saphir) as a public repository keeps it, by
single year of age.

    python -m microwork.derive.census_2018 --raw DIR --out data/profile/
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "saphir-census-2018/saphir-2008-2013-2018.csv"
RAW = {
    FILE: Raw(
        "eee99f936805c768282231becd6f75a228396f3c153a9d7ab31e3950f41e692c",
        "GitHub cpesr/RFC, population/saphire.RData, commit 614ecb1aed95; the years 2008, 2013 and"
        " 2018, summed over nationality and sector and written out as CSV",
    )
}
OUTPUTS = ("profile/census-2018.csv",)
YEAR = 2018
# First ages of the groups, and the first age that is left out. Minors have a group of their own.
EDGES = (15, 18, 25, 35, 45, 55, 65)
SEXES = {"Homme": "men", "Femme": "women"}
ACTIVITIES = {
    "Actifs ayant un emploi": "employed",
    "Chômeurs": "unemployed",
    "Anciens actifs": "inactive",
    "Autres inactifs": "inactive",
    "Étudiants ou élèves": "inactive",
}
ABOVE_BAC2 = (  # a bachelor degree or more; students are not asked for theirs
    "Diplôme universitaire de 2e ou 3e cycle"
)


def grouped(frame: pd.DataFrame) -> pd.DataFrame:
    """Persons of 2018 by sex, age group, activity and diploma, in whole persons.

    ``frame``: columns year, age, sex, diploma, activity, population. Columns: ``sex``, ``age_low``,
    ``age_high``, ``activity``, ``above_bac2`` (yes or no), ``persons``. Raises ``KeyError`` for an
    activity or a sex that is unknown.
    """
    rows = frame[(frame["year"] == YEAR) & frame["age"].between(EDGES[0], EDGES[-1] - 1)]
    group = pd.cut(rows["age"], EDGES, right=False, labels=list(EDGES[:-1])).astype(int)
    keys = {
        "sex": [SEXES[one] for one in rows["sex"]],
        "age_low": group,
        "activity": [ACTIVITIES[one] for one in rows["activity"]],
        "above_bac2": (rows["diploma"] == ABOVE_BAC2).map({True: "yes", False: "no"}),
    }
    table = (
        rows.assign(**keys)
        .groupby([*keys])["population"]
        .sum()
        .round()
        .astype(int)
        .rename("persons")
        .reset_index()
    )
    ends = dict(zip(EDGES[:-1], EDGES[1:], strict=True))
    table.insert(2, "age_high", table["age_low"].map(ends) - 1)
    return table


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``.

    Raises ``RawError`` if the raw file is missing or another.
    """
    table = grouped(rawfiles.read_csv(raw, FILE, RAW[FILE])).assign(
        period=YEAR, source_key="inseesaphir", locator="saphire.RData, year 2018", grade="B"
    )
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
