"""Countries with their official languages, colonisers, neighbours and coordinates, from CEPII.

Distances and ties between two countries are computed from this table, not read from it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import project_pairs
from microwork.derive import raw as rawfiles

GEO_FILE, DIST_FILE = "geo_cepii.rda", "dist_cepii.rda"
RAW = rawfiles.listed(GEO_FILE, DIST_FILE, *project_pairs.RAW)
OUTPUTS = ("outsourcing/countries.csv",)

# CEPII keeps older codes. SRB takes the row of Yugoslavia.
RECODE = {"ROM": "ROU", "ZAR": "COD", "YUG": "SRB", "TMP": "TLS", "PAL": "PSE"}
# Names as an English reader knows them, where CEPII's are official, old or in disorder.
NAMES = {
    "ANT": "Netherlands Antilles",
    "BEL": "Belgium",
    "BIH": "Bosnia and Herzegovina",
    "BRN": "Brunei",
    "CIV": "Côte d’Ivoire",
    "FSM": "Micronesia",
    "GBR": "United Kingdom",
    "IRN": "Iran",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "KOR": "South Korea",
    "LAO": "Laos",
    "LBY": "Libya",
    "MAC": "Macao",
    "MDA": "Moldova",
    "MKD": "North Macedonia",
    "MMR": "Myanmar",
    "MNP": "Northern Mariana Islands",
    "PSE": "Palestine",
    "REU": "Réunion",
    "RUS": "Russia",
    "SRB": "Serbia",
    "SWZ": "Eswatini",
    "SYR": "Syria",
    "TZA": "Tanzania",
    "USA": "United States",
    "VGB": "British Virgin Islands",
    "VNM": "Vietnam",
}
LANGUAGES = [f"langoff_{i}" for i in (1, 2, 3)]
COLONISERS = [f"colonizer{i}" for i in (1, 2, 3, 4)]


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``: countries of the project pairs that CEPII knows."""
    geo, dist = (rawfiles.read_rda(raw, name, RAW[name]) for name in (GEO_FILE, DIST_FILE))
    network = project_pairs.network(raw)
    wanted = set(network["client"]) | set(network["supplier"])
    return rawfiles.tables(OUTPUTS, countries(geo, dist, wanted))


def countries(geo: pd.DataFrame, dist: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    """One row per country of ``wanted`` in CEPII's table, sorted by code.

    Columns country, name, continent, latitude, longitude (degrees; main city, the one CEPII's own
    distance ``dist`` is between), languages, colonisers and neighbours (lists parted by "; ").
    """
    geo = geo[geo["maincity"] == 1].copy()
    code = geo["iso3"].astype(str).replace(RECODE)
    near = dist[dist["contig"] == 1]
    near = near.assign(
        a=near["iso_o"].astype(str).replace(RECODE), b=near["iso_d"].astype(str).replace(RECODE)
    )
    neighbours = near.groupby("a")["b"].agg(lambda codes: "; ".join(sorted(codes)))
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
    table = table[table["country"].isin(wanted)].sort_values("country")
    return table.assign(source_key="cepii2011", locator="geo_cepii; dist_cepii", grade="A")


def _listed(frame: pd.DataFrame) -> pd.Series:
    """The non-empty cells of each row, sorted, as one text; CEPII writes "." for none."""
    rows = (
        sorted(str(cell) for cell in row if str(cell) not in (".", ""))
        for row in frame.itertuples(index=False)
    )
    return pd.Series(["; ".join(row) or None for row in rows], index=frame.index, dtype=object)
