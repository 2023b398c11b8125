"""What a list of searches knew, day by day in January 2020: tables from Microsoft's Bing
Coronavirus Query Set, where one line is one search in one country on one day.

A *list* is the set of searches seen up to some day. It *knows* a later line if the search of that
line stands in it, word for word.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

# A search may be the word "null" or hold a quotation mark: nothing is to be read as missing or as
# quoting.
PLAIN = {"sep": "\t", "na_values": [], "quoting": 3, "encoding": "utf-8"}
FILES: Files = {"bing-coronavirus-queries-by-country-2020-01.tsv": PLAIN}
SOURCE = sourced("bing2020", "QueriesByCountry")
TABLES = {f"retraining/corona_{name}.csv": SOURCE for name in ("days", "countries")}
RULE = "corona"  # the one hand-written rule: the search contains this string
# Days of January 2020: the last in the list, and the one for which the table by country is made.
FREEZE, TEST = 10, 31


def make(lines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The days, and the countries on the last one."""
    lines = lines.assign(
        day=pd.to_datetime(lines["Date"]).dt.day, query=lines["Query"].astype(str).str.casefold()
    ).rename(columns={"Country": "country", "PopularityScore": "popularity"})
    return days(lines), countries(lines)


def days(lines: pd.DataFrame, freeze: int = FREEZE) -> pd.DataFrame:
    """One row a day: searches, country lines, searches first seen that day, and searches known to
    the list of day ``freeze``. ``lines``: day, query, country, popularity."""
    first = lines.groupby("query")["day"].min()
    by_day = lines.groupby("day")
    known = lines[lines["query"].map(first) <= freeze]
    columns = {
        "distinct": by_day["query"].nunique(),
        "rows": by_day.size(),
        "first_seen": first.value_counts(),
        "known_distinct": known.groupby("day")["query"].nunique(),
    }
    return pd.DataFrame(columns).fillna(0).astype(int).rename_axis("day").reset_index()


def countries(lines: pd.DataFrame, freeze: int = FREEZE, test: int = TEST) -> pd.DataFrame:
    """One row per country on the day ``test``: lines and popularity; known to the list of day
    ``freeze``; found by the rule."""
    day = lines[lines["day"] == test]
    known = day["query"].isin(lines.loc[lines["day"] <= freeze, "query"])
    columns = {
        "rows": 1,
        "popularity": day["popularity"],
        "known_rows": known,
        "known_popularity": day["popularity"].where(known, 0),
        "rule_rows": day["query"].str.contains(RULE, regex=False),
    }
    return day[["country"]].assign(**columns).groupby("country").sum().astype(int).reset_index()
