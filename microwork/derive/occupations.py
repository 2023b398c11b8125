"""Projects and pay by occupation on the freelance platform, 2013 to 2019: how much of it is like
data work, and what that brings.

The archive has two files by occupation. The one taken here counts all projects of a year, as the
files by country do; the other counts fewer. It does not say who buys and who sells, so no link
between countries can be split by occupation.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

FILES: Files = {"olm-occupations/OLM_Occupation_Wages_Data.csv": {"sep": ";"}}
SOURCE = sourced("braesemann2022", "OLM_Occupation_Wages_Data")
TABLES = {"outsourcing/occupations.csv": SOURCE}
LAST = 2019  # the archive's 2020 stops part of the way through


def make(archive: pd.DataFrame) -> pd.DataFrame:
    """One row per occupation and complete year ("01.01.15" is 2015), pay in USD."""
    table = pd.DataFrame(
        {
            "occupation": archive["detailedOccupations"],
            "soc": archive["SOC4"],
            "year": 2000 + archive["year"].str[-2:].astype(int),
            "projects": archive["count"].astype(int),
            "median_hourly_pay": archive["median_wage"],
        }
    )
    return table[table["year"] <= LAST].sort_values(["soc", "year"])
