"""Retraining: what others measured that bears on the claims: assistants, cats and dogs, orders for
microtasks, pay, low skill."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from scipy.stats import norm
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.counts.labour_index import demand, mean_error
from microwork.inputs import Numbers
from microwork.intervals import each
from microwork.retraining.inputs import assumption, fact
from microwork.retraining.labour import euros

ASSISTANTS = ("google", "siri", "alexa")
YEARS = range(2019, 2023)  # base years: the last twelve months of the index begin in 2023
# First of the twelve months whose noise is taken, and how far back they look.
QUIET, APART = pd.Period("2019-03", "M"), 24


def assistants() -> Bounded:
    """Mean, lowest and highest share of questions that three assistants answer correctly, in
    percent."""
    rates = [fact(f"assistant-{name}") for name in ASSISTANTS]
    return float(np.mean(rates)), min(rates), max(rates)


def years_between_updates() -> Bounded:
    """Years between two versions of a model, median of the organisations that a seller of labels
    asked, and how far these differ (95 % of them), as if lognormal."""
    known = {1 / 12: "updates-monthly-2021", 1 / 4: "updates-quarterly-2021"}
    years, at = np.log(list(known)), norm.ppf([fact(name) / 100 for name in known.values()])
    spread = float((years[1] - years[0]) / (at[1] - at[0]))
    middle, far = float(years[0] - at[0] * spread), float(norm.ppf(0.975)) * spread
    low, value, high = np.exp([middle - far, middle, middle + far]).tolist()
    return value, low, high


@step
def index() -> pd.DataFrame:
    """The Online Labour Index by month (a period): microwork, total, share (microwork over total),
    segment."""
    frame = demand()
    frame.index = pd.PeriodIndex(frame.pop("month"), freq="M")
    return frame.assign(share=frame["microwork"] / frame["total"])


def orders(year: int, series: str = "microwork", wait: int = 0) -> Bounded:
    """Change in orders from a base year to the last twelve months of the index, in percent, with
    the noise of single months.

    Compared are the same months; of the year in which the index breaks (one of ``YEARS``), those
    after the break without the first ``wait``. ``series``: a column of ``index``.

    A jump at the break is taken out, but for what orders of that time grew by as we assume; the
    share of all online work has none. The ends: months stray as they did from those two years
    earlier in the twelve months before the pandemic.
    """
    return each(lambda ratio: 100 * (ratio - 1), orders_times(year, series, wait))


def orders_times(year: int, series: str = "microwork", wait: int = 0) -> Bounded:
    """The same as the orders of the last twelve months over those of the base year."""
    ratio, noise = _orders(year, series, wait)
    if year < _broken().year and series == "microwork":
        ratio *= assumption("orders-jump")
    return ratio, ratio / noise, ratio * noise


def _broken() -> pd.Period:
    """The first month after the break of the index."""
    first: pd.Period = index().query("segment == 'after'").index[0]
    return first


@step
def _orders(year: int, series: str, wait: int = 0) -> tuple[float, float]:
    """The quotient of ``orders`` with the whole jump at the break taken out, and the factor by
    which noise moves it."""
    frame, broken = index(), _broken()
    last, base = frame.iloc[-12:], frame[frame.index.year == year]
    if year == broken.year:
        base = base[base.index >= broken + wait]
    ratio = last.loc[last.index.month.isin(base.index.month), series].mean() / base[series].mean()
    if year < broken.year:
        after, before = (frame.loc[first : first + 11, series] for first in (broken, broken - 12))
        ratio /= after.mean() / before.mean()
    quiet = pd.period_range(QUIET, periods=12, freq="M")
    then, earlier = (frame.loc[at, series].to_numpy(float) for at in (quiet, quiet - APART))
    strayed = np.log(then / earlier)
    return float(ratio), float(np.exp(mean_error(strayed, len(base))))


def orders_range() -> Bounded:
    """Mean, least and most of the changes of ``orders`` over all base years, in percent."""
    found = [orders(year)[0] for year in YEARS]
    return float(np.mean(found)), min(found), max(found)


def pay_elsewhere() -> Bounded:
    """Gross pay a month for like work in the United States, in EUR of 2019, at the middle, the
    least and the most an hour."""
    hours = assumption("working-days-month") * assumption("working-day-hours")
    low, high = (euros(fact(f"cortana-us-pay-{end}"), 2019) * hours for end in ("low", "high"))
    return (low + high) / 2, low, high


NUMBERS: Numbers = {
    "years-between-updates": years_between_updates,
    "assistants-right": assistants,
    "pay-elsewhere": pay_elsewhere,
    "orders-2019": lambda: orders(2019),
    "orders-2021": lambda: orders(2021),
    "orders-share-2019": lambda: orders(2019, "share"),
    "orders-share-2021": lambda: orders(2021, "share"),
    **{
        f"orders-{name}2021-{month}": partial(orders, 2021, series, wait=wait)
        for name, series in {"": "microwork", "share-": "share"}.items()
        for month, wait in {"may": 2, "june": 3}.items()
    },
    "orders-times-2019": partial(orders_times, 2019),
    "orders-times-2021": partial(orders_times, 2021, wait=3),
    "orders-range": orders_range,
}
