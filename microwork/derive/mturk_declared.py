"""Weekly hours and income that workers of Mechanical Turk declare, by year, for the chapter on pay.

Both raw files are aggregates of the author's standing survey, published under Apache-2.0. Years
after 2020 are left out, as many profiles of those years cannot be true. The two questions were put
from the course of 2017 on.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import RawError

FOLDER = "mturk-surveys-2026"
HOURS = f"{FOLDER}/cat_time_spent_on_mturk.csv"
INCOME = f"{FOLDER}/cat_weekly_income_from_mturk.csv"
RAW = rawfiles.listed(HOURS, INCOME)
OUTPUTS = ("income/mturk_declared.csv",)
YEARS = (2017, 2018, 2019, 2020)
QUESTIONS = {"hours": (HOURS, "hours per week"), "income": (INCOME, "USD per week")}
COLUMNS = ["question", "year", "low", "high", "unit", "answers", "source_key", "locator", "grade"]


def band(answer: str) -> tuple[int, int | None]:
    """Least and most of an answer: (2, 4) for "2-4 hours per week", (500, None) for "More than $500
    per week".

    Raises ``RawError`` for an answer of another form.
    """
    found = re.fullmatch(
        r"(Less than |More than )?\$?(\d+)(?:-\$?(\d+))?(?: hours?)? per week", answer
    )
    if found is None or (found[1] is None) == (found[3] is None):
        raise RawError(f"found the answer {answer!r}; expected a range per week")
    if found[1] is None:
        return int(found[2]), int(found[3])
    return (0, int(found[2])) if found[1].startswith("Less") else (int(found[2]), None)


def by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Answers by year and band (``rows``: columns y, v, n); who was not asked is left out.

    Columns: year, low, high, answers.
    """
    asked = rows[rows["y"].isin(YEARS) & rows["v"].notna()]
    bands = [band(answer) for answer in asked["v"]]
    found = pd.DataFrame(bands, columns=["low", "high"], index=asked.index, dtype="Int64")
    found = found.assign(year=asked["y"], answers=asked["n"])[["year", "low", "high", "answers"]]
    return found.sort_values(["year", "low"], ignore_index=True)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    tables = []
    for question, (file, unit) in QUESTIONS.items():
        rows = by_year(rawfiles.read_csv(raw, file, RAW[file]))
        rows = rows.assign(source_key="ipeirotis2026tracker", locator=Path(file).name, grade="A")
        tables.append(rows.assign(question=question, unit=unit))
    return rawfiles.tables(OUTPUTS, pd.concat(tables)[COLUMNS])
