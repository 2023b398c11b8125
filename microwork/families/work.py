"""How many work through platforms, and what an hour of it brings, in EUR of 2018."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.answers import Family
from tallybook.answers.factors import judged
from tallybook.answers.predict import Fit
from tallybook.answers.scales import LEVELS, Floats, natural
from tallybook.data.provenance import step

from microwork.families import rows
from microwork.families.rows import SURVEYS, TURK, family, published, ratio, taken
from microwork.income import crowd
from microwork.income.inputs import WAGES, factor

WORK, INPUTS, KINDS = "counts/platform_work", "counts/inputs", "counts/survey_kinds"
ENDS = np.array([0.025, 0.5, 0.975])
YEARS = 10  # that these platforms had existed
LAST = 2024  # year with an exchange rate
MANY = 1000  # projects of a country in a year from which its wage is taken: no table has its error


@step
def month_of_year() -> Family:
    """Share of those who work through a platform in a year that do in a month of it."""
    parts = (
        ratio(WORK, "italy-2022-month", "italy-2022-year", platform="Italy"),
        ratio(WORK, "finland-2022-month", "finland-2022-year", platform="Finland"),
        ratio(WORK, "mturk-us-month", "mturk-us-year", platform=TURK),
    )
    return family("month-of-year", "logit", (), *parts)


def week_of_month() -> Floats:
    """Quantiles of the part of those paid in a month who are paid in a week of it, as judged."""
    row = data.row("factors", "week_of_month")
    return natural("logit", judged("logit", row["low"], row["high"]))


@step
def active_of_registered() -> Family:
    """Share of accounts whose holders had work in a year, by the kind of work.

    A week leads to a year by the same steps as a year to a week in the answers. Who ever had work
    had it in one of ``YEARS`` or in all. Where no time is said, it is a month or a year.
    """
    freelance, small = {"work": "freelancing"}, {"work": "microtasks"}
    ever = ratio(INPUTS, "world-ever-worked-kassi-v4", "world-profiles-kassi", **freelance)
    unsaid = published("counts/inputs", "world-wb2015-active", platform="microwork sites", **small)
    names = (f"oli-supplement-{one}" for one in ("weekly", "registered"))
    week = ratio(INPUTS, *names, platform="four platforms", **freelance)
    steps = (
        natural("logit", Fit(month_of_year()).new({}).quantiles(ENDS)),
        np.interp(ENDS, LEVELS, week_of_month()),
    )
    low, middle, high = np.log(steps).T
    off = np.hypot(*(high - low)) / 2
    parts = (
        _for_a_year(ever.assign(platform="freelancers"), 1 / YEARS, 1),
        _for_a_year(unsaid, 1, 1 / steps[0][1]),
        _for_a_year(week, *np.exp(np.array([-off, off]) - middle.sum())),
        ratio(INPUTS, "mturk-available", "mturk-registered", platform=TURK, **small),
    )
    return family("active-of-registered", "logit", ("work",), *parts)


def _for_a_year(part: pd.DataFrame, least: float, most: float) -> pd.DataFrame:
    """Shares of another time as shares of a year, which are so many times as high: 95 percent."""
    low, high = part["value"] * least, part["value"] * most
    return part.assign(value=np.sqrt(low * high), low=low, high=high)


@step
def year_share() -> Family:
    """Share of a population that did such work in a year, by the kind of survey and the work that
    counts. A quarter of one's income is another question."""
    frame = data.rows(WORK, {"kind": "people", "window": "year", "unit": "percent"})
    asked = frame[~frame["fact_id"].str.endswith("quarter-income")]
    asked = asked.merge(data.table(KINDS), on="source_key")
    whole, part = (
        data.fact(WORK, "etui-2021-internet-work"),
        data.fact(WORK, "etui-2021-click-work"),
    )
    click = ratio(WORK, "etui-2021-click-work", "etui-2021-internet-workers")
    click["value"] *= whole["value"] / 100
    columns = {"platform": whole["place"], "work": part["work"]}
    columns["survey"] = data.row(KINDS, part["source_key"])["survey"]
    columns, click = {"survey": "survey", "work": "work"}, click.assign(**columns)
    return family(
        "year-share",
        "logit",
        ("survey", "work"),
        taken(asked, value="value", n="n", platform="place", **columns),
        click,
    )


def _euros(usd: pd.Series, first: Any, last: Any) -> pd.Series:
    """USD of some years in EUR of 2018."""
    years = pd.DataFrame({"first": first, "last": last}, index=usd.index).clip(upper=LAST)
    return usd * [factor("USD", int(a), int(b)) for a, b in years.to_numpy()]


def _in_year(usd: str) -> Any:
    """What makes EUR of 2018 of a column, by the year of each row."""

    def euros(frame: pd.DataFrame) -> pd.Series:
        years = rows.year(frame).astype(int)
        return _euros(frame[usd], years, years)

    return euros


def _surveyed(column: str) -> pd.DataFrame:
    """Pay of surveys over the time they took, where a year is stated."""
    frame = data.table(SURVEYS).dropna(subset=["month", column])
    return taken(frame, value=_in_year(column), platform=rows.crowd)


@step
def hour_pay() -> Family:
    """Pay for an hour on tasks by the middle time that a task takes."""
    batches = data.table("income/task_batches")
    euros = _euros(batches["usd_per_hour"], batches["first_year"], batches["last_year"])
    parts = (taken(batches, value=euros, platform=TURK), _surveyed("usd_per_hour_median_time"))
    return family("hour-pay", "log", ("witness", "platform"), *map(rows.by_witness, parts))


@step
def hour_pay_mean() -> Family:
    """Pay for an hour on tasks, all pay over all time or the mean of workers. Where unpaid time is
    counted it is another quantity."""
    jobs = data.table("income/crowd_pay").rename(columns={"date": "month"}).drop_duplicates("job")
    paid = crowd.by_job(crowd.cells())
    jobs = jobs.set_index("job").assign(usd=paid["usd"] / paid["hours"])
    asked = data.rows("income/elsewhere", {"measure": "mean", "currency": "USD"})
    asked = asked[asked["time"] != "paid and unpaid"]
    hourly = asked["amount"] / asked["hours"]
    facts = ("ve-remotasks-hour", "br-hourly-2023", "eg-hourly-2025")
    single = pd.DataFrame([data.fact("income/since", one) for one in facts])
    parts = (
        taken(jobs, value=_in_year("usd"), platform=rows.CROWDFLOWER),
        _surveyed("usd_per_hour_mean_time"),
        taken(
            asked.replace({"survey": {"work logs": TURK}}),
            value=_euros(hourly, asked["first_year"], asked["last_year"]),
            platform="survey",
        ),
        taken(single, value=_in_year("value"), platform="place"),
    )
    return family("hour-pay-mean", "log", ("witness", "platform"), *map(rows.by_witness, parts))


@step
def freelance_pay() -> Family:
    """Median pay an hour of online freelancers by country and year, from 1000 projects on, in USD;
    a block is a continent."""
    continents = data.table("outsourcing/countries").set_index("country")["continent"]
    frame = data.table(WAGES).query("projects >= @MANY")
    frame = frame.assign(continent=frame["iso3"].map(continents))
    part = taken(frame, value="median_wage", country="iso3", continent="continent")
    groups = ("country", "continent")
    return family("freelance-pay", "log", groups, part, block=("source_key", "continent"))
