"""Standards of living in France in 2015 by rank, for the chapter on poverty.

The raw file holds the deciles and quartiles of Insee's file of tax and benefit records (Filosofi)
for metropolitan France, as the notebook of a public repository prints them. The repository states
no licence; the figures are Insee's, and they are aggregates. Here amounts are rounded to the cent
and each row names its source.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

FILES: Files = {"filosofi-2015/filosofi-2015-metropole-quantiles.csv": {}}
PLACE = "revenus disponibles france metropolitaine - deciles.ipynb, printed output"
TABLES = {"poverty/standards-of-living.csv": sourced("insee2018filosofi", PLACE, "B")}


def make(quantiles: pd.DataFrame) -> pd.DataFrame:
    """The quantiles (0 to 1) by rank."""
    rows = quantiles.sort_values("quantile")
    return pd.DataFrame(
        {
            "rank": (100 * rows["quantile"]).round().astype(int),
            "value": rows["euros_a_year_per_unit"].round(2),
            "unit": "EUR per year",
            "country": "France",
            "period": rows["year"],
        }
    )
