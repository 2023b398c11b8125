"""Workers of Mechanical Turk by year: seen and least in all, seen in three countries, and what the
answers declare.

The raw files are aggregates that the author of a standing survey published.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

FOLDER = "mturk-surveys-2026"
PLACES = f"{FOLDER}/country_year.csv"
OTHERS = ("pop_years_991f8b2c", "yob_year", "monthly_5_decimals")
FILES: Files = {PLACES: {}, **{f"{FOLDER}/{name}.csv": {} for name in OTHERS}}
PLACE = "country_year.csv; pop_years.csv; yob_year.csv; monthly.csv"
TABLES = {"counts/mturk_years.csv": sourced("ipeirotis2026tracker", PLACE)}
COUNTRIES = {"french": "FR", "venezuelan": "VE", "malagasy": "MG"}
SIZES = {"occasions": "periods", "workers": "seen", "chao": "least"}
BORN = 1990  # the year of birth that most answers of the later years give


def make(
    places: pd.DataFrame, sizes: pd.DataFrame, births: pd.DataFrame, months: pd.DataFrame
) -> pd.DataFrame:
    """One row a year. In the raw files n are answers, w workers, and married a share of answers."""
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
    declared = pd.DataFrame(shares).mul(100).round(1)
    return table.join(size).join(declared).rename_axis("year").reset_index()
