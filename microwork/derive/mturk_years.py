"""Workers of Mechanical Turk by year: seen and least in all, seen in three countries, and what the
answers declare.

The raw files are aggregates that the author of a standing survey published.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FOLDER = "mturk-surveys-2026"
PLACES, SIZES = f"{FOLDER}/country_year.csv", f"{FOLDER}/pop_years_991f8b2c.csv"
BIRTHS, MONTHS = f"{FOLDER}/yob_year.csv", f"{FOLDER}/monthly_5_decimals.csv"
RAW = rawfiles.listed(PLACES, SIZES, BIRTHS, MONTHS)
OUTPUTS = ("counts/mturk_years.csv",)
COUNTRIES = {"french": "FR", "venezuelan": "VE", "malagasy": "MG"}
BORN = 1990  # the year of birth that most answers of the later years give


def by_year(places: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """``places``: columns y, country, n (answers), w (workers); ``sizes``: year, occasions,
    workers, chao.

    Columns: year, french, venezuelan, malagasy, located, answers, periods, seen, least.
    """
    workers = places.pivot_table(
        index="y", columns="country", values="w", aggfunc="sum", fill_value=0
    )
    found = pd.DataFrame(
        {name: workers.get(code, 0) for name, code in COUNTRIES.items()}, index=workers.index
    )
    found = found.assign(
        located=workers.sum(axis="columns"), answers=places.groupby("y")["n"].sum()
    )
    size = sizes.set_index("year").rename(
        columns={"occasions": "periods", "workers": "seen", "chao": "least"}
    )
    return found.join(size.round().astype(int)).rename_axis("year").reset_index()


def declared(births: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """``births``: columns y, year_of_birth, n (answers); ``months``: m (month), n (answers),
    married (share of them).

    Index year; columns: born_1990, married (percent of the answers of the year, with one decimal).
    """
    born = (
        births[births["year_of_birth"] == BORN].groupby("y")["n"].sum()
        / births.groupby("y")["n"].sum()
    )
    year = months["m"].str[:4].astype(int)
    married = (months["married"] * months["n"]).groupby(year).sum() / months["n"].groupby(
        year
    ).sum()
    return pd.DataFrame({f"born_{BORN}": born, "married": married}).mul(100).round(1)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    places, sizes, births, months = (rawfiles.read_csv(raw, name, one) for name, one in RAW.items())
    years = by_year(places.fillna({"country": "NA"}), sizes)  # NA is Namibia
    years = years.join(declared(births, months), on="year")
    files = "country_year.csv; pop_years.csv; yob_year.csv; monthly.csv"
    source = {"source_key": "ipeirotis2026tracker", "locator": files, "grade": "A"}
    return rawfiles.tables(OUTPUTS, years, **source)
