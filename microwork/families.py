"""What was measured in other crowds, places and years, for factors to predict from.

A family takes every row of the named tables that measures its quantity, whatever it says; rows of
grade C and single cases are left out. What the survey on Foule Factory found is in none of them:
it is what is predicted. A platform whose crowd or whose answers changed (``regimes``) is another
platform afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.answers import Family
from tallybook.data.provenance import untraced

from microwork.income import crowd as crowd_pay
from microwork.income import elsewhere as pay
from microwork.outsourcing import crowd as places
from microwork.retraining import service

WOMEN, SURVEYS, CROWDS = "profile/crowd_women", "profile/crowd_surveys", "profile/crowds"
TURK_2015, SINCE, SMALL = "profile/mturk-2015", "profile/since", "profile/prolific_small"
PROFILE, WORK, SHARES = "profile/elsewhere", "counts/platform_work", "outsourcing/shares"
CROWDFLOWER, APPEN, TURK, PROLIFIC = "CrowdFlower", "Appen", "Mechanical Turk", "Prolific"
LATER = ("uncertainty", "trust")  # surveys on Appen after the break, which state no date
WORLD = "world"
OLD_ENOUGH = 25  # respondents from which on a mean age is taken: its sampling error is not printed
MANY = 100  # projects of a country in a year from which on its wage is taken, likewise


def _rows(frame: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Rows of a table as rows of a family, without those of grade C or without a value."""
    found = pd.DataFrame({"source_key": frame["source_key"], **columns}, index=frame.index)
    sound = frame["grade"] != "C" if "grade" in frame else True
    return found[sound & found["value"].notna()]


def _family(
    name: str,
    scale: str,
    groups: tuple[str, ...],
    parts: Iterable[pd.DataFrame],
    block: tuple[str, ...] = ("source_key", "platform"),
) -> Family:
    rows = pd.concat(parts, ignore_index=True)
    return Family(name, scale, rows, groups, block)


def _facts(table: str, *fact_ids: str) -> pd.DataFrame:
    return pd.DataFrame([data.fact(table, one) for one in fact_ids])


@cache
def _codes() -> dict[str, str]:
    with untraced():
        countries = data.table("outsourcing/countries")
    return dict(zip(countries["name"], countries["country"], strict=True))


def _place(names: pd.Series) -> pd.Series:
    """Countries by their codes; all else as it is called."""
    return names.map(lambda name: _codes().get(name, name.lower()))


def _crowd(frame: pd.DataFrame) -> pd.Series:
    """The platform, and after the break the crowd that took its place."""
    return frame["platform"].where(~frame["survey"].isin(LATER), f"{APPEN}, new crowd")


def _before_break(years: pd.Series) -> pd.Series:
    """Years of Mechanical Turk in which what people declare can be true."""
    return years < int(data.row("regimes", "mturk-declared")["date"])


def _counted(frame: pd.DataFrame, count: str, groups: tuple[str, ...]) -> tuple[float, float]:
    """Share of some groups of a trait in percent, and of how many."""
    known = frame[frame["group"] != "not known"]
    n = float(known[count].sum())
    return 100 * float(known.loc[known["group"].isin(groups), count].sum()) / n, n


def _trait(trait: str, *groups: str) -> pd.DataFrame:
    """The share of people with a trait in crowds that were counted by it, by year; the first
    group makes clear whether a crowd was."""
    found = []
    tables = ((CROWDS, "count"), ("profile/prolific", "count"), (SMALL, "persons"))
    for table, count in tables:
        frame = data.table(table).query("trait == @trait")
        frame["platform"] = frame.get("platform", pd.Series(PROLIFIC, index=frame.index))
        frame["study"] = frame.get("study", frame["year"].astype(str))
        for (_platform, _study), rows in frame.groupby(["platform", "study"]):
            # One year of Mechanical Turk is in a finer table, by country.
            if (rows["year"].eq(2015) & rows["platform"].eq(TURK)).any():
                continue
            if not rows["group"].eq(groups[0]).any():
                continue
            value, n = _counted(rows, count, groups)
            found.append(_rows(rows.iloc[:1], value=value, n=n, platform=rows["platform"]))
    return pd.concat(found).assign(place=WORLD)


def _turk_2015(column: str, *values: str) -> pd.DataFrame:
    """Workers of Mechanical Turk by country in 2015."""
    frame = data.table(TURK_2015)
    found = frame.groupby("country").agg(n=("workers", "sum"), source_key=("source_key", "first"))
    having = frame[frame[column].isin(values)].groupby("country")["workers"].sum()
    value = 100 * having / found["n"]
    return _rows(
        found, value=value, n=found["n"], platform=TURK, place=_place(found.index.to_series())
    )


def women() -> Family:
    """Share of women among the workers of a platform. The surveys by one laboratory on
    CrowdFlower are taken by country and not once more by survey; its surveys on Appen that give
    no countries stand for the world."""
    by_country, surveys = data.table(WOMEN), data.table(SURVEYS)
    whole = surveys[
        (surveys["platform"] == APPEN) & ~surveys["survey"].isin({*by_country["survey"]})
    ]
    german = _facts(PROFILE, "zew-women")
    toloka = _facts(SINCE, "toloka-women-2022")
    brazil, egypt = _facts(SINCE, "br-women-2023"), _facts(SINCE, "eg-men-2025")
    parts = (
        _rows(
            by_country,
            value=by_country["women_percent"],
            n=by_country["respondents"],
            platform=_crowd(by_country),
            place=by_country["country"],
        ),
        _rows(
            whole,
            value=whole["women_percent"],
            n=whole["men"] + whole["women"],
            platform=_crowd(whole),
            place=WORLD,
        ),
        _trait("sex", "women"),
        _turk_2015("sex", "women"),
        _rows(german, value=german["value"], n=german["n"], platform="Germany", place="DEU"),
        _rows(toloka, value=toloka["value"], platform="Toloka", place=WORLD),
        _rows(brazil, value=brazil["value"], platform="Brazil", place="BRA"),
        _rows(egypt, value=100 - egypt["value"], platform="Egypt", place="EGY"),
    )
    return _family("women", "logit", ("platform", "place"), parts)


def mean_age() -> Family:
    """Mean age of the workers of a platform, from 25 respondents on."""
    by_country, surveys = data.table(WOMEN), data.table(SURVEYS)
    by_country = by_country[by_country["respondents"] >= OLD_ENOUGH]
    whole = surveys[(surveys["platform"] == APPEN)]
    toloka = _facts(SINCE, "toloka-age-2022")
    parts = (
        _rows(
            by_country,
            value=by_country["mean_age"],
            platform=_crowd(by_country),
            place=by_country["country"],
        ),
        _rows(whole, value=whole["mean_age"], platform=_crowd(whole), place=WORLD),
        _rows(toloka, value=toloka["value"], platform="Toloka", place=WORLD),
    )
    return _family("mean-age", "log", ("platform", "place"), parts)


def age_25_44() -> Family:
    """Share of workers aged 25 to 44."""
    parts = _trait("age", "25 to 44"), _turk_2015("age", "24 or 25", "25 to 44")
    return _family("age-25-44", "logit", ("platform",), parts)


def degree() -> Family:
    """Share of workers with a bachelor or more."""
    american = _facts(PROFILE, "mturk-graduates")
    brazil = _facts(SHARES, "brazil2023-graduates")
    parts = (
        _trait("schooling", "bachelor or more"),
        _trait("schooling", "bachelor", "master", "doctorate", "professional"),
        _rows(american, value=american["value"], n=american["n"], platform=TURK),
        _rows(brazil, value=brazil["value"], platform="Brazil"),
    )
    return _family("degree", "logit", ("platform",), parts)


def no_main_job() -> Family:
    """Share of workers who have no other job."""
    brazil = _facts(SINCE, "br-no-other-work")
    jobless = ("seeking work", "not in paid work", "about to start a job")
    studies = []
    for _study, rows in data.rows(SMALL, {"trait": "employment"}).groupby("study"):
        value, n = _counted(rows, "persons", jobless)
        studies.append(_rows(rows.iloc[:1], value=value, n=n, platform=PROLIFIC))
    parts = (*studies, _rows(brazil, value=brazil["value"], platform="Brazil"))
    return _family("no-main-job", "logit", ("platform",), parts)


def _ratio(table: str, part: str, whole: str, **columns: Any) -> pd.DataFrame:
    """A published count or share over another, in percent; of ranges, the middle and the ends."""
    over, under = data.fact(table, part), data.fact(table, whole)
    found = {"value": 100 * _middle(over) / _middle(under), **columns}
    if pd.isna(over["value"]):
        found |= {side: 100 * over[side] / _middle(under) for side in ("low", "high")}
    return pd.DataFrame([{"source_key": over["source_key"], **found}])


def _middle(fact: pd.Series) -> float:
    """A published value, or the middle of a published range."""
    if pd.isna(fact["value"]):
        return float(np.sqrt(fact["low"] * fact["high"]))
    return float(fact["value"])


def month_of_year() -> Family:
    """Share of those who work through a platform in a year that do in a month of it."""
    parts = (
        _ratio(WORK, "italy-2022-month", "italy-2022-year", platform="Italy"),
        _ratio(WORK, "finland-2022-month", "finland-2022-year", platform="Finland"),
        _ratio(WORK, "mturk-us-month", "mturk-us-year", platform=TURK),
    )
    return _family("month-of-year", "logit", (), parts)


def active_of_registered() -> Family:
    """Share of accounts whose holders ever had work (``window`` ever), or had it in a year or in a
    week."""
    inputs, shares = "counts/inputs", _facts("counts/shares", "world-wb2015-active")
    profiles = "world-profiles-kassi"
    parts = (
        _ratio(
            inputs, "world-ever-worked-kassi-v4", profiles, platform="freelancers", window="ever"
        ),
        _rows(shares, value=shares["value"], platform="microwork sites", window="year"),
        _ratio(inputs, "mturk-available", "mturk-registered", platform=TURK, window="year"),
        _ratio(
            inputs,
            "oli-supplement-weekly",
            "oli-supplement-registered",
            platform="four platforms",
            window="week",
        ),
    )
    return _family("active-of-registered", "logit", ("window",), parts)


def year_share() -> Family:
    """Share of a population that did such work in a year, by the kind of survey
    (``counts/survey_kinds``) and the work that counts."""
    frame = data.rows(WORK, {"kind": "people", "window": "year", "unit": "percent"})
    asked = frame[frame["fact_id"] != "finland-2017-quarter-income"]  # a quarter of the income
    kinds = asked.merge(data.table("counts/survey_kinds"), on="source_key")
    click = _ratio(
        WORK, "etui-2021-click-work", "etui-2021-internet-workers", work="click work and surveys"
    )
    click["value"] *= data.value(WORK, "etui-2021-internet-work") / 100
    with_kind = click.assign(survey="telephone", platform="14 countries of the European Union")
    parts = (
        _rows(
            kinds,
            value=kinds["value"],
            n=kinds["n"].astype(float),
            survey=kinds["survey"],
            work=kinds["work"],
            platform=kinds["place"],
        ),
        with_kind,
    )
    return _family("year-share", "logit", ("survey", "work"), parts)


def _euros(frame: pd.DataFrame, amount: pd.Series, first: Any, last: Any) -> pd.Series:
    """USD of some years in EUR of 2018; missing where a year has no rate."""
    years = pd.DataFrame({"first": first, "last": last}, index=frame.index)
    return amount * [pay.factor("USD", int(a), int(b)) for a, b in years.itertuples(index=False)]


def _surveyed_pay(column: str) -> pd.DataFrame:
    frame = data.table(SURVEYS)
    frame = frame[frame[column].notna() & frame["month"].notna()]
    year = frame["month"].str[:4].astype(int)
    return _rows(frame, value=_euros(frame, frame[column], year, year), platform=_crowd(frame))


def _published_pay(measure: str) -> pd.DataFrame:
    frame = data.rows("income/elsewhere", {"measure": measure, "currency": "USD"})
    frame = frame[frame["time"] != "paid and unpaid"]
    amount = _euros(
        frame, frame["amount"] / frame["hours"], frame["first_year"], frame["last_year"]
    )
    sites = frame["survey"].where(frame["survey"] != "work logs", TURK)
    return _rows(frame, value=amount, platform=sites)


def hour_pay() -> Family:
    """Pay for an hour on tasks in EUR of 2018, medians: of workers, or of a task by its middle
    time."""
    batches = data.table("income/task_batches")
    batch = data.rows("income/batch_pay", {"quantile": 0.5})
    parts = (
        _rows(
            batches,
            value=_euros(
                batches, batches["usd_per_hour"], batches["first_year"], batches["last_year"]
            ),
            platform=TURK,
        ),
        _rows(batch, value=_euros(batch, batch["usd_per_hour"], 2023, 2023), platform=TURK),
        _surveyed_pay("usd_per_hour_median_time"),
    )
    return _family("hour-pay", "log", ("source_key", "platform"), parts)


def hour_pay_mean() -> Family:
    """Pay for an hour on tasks in EUR of 2018, means: all pay over all time, or over workers."""
    cells = data.table("income/crowd_pay").groupby(["job", "source_key", "date"], as_index=False)
    jobs = cells.agg(job=("job", "first"))
    paid = crowd_pay.by_job(crowd_pay.cells()).reset_index()
    jobs = jobs.merge((paid["usd"] / paid["hours"]).rename("usd").to_frame().join(paid["job"]))
    year = jobs["date"].str[:4].astype(int)
    elsewhere = _facts("income/since", "ve-remotasks-hour", "br-hourly-2023", "eg-hourly-2025")
    when = elsewhere["month"].str[:4].astype(int).clip(upper=2024)  # the last year with a rate
    parts = (
        _rows(jobs, value=_euros(jobs, jobs["usd"], year, year), platform=CROWDFLOWER),
        _surveyed_pay("usd_per_hour_mean_time"),
        _published_pay("mean"),
        _rows(
            elsewhere,
            value=_euros(elsewhere, elsewhere["value"], when, when),
            platform=elsewhere["place"],
        ),
    )
    return _family("hour-pay-mean", "log", ("source_key", "platform"), parts)


def _share_of_workers(code: str, name: str) -> list[pd.DataFrame]:
    """Share of the workers of single jobs and of Mechanical Turk that are in a country."""
    batches = data.table("outsourcing/crowd_places")
    batches = batches[~batches["batch"].isin(places.GROUPS[1:])]  # whose single jobs are here
    known = batches[batches["country"] != places.UNKNOWN]
    jobs = known.groupby("batch").agg(
        n=("workers", "sum"), source_key=("source_key", "first"), month=("first_month", "first")
    )
    there = known[known["country"] == code].groupby("batch")["workers"].sum()
    turk = data.rows("outsourcing/mturk_places", {"place": name})
    turk = turk[_before_break(turk["year"])]
    all_turk = data.table("counts/mturk_years").set_index("year")["located"]
    n = turk["year"].map(all_turk).astype(float)
    return [
        _rows(
            jobs,
            value=100 * there.reindex(jobs.index, fill_value=0) / jobs["n"],
            n=jobs["n"],
            platform=CROWDFLOWER,
            year=jobs["month"].str[:4],
        ),
        _rows(
            turk, value=100 * turk["workers"] / n, n=n, platform=TURK, year=turk["year"].map(str)
        ),
    ]


def venezuela_share() -> Family:
    """Share of the workers of a job that are in Venezuela, by platform and year."""
    surveys = data.table(SURVEYS)
    counted = surveys[surveys["venezuela"].notna()]
    ids = {"s1": "2014-06", "s15": "2018-12"}
    printed = _facts(SHARES, *(f"crowdflower-venezuela-{month}" for month in ids.values()))
    asked = surveys.set_index("survey")["respondents"][[*ids]].to_numpy(float)
    parts = (
        *_share_of_workers("VEN", "Venezuela"),
        _rows(
            counted,
            value=100 * counted["venezuela"] / counted["respondents"],
            n=counted["respondents"],
            platform=_crowd(counted),
            year=counted["month"].str[:4],
        ),
        _rows(
            printed,
            value=printed["value"],
            n=asked,
            platform=CROWDFLOWER,
            year=printed["period"].str[:4],
        ),
    )
    return _family("venezuela-share", "logit", ("platform", "year"), parts)


def relabel_years() -> Family:
    """Years of a model in service for each time that new labels by people came in, half a time
    added: of models on Wikimedia's wikis that learn from them, by wiki, and of other services."""
    models = service.models().query(f"labels != '{service.AUTOMATIC}'").set_index("wiki")
    source = data.table("retraining/ores_models").set_index(["wiki", "target"])["source_key"]
    keys = [source[(wiki, target)] for wiki, target in models["target"].items()]
    days = (models["left"] - models["first_build"]).dt.days
    there = pd.DataFrame(
        {"source_key": keys, "years": (days / service.YEAR).to_numpy()}, models.index
    )
    there = there.groupby([there.index, "source_key"])["years"].sum().reset_index()
    rebuilt = data.table("retraining/ores_rebuilds").query("build > 0")
    again = rebuilt[rebuilt["reason"] == service.NEW_LABELS].groupby(["wiki", "source_key"]).size()
    there["times"] = (
        again.reindex(pd.MultiIndex.from_frame(there[["wiki", "source_key"]])).fillna(0).to_numpy()
    )
    services = data.table("retraining/services")
    ends = [pd.PeriodIndex(services[name], freq="M") for name in ("first_month", "last_month")]
    months = ends[1].astype("int64") - ends[0].astype("int64") + 1
    others = services.assign(years=months / 12, platform=services["service"])
    others = others.groupby("platform", as_index=False).agg(
        years=("years", "sum"), times=("label_changes", "sum"), source_key=("source_key", "first")
    )
    frame = pd.concat([there.assign(platform="Wikimedia"), others], ignore_index=True)
    value, off = frame["years"] / (frame["times"] + 0.5), 1.96 / np.sqrt(frame["times"] + 0.5)
    rows = _rows(
        frame,
        value=value,
        low=value * np.exp(-off),
        high=value * np.exp(off),
        platform=frame["platform"],
    )
    return _family("relabel-years", "log", ("platform",), [rows])


FAMILIES = {
    "women": women,
    "mean-age": mean_age,
    "age-25-44": age_25_44,
    "degree": degree,
    "no-main-job": no_main_job,
    "month-of-year": month_of_year,
    "active-of-registered": active_of_registered,
    "year-share": year_share,
    "hour-pay": hour_pay,
    "hour-pay-mean": hour_pay_mean,
    "venezuela-share": venezuela_share,
    "relabel-years": relabel_years,
}
