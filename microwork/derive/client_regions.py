"""Projects by region of the client, for the clients of the chapter's links and those where French
is one language of several.

Canada, Belgium and Switzerland are French-speaking in a part only. Their regions are sorted into a
French-speaking part and the other one, so that a shared language can be told from a country's name.
All other clients are kept because their regions show how far a link varies between places, and so
how uncertain it is.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import project_pairs
from microwork.derive import raw as rawfiles

RAW = project_pairs.RAW
OUTPUTS = ("outsourcing/client_regions.csv",)

# Regions where most people speak French, by client; all of France. New Brunswick is bilingual, and
# two in three speak English.
FRENCH = {
    "CAN": {"Quebec"},
    "BEL": {"Wallonia", "Brussels"},
    "CHE": {"Vaud", "Geneva", "Neuchâtel", "Jura", "Fribourg", "Valais"},
}
CLIENTS = ("FRA", *FRENCH, "ARE", "AUS", "CHN", "DEU", "ESP", "GBR", "PRT", "SAU", "USA")
# The archive spells some regions in two ways.
SPELLINGS = {
    "Québec": "Quebec",
    "Wallonie": "Wallonia",
    "Vlaanderen": "Flanders",
    "Brussels Hoofdstedelijk Gewest": "Brussels",
    "Genève": "Geneva",
    "Zürich": "Zurich",
    "Bern": "Canton of Bern",
    "Zug": "Canton of Zug",
    "": "not named",
}


def regions(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per client of ``CLIENTS``, region and supplier with a project; ``frame`` as
    ``project_pairs.network`` gives it.

    Columns client, region, part ("French-speaking" or "other"; a region without a name is "other"),
    supplier, projects (2014 and 2015 together).
    """
    frame = frame[frame["client"].isin(CLIENTS)]
    frame = frame.assign(region=frame["client_region"].replace(SPELLINGS))
    table = frame.groupby(["client", "region", "supplier"], as_index=False)["projects"].sum()
    speaks = [
        c == "FRA" or region in FRENCH.get(c, ())
        for c, region in zip(table["client"], table["region"], strict=True)
    ]
    table.insert(2, "part", ["French-speaking" if yes else "other" for yes in speaks])
    return table.sort_values(["client", "region", "supplier"], ignore_index=True)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    table = regions(project_pairs.network(raw))
    source = {"source_key": "braesemann2022", "locator": "network_data", "grade": "A"}
    return rawfiles.tables(OUTPUTS, table, **source)
