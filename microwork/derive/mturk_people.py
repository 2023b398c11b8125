"""Who answered the survey of Mechanical Turk in 2015, for the chapter on profiles: all by country,
answers, gender and age, and women by whom they live with.

The raw file has one row an answer and states no licence, so only aggregates leave it: how many
workers are in each group.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "mturk-2015/mturk-demographics-2015.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("profile/mturk-2015.csv", "profile/mturk-women-homes.csv")
YEAR = 2015
COUNTRIES = {"US": "United States", "IN": "India"}  # all others are put together
SEXES = {"female": "women", "male": "men"}
# How many answers a worker gave, by name; the last group has no upper end.
ANSWERS = {"1": (1, 1), "2 to 4": (2, 4), "5 or more": (5, 10_000)}
# Ages by year of birth. Only the year is known, so those born in 1990 or 1970 are in the band 25 to
# 44 for a part of 2015.
AGES = {"24 or 25": (1990, 1990), "25 to 44": (1971, 1989), "44 or 45": (1970, 1970)}

COUPLES = ("married", "cohabitating")
HOMES = {"1": "1", "2": "2"}  # persons in the household; all larger ones are put together


def people(answers: pd.DataFrame) -> pd.DataFrame:
    """One row a worker from one row an answer (columns worker, country, year_of_birth, gender).

    Columns: ``country``, ``answers``, ``sex``, ``age`` (in 2015, as far as the year of birth
    tells). Where a worker's answers differ, the first one counts.
    """
    by_worker = answers.groupby("worker", sort=True)
    first, times = by_worker.first(), by_worker.size()
    groups = {name: times.between(low, high) for name, (low, high) in ANSWERS.items()}
    ages = {name: first["year_of_birth"].between(low, high) for name, (low, high) in AGES.items()}
    ages["other"] = ~pd.concat(ages, axis=1).any(axis=1)
    return pd.DataFrame(
        {
            "country": first["country"].map(COUNTRIES).fillna("elsewhere"),
            "answers": pd.concat(groups, axis=1).idxmax(axis=1),
            "sex": first["gender"].map(SEXES),
            "age": pd.concat(ages, axis=1).idxmax(axis=1),
        }
    )


def counted(workers: pd.DataFrame) -> pd.DataFrame:
    """Workers in each group of ``people``; every group has its row, also an empty one."""
    keys = {
        "country": [*COUNTRIES.values(), "elsewhere"],
        "answers": [*ANSWERS],
        "sex": [*SEXES.values()],
        "age": [*AGES, "other"],
    }
    every = pd.MultiIndex.from_product(keys.values(), names=[*keys])
    return (
        workers.value_counts([*keys]).reindex(every, fill_value=0).rename("workers").reset_index()
    )


def homes(answers: pd.DataFrame) -> pd.DataFrame:
    """Women by ``country``, ``couple`` (yes: married or living together) and persons ``at_home``,
    themselves included.

    ``answers``: one row an answer, with columns worker, country, gender, marital_status,
    household_size. The first answer of a worker counts. Every group has its row.
    """
    first = answers.groupby("worker", sort=True).first()
    women = first[first["gender"] == "female"]
    groups = pd.DataFrame(
        {
            "country": women["country"].map(COUNTRIES).fillna("elsewhere"),
            "couple": women["marital_status"].isin(COUPLES).map({True: "yes", False: "no"}),
            "at_home": women["household_size"].map(HOMES).fillna("3 or more"),
        }
    )
    keys = [[*COUNTRIES.values(), "elsewhere"], ["yes", "no"], [*HOMES.values(), "3 or more"]]
    every = pd.MultiIndex.from_product(keys, names=[*groups])
    return (
        groups.value_counts([*groups]).reindex(every, fill_value=0).rename("workers").reset_index()
    )


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    answers = rawfiles.read_csv(raw, FILE, RAW[FILE])
    made = (table.assign(period=YEAR) for table in (counted(people(answers)), homes(answers)))
    source = {"source_key": "mturktracker2015", "locator": "demo.rda, first answer of each worker"}
    return rawfiles.tables(OUTPUTS, *made, **source, grade="A")
