"""What workers elsewhere earn in an hour and in a month, for the answers of the chapter: what those
of Mechanical Turk declare, what requesters paid, and German incomes.

What workers of Mechanical Turk declare is ticked in ranges, of hours and of income apart: nothing
tells the income of those with long hours. What is declared after 2019 cannot be believed
(``profile.crowds.LAST``) and is not used. Hours are hours a week and incomes USD a week unless a
name says otherwise.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.answers import Family
from tallybook.claims import standing
from tallybook.data.provenance import step

from microwork import intervals
from microwork.income import crowd
from microwork.income.inputs import (
    BASE_YEAR,
    BATCHES,
    ELSEWHERE,
    FACTS,
    MTURK,
    WEEKS_A_MONTH,
    asked,
    eur_per_usd,
    fact,
    factor,
    in_euros,
    lognormal,
    per_hour,
    share,
)
from microwork.inputs import Numbers
from microwork.intervals import Ends, between, each, scaled, wilson

SURVEYS, SINCE, WORK = "profile/crowd_surveys", "income/since", "counts/platform_work"
LONG = 20  # hours a week from which the ranges are long weeks
OPEN = {"hours": "over-forty-hours", "income": "over-500-dollars"}  # ranges without an end
GERMANY = 2015  # the year of the German survey
UNDER, OVER = 4.99, 20.0  # EUR a week: of what lies between, it says nothing
MINIMUM = 7.25  # USD an hour: the level that the log of Mechanical Turk is held against
HALF = 0.5  # of the last digit of its median, which is printed as about $2
TURK = "Mechanical Turk"
# Whether workers live in a country of high income; a survey of the whole world says neither.
WEALTH = {
    "mturk-usa": "high",
    "ilo-north-america": "high",
    "mturk-india": "lower",
    "ilo-asia": "lower",
    "ilo-africa": "lower",
    "ilo-all": "world",
}
LATER = ("ve-remotasks-hour", "br-hourly-2023", "eg-hourly-2025")  # all in poorer countries
LAST_RATE = 2024  # the last year with a rate of exchange


@step
def answers(question: str, year: int = BASE_YEAR) -> pd.DataFrame:
    """The answers of a year on Mechanical Turk to a question (``hours`` or ``income``), lowest
    first: low, high (the last as we assume), answers, middle (half-way, but for the open range)."""
    frame = data.rows(MTURK, {"question": question, "year": year}).sort_values("low")
    frame = frame.reset_index(drop=True)[["low", "high", "answers"]].astype(float)
    known, high = frame["high"].notna(), frame["high"].fillna(fact(OPEN[question], "high"))
    middle = ((frame["low"] + high) / 2).where(known, fact(OPEN[question]))
    return frame.assign(high=high, middle=middle)


def median(frame: pd.DataFrame) -> Ends:
    """Median of such answers: within the range that holds it, in proportion; and the two ends of
    that range."""
    held = frame["answers"].cumsum() / frame["answers"].sum()
    at = int((held >= 0.5).idxmax())
    before = held[at - 1] if at else 0.0
    low, high = float(frame["low"][at]), float(frame["high"][at])
    return low + (high - low) * float((0.5 - before) / (held[at] - before)), low, high


def share_from(frame: pd.DataFrame, level: float) -> Ends:
    """Percent of the answers in the ranges that begin at ``level`` or above, with the 95% Wilson
    interval."""
    total = int(frame["answers"].sum())
    above = int(frame.loc[frame["low"] >= level, "answers"].sum())
    return intervals.wilson_percent(above / total, total)


def reaching(frame: pd.DataFrame, level: float) -> Ends:
    """Percent of the answers that reach a level: in proportion within its range; then all in that
    range below it, or all above. The ends do not depend on how answers lie within a range."""
    above = ((frame["high"] - level) / (frame["high"] - frame["low"])).clip(0, 1)
    parts = above, (above == 1).astype(float), (above > 0).astype(float)
    total = frame["answers"].sum()
    value, low, high = (float((part * frame["answers"]).sum() / total * 100) for part in parts)
    return value, low, high


def mean(frame: pd.DataFrame, column: str) -> float:
    """Mean if every answer lies at a column of ``answers``: low, middle or high."""
    return float(np.average(frame[column], weights=frame["answers"]))


@step
def declared_pay() -> Ends:
    """All income over all hours, as workers of Mechanical Turk declare (EUR of 2018 per hour):
    middles, and the two extremes of all ranges at once."""
    hours, income, rate = answers("hours"), answers("income"), eur_per_usd(BASE_YEAR)
    ends = (("middle", "middle"), ("low", "high"), ("high", "low"))
    value, low, high = (mean(income, top) / mean(hours, foot) * rate for top, foot in ends)
    return value, low, high


def declared_salary() -> Ends:
    """Percent of the answers with an income as high as the net minimum wage of France."""
    wage = fact("smic-net-month-2018") / WEEKS_A_MONTH / eur_per_usd(BASE_YEAR)
    return reaching(answers("income"), wage)


@step
def batches() -> pd.DataFrame:
    """The batches of the table ``income/task_batches`` up to the year of the French surveys, with a
    column ``witness``, the requester."""
    frame, known = data.table(BATCHES), standing.table()
    frame = frame[frame["last_year"] <= BASE_YEAR]
    return frame.assign(witness=[known[key].witness for key in frame["source_key"]])


def _batch_euros() -> pd.Series:
    """Pay per hour by batch (EUR of 2018 per hour)."""
    frame = batches()
    spans = zip(frame["first_year"], frame["last_year"], strict=True)
    euros: pd.Series = frame["usd_per_hour"] * [factor("USD", *span) for span in spans]
    return euros


@step
def german_incomes() -> tuple[float, float]:
    """Median (EUR of 2018 a month) and standard deviation of the logs of incomes on two German
    platforms, by the lognormal that both published shares give."""
    return _german(share("zew-under-five-a-week"), share("zew-over-twenty-a-week"))


def _german(under: float, over: float) -> tuple[float, float]:
    (week, spread) = _parameters(UNDER, under, OVER, 1 - over)
    return week * WEEKS_A_MONTH * factor("EUR", GERMANY, GERMANY), spread


def _parameters(*known: float) -> tuple[float, float]:
    """Median and standard deviation of the logs of ``bounds.lognormal``."""
    fit = lognormal(*known)
    return float(fit.median()), float(fit.kwds["s"])


def _mean(median: float, spread: float) -> float:
    return median * math.exp(spread**2 / 2)


def german_month(of: Callable[[float, float], float] = _mean) -> Ends:
    """Mean monthly income by that lognormal (EUR of 2018), or what else its median and spread give,
    and its ends at Wilson's ends of both shares."""
    names, n = ("zew-under-five-a-week", "zew-over-twenty-a-week"), asked("zew-under-five-a-week")
    ends = [wilson(share(name), n) for name in names]
    found = [of(*_german(*both)) for both in itertools.product(*ends)]
    return of(*german_incomes()), min(found), max(found)


def turk_month() -> Ends:
    """Mean monthly income that workers of Mechanical Turk declare (EUR of 2018): middles of the
    ranges, and their ends."""
    income = answers("income")
    value, low, high = (mean(income, column) for column in ("middle", "low", "high"))
    return scaled((value, low, high), WEEKS_A_MONTH * eur_per_usd(BASE_YEAR))


def income_spread() -> Ends:
    """Standard deviation of the logs of monthly incomes: on the German platforms, and on Mechanical
    Turk from the shares below $10 and $200 a week; their middle on the scale of logs."""
    income = answers("income")
    below = [float(income.loc[income["high"] <= at, "answers"].sum()) for at in (10, 200)]
    first, last = (one / float(income["answers"].sum()) for one in below)
    return between(*sorted((german_incomes()[1], _parameters(10, first, 200, last)[1])))


def turk_pay_spread() -> Ends:
    """Standard deviation of the logs of workers' pay per hour on Mechanical Turk, from the median
    of a log and the share above a level; the ends are those of the median, of which one digit is
    printed, and of the share by Wilson."""
    median, above = per_hour("mturk-median-abstract"), share("mturk-over-725")
    shares = wilson(above, asked("mturk-over-725"))
    medians = median - HALF, median + HALF
    value, *ends = (
        math.log(MINIMUM / middle) / float(stats.norm.ppf(1 - part))
        for middle, part in [(median, above), *itertools.product(medians, shares)]
    )
    return value, min(ends), max(ends)


def requesters() -> Ends:
    """Mean over requesters of what an hour on their tasks brings (EUR of 2018), each requester
    once; the ends are those of the mean of the logs, by Student's t.

    Requesters are taken as a lognormal sample, so their mean is above their middle.
    """
    surveys = data.table(SURVEYS)
    surveys = surveys[surveys["usd_per_hour_mean_time"].notna() & surveys["month"].notna()]
    years = surveys["month"].str[:4].astype(int)
    laboratory = surveys["usd_per_hour_mean_time"] * [factor("USD", one, one) for one in years]
    logs = np.log(
        [
            *_batch_euros().groupby(batches()["witness"]).median(),
            laboratory.median(),
            crowd.hourly_euros()[0],
        ]
    )
    middle, variance, count = float(logs.mean()), float(logs.var(ddof=1)), len(logs)
    off = float(stats.t.ppf(0.975, count - 1)) * math.sqrt(variance / count)
    return each(lambda by: math.exp(middle + variance / 2 + by), (0.0, -off, off))


def worker_hour() -> Family:
    """Mean pay of workers for an hour in EUR of 2018, by platform and by how rich their country
    is."""
    rows: list[tuple[Any, ...]] = []
    for name, wealth in WEALTH.items():
        row = data.row(ELSEWHERE, name)
        survey = TURK if row["survey"] == "work logs" else row["survey"]
        rows.append((row["source_key"], survey, wealth, in_euros(name), None, None))
    source = data.row(MTURK, "hours", BASE_YEAR, 0)["source_key"]
    rows.append((source, TURK, "world", *declared_pay()))
    for name in LATER:
        row = data.fact(SINCE, name)
        year = min(int(row["month"][:4]), LAST_RATE)
        euros = float(row["value"]) * factor("USD", year, year)
        rows.append((row["source_key"], row["place"], "lower", euros, None, None))
    columns = ["source_key", "platform", "wealth", "value", "low", "high"]
    frame = pd.DataFrame(rows, columns=columns).astype({"low": float, "high": float})
    return Family("worker-hour", "log", frame, ("platform", "wealth"))


def month_pay() -> Family:
    """Mean income of a month on platforms for microtasks in EUR of 2018."""
    german = data.fact(FACTS, "zew-under-five-a-week")["source_key"]
    turk = data.row(MTURK, "income", BASE_YEAR, 0)["source_key"]
    crowds = data.fact(WORK, "germany-2016-month-pay")
    euros = float(crowds["value"]) * factor("EUR", int(crowds["year"]), int(crowds["year"]))
    rows = [
        (german, "Germany, two platforms", *german_month()),
        (turk, TURK, *turk_month()),
        (crowds["source_key"], "Germany, crowd workers", euros, None, None),
    ]
    columns = ["source_key", "platform", "value", "low", "high"]
    frame = pd.DataFrame(rows, columns=columns).astype({"low": float, "high": float})
    return Family("month-pay", "log", frame, ("platform",))


def below_minimum() -> Family:
    """Workers who earn less in an hour than the minimum wage of their place, percent."""
    europe = data.fact(WORK, "etui-2021-below-minimum")
    britain, turk = (data.fact(FACTS, name) for name in ("uk-under-minimum", "mturk-over-725"))
    rows = [
        (europe["source_key"], "Europe", float(europe["value"]), None),
        (britain["source_key"], "United Kingdom", float(britain["value"]), britain["n"]),
        (turk["source_key"], TURK, 100 - float(turk["value"]), turk["n"]),
    ]
    frame = pd.DataFrame(rows, columns=["source_key", "platform", "value", "n"])
    return Family("below-minimum", "logit", frame.astype({"n": float}), ("platform",))


FAMILIES = {"worker-hour": worker_hour, "month-pay": month_pay, "below-minimum": below_minimum}
NUMBERS: Numbers = {
    "mturk-weekly-hours": lambda: median(answers("hours")),
    "mturk-long-hours": lambda: share_from(answers("hours"), LONG),
    "mturk-salary": declared_salary,
    "mturk-declared-pay": declared_pay,
    "zew-median-month": partial(german_month, lambda median, _spread: median),
    "month-spread": income_spread,
    "mturk-pay-spread": turk_pay_spread,
    "requesters-hour": requesters,
}
