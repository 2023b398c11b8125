"""What workers of Mechanical Turk declare: weekly hours and weekly income by year, each as ticked
in ranges.

Hours and income are known apart, not together: what is said of both at once holds whatever their
relation. A range without an upper end stands in the tables of assumptions. Hours are hours a week
and incomes USD a week unless a name says otherwise. What is declared after 2019 cannot be believed
(``profile.crowds.LAST``) and is not used.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.income import bounds, elsewhere, hours
from microwork.income.elsewhere import eur_per_usd
from microwork.income.inputs import MTURK, assumption, fact
from microwork.intervals import Ends

YEAR = 2018  # of the French surveys
LONG = 20  # hours a week from which the ranges are long weeks
FULL = 200  # USD a week: the range that begins here holds the net minimum wage of France
OPEN = {"hours": "over-forty-hours", "income": "over-500-dollars"}


@step
def answers(question: str, year: int = YEAR) -> pd.DataFrame:
    """The answers of a year to a question (``hours`` or ``income``), lowest first.

    Columns: low, high (the last from the table of assumptions), answers, middle. Middle is
    half-way, but for the open range.
    """
    frame = data.rows(MTURK, {"question": question, "year": year}).sort_values("low")
    frame = frame.reset_index(drop=True)[["low", "high", "answers"]].astype(float)
    known, high = frame["high"].notna(), frame["high"].fillna(assumption(OPEN[question], "high"))
    middle = ((frame["low"] + high) / 2).where(known, assumption(OPEN[question], "mode"))
    return frame.assign(high=high, middle=middle)


def median(frame: pd.DataFrame) -> Ends:
    """Median: within the range that holds it, in proportion; and the two ends of that range.

    Columns as in ``answers``.
    """
    held = frame["answers"].cumsum() / frame["answers"].sum()
    at = int((held >= 0.5).idxmax())
    before, low, high = (
        held[at - 1] if at else 0.0,
        float(frame["low"][at]),
        float(frame["high"][at]),
    )
    return low + (high - low) * float((0.5 - before) / (held[at] - before)), low, high


def share_from(frame: pd.DataFrame, level: float) -> Ends:
    """Percent of the answers in the ranges that begin at ``level`` or above, with the 95 % Wilson
    interval."""
    total = int(frame["answers"].sum())
    return intervals.wilson_percent(
        int(frame.loc[frame["low"] >= level, "answers"].sum()) / total, total
    )


def reaching(frame: pd.DataFrame, level: float) -> Ends:
    """Percent of the answers that reach a level: in proportion within its range; all in that range
    above it, or none.

    Returns value, least, most. The ends do not depend on how answers lie within a range.
    """
    above = ((frame["high"] - level) / (frame["high"] - frame["low"])).clip(0, 1)
    least, most = (above == 1).astype(float), (above > 0).astype(float)
    value, low, high = (
        float((part * frame["answers"]).sum() / frame["answers"].sum() * 100)
        for part in (above, least, most)
    )
    return value, low, high


def least_short(hours: pd.DataFrame, incomes: pd.DataFrame, long: float, level: float) -> float:
    """Least percent of those with ``long`` hours or more who have less than ``level`` a week,
    whatever the two have in common.

    Proof (Fréchet): those with the level or more are a share q of all, and at most all of them have
    long hours; so of the share p with long hours at least ``1 - q / p`` are below it.
    """
    p, q = (share_from(frame, at)[0] for frame, at in ((hours, long), (incomes, level)))
    return max(0.0, 1 - q / p) * 100


def mean(frame: pd.DataFrame, column: str) -> float:
    """Mean if every answer lies at a column of ``answers``: low, middle or high."""
    return float(np.average(frame[column], weights=frame["answers"]))


def pay(year: int = YEAR) -> Ends:
    """All declared income over all declared hours (USD per hour): middles, and the two extremes of
    all ranges at once."""
    hours, income = answers("hours", year), answers("income", year)
    ends = (("middle", "middle"), ("low", "high"), ("high", "low"))
    value, low, high = (mean(income, top) / mean(hours, bottom) for top, bottom in ends)
    return value, low, high


def wage() -> float:
    """The net minimum wage of France in USD a week, at the rate of its year."""
    return fact("smic-net-month-2018") / bounds.WEEKS_A_MONTH / eur_per_usd(YEAR)


@step
def pay_in_euros() -> Ends:
    """``pay`` in EUR of the year."""
    return intervals.scaled(pay(), eur_per_usd(YEAR))


def month_elsewhere() -> Ends:
    """A month of full days at the pay that surveys and logs find elsewhere (EUR of 2018): middle,
    least and most.

    Pay as declared on Mechanical Turk is one of the figures; its range counts at both ends.
    """
    found = elsewhere.surveys()
    value, low, high = pay_in_euros()
    middle = float(pd.concat([found, pd.Series([value])]).median())
    ends = middle, min(found.min(), low), max(found.max(), high)
    return intervals.scaled(ends, hours.full_month())
