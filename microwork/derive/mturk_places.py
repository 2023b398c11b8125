"""Where the workers of Mechanical Turk were, 2015 to 2026, for the chapter on outsourcing.

The raw file is an aggregate of the author's standing survey, published under Apache-2.0. It lists a
country in a year only if somebody answered from there, so a country without a row has nought.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import mturk_years
from microwork.derive import raw as rawfiles

FILE = mturk_years.PLACES
RAW = rawfiles.listed(FILE)
OUTPUTS = ("outsourcing/mturk_places.csv",)
PLACES = {"US": "United States", "IN": "India", "VE": "Venezuela", "MG": "Madagascar"}
REST = "all others"


def places(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per year and place, also where it is nought: year, place, workers, answers.

    ``frame``: columns y, country, w (workers, once a year), n (answers).
    """
    named = frame.assign(place=frame["country"].map(PLACES).fillna(REST))
    named = named.rename(columns={"y": "year", "w": "workers", "n": "answers"})
    found = named.groupby(["year", "place"])[["workers", "answers"]].sum()
    every = pd.MultiIndex.from_product(
        [found.index.levels[0], [*PLACES.values(), REST]], names=["year", "place"]
    )
    return found.reindex(every, fill_value=0).reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    table = places(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    source = {"source_key": "ipeirotis2026tracker", "locator": "country_year.csv", "grade": "A"}
    return rawfiles.tables(OUTPUTS, table, **source)
