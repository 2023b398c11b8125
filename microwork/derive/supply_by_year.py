"""Projects and median hourly pay by supplier country and year, GDP per head beside them, and three
price levels.

Two sources: the country file of the replication archive of Braesemann and others (2022), and the
Penn World Table 10.01. Only what the chapter uses is kept: complete years (2020 stops part of the
way through), pay where there are projects enough for a median, and GDP beside such pay.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

COUNTRY_FILE = "OLM_Country_Data.csv"
PWT_FILE = "pwt10.01.rda"
RAW = rawfiles.listed(COUNTRY_FILE, PWT_FILE)
OUTPUTS = (
    "outsourcing/supply_by_year.csv",
    "outsourcing/gdp_per_head.csv",
    "outsourcing/price_levels.csv",
)

LAST = 2019  # the last complete year of the archive, and the last of the Penn World Table
ENOUGH = 20  # projects in a year: below it a median says little
NO_INDEX = ("VEN",)  # its GDP and price level rest on an official exchange rate in hyperinflation
PRICED = ("FRA", "MDG", "VEN")  # whose price level of the last year the chapter shows

# Names that the archive leaves without a code, or that only its network files use.
MORE_CODES = {
    "bonaire": "BES",
    "micronesia": "FSM",
    "netherlands antilles": "ANT",
    "croatia (hrvatska)": "HRV",
    "korea": "KOR",
    "hong kong sar": "HKG",
    "equatorial guinea": "GNQ",
    "montserrat": "MSR",
    "vanuatu": "VUT",
}


def country_data(folder: Path) -> pd.DataFrame:
    """The country file as published, with ``year`` as an integer and ``country`` as ISO3.

    Shape: one row per name and year; two names may share a code ("congo", "Congo Brazzaville").
    Raises ``RawError``, also if a name has no code.
    """
    frame = rawfiles.read_csv(folder, COUNTRY_FILE, RAW[COUNTRY_FILE])
    codes = frame["country"].map(MORE_CODES).fillna(frame["ISO_Code"])
    if codes.isna().any():
        raise rawfiles.RawError(
            f"{COUNTRY_FILE}: no ISO code for {', '.join(frame['country'][codes.isna()].unique())}"
        )
    return frame.assign(
        name=frame["country"], country=codes, year=frame["year"].str[-4:].astype(int)
    )


def codes(folder: Path) -> dict[str, str]:
    """ISO3 code by name of country, as the archive itself gives it, with ``MORE_CODES``."""
    frame = country_data(folder)
    return dict(zip(frame["name"], frame["country"], strict=True)) | MORE_CODES


def supply(folder: Path) -> pd.DataFrame:
    """Columns country, year, projects, median_hourly_pay (none below ``ENOUGH``); rows with at
    least one project, to ``LAST``.

    Where two names share a code the projects are added. Two medians cannot be pooled: the pay is
    then that of the larger of the two (this happens for two codes, COG and PSE).
    """
    frame = country_data(folder)
    frame = frame[(frame["project_count"] > 0) & (frame["year"] <= LAST)]
    by = frame.sort_values("project_count", ascending=False, kind="stable").groupby(
        ["country", "year"], sort=True
    )
    projects, pay = by["project_count"].sum(), by["median_wage"].agg(lambda pay: pay.iloc[0])
    return pd.DataFrame(
        {"projects": projects, "median_hourly_pay": pay.where(projects >= ENOUGH)}
    ).reset_index()


def penn(folder: Path) -> pd.DataFrame:
    """Columns country, year, gdp_per_head (output side, 2017 international dollars), price_level
    (USA 2017 = 1).

    GDP per head is ``rgdpo / pop``; the price level is ``pl_gdpo``. Raises ``RawError``.
    """
    frame = rawfiles.read_rda(folder, PWT_FILE, RAW[PWT_FILE]).dropna(
        subset=["rgdpo", "pop", "pl_gdpo"]
    )
    return pd.DataFrame(
        {
            "country": frame["isocode"].astype(str),
            "year": frame["year"].astype(int),
            "gdp_per_head": (frame["rgdpo"].astype(float) / frame["pop"].astype(float)).round(2),
            "price_level": frame["pl_gdpo"].astype(float).round(6),
        }
    )


def covered(counts: pd.DataFrame, pwt: pd.DataFrame) -> pd.DataFrame:
    """``supply`` with pay only where the Penn World Table has the country and year."""
    known = pd.MultiIndex.from_frame(counts[["country", "year"]]).isin(
        pd.MultiIndex.from_frame(pwt[["country", "year"]])
    )
    return counts.assign(median_hourly_pay=counts["median_hourly_pay"].where(known))


def gdp_per_head(counts: pd.DataFrame, pwt: pd.DataFrame) -> pd.DataFrame:
    """Columns country, year, gdp_per_head: the rows of ``covered`` that have pay, without
    ``NO_INDEX``."""
    paid = counts[counts["median_hourly_pay"].notna() & ~counts["country"].isin(NO_INDEX)]
    return paid[["country", "year"]].merge(pwt, on=["country", "year"])[
        ["country", "year", "gdp_per_head"]
    ]


def price_levels(pwt: pd.DataFrame) -> pd.DataFrame:
    """Columns country, year, price_level: the countries ``PRICED`` in the last year."""
    rows = pwt[(pwt["year"] == LAST) & pwt["country"].isin(PRICED)]
    return rows[["country", "year", "price_level"]].sort_values("country")


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    pwt = penn(raw)
    counts = covered(supply(raw), pwt)
    return rawfiles.tables(
        OUTPUTS,
        counts.assign(source_key="braesemann2022", locator="OLM_Country_Data"),
        gdp_per_head(counts, pwt).assign(source_key="pwt1001", locator="rgdpo/pop"),
        price_levels(pwt).assign(source_key="pwt1001", locator="pl_gdpo"),
        grade="A",
    )
