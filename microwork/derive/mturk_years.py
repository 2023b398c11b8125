"""Workers of Mechanical Turk by year: seen and least in all, seen in three countries, and what the
answers declare, for the chapter on counts; by place, for that on outsourcing; and the weekly hours
and income that they declare, for that on pay.

The raw files are aggregates that the author of a standing survey published under Apache-2.0. A
country is listed in a year only if somebody answered from there: without a row it has nought. What
is declared after 2020 is left out, as many profiles of those years cannot be true; hours and income
were asked for from the course of 2017 on.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

FOLDER = "mturk-surveys-2026"
OTHERS = ("pop_years_991f8b2c", "yob_year", "monthly_5_decimals")
# What was asked: the file without its beginning, and the unit.
QUESTIONS = {
    "hours": ("cat_time_spent_on_mturk", "hours per week"),
    "income": ("cat_weekly_income_from_mturk", "USD per week"),
}
ANSWERS = [name for name, _ in QUESTIONS.values()]
FILES: Files = {f"{FOLDER}/{name}.csv": {} for name in ("country_year", *OTHERS, *ANSWERS)}
PLACE = "country_year.csv; pop_years.csv; yob_year.csv; monthly.csv"
TABLES = {
    "counts/mturk_years.csv": sourced("ipeirotis2026tracker", PLACE),
    "outsourcing/mturk_places.csv": sourced("ipeirotis2026tracker", "country_year.csv"),
    "income/mturk_declared.csv": {"grade": "A"},
}
YEARS = (2017, 2018, 2019, 2020)
COLUMNS = ["question", "year", "low", "high", "unit", "answers", "source_key", "locator"]
BAND = r"(?P<end>Less than |More than )?\$?(?P<low>\d+)(?:-\$?(?P<high>\d+))?(?: hours?)? per week"
COUNTRIES = {"french": "FR", "venezuelan": "VE", "malagasy": "MG"}
SIZES = {"occasions": "periods", "workers": "seen", "chao": "least"}
NAMED = {"US": "United States", "IN": "India", "VE": "Venezuela", "MG": "Madagascar"}
REST = "all others"
BORN = 1990  # the year of birth that most answers of the later years give


def make(places: pd.DataFrame, *files: pd.DataFrame) -> list[pd.DataFrame]:
    """One row a year, a year and place, a question, year and band. In the raw files y is the year,
    n are answers, w workers, v what was answered, and married a share of answers."""
    return [by_year(places, *files[:3]), placed(places), declared(*files[3:])]


def by_year(
    places: pd.DataFrame, sizes: pd.DataFrame, births: pd.DataFrame, months: pd.DataFrame
) -> pd.DataFrame:
    """One row a year."""
    places = places.fillna({"country": "NA"})  # NA is Namibia
    workers = places.pivot_table("w", index="y", columns="country", aggfunc="sum", fill_value=0)
    seen = {name: workers.get(code, 0) for name, code in COUNTRIES.items()}
    table = pd.DataFrame(seen, index=workers.index)
    table = table.assign(located=workers.sum(axis=1), answers=places.groupby("y")["n"].sum())
    size = sizes.set_index("year").rename(columns=SIZES).round().astype(int)
    then = births[births["year_of_birth"] == BORN]
    year = months["m"].str[:4].astype(int)
    shares = {
        f"born_{BORN}": then.groupby("y")["n"].sum() / births.groupby("y")["n"].sum(),
        "married": (months["married"] * months["n"]).groupby(year).sum()
        / months["n"].groupby(year).sum(),
    }
    percent = pd.DataFrame(shares).mul(100).round(1)
    return table.join(size).join(percent).rename_axis("year").reset_index()


def placed(years: pd.DataFrame) -> pd.DataFrame:
    """Workers (each once a year) and answers by year and place, also where they are nought."""
    names = {"y": "year", "w": "workers", "n": "answers"}
    named = years.assign(place=years["country"].map(NAMED).fillna(REST)).rename(columns=names)
    found = named.groupby(["year", "place"])[["workers", "answers"]].sum()
    keys = [found.index.levels[0], [*NAMED.values(), REST]]
    every = pd.MultiIndex.from_product(keys, names=["year", "place"])
    return found.reindex(every, fill_value=0).reset_index()


def declared(*files: pd.DataFrame) -> pd.DataFrame:
    """Answers by question, year and band; who was not asked is left out."""
    tables = []
    for (question, (name, unit)), rows in zip(QUESTIONS.items(), files, strict=True):
        asked = rows[rows["y"].isin(YEARS) & rows["v"].notna()]
        table = bands(asked["v"]).assign(year=asked["y"], answers=asked["n"])
        table = table.assign(source_key="ipeirotis2026tracker", locator=f"{name}.csv")
        tables.append(table.assign(question=question, unit=unit).sort_values(["year", "low"]))
    return pd.concat(tables)[COLUMNS]


def bands(answers: pd.Series) -> pd.DataFrame:
    """Least and most of each answer, as columns low and high: 2 and 4 for "2-4 hours per week", 500
    and none for "More than $500 per week"."""
    found = answers.str.extract(f"^{BAND}$")
    less = found["end"] == "Less than "
    high = found["high"].mask(less, found["low"])
    return pd.DataFrame({"low": found["low"].mask(less, "0"), "high": high}).astype("Int64")
