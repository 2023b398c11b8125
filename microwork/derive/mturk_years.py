"""Workers of Mechanical Turk by year: seen and least in all, seen in three countries, and what the
answers declare.

The raw files are aggregates that the author of a standing survey published.

    python -m microwork.derive.mturk_years --raw DIR --out data/counts/
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FOLDER = "mturk-surveys-2026"
PLACES, SIZES = f"{FOLDER}/country_year.csv", f"{FOLDER}/pop_years_991f8b2c.csv"
BIRTHS, MONTHS = f"{FOLDER}/yob_year.csv", f"{FOLDER}/monthly_5_decimals.csv"
PUBLISHED = "GitHub ipeirotis/mturk-surveys, docs/homage-video/data"
RAW = {
    PLACES: Raw(
        "20fef002cf69e95689a25c0b7c4e840c9f47cc21efcc5f84763689d4a24e7027",
        f"{PUBLISHED}/country_year.csv, commit db600a2958c5",
    ),
    SIZES: Raw(
        "e5be9537623c2273291913a9a338dc8a6a424f0171155a6e34f5707ce7cfd691",
        f"{PUBLISHED}/pop_years.csv, commit 991f8b2cf8bc",
    ),
    BIRTHS: Raw(
        "dd52c1be040d66c88ee6aff1b3d89868a0860d5123c6fa8e2894c89c5385cb60",
        f"{PUBLISHED}/yob_year.csv, commit db600a2958c5",
    ),
    MONTHS: Raw(
        "37c10a3cdeaf5785327dd29c9532ce0b15a6228cbea07395df44a4e56c7e13b9",
        f"{PUBLISHED}/monthly.csv, commit db600a2958c5, with five decimals and without the shares"
        " by country",
    ),
}
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
    """The tables by their paths below ``data/``.

    Raises ``RawError`` if a raw file is missing or another.
    """

    def read(name: str) -> pd.DataFrame:
        return rawfiles.read_csv(raw, name, RAW[name])

    years = by_year(read(PLACES).fillna({"country": "NA"}), read(SIZES))  # NA is Namibia
    years = years.join(declared(read(BIRTHS), read(MONTHS)), on="year")
    files = "country_year.csv; pop_years.csv; yob_year.csv; monthly.csv"
    return {
        OUTPUTS[0]: rawfiles.to_csv(
            years.assign(source_key="ipeirotis2026tracker", locator=files, grade="A")
        )
    }


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
