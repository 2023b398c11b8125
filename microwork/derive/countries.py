"""Countries with their official languages, colonisers, neighbours and coordinates, from CEPII.

Distances and ties between two countries are computed from this table, not read from it.
"""

import pandas as pd

from microwork.derive import project_pairs
from microwork.derive.raw import Files, sourced, words

FILES: Files = {"geo_cepii.rda": {}, "dist_cepii.rda": {}, **project_pairs.FILES}
TABLES = {"outsourcing/countries.csv": sourced("cepii2011", "geo_cepii; dist_cepii")}
# CEPII keeps older codes. SRB takes the row of Yugoslavia.
RECODE = words("countries", "recode")
# Names as an English reader knows them, where CEPII's are official, old or in disorder.
NAMES = words("countries", "names")
LANGUAGES = [f"langoff_{i}" for i in (1, 2, 3)]
COLONISERS = [f"colonizer{i}" for i in (1, 2, 3, 4)]


def make(geo: pd.DataFrame, dist: pd.DataFrame, *files: pd.DataFrame) -> pd.DataFrame:
    """The countries of the project pairs that CEPII knows."""
    network = project_pairs.network(*files)
    return countries(geo, dist, set(network["client"]) | set(network["supplier"]))


def countries(geo: pd.DataFrame, dist: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    """One row per country of ``wanted`` in CEPII's table, sorted by code: the main city, the one
    CEPII's own distance ``dist`` is between; lists are parted by "; "."""
    geo = geo[geo["maincity"] == 1]
    code = geo["iso3"].astype(str).replace(RECODE)
    near = dist.loc[dist["contig"] == 1, ["iso_o", "iso_d"]].astype(str).replace(RECODE)
    neighbours = near.groupby("iso_o")["iso_d"].agg(lambda codes: "; ".join(sorted(codes)))
    table = pd.DataFrame(
        {
            "country": code,
            "name": code.map(NAMES).fillna(geo["country"].astype(str)),
            "continent": geo["continent"].astype(str),
            "latitude": geo["lat"].astype(float).round(4),
            "longitude": geo["lon"].astype(float).round(4),
            "languages": _listed(geo[LANGUAGES]),
            "colonisers": _listed(geo[COLONISERS].replace(RECODE)),
            "neighbours": code.map(neighbours),
        }
    )
    return table[table["country"].isin(wanted)].sort_values("country")


def _listed(cells: pd.DataFrame) -> pd.Series:
    """The non-empty cells of each row, sorted, as one text; CEPII writes "." for none."""
    rows = [sorted({*map(str, row)} - {".", ""}) for row in cells.itertuples(index=False)]
    return pd.Series(["; ".join(row) or None for row in rows], index=cells.index, dtype=object)
