"""Income: rows of the charts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.language import capital

from microwork.income import bounds, crowd, elsewhere, hours, mturk, tasks
from microwork.income.inputs import fact
from microwork.since import name

MOST_EUROS = 80.0  # a month, on the plane of income and hours


def hourly_cases() -> pd.DataFrame:
    """Pay per hour by what is assumed: case, pay, low, high, claim (EUR per hour; any but the first
    may be missing), colour."""
    rows = [
        ("Tasks at the minimum wage, half the time unpaid", None, None, None, hours.price_rule()),
        ("Most there can be, whatever the spread of hours", hours.hourly_bound(), None, None, None),
        (
            "If the mean of hours were as high as their median",
            hours.hourly_at_median(),
            *[None] * 3,
        ),
        ("If hours have a long tail", *hours.hourly_lognormal(), None),
    ]
    columns = ["case", "pay", "low", "high", "claim"]
    frame = pd.DataFrame(rows, columns=columns)
    kinds = ["bound" if case.startswith("Most") else "measured" for case in frame["case"]]
    return frame.astype(dict.fromkeys(columns[1:], float)).assign(colour="found", kind=kinds)


def price_rule(steps: int = 31) -> pd.DataFrame:
    """What an hour of all time brings, if an hour on tasks is priced at the gross minimum wage of
    2018: unpaid_hours (per hour on tasks), validated (percent of the work), pay (EUR)."""
    price, most = fact("smic-gross-2018"), 3
    rows = [
        (unpaid, percent, bounds.effective_pay(price, unpaid, percent / 100))
        for percent in (100, 75, 50, 25)
        for unpaid in np.linspace(0, most, steps)
    ]
    return pd.DataFrame(rows, columns=["unpaid_hours", "validated", "pay"])


def wage_line() -> pd.DataFrame:
    """Mean monthly incomes at which an hour brings the gross minimum wage of 2018, by hours of work
    a week: hours, euros."""
    wage = fact("smic-gross-2018") * bounds.WEEKS_A_MONTH
    frame = pd.DataFrame({"euros": [0.0, MOST_EUROS]})
    return frame.assign(hours=frame["euros"] / wage)


def as_published() -> pd.DataFrame:
    """The published mean at the least mean of hours that the published half allows: hours, euros,
    what an hour then brings at most (EUR)."""
    least = bounds.mean_at_least(fact("median-hours"), hours.half())
    row = (least, fact("mean-income"), hours.hourly_bound())
    return pd.DataFrame([row], columns=["hours", "euros", "pay"])


def crowd_jobs() -> pd.DataFrame:
    """Pay per hour in each open job, the best paid first: date, cents (for a judgment), value, low,
    high (EUR of 2018 per hour), colour.

    The value leaves the quiz unpaid, the high end pays it, and the low end counts removed workers.
    """
    jobs = crowd.cells().groupby("job").first()
    table = crowd.readings() * crowd.to_euros()
    days = pd.to_datetime(jobs["date"])
    cents = (jobs["usd_a_judgment"] * 100).round().astype(int)
    frame = table.rename(columns={"kept": "value", "everybody": "low", "paid_quiz": "high"})
    frame = frame.assign(date=days, cents=cents)
    frame = frame.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    return frame[["date", "cents", "value", "low", "high"]].assign(colour="found")


def later() -> pd.DataFrame:
    """Pay known since 2022, lowest first: place, quantity, year, value, low, high (USD per hour of
    its year; the ends of one row only), colour.

    The facts of the table of later years that are in dollars an hour, and one logged batch.
    """
    hourly = data.rows(name("income"), {"unit": "USD per hour"})
    frame = hourly[["place", "quantity"]].assign(
        year=hourly["month"].str[:4], value=hourly["value"], low=np.nan, high=np.nan
    )
    frame.loc[len(frame)] = ("Mechanical Turk", "pay per hour in one batch", "2023", *tasks.batch())
    return frame.sort_values("value", kind="stable").reset_index(drop=True).assign(colour="s4")


def comparison() -> pd.DataFrame:
    """Rows of the chart across countries, in EUR of 2018 per hour: group, place (or what it is),
    measure and years (if published), value, low, high, colour and kind of mark.

    Surveys and logs of microtasks outside France (``elsewhere.surveys``), what Mechanical Turk's
    workers declare, and our own two rows, which are in the colour of findings.
    """
    pay = elsewhere.pay_table().set_index("pay_id").loc[elsewhere.surveys().index]
    ours, turk, tail = "Foule Factory, France", "Mechanical Turk", hours.hourly_lognormal()
    declared = ("All income over all hours", "as declared", str(mturk.YEAR))
    most = ("The most there can be on average", "", "")
    rows: list[tuple[Any, ...]] = [
        (ours, *most, hours.hourly_bound(), None, None, "found"),
        (ours, "If hours have a long tail", "", "", *tail, "found"),
        (turk, *declared, *mturk.pay_in_euros(), "s4"),
    ]
    for row in pay.to_dict("records"):
        at_turk = row["place"].startswith(turk)
        called = row["place"].partition(", ")[2] or row["survey"] if at_turk else row["place"]
        said = (capital(called), row["measure"], row["years"])
        group = turk if at_turk else "Five platforms, by region"
        rows.append((group, *said, row["euros"], None, None, "s4"))
    columns = ["group", "place", "measure", "years", "value", "low", "high", "colour"]
    frame = pd.DataFrame(rows, columns=columns)
    kinds = ["bound" if place == most[0] else "measured" for place in frame["place"]]
    return frame.astype(dict.fromkeys(("value", "low", "high"), float)).assign(kind=kinds)
