"""What workers elsewhere say: their weekly hours on Mechanical Turk, and work that was not paid on five platforms."""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, Row

from microwork import intervals
from microwork.income.inputs import MTURK, SHARES, declared

LONG = 20.0  # hours a week from which the survey's bands are long weeks


def median(frame: pd.DataFrame) -> tuple[float, float, float]:
    """Median weekly hours: within the answer that holds it, in proportion; and the two ends of that answer.

    Columns of ``frame``: low and high (hours per week; the last high may be missing), answers.
    """
    frame = frame.sort_values("low").reset_index(drop=True)
    held = frame["answers"].cumsum() / frame["answers"].sum()
    at = int((held >= 0.5).idxmax())
    before, low, high = (held[at - 1] if at else 0.0), float(frame["low"][at]), float(frame["high"][at])
    return low + (high - low) * float((0.5 - before) / (held[at] - before)), low, high


def share_from(frame: pd.DataFrame, hours: float) -> tuple[float, float, float]:
    """Percent of the answers with at least ``hours`` a week, with the 95 % Wilson interval; columns as in ``median``."""
    count, total = int(frame.loc[frame["low"] >= hours, "answers"].sum()), int(frame["answers"].sum())
    low, high = intervals.wilson(count / total, total)
    return count / total * 100, low * 100, high * 100


def unpaid_tasks() -> tuple[float, float, float]:
    """Percent of workers who were not paid for some tasks that they had done, with the 95 % Wilson interval."""
    row = data.row(SHARES, "ilo-unpaid-tasks")
    share, n = float(row["value"]) / 100, int(row["n"])
    low, high = intervals.wilson(round(share * n) / n, n)
    return share * 100, low * 100, high * 100


_NUMBERS: tuple[Row, ...] = (
    ("mturk-weekly-hours", lambda: median(data.table(MTURK)), "hours per week",
     "weekly hours on Mechanical Turk, 2018, that half of the answers stay under",
     "The middle answer, in proportion within its band of hours.",
     "covers the band of hours that holds the middle answer; not sampling, nor that busy workers answer more surveys", 1),
    ("mturk-long-hours", lambda: share_from(data.table(MTURK), LONG), "percent",
     "answers on Mechanical Turk, 2018, of twenty hours a week or more", "These answers over all answers.",
     "covers sampling at random (Wilson, 95 %); not that hours are as declared, nor that busy workers answer more surveys", 1),
    ("ilo-not-paid", unpaid_tasks, "percent", "workers on five platforms who were not paid for some tasks they had done",
     "As published; the interval from the number of workers asked.",
     "covers sampling at random (Wilson, 95 %); not why they were not paid, nor which workers were asked", 0),
)  # fmt: skip


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
