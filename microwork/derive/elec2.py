"""The Elec2 stream of New South Wales, packed by day without loss.

Every feature was published on a scale from 0 to 1 in steps of a millionth, so it is a whole number
of millionths. The first feature is the half-hour of the day, which the place of a value gives: 48 a
day, none missing (checked). Written out, one row a half-hour, the stream would fill three
megabytes; so a row is one series on one day.
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
    """One row per day and series."""
    return packed(whole(stream))


def whole(stream: pd.DataFrame) -> pd.DataFrame:
    """Rows in order of time: five features in millionths of their range; ``up``, 1 if the price is
    above its mean of a day.

    Raises ``ValueError`` if a value is no whole number of millionths or a row is not where its
    half-hour says.
    """
    expected = np.arange(len(stream)) % A_DAY
    if len(stream) % A_DAY or np.abs(stream["feat_1"] * (A_DAY - 1) - expected).max() > 1e-4:
        raise ValueError(
            f"feat_1: found a row out of order or missing; expected {A_DAY} half-hours a day"
            " without a gap"
        )
    table = pd.DataFrame()
    for old, new in NAMES.items():
        table[new] = np.rint(stream[old] * MILLION).astype(int)
        if np.abs(table[new] / MILLION - stream[old]).max() > 1e-12:
            raise ValueError(
                f"{old}: found a value that is no whole number of millionths; the packing would"
                " lose digits"
            )
    table["up"] = stream["target"].astype(int)
    return table


def packed(table: pd.DataFrame) -> pd.DataFrame:
    """One row per day and series: its 48 values with spaces between, or one value if they are all
    the same."""
    rows = []
    for name in table.columns:
        for day, values in enumerate(table[name].to_numpy().reshape(-1, A_DAY), start=1):
            kept = values[:1] if (values == values[0]).all() else values
            rows.append({"day": day, "series": name, "values": " ".join(map(str, kept))})
    return pd.DataFrame(rows).sort_values(["day", "series"], kind="stable").reset_index(drop=True)
