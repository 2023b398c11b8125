"""How often each worker of Mechanical Turk was seen in the survey of 2015: from one row an answer
to one row a count.

The raw file states no licence, so only aggregates leave it: how many workers gave one answer, how
many gave two, and so on.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "mturk-2015/mturk-demographics-2015.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("counts/mturk_2015.csv",)


def times_seen(answers: pd.DataFrame) -> pd.DataFrame:
    """``answers``: one row an answer, with a column worker.

    Columns: times (answers given), workers (who gave as many).
    """
    counted = answers.groupby("worker").size().value_counts().sort_index()
    return counted.rename_axis("times").rename("workers").reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    answers = rawfiles.read_csv(raw, FILE, RAW[FILE])
    source = {"source_key": "mturktracker2015", "locator": "demo.rda, answers by worker"}
    return rawfiles.tables(OUTPUTS, times_seen(answers), **source, grade="A")
