"""Household incomes that workers of Mechanical Turk in the United States declared in 2015, for the chapter on poverty.

The raw file has one row an answer and states no licence, so only aggregates leave it: how many workers are in each group.

    python -m microwork.derive.mturk_incomes --raw DIR --out data/poverty/
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.mturk_people import FILE, RAW, YEAR

OUTPUTS = ("poverty/mturk-households.csv", "poverty/mturk-asked-again.csv")
COUNTRY = "US"
# The answers to choose from, lowest first: the least income of each, in USD a year.
BRACKETS = {
    "Less than $10,000": 0,
    "$10,000-$14,999": 10_000,
    "$15,000-$24,999": 15_000,
    "$25,000-$39,999": 25_000,
    "$40,000-$59,999": 40_000,
    "$60,000-$74,999": 60_000,
    "$75,000-$99,999": 75_000,
    "$100,000 or more": 100_000,
}
SIZES = ("1", "2", "3", "4", "5+")
ANSWERS = ("once", "again")


def households(answers: pd.DataFrame) -> pd.DataFrame:
    """Workers of ``COUNTRY`` by number of answers, household size and income, each by the first answer.

    ``answers``: one row an answer, columns worker, country, household_size, household_income. Every group has its row.
    """
    by_worker = answers.groupby("worker", sort=True)
    first, times = by_worker.first(), by_worker.size()
    there = first["country"] == COUNTRY
    keys = pd.DataFrame(
        {
            "answers": (times > 1).map({False: ANSWERS[0], True: ANSWERS[1]}),
            "household_size": first["household_size"],
            "income_from": first["household_income"].map(BRACKETS),
        }
    )[there]
    every = pd.MultiIndex.from_product([ANSWERS, SIZES, BRACKETS.values()], names=[*keys])
    return keys.value_counts().reindex(every, fill_value=0).rename("workers").reset_index()


def asked_again(answers: pd.DataFrame) -> pd.DataFrame:
    """Workers of ``COUNTRY`` who answered twice or more, by the income of their first and of their last answer."""
    there = answers[answers["country"] == COUNTRY]
    by_worker = there.assign(income=there["household_income"].map(BRACKETS)).groupby("worker", sort=True)["income"]
    pairs = pd.DataFrame({"first_from": by_worker.first(), "last_from": by_worker.last()})[by_worker.size() > 1]
    every = pd.MultiIndex.from_product([BRACKETS.values(), BRACKETS.values()], names=[*pairs])
    return pairs.value_counts().reindex(every, fill_value=0).rename("workers").reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``. Raises ``RawError`` if the raw file is missing or another."""
    answers = rawfiles.read_csv(raw, FILE, RAW[FILE])
    source = {"period": YEAR, "source_key": "mturktracker2015", "grade": "A"}
    tables = {
        OUTPUTS[0]: households(answers).assign(**source, locator="demo.rda, first answer of each worker"),
        OUTPUTS[1]: asked_again(answers).assign(**source, locator="demo.rda, first and last answer of each worker"),
    }
    return {path: rawfiles.to_csv(table) for path, table in tables.items()}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
