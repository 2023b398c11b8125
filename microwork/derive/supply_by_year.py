"""Projects and median hourly pay by supplier country and year, and GDP per head beside them; and,
for the chapter on pay, countries in two years.

From the replication archive of Braesemann and others (2022) and the Penn World Table 10.01. Only
what the chapters use is kept: complete years (2020 stops part of the way through), pay where there
are projects enough for a median, and GDP beside such pay.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced, words

COUNTRY_FILE = "OLM_Country_Data.csv"
FILES: Files = {COUNTRY_FILE: {}, "pwt10.01.rda": {}}
TABLES = {
    "outsourcing/supply_by_year.csv": sourced("braesemann2022", "OLM_Country_Data"),
    "outsourcing/gdp_per_head.csv": sourced("pwt1001", "rgdpo/pop"),
    "income/platform_wages.csv": sourced("braesemann2022", "data/olm_data/OLM_Country_Data.csv"),
}
YEARS = (2018, 2019)  # of the French survey and its publication
LAST = 2019  # the last complete year of the archive, and the last of the Penn World Table
ENOUGH = 20  # projects in a year: below it a median says little
NO_INDEX = ("VEN",)  # its GDP rests on an official exchange rate in hyperinflation

# Names that the archive leaves without a code, or that only its network files use.
MORE_CODES = words("supply_by_year", "more_codes")


def coded(archive: pd.DataFrame) -> pd.DataFrame:
    """The country file as published, with ``year`` as an integer and ``country`` as ISO3; two names
    may share a code ("congo", "Congo Brazzaville")."""
    names = archive["country"]
    found = names.map(MORE_CODES).fillna(archive["ISO_Code"])
    return archive.assign(name=names, country=found, year=archive["year"].str[-4:].astype(int))


def codes(archive: pd.DataFrame) -> dict[str, str]:
    """ISO3 code by name of country, as the archive itself gives it, with ``MORE_CODES``."""
    rows = coded(archive)
    return dict(zip(rows["name"], rows["country"], strict=True)) | MORE_CODES


def supply(archive: pd.DataFrame) -> pd.DataFrame:
    """Columns country, year, projects, median_hourly_pay (none below ``ENOUGH``); rows with at
    least one project, to ``LAST``.

    Where two names share a code the projects are added. Two medians cannot be pooled: the pay is
    then that of the larger of the two (this happens for two codes, COG and PSE).
    """
    rows = coded(archive)
    rows = rows[(rows["project_count"] > 0) & (rows["year"] <= LAST)]
    rows = rows.sort_values("project_count", ascending=False, kind="stable")
    by = rows.groupby(["country", "year"])
    projects, pay = by["project_count"].sum(), by["median_wage"].agg(lambda pays: pays.iloc[0])
    table = {"projects": projects, "median_hourly_pay": pay.where(projects >= ENOUGH)}
    return pd.DataFrame(table).reset_index()


def penn(table: pd.DataFrame) -> pd.DataFrame:
    """Columns country, year, gdp_per_head (output side, 2017 international dollars) of the Penn
    World Table."""
    rows = table.dropna(subset=["rgdpo", "pop"])
    return pd.DataFrame(
        {
            "country": rows["isocode"].astype(str),
            "year": rows["year"].astype(int),
            "gdp_per_head": (rows["rgdpo"].astype(float) / rows["pop"].astype(float)).round(2),
        }
    )


def make(archive: pd.DataFrame, table: pd.DataFrame) -> list[pd.DataFrame]:
    """Supply, with pay only where the Penn World Table has the country and year; GDP per head where
    there is pay, but for ``NO_INDEX``."""
    counts, pwt = supply(archive), penn(table)
    both = counts.merge(pwt, on=["country", "year"], how="left")
    pay = both["median_hourly_pay"].where(both["gdp_per_head"].notna())
    paid = both[pay.notna() & ~both["country"].isin(NO_INDEX)]
    return [
        counts.assign(median_hourly_pay=pay),
        paid[["country", "year", "gdp_per_head"]],
        platform_wages(archive),
    ]


def platform_wages(archive: pd.DataFrame) -> pd.DataFrame:
    """Pay in USD per hour, to the cent, by code and year: of countries with a code and ``ENOUGH``
    projects in both of ``YEARS``, so that the same countries can be compared."""
    table = pd.DataFrame(
        {
            "iso3": archive["ISO_Code"],
            "country": archive["country"].str.title(),
            "year": archive["year"].str[-4:].astype(int),
            "projects": archive["project_count"].astype(int),
            "median_wage": archive["median_wage"].round(2),
        }
    ).dropna()
    table = table[table["year"].isin(YEARS) & (table["projects"] >= ENOUGH)]
    table = table[table["iso3"].str.fullmatch("[A-Z]{3}")].sort_values(["iso3", "year"])
    return table[table.groupby("iso3")["year"].transform("nunique") == len(YEARS)]
