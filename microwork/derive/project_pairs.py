"""Projects by client country and supplier country, 2014 and 2015, from the network files of the
replication archive of Braesemann and others (2022): one row there is a year, a region of clients
and a region of workers. How many pairs of regions stand behind a country pair, and how much the
busiest of them holds, shows whether a link is many dealings or one.

Canada, Belgium and Switzerland are French-speaking in a part only. Their regions are sorted into a
French-speaking part and the other one, so that a shared language can be told from a country's name.
The regions of the other clients of the chapter's links show how far a link varies between places.
"""

import pandas as pd

from microwork.derive import supply_by_year
from microwork.derive.raw import Files, sourced, words

YEARS = (2014, 2015)
FILES: Files = {f"olm_network_data_{year}.csv": {"index_col": 0} for year in YEARS}
FILES[supply_by_year.COUNTRY_FILE] = {}
SOURCE = sourced("braesemann2022", "network_data")
TABLES = {f"outsourcing/{name}.csv": SOURCE for name in ("project_pairs", "client_regions")}
# Regions where most people speak French, by client; all of France. New Brunswick is bilingual, and
# two in three speak English.
FRENCH = {
    "CAN": {"Quebec"},
    "BEL": {"Wallonia", "Brussels"},
    "CHE": {"Vaud", "Geneva", "Neuchâtel", "Jura", "Fribourg", "Valais"},
}
CLIENTS = ("FRA", *FRENCH, "ARE", "AUS", "CHN", "DEU", "ESP", "GBR", "PRT", "SAU", "USA")
# The archive spells some regions in two ways.
SPELLINGS = words("project_pairs", "spellings")
SIDES = {"bought": ["client", "client_region"], "sold": ["supplier", "worker_region"]}


def network(first: pd.DataFrame, last: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """Columns client, supplier (ISO3), year, client_region, worker_region, projects; a row per pair
    of regions and year. A region without a name stays one region of its country."""
    pairs = pd.concat([first.assign(year=YEARS[0]), last.assign(year=YEARS[1])], ignore_index=True)
    code = supply_by_year.codes(countries)
    return pd.DataFrame(
        {
            "client": pairs["employer_country_real"].map(code),
            "supplier": pairs["worker_country_real"].map(code),
            "year": pairs["year"],
            "client_region": pairs["employer_admin1"].fillna(""),
            "worker_region": pairs["worker_admin1"].fillna(""),
            "projects": pairs["count"],
        }
    )


def pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per client and supplier country with at least one project.

    Columns client, supplier, projects_2014, projects_2015, region_pairs (different pairs of a
    client region and a worker region), busiest_region_pair (projects of the largest of them),
    busiest_bought and busiest_sold (all that the two regions of the largest pair buy and sell).
    """
    pair = ["client", "supplier"]
    by_year = rows.pivot_table("projects", index=pair, columns="year", aggfunc="sum", fill_value=0)
    regions = rows.groupby([*pair, "client_region", "worker_region"], as_index=False)
    regions = regions["projects"].sum()
    for name, ends in SIDES.items():
        regions = regions.join(rows.groupby(ends)["projects"].sum().rename(name), on=ends)
    countries = regions.groupby(pair)["projects"]
    busiest = regions.loc[countries.idxmax()].set_index(pair)[["projects", *SIDES]]
    busiest.columns = ["busiest_region_pair", "busiest_bought", "busiest_sold"]
    by_region = countries.agg(region_pairs="size").join(busiest)
    by_year.columns = [f"projects_{year}" for year in by_year.columns]
    return by_year.join(by_region).astype(int).sort_index().reset_index()


def regions(network: pd.DataFrame) -> pd.DataFrame:
    """The projects of ``network`` by client, region and supplier, both years together; a region
    without a name speaks French only in France."""
    rows = network[network["client"].isin(CLIENTS)]
    rows = rows.assign(region=rows["client_region"].replace(SPELLINGS))
    keys = ["client", "region", "supplier"]
    table = rows.groupby(keys, as_index=False)["projects"].sum()
    pairs = zip(table["client"], table["region"], strict=True)
    speaks = [client == "FRA" or region in FRENCH.get(client, ()) for client, region in pairs]
    table.insert(2, "part", ["French-speaking" if yes else "other" for yes in speaks])
    return table.sort_values(keys, ignore_index=True)


def make(*files: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per pair of countries, and one per client of ``CLIENTS``, region and supplier."""
    rows = network(*files)
    return pairs(rows), regions(rows)
