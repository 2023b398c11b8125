"""What batches on Mechanical Turk paid, from what their requesters have published: prices of tasks
and pay per hour.

Each requester counts once, however many batches it ran, as each witness does among the prices of
the press.
"""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.claims import standing
from tallybook.data.provenance import step

from microwork import intervals
from microwork.income import crowd
from microwork.income.elsewhere import factor
from microwork.income.hours import full_month
from microwork.income.inputs import BATCHES
from microwork.intervals import Ends


@step
def batches() -> pd.DataFrame:
    """The table ``income/task_batches`` with a column ``witness``, the requester."""
    frame, known = data.table(BATCHES), standing.table()
    return frame.assign(witness=[known[key].witness for key in frame["source_key"]])


def price() -> Ends:
    """Pay for a task: the median over requesters of the median over their batches; least and most
    batch (USD).
    """
    usd = batches().groupby("witness")["usd_a_task"]
    return float(usd.median().median()), float(usd.min().min()), float(usd.max().max())


def _euros() -> pd.Series:
    """Pay per hour by batch (EUR of 2018 per hour)."""
    frame = batches()
    spans = zip(frame["first_year"], frame["last_year"], strict=True)
    euros: pd.Series = frame["usd_per_hour"] * [factor("USD", *span) for span in spans]
    return euros


def best() -> float:
    """Pay per hour of the batch that paid best (EUR of 2018 per hour)."""
    return float(_euros().max())


def hourly() -> Ends:
    """Pay per hour of a batch: median over requesters, least and most requester, each by its median
    (EUR of 2018 per hour).
    """
    return crowd.spread(_euros().groupby(batches()["witness"]).median())


def month() -> Ends:
    """A month of eight hours a day at that pay (EUR of 2018)."""
    return intervals.scaled(hourly(), full_month())
