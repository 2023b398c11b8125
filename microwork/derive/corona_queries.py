"""What a list of searches knew, day by day in January 2020: tables from Microsoft's Bing
Coronavirus Query Set.

The set holds searches that Bing found, looking back, to be about the coronavirus; one line is one
search in one country on one day. A *list* is the set of searches seen up to some day. It *knows* a
later line if the search of that line stands in it, word for word.
"""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "bing-coronavirus-queries-by-country-2020-01.tsv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("retraining/corona_days.csv", "retraining/corona_countries.csv")

RULE = "corona"  # the one hand-written rule: the search contains this string
# Days of January 2020: the last in the list, and the one for which the table by country is made.
FREEZE, TEST = 10, 31
COLUMNS = ["day", "query", "country", "popularity"]


def read(content: bytes) -> pd.DataFrame:
    """The raw file as a frame with ``COLUMNS``: day of January (1 to 31), popularity 1 to 100
    within country and day."""
    # A search may be the word "null" or hold a quotation mark: nothing is to be read as missing or
    # as quoting.
    frame = pd.read_csv(
        io.BytesIO(content), sep="\t", keep_default_na=False, quoting=3, encoding="utf-8"
    )
    return pd.DataFrame(
        {
            "day": pd.to_datetime(frame["Date"]).dt.day,
            "query": frame["Query"].astype(str).str.casefold(),
            "country": frame["Country"],
            "popularity": frame["PopularityScore"].astype(int),
        }
    )


def days(lines: pd.DataFrame, freeze: int = FREEZE) -> pd.DataFrame:
    """One row a day: searches, country lines, searches first seen that day, and searches known to
    the list of day ``freeze``."""
    first = lines.groupby("query")["day"].min()
    by_day = lines.groupby("day")
    known = lines[lines["query"].map(first) <= freeze]
    table = pd.DataFrame(
        {
            "distinct": by_day["query"].nunique(),
            "rows": by_day.size(),
            "first_seen": first.value_counts(),
            "known_distinct": known.groupby("day")["query"].nunique(),
        }
    )
    return table.fillna(0).astype(int).rename_axis("day").reset_index()


def countries(lines: pd.DataFrame, freeze: int = FREEZE, test: int = TEST) -> pd.DataFrame:
    """One row per country on the day ``test``: lines and popularity; known to the list of day
    ``freeze``; found by the rule."""
    day = lines[lines["day"] == test]
    listed = set(lines.loc[lines["day"] <= freeze, "query"])
    known, ruled = day["query"].isin(listed), day["query"].str.contains(RULE, regex=False)
    table = {
        "rows": day.groupby("country").size(),
        "popularity": day.groupby("country")["popularity"].sum(),
        "known_rows": known.groupby(day["country"]).sum(),
        "known_popularity": day["popularity"].where(known, 0).groupby(day["country"]).sum(),
        "rule_rows": ruled.groupby(day["country"]).sum(),
    }
    return pd.DataFrame(table).astype(int).rename_axis("country").reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    lines = read(rawfiles.read(raw, FILE, RAW[FILE]))
    named = {"source_key": "bing2020", "locator": "QueriesByCountry", "grade": "A"}
    return rawfiles.tables(OUTPUTS, days(lines), countries(lines), **named)
