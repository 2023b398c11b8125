"""What single tasks pay, and what an hour of them would bring at that price; one logged batch of work beside it."""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, Row

from microwork.income.elsewhere import eur_per_usd
from microwork.income.inputs import BATCH, TASKS, assumption, declared, fact


def prices() -> pd.DataFrame:
    """Quoted prices of single tasks.

    Columns: task_id, task, low and high (EUR per task; the same where one price was given), seconds and seconds_high (missing
    where no time was given), hourly (EUR per hour of the task itself: the least price over the longest time), year, source_key,
    grade. Prices in dollars are turned into euros at the rate of their year.
    """
    rows = data.table(TASKS)
    rate = [eur_per_usd(int(year)) if currency == "USD" else 1.0 for year, currency in zip(rows.year, rows.currency, strict=True)]
    low, high = rows["price"] * rate, rows["price_high"].fillna(rows["price"]) * rate
    longest = rows["seconds_high"].fillna(rows["seconds"])
    kept = rows[["task_id", "task", "seconds", "seconds_high", "year", "source_key", "grade"]]
    return kept.assign(low=low, high=high, hourly=per_hour(low, longest))


def per_hour(price: pd.Series, seconds: pd.Series) -> pd.Series:
    """What an hour of a task brings if nothing else takes time: price (per task) over its time (seconds per task)."""
    return price / (seconds / 3600)


def within(frame: pd.DataFrame, least: float, most: float) -> float:
    """Percent of the prices (see ``prices``) whose both ends lie from ``least`` to ``most`` (EUR per task)."""
    return float(((frame["low"] >= least) & (frame["high"] <= most)).mean() * 100)


def _timed(task_id: str) -> float:
    """The hourly pay at face value of one task with a time."""
    row = data.row(TASKS, task_id)
    longest = row["seconds"] if pd.isna(row["seconds_high"]) else row["seconds_high"]
    return float(row["price"]) / (float(longest) / 3600)


def _within() -> float:
    """Percent of the quoted prices from a few cents to a few euros, by our reading of both."""
    few = assumption("few-cents-euros")
    return within(prices(), float(few["low"]), float(few["high"]))


def _spread() -> tuple[float, float, float]:
    """Median of the quoted prices (each by the middle of its range), the least and the most (EUR per task)."""
    frame = prices()
    return ((frame["low"] + frame["high"]) / 2).median(), frame["low"].min(), frame["high"].max()


def _batch() -> tuple[float, ...]:
    """Median and quartiles of pay per logged hour in one batch (USD per hour)."""
    return tuple(float(data.row(BATCH, share)["usd_per_hour"]) for share in (0.5, 0.25, 0.75))


_FACE = "Price over time, if nothing else takes time and everything is accepted."
_NUMBERS: tuple[Row, ...] = (
    ("task-prices", lambda: len(data.table(TASKS)), "items", "prices of single tasks found in press texts", "Counted."),
    ("task-price", _spread, "EUR per task", "price of a task in press texts, the middle one",
     "Median of the quoted prices, dollars at the rate of their year.",
     "covers the least and the most of the quoted prices; not tasks that the press did not pick", 2),
    ("task-prices-within", _within, "percent", "quoted prices from a few cents to a few euros",
     "Those from one cent to ten euros, our reading, over all quoted prices.", None, 0),
    ("price-minute", lambda: _timed("record-phrases"), "EUR per hour", "an hour of recording phrases at the quoted price",
     _FACE, None, 2),
    ("price-45-seconds", lambda: _timed("search-people"), "EUR per hour", "an hour of looking people up at the quoted price",
     _FACE, None, 2),
    ("price-stay", lambda: _timed("stay-on-page"), "EUR per hour", "an hour of staying on pages at the quoted price, at least",
     "The least price over the longest time.", None, 2),
    ("price-minute-vs-smic", lambda: _timed("record-phrases") / fact("smic-gross-2018") * 100, "percent",
     "that hour of recording phrases against the gross minimum wage", "The price per hour divided by the gross Smic of 2018.",
     None, 0),
    ("mturk-batch-hourly", _batch, "USD per hour", "pay per logged hour in one batch on Mechanical Turk, 2023",
     "Median over the assignments: reward over the time from accepting to handing in.",
     "covers the middle half of the assignments; not other batches, nor breaks, which count as time", 2),
    ("mturk-batch-assignments", lambda: data.row(BATCH, 0.5)["assignments"], "items", "assignments of that batch", "Counted."),
)  # fmt: skip


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
