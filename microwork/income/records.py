"""What batches on Mechanical Turk paid, from what their requesters have published: prices of tasks
and pay per hour.

Each requester counts once, however many batches it ran, as each witness does among the prices of
the press.
"""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.claims import standing
from tallybook.claims.rules import Computed
from tallybook.data.provenance import step

from microwork import intervals
from microwork.income import crowd, tasks
from microwork.income.elsewhere import eur_per_usd, factor
from microwork.income.hours import full_month
from microwork.income.inputs import BATCHES

ONE = "one batch"


@step
def batches() -> pd.DataFrame:
    """The table ``income/task_batches`` with a column ``witness``, the requester."""
    frame, known = data.table(BATCHES), standing.table()
    return frame.assign(witness=[known[key].witness for key in frame["source_key"]])


@step
def _prices() -> pd.DataFrame:
    """Batches that are counted one by one, with columns ``low`` and ``high``: their price (EUR a
    task). Shared: not to be changed."""
    frame = batches()
    frame = frame[frame["counted"] == ONE]
    euros = frame["usd_a_task"] * [eur_per_usd(int(year)) for year in frame["first_year"]]
    return frame.assign(low=euros, high=euros)


def share_within(least: float, most: float) -> Computed:
    """Percent of batches that pay from ``least`` to ``most`` a task (EUR, rate of the year), each
    requester counted once.

    The interval is Wilson's, 95 %, for as many draws as there are requesters. Medians over many
    batches are left out.
    """
    share, count = tasks.within(_prices(), least, most)
    return intervals.wilson_percent(share, count)


def price() -> Computed:
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


def hourly() -> Computed:
    """Pay per hour of a batch: median over requesters, least and most requester, each by its median
    (EUR of 2018 per hour).
    """
    return crowd.spread(_euros().groupby(batches()["witness"]).median())


def month(days_a_week: float | None = None) -> Computed:
    """A month of eight hours a day at that pay (EUR of 2018), as ``crowd.month``."""
    return intervals.scaled(hourly(), full_month(days_a_week))
