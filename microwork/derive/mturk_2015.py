"""How often each worker of Mechanical Turk was seen in the survey of 2015: from one row an answer
to one row a count.

The raw file states no licence, so only aggregates leave it: how many workers gave one answer, how
many gave two, and so on.

    python -m microwork.derive.mturk_2015 --raw DIR --out data/counts/
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FOLDER = "mturk-2015"
FILE = f"{FOLDER}/mturk-demographics-2015.csv"
RAW = {
    FILE: Raw(
        "74a87d5f0cdfedec3c33de3fc7c3f3bdc504726d8d09fb7664675fc7206b4007",
        "GitHub coatless/mturk-tracker-stats, demo.rda, commit 027bc69640c5, written out as CSV"
        " with the hashed ids of the workers numbered and the place and the broken dates left out",
    )
}
OUTPUTS = ("counts/mturk_2015.csv",)


def times_seen(answers: pd.DataFrame) -> pd.DataFrame:
    """``answers``: one row an answer, with a column worker.

    Columns: times (answers given), workers (who gave as many).
    """
    counted = answers.groupby("worker").size().value_counts().sort_index()
    return counted.rename_axis("times").rename("workers").reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``.

    Raises ``RawError`` if the raw file is missing or another.
    """
    answers = rawfiles.read_csv(raw, FILE, RAW[FILE])
    table = times_seen(answers).assign(
        source_key="mturktracker2015", locator="demo.rda, answers by worker", grade="A"
    )
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
