"""Projects and pay by occupation on the freelance platform, 2013 to 2019: how much of it is like
data work, and what that brings.

    python -m microwork.derive.occupations --raw DIR --out data/outsourcing/

The archive has two files by occupation. The one taken here counts all projects of a year, as the
files by country do; the other counts fewer. It does not say who buys and who sells, so no link
between countries can be split by occupation.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "olm-occupations/OLM_Occupation_Wages_Data.csv"
RAW = {
    FILE: Raw(
        "5d69132b7a393d86330e095f910bb978af86b4869d5a56012959ad9d18efcc7b",
        "https://github.com/Braesemann/remotework, folder data/olm_data/, commit f4d98cf6",
    )
}
OUTPUTS = ("outsourcing/occupations.csv",)
LAST = 2019  # the archive's 2020 stops part of the way through


def occupations(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per occupation and complete year: occupation, soc, year, projects, median_hourly_pay
    (USD).

    ``frame``: columns SOC4, detailedOccupations, year ("01.01.15" for 2015), count, median_wage.
    """
    table = pd.DataFrame(
        {
            "occupation": frame["detailedOccupations"],
            "soc": frame["SOC4"],
            "year": 2000 + frame["year"].str[-2:].astype(int),
            "projects": frame["count"].astype(int),
            "median_hourly_pay": frame["median_wage"],
        }
    )
    return table[table["year"] <= LAST].sort_values(["soc", "year"], ignore_index=True)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``.

    Raises ``RawError`` if the raw file is missing or another.
    """
    table = occupations(rawfiles.read_csv(raw, FILE, RAW[FILE], sep=";"))
    table = table.assign(
        source_key="braesemann2022", locator="OLM_Occupation_Wages_Data", grade="A"
    )
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
