"""What single tasks pay, and what an hour of them would bring at that price; one logged batch of
work beside it.

The shares are of the prices that do not come from texts on the claimants' study, and count each
witness once.
"""

from __future__ import annotations

import math

import pandas as pd
from tallybook import data
from tallybook.claims import standing
from tallybook.data.provenance import step, untraced

from microwork import intervals
from microwork.income.elsewhere import eur_per_usd
from microwork.income.inputs import BATCH, TASKS, assumption, ends
from microwork.intervals import Ends

PHOTOS = ("photo-product", "shelf-photo", "photo-shop-front")


def prices() -> pd.DataFrame:
    """Quoted prices of single tasks.

    Columns: task_id, task, low and high (EUR per task; the same where one price was given), hourly
    (EUR per hour if nothing else takes time: the least price over the longest time; missing where
    no time was given), source_key. Prices in dollars are turned into euros at the rate of their
    year.
    """
    rows = data.table(TASKS)
    rate = [
        eur_per_usd(int(year)) if currency == "USD" else 1.0
        for year, currency in zip(rows.year, rows.currency, strict=True)
    ]
    low, high = rows["price"] * rate, rows["price_high"].fillna(rows["price"]) * rate
    longest = rows["seconds_high"].fillna(rows["seconds"])
    return rows[["task_id", "task", "source_key"]].assign(
        low=low, high=high, hourly=low / (longest / 3600)
    )


def timed(task_id: str) -> float:
    """The hourly pay at face value of one task with a time."""
    row = data.row(TASKS, task_id)
    longest = row["seconds"] if pd.isna(row["seconds_high"]) else row["seconds_high"]
    return float(row["price"]) / (float(longest) / 3600)


def wirk() -> Ends:
    """What an hour on Wirk brings at the average price and time, which are printed as ranges (EUR
    per hour)."""
    row = data.row(TASKS, "wirk-average")
    low, high, short, long = (
        float(row[name]) for name in ("price", "price_high", "seconds", "seconds_high")
    )
    return (low + high) / (short + long) * 3600, low / long * 3600, high / short * 3600


@step
def others() -> pd.DataFrame:
    """The prices that workers, platforms and reporters gave, without those from texts on the
    claimants' study.

    Columns: low, high (EUR per task), witness (who gave the price, from the table of standings).
    """
    with untraced():
        named = data.table(TASKS).set_index("task_id")["source_key"]
    known = standing.table()
    rows = []
    for task_id, source in named.items():
        line = known.get(f"{TASKS}/{task_id}") or known[source]
        if line.claimants:
            continue
        row = data.row(TASKS, task_id)
        rate = eur_per_usd(int(row["year"])) if row["currency"] == "USD" else 1.0
        low, high = float(row["price"]), float(row["price_high"])
        rows.append((low * rate, (low if math.isnan(high) else high) * rate, line.witness))
    return pd.DataFrame(rows, columns=["low", "high", "witness"])


def within(frame: pd.DataFrame, least: float, most: float) -> tuple[float, int]:
    """Share (0 to 1) of prices whose both ends lie from ``least`` to ``most`` (EUR per task), and
    how many witnesses gave them.

    Each witness counts once, with the share of his or her own prices. Columns as in ``others``.
    """
    inside = (frame["low"] >= least) & (frame["high"] <= most)
    by_witness = inside.groupby(frame["witness"]).mean()
    return float(by_witness.mean()), len(by_witness)


def share_within(least: float, most: float) -> Ends:
    """Percent of these prices from ``least`` to ``most`` (EUR per task), each witness counted once.

    The interval is Wilson's, 95 %, for as many draws as there are witnesses.
    """
    share, count = within(others(), least, most)
    return intervals.wilson_percent(share, count)


def few() -> tuple[float, float]:
    """The least that a few cents, and the most that a few euros can be (EUR per task), by our
    reading."""
    return ends("few-cents-euros")


def few_cents() -> float:
    """The most that a few cents can be (EUR), by our reading."""
    return assumption("few-cents")


def photos() -> Ends:
    """Median, least and most of the prices for a photo in or of a shop (EUR per task)."""
    found = pd.Series([float(data.row(TASKS, task_id)["price"]) for task_id in PHOTOS])
    return found.median(), found.min(), found.max()


def spread() -> Ends:
    """Median of the quoted prices (each by the middle of its range), the least and the most (EUR
    per task)."""
    frame = prices()
    return ((frame["low"] + frame["high"]) / 2).median(), frame["low"].min(), frame["high"].max()


def batch() -> Ends:
    """Median and quartiles of pay per logged hour in one batch (USD per hour)."""
    median, low, high = (
        float(data.row(BATCH, share)["usd_per_hour"]) for share in (0.5, 0.25, 0.75)
    )
    return median, low, high
