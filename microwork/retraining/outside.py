"""Retraining: what others measured that bears on the claims: assistants, cats and dogs, orders for
microtasks, pay, low skill."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.counts.labour_index import demand, mean_error
from microwork.retraining.inputs import SHARES, assumption, define, fact, published, share
from microwork.retraining.labour import euros

Triple = tuple[float, float, float]
ASSISTANTS = ("google", "siri", "alexa")
YEARS = range(2019, 2023)  # base years: the last twelve months of the index begin in 2023
QUIET, APART = (
    pd.Period("2019-03", "M"),
    24,
)  # first of the twelve months whose noise is taken, and how far back they look


def assistants(weakest: float | None = None) -> Triple:
    """Mean, lowest and highest share of questions that three assistants answer correctly, in
    percent.

    ``weakest``: what the lowest of them is taken to be, if not what was measured.
    """
    rates = sorted(share(f"assistant-{name}") for name in ASSISTANTS)
    if weakest is not None:
        rates[0] = weakest
    return float(np.mean(rates)), min(rates), max(rates)


@step
def index() -> pd.DataFrame:
    """The Online Labour Index by month (a period): microwork, total, share (microwork over total),
    segment."""
    frame = demand()
    frame.index = pd.PeriodIndex(frame.pop("month"), freq="M")
    return frame.assign(share=frame["microwork"] / frame["total"])


def orders(
    year: float, series: str = "microwork", outside: float = 1.0, jump: float | None = None
) -> Triple:
    """Change in orders from a base year to the last twelve months of the index, in percent, with
    the noise of single months.

    year: of ``YEARS``; the same months are compared, and in the year in which the index breaks only
        those after the break.
    series: a column of ``index``. outside: how many times as much orders grew outside the index.
    jump: orders of the year after the break over those of the year before, had nothing changed in
    the measuring; as assumed if not given, 1 for the share. The ends: months stray as they did from
    those two years earlier in the twelve months before the pandemic. Raises ``ValueError`` for
    another year.
    """
    if year not in YEARS:
        raise ValueError(f"found the base year {year}; expected one of {YEARS[0]} to {YEARS[-1]}")
    if jump is None:
        jump = 1.0 if series == "share" else assumption("orders-jump")
    ratio, noise = _orders(int(year), series)
    ratio *= outside * (jump if year < _broken().year else 1.0)
    return 100 * (ratio - 1), 100 * (ratio / noise - 1), 100 * (ratio * noise - 1)


def _broken() -> pd.Period:
    """The first month after the break of the index."""
    first: pd.Period = index().query("segment == 'after'").index[0]
    return first


@step
def _orders(year: int, series: str) -> tuple[float, float]:
    """The quotient of ``orders`` with the whole jump at the break taken out, and the factor by
    which noise moves it."""
    frame, broken = index(), _broken()
    last, base = frame.iloc[-12:], frame[frame.index.year == year]
    if year == broken.year:
        base = base[base.index >= broken]
    ratio = last.loc[last.index.month.isin(base.index.month), series].mean() / base[series].mean()
    if year < broken.year:
        ratio /= (
            frame.loc[broken : broken + 11, series].mean()
            / frame.loc[broken - 12 : broken - 1, series].mean()
        )
    quiet = pd.period_range(QUIET, periods=12, freq="M")
    strayed = np.log(
        frame.loc[quiet, series].to_numpy(float) / frame.loc[quiet - APART, series].to_numpy(float)
    )
    return float(ratio), float(np.exp(mean_error(strayed, len(base))))


def orders_range() -> Triple:
    """Mean, least and most of the changes of ``orders`` over all base years, in percent."""
    found = [orders(year)[0] for year in YEARS]
    return float(np.mean(found)), min(found), max(found)


def pay_elsewhere(days: float, hours_a_day: float) -> Triple:
    """Gross pay a month for like work in the United States, in EUR of 2019, at the middle, the
    least and the most an hour.

    ``days``: worked in a month; ``hours_a_day``: of work.
    """
    hours = days * hours_a_day
    low, high = (euros(fact(f"cortana-us-pay-{end}"), 2019) * hours for end in ("low", "high"))
    return (low + high) / 2, low, high


def numbers() -> list[Number]:
    """The numbers of others that the verdicts of the chapter rest on."""
    pay = "Gross pay a month of those who checked clips for Cortana in the United States"
    return [
        define(
            "assistants-right",
            assistants,
            "percent",
            "Questions that three assistants answered correctly, August 2019",
            "Mean of three.",
            "The weakest and the strongest of three assistants. Not other questions, nor what else"
            " may count as right.",
            1,
        ),
        published(
            "cats-dogs-early",
            "cats-dogs-2008",
            "percent",
            "Pictures of cats or dogs a machine told apart, 2008",
            SHARES,
        ),
        published(
            "cats-dogs-late",
            "cats-dogs-2014",
            "percent",
            "Pictures of cats or dogs a machine told apart, 2014",
            SHARES,
        ),
        define(
            "pay-elsewhere",
            lambda: pay_elsewhere(
                assumption("working-days-month"), assumption("working-day-hours")
            ),
            "EUR per month",
            pay,
            "Hourly pay times hours and working days, at the exchange rate of 2019.",
            "The least and the most an hour that were reported, without bonus. Not other firms.",
            0,
        ),
        published(
            "low-skilled-rise",
            "low-skilled-rise",
            "percentage points",
            "Rise of low-skilled jobs in all jobs of the euro area, 1995 to 2015",
            SHARES,
        ),
        *_orders_numbers(),
    ]


def _orders_numbers() -> list[Number]:
    """Orders from the years of the claims, and from all base years."""
    how = (
        "Mean of the months over that of the same months of the base year; before the break of"
        " March 2021 {}."
    )
    covers = (
        "How far months strayed from those two years earlier in the twelve months before the"
        " pandemic. One year’s noise, not a sampling error, and not platforms outside the index."
    )
    kinds = {
        "orders": (
            "microwork",
            "Orders for microtasks",
            "the jump there is taken out but for the growth of all online work",
        ),
        "orders-share": (
            "share",
            "Orders for microtasks over all online work",
            "the jump there is taken out",
        ),
    }
    last = "to the twelve months to August 2024"
    return [
        *(
            define(
                f"{name}-{year}",
                partial(orders, year, series),
                "percent",
                f"{label}, {year} {last}",
                how.format(jump),
                covers,
                1,
            )
            for name, (series, label, jump) in kinds.items()
            for year in (2019, 2021)
        ),
        define(
            "orders-range",
            orders_range,
            "percent",
            f"Orders for microtasks, from each year 2019 to 2022 {last}",
            how.format(kinds["orders"][2]),
            "The least and the most of four base years. Not a sampling error.",
            0,
        ),
    ]
