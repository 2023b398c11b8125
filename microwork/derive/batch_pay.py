"""What an hour of one logged batch on Mechanical Turk brought, for the chapter on pay: quartiles
only.

    python -m microwork.derive.batch_pay --raw DIR --out data/income/

The raw file is the log of the batch of Veselovsky, Horta Ribeiro and West (2023), without texts and
ids. Its repository states no licence, so no single assignment is published. The time runs from
accepting a task to handing it in, breaks and all.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "gpturk/gpturk-batch-pay.csv"
HOME = (
    "https://github.com/epfl-dlab/GPTurk (data/mechanical_turk/Batch_5083843_batch_results.csv at"
    " e5c5679bbe19)"
)
RAW = {
    FILE: Raw(
        "e1ca50e6bab860661c78d771c6de7854ea3621ade775401bab822554e35f7505",
        f"{HOME}, five columns of it, workers numbered",
    )
}
OUTPUTS = ("income/batch_pay.csv",)
QUANTILES = (0.25, 0.5, 0.75)


def hourly(frame: pd.DataFrame) -> pd.Series:
    """Reward over logged time of each approved assignment, USD per hour; columns reward (text,
    "$0.90"), work_time_s, status."""
    paid = frame[frame["status"] == "Approved"]
    return paid["reward"].str.removeprefix("$").astype(float) / (paid["work_time_s"] / 3600)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``, to the cent. Raises ``RawError`` (see ``raw.read``)."""
    frame = rawfiles.read_csv(raw, FILE, RAW[FILE])
    pay = hourly(frame)
    table = pd.DataFrame(
        {
            "quantile": QUANTILES,
            "usd_per_hour": [round(float(pay.quantile(q)), 2) for q in QUANTILES],
        }
    )
    table = table.assign(assignments=len(pay), workers=frame.loc[pay.index, "worker"].nunique())
    table = table.assign(
        source_key="veselovsky2023",
        locator="data/mechanical_turk/Batch_5083843_batch_results.csv",
        grade="A",
    )
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
