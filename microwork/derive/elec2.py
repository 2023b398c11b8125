"""The Elec2 stream of New South Wales, packed by day without loss.

Every feature was published on a scale from 0 to 1 in steps of a millionth, so it is a whole number
of millionths. The first feature is the half-hour of the day, which the place of a value gives: 48 a
day, none missing (checked). Written out, one row a half-hour, the stream would fill three
megabytes; so a row is one series on one day.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "elec2.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("retraining/elec2.csv",)
A_DAY = 48
MILLION = 1_000_000
NAMES = {
    "feat_2": "nsw_price",
    "feat_3": "nsw_demand",
    "feat_4": "vic_price",
    "feat_5": "vic_demand",
    "feat_6": "transfer",
}


def whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in order of time: five features in millionths of their range; ``up``, 1 if the price is
    above its mean of a day.

    Raises ``ValueError`` if a value is no whole number of millionths or a row is not where its
    half-hour says.
    """
    expected = np.arange(len(frame)) % A_DAY
    if len(frame) % A_DAY or np.abs(frame["feat_1"] * (A_DAY - 1) - expected).max() > 1e-4:
        raise ValueError(
            f"feat_1: found a row out of order or missing; expected {A_DAY} half-hours a day"
            " without a gap"
        )
    table = pd.DataFrame()
    for old, new in NAMES.items():
        table[new] = np.rint(frame[old] * MILLION).astype(int)
        if np.abs(table[new] / MILLION - frame[old]).max() > 1e-12:
            raise ValueError(
                f"{old}: found a value that is no whole number of millionths; the packing would"
                " lose digits"
            )
    table["up"] = frame["target"].astype(int)
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


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    frame = pd.read_csv(io.BytesIO(rawfiles.read(raw, FILE, RAW[FILE])))
    source = {"source_key": "skmultiflow2019", "locator": "elec.csv", "grade": "A"}
    return rawfiles.tables(OUTPUTS, packed(whole(frame)), **source)
