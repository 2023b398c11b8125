"""What an hour of one logged batch on Mechanical Turk brought, for the chapter on pay: quartiles
only.

The raw file is the log of the batch of Veselovsky, Horta Ribeiro and West (2023), without texts and
ids. Its repository states no licence, so no single assignment is published. The time runs from
accepting a task to handing it in, breaks and all.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "gpturk/gpturk-batch-pay.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("income/batch_pay.csv",)
QUANTILES = (0.25, 0.5, 0.75)


def hourly(frame: pd.DataFrame) -> pd.Series:
    """Reward over logged time of each approved assignment, USD per hour; columns reward (text,
    "$0.90"), work_time_s, status."""
    paid = frame[frame["status"] == "Approved"]
    return paid["reward"].str.removeprefix("$").astype(float) / (paid["work_time_s"] / 3600)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``, to the cent."""
    frame = rawfiles.read_csv(raw, FILE, RAW[FILE])
    pay = hourly(frame)
    cents = [round(float(pay.quantile(q)), 2) for q in QUANTILES]
    table = pd.DataFrame({"quantile": QUANTILES, "usd_per_hour": cents})
    table = table.assign(assignments=len(pay), workers=frame.loc[pay.index, "worker"].nunique())
    place = "data/mechanical_turk/Batch_5083843_batch_results.csv"
    return rawfiles.tables(OUTPUTS, table, source_key="veselovsky2023", locator=place, grade="A")
