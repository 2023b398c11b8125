"""Projects by client country and supplier country, 2014 and 2015.

From the network files of the replication archive of Braesemann and others (2022): one row there is
a year, a region of clients and a region of workers. Regions are summed to countries; how many pairs
of regions stand behind a country pair, and how much the busiest of them holds, is kept, because it
shows whether a link is many dealings or one.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive import supply_by_year

YEARS = {2014: "olm_network_data_2014.csv", 2015: "olm_network_data_2015.csv"}
RAW = rawfiles.listed(YEARS[2014], YEARS[2015], supply_by_year.COUNTRY_FILE)
OUTPUTS = ("outsourcing/project_pairs.csv",)


def network(folder: Path) -> pd.DataFrame:
    """Columns client, supplier (ISO3), year, client_region, worker_region, projects; a row per pair
    of regions and year.

    A region without a name stays one region of its country. Raises ``RawError``, also for a country
    without a code.
    """
    frames = []
    for year, name in YEARS.items():
        frame = rawfiles.read_csv(folder, name, RAW[name], index_col=0)
        frames.append(frame.assign(year=year))
    frame = pd.concat(frames, ignore_index=True)
    code = supply_by_year.codes(folder)
    names = set(frame["employer_country_real"]) | set(frame["worker_country_real"])
    if missing := sorted(names - set(code)):
        raise rawfiles.RawError(f"network files: no ISO code for {', '.join(missing)}")
    return pd.DataFrame(
        {
            "client": frame["employer_country_real"].map(code),
            "supplier": frame["worker_country_real"].map(code),
            "year": frame["year"],
            "client_region": frame["employer_admin1"].fillna(""),
            "worker_region": frame["worker_admin1"].fillna(""),
            "projects": frame["count"],
        }
    )


def pairs(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per client and supplier country with at least one project.

    Columns client, supplier, projects_2014, projects_2015, region_pairs (different pairs of a
    client region and a worker region), busiest_region_pair (projects of the largest of them),
    busiest_bought and busiest_sold (all that the two regions of the largest pair buy and sell).
    """
    by_year = frame.pivot_table(
        index=["client", "supplier"], columns="year", values="projects", aggfunc="sum", fill_value=0
    )
    bought, sold = (
        frame.groupby(ends)["projects"].sum()
        for ends in (["client", "client_region"], ["supplier", "worker_region"])
    )
    regions = frame.groupby(
        ["client", "supplier", "client_region", "worker_region"], as_index=False
    )["projects"].sum()
    regions = regions.join(bought.rename("bought"), on=bought.index.names).join(
        sold.rename("sold"), on=sold.index.names
    )
    countries = regions.groupby(["client", "supplier"])["projects"]
    busiest = regions.loc[countries.idxmax()].set_index(["client", "supplier"])[
        ["projects", "bought", "sold"]
    ]
    busiest.columns = ["busiest_region_pair", "busiest_bought", "busiest_sold"]
    by_region = countries.agg(region_pairs="size").join(busiest)
    by_year.columns = [f"projects_{year}" for year in by_year.columns]
    return by_year.join(by_region).astype(int).sort_index().reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    source = {"source_key": "braesemann2022", "locator": "network_data", "grade": "A"}
    return rawfiles.tables(OUTPUTS, pairs(network(raw)), **source)
