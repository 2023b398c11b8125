"""Standards of living in France in 2015 by rank, for the chapter on poverty.

    python -m microwork.derive.filosofi --raw DIR --out data/poverty/

The raw file holds the deciles and quartiles of Insee's file of tax and benefit records (Filosofi)
for metropolitan France, as the notebook of a public repository prints them. The repository states
no licence; the figures are Insee's, and they are aggregates. Here amounts are rounded to the cent
and each row names its source.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "filosofi-2015/filosofi-2015-metropole-quantiles.csv"
WHERE = "https://github.com/adipasquale/france-income-disparities-2015/tree/bc853e369330"
RAW = {FILE: Raw("9d77647829a9c717ce6b0abfd00aeb19b2c72d3f7c1eb9552e079194e5865530", WHERE)}
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
    """The table by its path below ``data/``. Raises ``RawError`` (see ``raw.read``)."""
    return {OUTPUTS[0]: rawfiles.to_csv(by_rank(rawfiles.read_csv(raw, FILE, RAW[FILE])))}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
