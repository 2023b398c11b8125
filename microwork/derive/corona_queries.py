"""What a list of searches knew, day by day in January 2020: tables from Microsoft's Bing Coronavirus Query Set.

The set holds searches that Bing found, looking back, to be about the coronavirus; one line is one search in one
country on one day. A *list* is the set of searches seen up to some day. It *knows* a later line if the search of
that line stands in it, word for word.

    python -m microwork.derive.corona_queries --raw DIR --out data/retraining/
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "bing-coronavirus-queries-by-country-2020-01.tsv"
RAW = {
    FILE: Raw(
        "6d5b769a985d2879659d1a6b81a092088531517ba1f5a1ab5af9fa53b96be08a",
        "https://github.com/microsoft/BingCoronavirusQuerySet, "
        "file data/2020/QueriesByCountry_2020-01-01_2020-01-31.tsv, commit decc9398",
    )
}
OUTPUTS = ("retraining/corona_days.csv", "retraining/corona_coverage.csv", "retraining/corona_countries.csv")

RULE = "corona"  # the one hand-written rule: the search contains this string
BEER = "beer|bier|bière|birra|cerveja|cerveza"  # the drink, in five languages of Europe
FREEZE, TEST = 10, 31  # days of January 2020 for which the table by country is made
BUDGETS = {"frozen": 0, "25": 25, "100": 100, "all": None}  # new searches labelled a day
COLUMNS = ["day", "query", "country", "popularity", "explicit"]


def read(content: bytes) -> pd.DataFrame:
    """The raw file as a frame with ``COLUMNS``: day of January (1 to 31), popularity 1 to 100 within country and day."""
    # A search may be the word "null" or hold a quotation mark: nothing is to be read as missing or as quoting.
    frame = pd.read_csv(io.BytesIO(content), sep="\t", keep_default_na=False, quoting=3, encoding="utf-8")
    return pd.DataFrame(
        {
            "day": pd.to_datetime(frame["Date"]).dt.day,
            "query": frame["Query"].astype(str).str.casefold(),
            "country": frame["Country"],
            "popularity": frame["PopularityScore"].astype(int),
            "explicit": ~frame["IsImplicitIntent"].astype(bool),
        }
    )


def days(lines: pd.DataFrame) -> pd.DataFrame:
    """One row a day: searches, country lines, popularity; those first seen that day; those the rule finds; beer."""
    first = lines.groupby("query")["day"].min()
    drink = lines["query"].str.contains(BEER)
    ruled = lines[lines["query"].str.contains(RULE, regex=False)]
    by_day = lines.groupby("day")
    table = pd.DataFrame(
        {
            "distinct": by_day["query"].nunique(),
            "rows": by_day.size(),
            "popularity": by_day["popularity"].sum(),
            "first_seen": first.value_counts(),
            "explicit_distinct": lines[lines["explicit"]].groupby("day")["query"].nunique(),
            "rule_distinct": ruled.groupby("day")["query"].nunique(),
            "beer_rows": lines[drink].groupby("day").size(),
            "beer_first_seen": first[first.index.str.contains(BEER)].value_counts(),
        }
    )
    return table.fillna(0).astype(int).rename_axis("day").reset_index()


def known(day: pd.DataFrame, listed: set[str]) -> dict[str, float]:
    """What a list knows of one day's lines: counts, and the mean over countries of the share of popularity known (percent)."""
    inside = day["query"].isin(listed)
    weight = day["popularity"].where(inside, 0).groupby(day["country"]).sum() / day["popularity"].groupby(day["country"]).sum()
    return {
        "known_distinct": int(day.loc[inside, "query"].nunique()),
        "known_rows": int(inside.sum()),
        "known_popularity": int(day.loc[inside, "popularity"].sum()),
        "known_country_share": round(100 * float(weight.mean()), 3),
    }


def to_label(day: pd.DataFrame, listed: set[str], budget: int | None) -> list[str]:
    """The searches of a day that are labelled: those not in the list, most popular first, at most ``budget``.

    Popularity is summed over countries; ties go to the search seen in more countries, then to the alphabet.
    """
    new = day[~day["query"].isin(listed)]
    rank = new.groupby("query").agg(popularity=("popularity", "sum"), countries=("country", "nunique")).reset_index()
    rank = rank.sort_values(["popularity", "countries", "query"], ascending=[False, False, True])
    return list(rank["query"] if budget is None else rank["query"].head(budget))


def coverage(lines: pd.DataFrame) -> pd.DataFrame:
    """For every freeze day, labelling policy and later day: what the list knows of that day *before* anything of it is labelled.

    What is labelled on a day is in the list from the next day on. ``labels`` counts those made since the freeze.
    """
    by_day = dict(tuple(lines.groupby("day")))
    rows = []
    for freeze in sorted(by_day)[:-1]:
        for policy, budget in BUDGETS.items():
            listed = set(lines.loc[lines["day"] <= freeze, "query"])
            labels = 0
            for day in (d for d in sorted(by_day) if d > freeze):
                rows.append({"freeze": freeze, "policy": policy, "day": day, "labels": labels} | known(by_day[day], listed))
                if budget != 0:
                    fresh = to_label(by_day[day], listed, budget)
                    labels += len(fresh)
                    listed.update(fresh)
    return pd.DataFrame(rows)


def used(table: pd.DataFrame) -> pd.DataFrame:
    """What the chapter shows of ``coverage``: every frozen list, without labels; of those that learn, ``FREEZE`` on ``TEST``."""
    frozen = table["policy"] == "frozen"
    table = table[frozen | ((table["freeze"] == FREEZE) & (table["day"] == TEST))]
    return table.assign(labels=table["labels"].astype("Int64").mask(table["policy"] == "frozen"))


def countries(lines: pd.DataFrame, freeze: int = FREEZE, test: int = TEST) -> pd.DataFrame:
    """One row per country on the day ``test``: lines and popularity; known to the list of day ``freeze``; found by the rule."""
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
    """The three tables by their path below ``data/``. Raises ``RawError`` if the raw file is missing or another."""
    lines = read(rawfiles.read(raw, FILE, RAW[FILE]))
    named = {"source_key": "bing2020", "locator": "QueriesByCountry", "grade": "A"}
    tables = (days(lines), used(coverage(lines)), countries(lines))
    return {path: rawfiles.to_csv(table.assign(**named)) for path, table in zip(OUTPUTS, tables, strict=True)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
