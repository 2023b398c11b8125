"""Mechanical Turk by year, 2015 to 2022: workers located in France, in all countries, and the least there were.

Both raw files are aggregates of the author's standing survey, published under Apache-2.0.

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
PUBLISHED = "GitHub ipeirotis/mturk-surveys, docs/homage-video/data"
RAW = {
    PLACES: Raw(
        "20fef002cf69e95689a25c0b7c4e840c9f47cc21efcc5f84763689d4a24e7027", f"{PUBLISHED}/country_year.csv, commit db600a2958c5"
    ),
    SIZES: Raw(
        "e5be9537623c2273291913a9a338dc8a6a424f0171155a6e34f5707ce7cfd691", f"{PUBLISHED}/pop_years.csv, commit 991f8b2cf8bc"
    ),
}
OUTPUTS = ("counts/mturk_years.csv",)
LAST = 2022  # the year of the last claim of the press


def by_year(places: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """``places``: columns y, country, w (workers); ``sizes``: year, chao. Columns: year, french, located, least."""
    workers = places.pivot_table(index="y", columns="country", values="w", aggfunc="sum", fill_value=0)
    found = pd.DataFrame({"french": workers["FR"], "located": workers.sum(axis="columns")})
    found = found.join(sizes.set_index("year")["chao"].round().astype(int).rename("least"))
    return found[found.index <= LAST].rename_axis("year").reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``. Raises ``RawError`` if a raw file is missing or another."""
    places = rawfiles.read_csv(raw, PLACES, RAW[PLACES]).fillna({"country": "NA"})  # Namibia
    table = by_year(places, rawfiles.read_csv(raw, SIZES, RAW[SIZES]))
    table = table.assign(source_key="ipeirotis2026tracker", locator="country_year.csv; pop_years.csv", grade="A")
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
