"""Projects and pay by occupation on the freelance platform, 2013 to 2019: how much of it is like
data work, and what that brings.

The archive has two files by occupation. The one taken here counts all projects of a year, as the
files by country do; the other counts fewer. It does not say who buys and who sells, so no link
between countries can be split by occupation.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "olm-occupations/OLM_Occupation_Wages_Data.csv"
RAW = rawfiles.listed(FILE)
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
    """The table by its path below ``data/``."""
    table = occupations(rawfiles.read_csv(raw, FILE, RAW[FILE], sep=";"))
    source = {"source_key": "braesemann2022", "locator": "OLM_Occupation_Wages_Data"}
    return rawfiles.tables(OUTPUTS, table, **source, grade="A")
