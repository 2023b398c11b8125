"""Rows of tables as rows of families."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.answers import Family
from tallybook.claims import standing
from tallybook.data.provenance import untraced

SURVEYS, SINCE = "profile/crowd_surveys", "profile/since"
CROWDFLOWER, APPEN, TURK, PROLIFIC = "CrowdFlower", "Appen", "Mechanical Turk", "Prolific"
NEW_APPEN, WORLD = "Appen, new crowd", "world"
LATER = ("uncertainty", "trust")  # surveys on Appen after the break, which state no date


def taken(frame: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Rows of a table as rows of a family, without those of grade C or without a value. Each
    column is one of the table by its name, what a function makes of the table, or the same in
    every row."""
    found = frame[["source_key"]].copy()
    for name, given in columns.items():
        made = given(frame) if callable(given) else given
        is_column = isinstance(made, str) and made in frame
        found[name] = frame[made] if is_column else made
    found["n"] = found["n"].astype("Float64").astype(float) if "n" in found else np.nan
    sound = frame["grade"] != "C" if "grade" in frame else True
    return found[sound & found["value"].notna()]


def published(table: str, fact_id: str, **columns: Any) -> pd.DataFrame:
    """One published value, and on how many it was measured if the table says so."""
    frame = pd.DataFrame([data.fact(table, fact_id)])
    return taken(frame, **{"value": "value", "n": frame.get("n", np.nan), **columns})


def ratio(table: str, part: str, whole: str, **columns: Any) -> pd.DataFrame:
    """A published count or share over another, in percent; of a range, the middle and the ends."""
    over, under = data.fact(table, part), middle(data.fact(table, whole))
    found = {"source_key": over["source_key"], "value": 100 * middle(over) / under, **columns}
    if pd.isna(over["value"]):
        found |= {side: 100 * over[side] / under for side in ("low", "high")}
    return pd.DataFrame([found])


def middle(fact: pd.Series) -> float:
    """A published value, or the middle of a published range."""
    ends = fact["low"] * fact["high"] if pd.isna(fact["value"]) else fact["value"] ** 2
    return float(np.sqrt(ends))


def family(name: str, scale: str, groups: tuple[str, ...], *parts: Any, block: Any = ()) -> Family:
    """A family of parts, which may be lists of parts."""
    every = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    rows = pd.concat(every, ignore_index=True)
    return Family(name, scale, rows, groups, *([block] if block else []))


def crowd(frame: pd.DataFrame) -> pd.Series:
    """The platform of a survey, and after the break the crowd that took its place."""
    return frame["platform"].where(~frame["survey"].isin(LATER), NEW_APPEN)


def sound(frame: pd.DataFrame) -> pd.DataFrame:
    """The years in which what people declare on Mechanical Turk can be true."""
    return frame[frame["year"] < int(data.row("regimes", "mturk-declared")["date"])]


def by_witness(part: pd.DataFrame) -> pd.DataFrame:
    """Rows with those who stand behind their source, such as a laboratory with many surveys."""
    with untraced():
        known = standing.table()
    return part.assign(witness=[known[key].witness for key in part["source_key"]])


@cache
def _codes() -> dict[str, str]:
    with untraced():
        countries = data.table("outsourcing/countries")
    return {
        **dict(zip(countries["name"], countries["country"], strict=True)),
        "United States": "USA",
    }


def place(frame: pd.DataFrame) -> pd.Series:
    """Countries by their codes; all else as it is called."""
    return frame["country"].map(lambda name: _codes().get(name, name))


def year(frame: pd.DataFrame) -> pd.Series:
    """The year of a month or year, as text; missing where none is stated."""
    years = frame["month" if "month" in frame else "year"].astype("string").str[:4]
    return years.astype(object).where(years.notna(), None)
