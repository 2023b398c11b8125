"""Projects by region of the client, for the clients of the chapter's links and those where French
is one language of several.

Canada, Belgium and Switzerland are French-speaking in a part only. Their regions are sorted into a
French-speaking part and the other one, so that a shared language can be told from a country's name.
All other clients are kept because their regions show how far a link varies between places, and so
how uncertain it is.
"""

import pandas as pd

from microwork.derive import project_pairs
from microwork.derive.raw import words

FILES = project_pairs.FILES
TABLES = {"outsourcing/client_regions.csv": project_pairs.SOURCE}
# Regions where most people speak French, by client; all of France. New Brunswick is bilingual, and
# two in three speak English.
FRENCH = {
    "CAN": {"Quebec"},
    "BEL": {"Wallonia", "Brussels"},
    "CHE": {"Vaud", "Geneva", "Neuchâtel", "Jura", "Fribourg", "Valais"},
}
CLIENTS = ("FRA", *FRENCH, "ARE", "AUS", "CHN", "DEU", "ESP", "GBR", "PRT", "SAU", "USA")
# The archive spells some regions in two ways.
SPELLINGS = words("client_regions", "spellings")


def make(*files: pd.DataFrame) -> pd.DataFrame:
    """One row per client of ``CLIENTS``, region and supplier with a project."""
    return regions(project_pairs.network(*files))


def regions(network: pd.DataFrame) -> pd.DataFrame:
    """The projects of ``project_pairs.network`` by region, both years together; a region without a
    name speaks French only in France."""
    rows = network[network["client"].isin(CLIENTS)]
    rows = rows.assign(region=rows["client_region"].replace(SPELLINGS))
    keys = ["client", "region", "supplier"]
    table = rows.groupby(keys, as_index=False)["projects"].sum()
    pairs = zip(table["client"], table["region"], strict=True)
    speaks = [client == "FRA" or region in FRENCH.get(client, ()) for client, region in pairs]
    table.insert(2, "part", ["French-speaking" if yes else "other" for yes in speaks])
    return table.sort_values(keys, ignore_index=True)
