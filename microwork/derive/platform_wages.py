"""Pay of freelancers on one platform by country in two years, for the chapter on pay.

The raw file is the country file of the replication archive of Braesemann and others (2022). Here
only countries with a code and enough projects in both years are kept, so that the same countries
can be compared.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced
from microwork.derive.supply_by_year import COUNTRY_FILE

FILES: Files = {COUNTRY_FILE: {}}
SOURCE = sourced("braesemann2022", "data/olm_data/OLM_Country_Data.csv")
TABLES = {"income/platform_wages.csv": SOURCE}
# The years of the French survey and its publication; 2020 is partial in the file.
YEARS = (2018, 2019)
LEAST = 20  # projects in either year: with fewer, a median is mostly noise


def make(archive: pd.DataFrame) -> pd.DataFrame:
    """Pay in USD per hour, to the cent, by code and year."""
    table = pd.DataFrame(
        {
            "iso3": archive["ISO_Code"],
            "country": archive["country"].str.title(),
            "year": archive["year"].str[-4:].astype(int),
            "projects": archive["project_count"].astype(int),
            "median_wage": archive["median_wage"].round(2),
        }
    ).dropna()
    table = table[table["year"].isin(YEARS) & (table["projects"] >= LEAST)]
    table = table[table["iso3"].str.fullmatch("[A-Z]{3}")].sort_values(["iso3", "year"])
    return table[table.groupby("iso3")["year"].transform("nunique") == len(YEARS)]
