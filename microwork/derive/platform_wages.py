"""Pay of freelancers on one platform by country in two years, for the chapter on pay.

The raw file is the country file of the replication archive of Braesemann and others (2022). Here
only countries with a code and enough projects in both years are kept, so that the same countries
can be compared.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.supply_by_year import COUNTRY_FILE

RAW = rawfiles.listed(COUNTRY_FILE)
OUTPUTS = ("income/platform_wages.csv",)
# The years of the French survey and its publication; 2020 is partial in the file.
YEARS = (2018, 2019)
LEAST = 20  # projects in either year: with fewer, a median is mostly noise


def kept(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the raw file for countries with pay and ``LEAST`` projects or more in each of
    ``YEARS``, by code and year."""
    frame = frame.assign(year=frame["year"].str[-4:].astype(int))
    usable = (
        frame["year"].isin(YEARS) & (frame["project_count"] >= LEAST) & frame["median_wage"].notna()
    )
    coded = frame["ISO_Code"].str.fullmatch("[A-Z]{3}").fillna(False).astype(bool)
    rows = frame[usable & coded].sort_values(["ISO_Code", "year"])
    return rows[rows.groupby("ISO_Code")["year"].transform("nunique") == len(YEARS)]


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``: pay in USD per hour, to the cent."""
    rows = kept(rawfiles.read_csv(raw, COUNTRY_FILE, RAW[COUNTRY_FILE]))
    table = pd.DataFrame(
        {
            "iso3": rows["ISO_Code"],
            "country": rows["country"].str.title(),
            "year": rows["year"],
            "projects": rows["project_count"].astype(int),
            "median_wage": [round(float(pay), 2) for pay in rows["median_wage"]],
        }
    )
    place = "data/olm_data/OLM_Country_Data.csv"
    return rawfiles.tables(OUTPUTS, table, source_key="braesemann2022", locator=place, grade="A")
