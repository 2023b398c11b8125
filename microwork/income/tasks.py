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
from tallybook.model.numbers import Number, Row

from microwork import intervals
from microwork.income.elsewhere import eur_per_usd
from microwork.income.inputs import BATCH, TASKS, assumption, declared


def prices() -> pd.DataFrame:
    """Quoted prices of single tasks.

    Columns: task_id, task, low and high (EUR per task; the same where one price was given), seconds
    and seconds_high (missing where no time was given), hourly (EUR per hour of the task itself: the
    least price over the longest time), year, source_key, grade. Prices in dollars are turned into
    euros at the rate of their year.
    """
    rows = data.table(TASKS)
    rate = [
        eur_per_usd(int(year)) if currency == "USD" else 1.0
        for year, currency in zip(rows.year, rows.currency, strict=True)
    ]
    low, high = rows["price"] * rate, rows["price_high"].fillna(rows["price"]) * rate
    longest = rows["seconds_high"].fillna(rows["seconds"])
    kept = rows[["task_id", "task", "seconds", "seconds_high", "year", "source_key", "grade"]]
    return kept.assign(low=low, high=high, hourly=per_hour(low, longest))


def per_hour(price: pd.Series, seconds: pd.Series) -> pd.Series:
    """What an hour of a task brings if nothing else takes time: price (per task) over its time
    (seconds per task)."""
    return price / (seconds / 3600)


def _timed(task_id: str) -> float:
    """The hourly pay at face value of one task with a time."""
    row = data.row(TASKS, task_id)
    longest = row["seconds"] if pd.isna(row["seconds_high"]) else row["seconds_high"]
    return float(row["price"]) / (float(longest) / 3600)


def _wirk() -> tuple[float, float, float]:
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


def share_within(least: float, most: float) -> tuple[float, float, float]:
    """Percent of these prices from ``least`` to ``most`` (EUR per task), each witness counted once.

    The interval is Wilson's, 95 %, for as many draws as there are witnesses.
    """
    share, count = within(others(), least, most)
    return intervals.wilson_percent(share, count)


def few() -> tuple[float, float]:
    """The least that a few cents, and the most that a few euros can be (EUR per task), by our
    reading."""
    row = assumption("few-cents-euros")
    return float(row["low"]), float(row["high"])


def few_cents() -> float:
    """The most that a few cents can be (EUR), by our reading."""
    return float(assumption("few-cents")["low"])


def _photos() -> tuple[float, float, float]:
    """Median, least and most of the prices for a photo in or of a shop (EUR per task)."""
    found = pd.Series([float(data.row(TASKS, task_id)["price"]) for task_id in PHOTOS])
    return found.median(), found.min(), found.max()


def _spread() -> tuple[float, float, float]:
    """Median of the quoted prices (each by the middle of its range), the least and the most (EUR
    per task)."""
    frame = prices()
    return ((frame["low"] + frame["high"]) / 2).median(), frame["low"].min(), frame["high"].max()


def batch() -> tuple[float, ...]:
    """Median and quartiles of pay per logged hour in one batch (USD per hour)."""
    return tuple(float(data.row(BATCH, share)["usd_per_hour"]) for share in (0.5, 0.25, 0.75))


PHOTOS = ("photo-product", "shelf-photo", "photo-shop-front")
_NOT_DRAWN = (
    "covers chance, had the witnesses been drawn at random, each counted once (Wilson, 95 %); not"
    " that reporters picked them"
)
ONCE = (
    "covers chance, had the requesters been drawn at random, each counted once (Wilson, 95 %); not"
    " that few publish their files"
)
_FACE = "Price over time, if nothing else takes time and everything is accepted."
_NUMBERS: tuple[Row, ...] = (
    (
        "task-prices",
        lambda: len(data.table(TASKS)),
        "items",
        "prices of single tasks found in press texts",
        "Counted.",
    ),
    (
        "task-price",
        _spread,
        "EUR per task",
        "price of a task in press texts, the middle one",
        "Median of the quoted prices, dollars at the rate of their year.",
        "covers the least and the most of the quoted prices; not tasks that the press did not pick",
        2,
    ),
    (
        "task-prices-others",
        lambda: len(others()),
        "items",
        "of these, prices that are not from texts on the study",
        "Counted.",
    ),
    (
        "task-witnesses",
        lambda: within(others(), *few())[1],
        "items",
        "workers, platforms and reporters who gave these prices",
        "Counted in the table of standings.",
        None,
        0,
    ),
    (
        "task-prices-within",
        lambda: share_within(*few()),
        "percent",
        "quoted prices from a few cents to a few euros",
        (
            "Those from one cent to ten euros, our reading, over all that are not from texts on the"
            " study."
        ),
        _NOT_DRAWN,
        0,
    ),
    (
        "task-prices-few-cents",
        lambda: share_within(0, few_cents()),
        "percent",
        "quoted prices of a few cents",
        "Those of ten cents or less, our reading, over all that are not from texts on the study.",
        _NOT_DRAWN,
        0,
    ),
    (
        "photo-price",
        _photos,
        "EUR per task",
        "price of a photo in or of a shop in three press texts, the middle one",
        "A product, a shelf and a shop front.",
        "covers the least and the most of three prices; not prices that no reporter quoted",
        2,
    ),
    (
        "price-minute",
        lambda: _timed("record-phrases"),
        "EUR per hour",
        "an hour of recording phrases at the quoted price",
        _FACE,
        None,
        2,
    ),
    (
        "price-wirk",
        _wirk,
        "EUR per hour",
        "an hour of tasks on Wirk at the average price and time",
        "The middle price over the middle time; least over longest, and most over shortest.",
        "covers the printed ranges of price and time; not unpaid time",
        0,
    ),
    (
        "price-45-seconds",
        lambda: _timed("search-people"),
        "EUR per hour",
        "an hour of looking people up at the quoted price",
        _FACE,
        None,
        2,
    ),
    (
        "price-stay",
        lambda: _timed("stay-on-page"),
        "EUR per hour",
        "an hour of staying on pages at the quoted price, at least",
        "The least price over the longest time.",
        None,
        2,
    ),
    (
        "mturk-batch-hourly",
        batch,
        "USD per hour",
        "pay per logged hour in one batch on Mechanical Turk, 2023",
        "Median over the assignments: reward over the time from accepting to handing in.",
        (
            "covers the middle half of the assignments; not other batches, nor breaks, which count"
            " as time"
        ),
        2,
    ),
    (
        "mturk-batch-assignments",
        lambda: data.row(BATCH, 0.5)["assignments"],
        "items",
        "assignments of that batch",
        "Counted.",
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
