"""Standards of living in France in 2015 by rank, for the chapter on poverty: deciles and quartiles
of Insee's Filosofi, as the notebook of a public repository prints them, rounded to the cent.
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
