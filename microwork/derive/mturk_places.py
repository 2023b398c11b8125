"""Where the workers of Mechanical Turk were, 2015 to 2026, for the chapter on outsourcing.

The raw file is an aggregate of the author's standing survey, published under Apache-2.0. It lists a
country in a year only if somebody answered from there, so a country without a row has nought.
"""

import pandas as pd

from microwork.derive import mturk_years
from microwork.derive.raw import Files, sourced

FILES: Files = {mturk_years.PLACES: {}}
SOURCE = sourced("ipeirotis2026tracker", "country_year.csv")
TABLES = {"outsourcing/mturk_places.csv": SOURCE}
PLACES = {"US": "United States", "IN": "India", "VE": "Venezuela", "MG": "Madagascar"}
REST = "all others"


def make(years: pd.DataFrame) -> pd.DataFrame:
    """Workers (each once a year) and answers by year and place, also where they are nought."""
    names = {"y": "year", "w": "workers", "n": "answers"}
    named = years.assign(place=years["country"].map(PLACES).fillna(REST)).rename(columns=names)
    found = named.groupby(["year", "place"])[["workers", "answers"]].sum()
    keys = [found.index.levels[0], [*PLACES.values(), REST]]
    every = pd.MultiIndex.from_product(keys, names=["year", "place"])
    return found.reindex(every, fill_value=0).reset_index()
