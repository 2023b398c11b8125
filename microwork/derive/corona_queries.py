"""How many different searches for the coronavirus there were on each day of January 2020, from
Microsoft's Bing Coronavirus Query Set, where one line is one search in one country on one day."""

import pandas as pd

from microwork.derive.raw import Files, sourced

# A search may be the word "null" or hold a quotation mark: nothing is to be read as missing or as
# quoting.
PLAIN = {"sep": "\t", "na_values": [], "quoting": 3, "encoding": "utf-8"}
FILES: Files = {"bing-coronavirus-queries-by-country-2020-01.tsv": PLAIN}
TABLES = {"retraining/corona_days.csv": sourced("bing2020", "QueriesByCountry")}


def make(lines: pd.DataFrame) -> pd.DataFrame:
    """One row a day: different searches, whatever their capitals."""
    day, query = pd.to_datetime(lines["Date"]).dt.day, lines["Query"].astype(str).str.casefold()
    counts = query.groupby(day).nunique()
    return counts.rename("distinct").rename_axis("day").reset_index()
