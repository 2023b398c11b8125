"""Who answered the survey of Mechanical Turk in 2015: all by country, answers, gender and age, and
women by whom they live with, for the chapter on profiles.

The raw file has one row an answer and states no licence, so only counts of workers leave it.
"""

import pandas as pd

from microwork.derive.raw import Files, counted, sourced

FILES: Files = {"mturk-2015/mturk-demographics-2015.csv": {}}
YEAR = 2015
SOURCE = {"period": YEAR} | sourced("mturktracker2015", "demo.rda, first answer of each worker")
TABLES = {f"profile/{name}.csv": SOURCE for name in ("mturk-2015", "mturk-women-homes")}
COUNTRIES = {"US": "United States", "IN": "India"}  # all others are put together
SEXES = {"female": "women", "male": "men"}
# How many answers a worker gave, each group with the most; the last has no upper end.
ANSWERS = {"1": 1, "2 to 4": 4, "5 or more": 10_000}
# Ages, each with the last year of birth. Only the year is known, so those born in 1990 or 1970 are
# in the band 25 to 44 for a part of 2015.
AGES = {"44 or 45": 1970, "25 to 44": 1989, "24 or 25": 1990}
ELSEWHERE = [*COUNTRIES.values(), "elsewhere"]
COUPLES = ("married", "cohabitating")
HOMES = {"1": "1", "2": "2"}  # persons in the household; all larger ones are put together


def make(answers: pd.DataFrame) -> list[pd.DataFrame]:
    """Workers in each group, also in an empty one; women by home."""
    keys = {"country": ELSEWHERE, "answers": ANSWERS, "sex": [*SEXES.values()]}
    keys["age"] = [*reversed(AGES), "other"]
    return [counted(people(answers), "workers", keys), homes(answers)]


def people(answers: pd.DataFrame) -> pd.DataFrame:
    """One row a worker from one row an answer; age as far as the year of birth tells. Where a
    worker's answers differ, the first one counts."""
    by_worker = answers.groupby("worker", sort=True)
    first, times = by_worker.first(), by_worker.size()
    age = pd.cut(first["year_of_birth"], [1969, *AGES.values()], labels=[*AGES])
    return pd.DataFrame(
        {
            "country": first["country"].map(COUNTRIES).fillna("elsewhere"),
            "answers": pd.cut(times, [0, *ANSWERS.values()], labels=[*ANSWERS]).astype(object),
            "sex": first["gender"].map(SEXES),
            "age": age.astype(object).fillna("other"),
        }
    )


def homes(answers: pd.DataFrame) -> pd.DataFrame:
    """Women by ``country``, ``couple`` (yes: married or living together) and persons ``at_home``,
    themselves included, by the first answer of each."""
    first = answers.groupby("worker", sort=True).first()
    women = first[first["gender"] == "female"]
    groups = pd.DataFrame(
        {
            "country": women["country"].map(COUNTRIES).fillna("elsewhere"),
            "couple": women["marital_status"].isin(COUPLES).map({True: "yes", False: "no"}),
            "at_home": women["household_size"].map(HOMES).fillna("3 or more"),
        }
    )
    at_home = [*HOMES.values(), "3 or more"]
    keys = {"country": ELSEWHERE, "couple": ["yes", "no"], "at_home": at_home}
    return counted(groups, "workers", keys)
