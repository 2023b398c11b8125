"""Standards of living in France in 2016 by Insee's survey of incomes (ERFS), for the chapter on poverty.

    python -m microwork.derive.standards_survey --raw DIR --out data/poverty/

The raw file was typed from Insee's table of September 2020, which states all years in euros of 2018. Only ratios of
its amounts are used here, so the euros of which year do not matter.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "insee-standard-of-living/insee-2491918-2013-2018.csv"
WHERE = "https://www.insee.fr/fr/statistiques/2491918, page of 9 September 2020, typed off with these headings"
RAW = {FILE: Raw("822398d29d343c2f79412b549faff2f800c8b7ff3c9e644cc78df018ee4605a8", WHERE)}
OUTPUTS = ("poverty/standards-by-survey.csv",)
YEAR = 2016  # the year of the official poverty rates of this chapter
EUROS, PERCENT = "EUR of 2018 per year", "percent"
# Name in the raw file -> quantity, rank in percent (empty for the mean) and unit.
ROWS = {
    "D1 (EUR 2018 a year)": ("quantile", 10, EUROS),
    "D5 median (EUR 2018 a year)": ("quantile", 50, EUROS),
    "D9 (EUR 2018 a year)": ("quantile", 90, EUROS),
    "mean (EUR 2018 a year)": ("mean", None, EUROS),
    "S20 (percent of all standard of living)": ("share", 20, PERCENT),
    "S40": ("share", 40, PERCENT),
    "S50": ("share", 50, PERCENT),
    "S80": ("share", 80, PERCENT),
    "S90": ("share", 90, PERCENT),
}


def of_year(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``YEAR`` from the raw file (column indicator, then a column a year) as the table that is kept."""
    values = frame.set_index("indicator")[str(YEAR)]
    rows = [
        (f"{quantity}-{rank}" if rank else quantity, quantity, rank, values[name], unit)
        for name, (quantity, rank, unit) in ROWS.items()
    ]
    table = pd.DataFrame(rows, columns=["fact_id", "quantity", "rank", "value", "unit"]).astype({"rank": "Int64"})
    return table.assign(country="France", period=YEAR, source_key="insee2020niveaux", locator="table, column 2016", grade="A")


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``. Raises ``RawError`` (see ``raw.read``)."""
    return {OUTPUTS[0]: rawfiles.to_csv(of_year(rawfiles.read_csv(raw, FILE, RAW[FILE])))}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
