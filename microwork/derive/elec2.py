"""The Elec2 stream of New South Wales, packed by day without loss.

Every feature was published on a scale from 0 to 1 in steps of a millionth. The first is the
half-hour of the day, which the place of a value gives: 48 a day, none missing. Written out, one row
a half-hour, the stream would fill three megabytes; so a row is one series on one day.
"""

import numpy as np
import pandas as pd

from microwork.derive.raw import Files, sourced

FILES: Files = {"elec2.csv": {}}
TABLES = {"retraining/elec2.csv": sourced("skmultiflow2019", "elec.csv")}
A_DAY, MILLION = 48, 1_000_000
SERIES = ("nsw_price", "nsw_demand", "vic_price", "vic_demand", "transfer")
NAMES = {f"feat_{place}": name for place, name in enumerate(SERIES, start=2)}


def make(stream: pd.DataFrame) -> pd.DataFrame:
    """One row per day and series: its 48 values with spaces between, or one value if they are all
    the same. ``up`` is 1 if the price is above its mean of a day."""
    table = pd.DataFrame({new: np.rint(stream[old] * MILLION) for old, new in NAMES.items()})
    table = table.assign(up=stream["target"]).astype(int)
    rows = []
    for name in table.columns:
        for day, values in enumerate(table[name].to_numpy().reshape(-1, A_DAY), start=1):
            kept = values[:1] if (values == values[0]).all() else values
            rows.append({"day": day, "series": name, "values": " ".join(map(str, kept))})
    return pd.DataFrame(rows).sort_values(["day", "series"], kind="stable")
