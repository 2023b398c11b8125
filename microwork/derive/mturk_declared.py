"""Weekly hours and income that workers of Mechanical Turk declare, by year, for the chapter on pay.

Both raw files are aggregates of the author's standing survey, published under Apache-2.0. Years
after 2020 are left out, as many profiles of those years cannot be true. The two questions were put
from the course of 2017 on.
"""

import pandas as pd

from microwork.derive.raw import Files, RawError

FOLDER = "mturk-surveys-2026"
# What was asked: the file without its beginning, and the unit.
QUESTIONS = {
    "hours": ("cat_time_spent_on_mturk.csv", "hours per week"),
    "income": ("cat_weekly_income_from_mturk.csv", "USD per week"),
}
FILES: Files = {f"{FOLDER}/{file}": {} for file, _ in QUESTIONS.values()}
TABLES = {"income/mturk_declared.csv": {"grade": "A"}}
YEARS = (2017, 2018, 2019, 2020)
COLUMNS = ["question", "year", "low", "high", "unit", "answers", "source_key", "locator"]
BAND = r"(?P<end>Less than |More than )?\$?(?P<low>\d+)(?:-\$?(?P<high>\d+))?(?: hours?)? per week"


def bands(answers: pd.Series) -> pd.DataFrame:
    """Least and most of each answer, as columns low and high: 2 and 4 for "2-4 hours per week", 500
    and none for "More than $500 per week".

    Raises ``RawError`` for an answer of another form.
    """
    found = answers.str.extract(f"^{BAND}$")
    wrong = found["low"].isna() | (found["end"].isna() == found["high"].isna())
    if wrong.any():
        raise RawError(f"found the answer {answers[wrong].iloc[0]!r}; expected a range per week")
    less = found["end"] == "Less than "
    high = found["high"].mask(less, found["low"])
    return pd.DataFrame({"low": found["low"].mask(less, "0"), "high": high}).astype("Int64")


def make(*files: pd.DataFrame) -> pd.DataFrame:
    """Answers by question, year and band; who was not asked is left out. ``files``: columns y, v,
    n."""
    tables = []
    for (question, (file, unit)), rows in zip(QUESTIONS.items(), files, strict=True):
        asked = rows[rows["y"].isin(YEARS) & rows["v"].notna()]
        table = bands(asked["v"]).assign(year=asked["y"], answers=asked["n"])
        table = table.assign(source_key="ipeirotis2026tracker", locator=file)
        tables.append(table.assign(question=question, unit=unit).sort_values(["year", "low"]))
    return pd.concat(tables)[COLUMNS]
