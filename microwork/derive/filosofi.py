"""Standards of living in France in 2015 by rank, for the chapter on poverty.

The raw file holds the deciles and quartiles of Insee's file of tax and benefit records (Filosofi)
for metropolitan France, as the notebook of a public repository prints them. The repository states
no licence; the figures are Insee's, and they are aggregates. Here amounts are rounded to the cent
and each row names its source.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "filosofi-2015/filosofi-2015-metropole-quantiles.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("poverty/standards-of-living.csv",)
PLACE = "revenus disponibles france metropolitaine - deciles.ipynb, printed output"


def by_rank(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the raw file (year, quantile from 0 to 1, euros_a_year_per_unit) as the table
    that is kept, by rank."""
    rows = frame.sort_values("quantile")
    return pd.DataFrame(
        {
            "rank": [round(100 * float(share)) for share in rows["quantile"]],
            "value": [round(float(amount), 2) for amount in rows["euros_a_year_per_unit"]],
            "unit": "EUR per year",
            "country": "France",
            "period": rows["year"].astype(int),
            "source_key": "insee2018filosofi",
            "locator": PLACE,
            "grade": "B",
        }
    )


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    return rawfiles.tables(OUTPUTS, by_rank(rawfiles.read_csv(raw, FILE, RAW[FILE])))
