"""Household incomes that workers of Mechanical Turk in the United States declared in 2015, for the
chapter on poverty.

The raw file states no licence, so only aggregates leave it: how many workers are below the poverty
line of their household, and how far two answers of one worker lie apart.
"""

import math
from collections.abc import Mapping
from itertools import product

import pandas as pd
from tallybook import data

from microwork.derive import mturk_people
from microwork.derive.raw import counted, sourced, words

FILES = mturk_people.FILES
ABOUT = {"population": "workers of Mechanical Turk", "country": "United States"}
PLACE = "demo.rda, counted by microwork.derive.mturk_incomes"
SOURCE = sourced("mturktracker2015", PLACE)
TABLES = {"poverty/mturk.csv": ABOUT | {"period": mturk_people.YEAR} | SOURCE}
COLUMNS = ["fact_id", "quantity", "value", "low", "high"]
QUANTITIES = words("mturk_incomes", "quantities")
COUNTRY = "US"
# The answers to choose from, lowest first: the least income of each, in USD a year.
BRACKETS = {answer: int(low) for answer, low in words("mturk_incomes", "brackets").items()}
# Answers on household size, and the persons taken for each.
SIZES = {"1": 1, "2": 2, "3": 3, "4": 4, "5+": 5}
# What stands for an answer without a lower or an upper end, in USD a year: in the middle, and the
# least and most to try.
LOWEST, HIGHEST = (5_000, 3_000, 7_000), (150_000, 115_000, 250_000)


def households(answers: pd.DataFrame) -> pd.DataFrame:
    """Workers of ``COUNTRY`` by household_size and income_from, each by the first answer; a row for
    every group."""
    first = answers.groupby("worker", sort=True).first()
    there = first[first["country"] == COUNTRY]
    keys = there[["household_size"]].assign(income_from=there["household_income"].map(BRACKETS))
    groups = {"household_size": SIZES, "income_from": BRACKETS.values()}
    return counted(keys, "workers", groups)


def asked_again(answers: pd.DataFrame) -> pd.DataFrame:
    """Workers of ``COUNTRY`` who answered twice or more, by the income of their first and of their
    last answer."""
    there = answers[answers["country"] == COUNTRY]
    incomes = there["household_income"].map(BRACKETS)
    by_worker = incomes.groupby(there["worker"], sort=True)
    pairs = pd.DataFrame({"first_from": by_worker.first(), "last_from": by_worker.last()})
    several = pairs[by_worker.size() > 1]
    return several.value_counts(sort=False).rename("workers").reset_index()


def below(groups: pd.DataFrame, lines: Mapping[str, float]) -> tuple[float, float, float]:
    """Workers of ``households`` below the line of their household: spread evenly within a bracket,
    at least, at most.

    A bracket that lies wholly below the line counts in both bounds, the one that holds the line in
    the upper one alone.
    """
    lowers = sorted(groups["income_from"].unique())
    line, low = groups["household_size"].map(lines), groups["income_from"]
    high = low.map(dict(zip(lowers, [*lowers[1:], math.inf], strict=True)))
    shares = (((line - low) / (high - low)).clip(0, 1), high <= line, low < line)
    even, least, most = (float((share * groups["workers"]).sum()) for share in shares)
    return even, least, most


def between_answers(pairs: pd.DataFrame, incomes: Mapping[int, float]) -> float:
    """Error of one answer, from people who answered twice and independently: the difference of two
    has twice its variance.

    ``pairs``: as ``asked_again`` gives them; ``incomes``: what stands for each answer, by its lower
    end. In standard deviations of logs.
    """
    logs = {lower: math.log(income) for lower, income in incomes.items()}
    apart = pairs["first_from"].map(logs) - pairs["last_from"].map(logs)
    return math.sqrt(float((pairs["workers"] * apart**2).sum()) / pairs["workers"].sum() / 2)


def middles(lowers: list[int], lowest: float, highest: float) -> dict[int, float]:
    """An income for each answer, by its lower end (rising): the geometric middle, and what is given
    for the two open ones."""
    inner = {low: math.sqrt(low * high) for low, high in zip(lowers[1:-1], lowers[2:], strict=True)}
    return {lowers[0]: lowest} | inner | {lowers[-1]: highest}


def guideline() -> dict[str, float]:
    """The federal poverty guideline of 2015 by household size as declared, in USD a year."""
    first, further = (data.value("poverty/official", row) for row in ("line-first", "line-further"))
    return {size: first + further * (persons - 1) for size, persons in SIZES.items()}


def make(answers: pd.DataFrame) -> pd.DataFrame:
    """Workers below the line, and the error of one answer."""
    groups, pairs = households(answers), asked_again(answers)
    evenly, *ends = (round(count, 1) for count in below(groups, guideline()))
    lowers = [*BRACKETS.values()]
    open_ends = product(LOWEST, HIGHEST)
    errors = [round(between_answers(pairs, middles(lowers, *each)), 4) for each in open_ends]
    same = pairs.loc[pairs["first_from"] == pairs["last_from"], "workers"].sum()
    count, several, none = groups["workers"].sum(), pairs["workers"].sum(), (None, None)
    rows = [
        (count, *none),
        (evenly, *ends),
        (several, *none),
        (same, *none),
        (errors[0], min(errors), max(errors)),
    ]
    named = [(*name, *row) for name, row in zip(QUANTITIES.items(), rows, strict=True)]
    units = [*4 * ["persons"], "standard deviation of logs"]
    return pd.DataFrame(named, columns=COLUMNS).assign(unit=units)
