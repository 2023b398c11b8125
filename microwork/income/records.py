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
from tallybook.model.numbers import Number, Row

from microwork import intervals
from microwork.income import crowd, tasks
from microwork.income.elsewhere import eur_per_usd, factor, prices
from microwork.income.inputs import BATCHES, declared

ONE = "one batch"


@step
def batches() -> pd.DataFrame:
    """The table ``income/task_batches`` with a column ``witness``, the requester."""
    frame, known = data.table(BATCHES), standing.table()
    return frame.assign(witness=[known[key].witness for key in frame["source_key"]])


def share_within(least: float, most: float) -> Computed:
    """Percent of batches that pay from ``least`` to ``most`` a task (EUR, rate of the year), each
    requester counted once.

    The interval is Wilson's, 95 %, for as many draws as there are requesters. Medians over many
    batches are left out.
    """
    frame = batches()
    frame = frame[frame["counted"] == ONE]
    euros = frame["usd_a_task"] * [eur_per_usd(int(year)) for year in frame["first_year"]]
    share, count = tasks.within(frame.assign(low=euros, high=euros), least, most)
    return intervals.wilson_percent(share, count)


def price() -> Computed:
    """Pay for a task: the median over requesters of the median over their batches; least and most
    batch (USD).
    """
    frame = batches()
    return (
        float(frame.groupby("witness")["usd_a_task"].median().median()),
        *crowd.spread(frame["usd_a_task"])[1:],
    )


def hourly() -> Computed:
    """Pay per hour of a batch: median over requesters, least and most requester, each by its median
    (EUR of 2018 per hour).
    """
    frame = batches()
    spans = zip(frame["first_year"], frame["last_year"], strict=True)
    rates = [factor("USD", first, last, prices(first, last)) for first, last in spans]
    euros = (frame["usd_per_hour"] * rates).groupby(frame["witness"]).median()
    return crowd.spread(euros)


def month(days_a_week: float | None = None) -> Computed:
    """A month of eight hours a day at that pay (EUR of 2018), as ``crowd.month``."""
    return intervals.scaled(hourly(), crowd.month_of_hours(days_a_week))


_ACCEPTED = "from accepting to handing in; not searching, nor requesters who publish nothing"
_NUMBERS: tuple[Row, ...] = (
    (
        "mturk-records-price",
        price,
        "USD per task",
        "pay for a task on Mechanical Turk by requesters’ own files, 2012 to 2017",
        "The middle one of three requesters, each by its middle batch.",
        (
            "covers the least and the most of the batches; not batches behind a published median,"
            " nor requesters who publish nothing"
        ),
        2,
    ),
    (
        "mturk-records-within",
        lambda: share_within(*tasks.few()),
        "percent",
        "of these, batches that pay from a few cents to a few euros a task",
        "From one cent to ten euros, our reading. Each requester counts once.",
        tasks.ONCE,
        0,
    ),
    (
        "mturk-records-few-cents",
        lambda: share_within(0, tasks.few_cents()),
        "percent",
        "of these, batches that pay a few cents a task",
        "Ten cents or less, our reading. Each requester counts once.",
        tasks.ONCE,
        0,
    ),
    (
        "mturk-records-hourly",
        hourly,
        "EUR per hour",
        (
            "what an hour of tasks brought on Mechanical Turk by requesters’ own files, 2012 to"
            " 2017, in euros of 2018"
        ),
        (
            "Pay over the middle time of a batch; each requester by its middle batch, and the"
            " middle one of three."
        ),
        (
            "covers the least and the most of three requesters, each by its median; time runs "
            f"{_ACCEPTED}"
        ),
        2,
    ),
    (
        "mturk-records-month",
        month,
        "EUR per month",
        "a month of eight hours a day at that pay, in euros of 2018",
        "That pay times eight hours and 22 days.",
        (
            f"covers the least and the most of three requesters; time runs {_ACCEPTED}, nor pay in "
            "France"
        ),
        0,
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
