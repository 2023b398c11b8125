"""Chains of factors whose answer is known, with the truth hidden from every family they use.

Their words and formulas stand in ``data/chains.csv``. Here is what is known, which rows hide it,
and what each factor is: a known number, or a family with the new place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import logit, ndtri
from tallybook import data
from tallybook.answers import Chain, Factor, Family
from tallybook.answers.pool import Question, Route
from tallybook.answers.predict import Fit
from tallybook.answers.scales import STEPS

from microwork.families import machines
from microwork.families.rows import APPEN, CROWDFLOWER, SURVEYS, TURK, middle
from microwork.families.work import INPUTS, WORK, week_of_month
from microwork.income import workers as turk
from microwork.income.inputs import factor

Hides = Callable[[pd.DataFrame], Any]
Given = tuple[str, dict[str, str]]  # a family with the new place
Known = tuple[str, float, Hides, Mapping[str, Any]]  # id, truth, what hides it, factors
Families = Mapping[str, Family]
Fits = dict[str, Fit]
YEARS = (2017, 2018, 2019)  # in which what people state of Mechanical Turk can be true
LESS, MORE = 10.0, 100.0  # USD a week: the shares above them give the spread of incomes
FULL_WEEK, HALF_WORK = 40, 1  # hours a week: of a full-time job; half of the Germans work no more
ARTICLES = "wikimedia_articlequality"


def chains(families: Families) -> list[Chain]:
    """The chains, in the order of their table."""
    every = *_at_work(), *_income(), *_crowds(families), *_pay(families), _labels()
    known = {one[0]: one[1:] for one in every}
    found = []
    for row in data.records("chains"):
        truth, hides, given = known[row["chain_id"]]
        question = Question(row["chain_id"], row["label"], "", "", row["scale"])
        fits: Fits = {}
        factors = {name: _factor(name, one, hides, families, fits) for name, one in given.items()}
        place = f"data/chains.csv, {row['chain_id']}, column formula"
        route = Route(row["chain_id"], row["formula"], row["reason"], place)
        found.append(Chain(question, route, factors, truth))
    return found


def _factor(name: str, given: Any, hides: Hides, families: Families, fits: Fits) -> Factor:
    if not isinstance(given, tuple):
        return Factor(name, name, "data", "linear", np.full(len(STEPS), given, dtype=float), "")
    family = families[given[0]] if isinstance(given[0], str) else given[0]
    if family.name not in fits:
        fits[family.name] = Fit(family.without(list(hides(family.rows))))
    quantiles = fits[family.name].new(given[1]).quantiles()
    return Factor(name, name, "transfer", family.scale, quantiles, "")


def _from(*sources: str) -> Hides:
    return lambda rows: rows["source_key"].isin(sources)


def _counted(fact_id: str) -> float:
    return middle(data.fact(WORK, fact_id))


def _at_work() -> Iterator[Known]:
    """How many are at work, of populations and of accounts."""
    month: Given = ("month-of-year", {})
    any_work = {"work": "any platform work"}
    official = ("year-share", {"survey": "labour force survey", **any_work})
    panel = ("year-share", {"survey": "panel drawn at random", **any_work})
    italy = _counted("italy-2022-month") / _counted("italy-2022-year")
    italy *= _counted("italy-2022-year-share")
    finland, american = _counted("finland-2022-month"), _counted("us-2018-month")
    of_year = {"year": official, "month": month}
    yield "finland-month", finland, _from("statfi2023alustatyo"), of_year
    yield "italy-month", italy, _from("istat2024piattaforma", "arenadigitale2024istat"), of_year
    yield "us-month", american, _from("sia2019shed"), {"year": panel, "month": month}

    def active(work: str, registered: str) -> dict[str, Any]:
        accounts = data.value(INPUTS, registered)
        return {"accounts": accounts, "active": ("active-of-registered", {"work": work})}

    truth, turkprime = _counted("mturk-us-month"), _from("turkprime2019new")
    workers = {"workers": _counted("mturk-us-year"), "month": month}
    accounts = active("microtasks", "mturk-registered")
    there = {**accounts, "american": ("us-share", {"platform": TURK}), "month": month}
    yield "mturk-us-month", truth, turkprime, workers
    # Nor what a month’s part of a year has made a year’s share of.
    apart = _from("turkprime2019new", "ilabour2017supply", "poleemploi2019")
    yield "mturk-us-month-accounts", truth, apart, there
    yield "mturk-year", data.value(INPUTS, "mturk-available"), _from("difallah2018"), accounts
    free = active("freelancing", "oli-supplement-registered")
    free |= {"month": month, "week": week_of_month()}
    at_work = data.value(INPUTS, "oli-supplement-weekly")
    yield "freelancers-week", at_work, _from("ilabour2017supply"), free
    jobs = {"workers": _counted("mturk-unique"), "month": month, "week": FULL_WEEK}
    jobs["hours"] = turk.mean(turk.answers("hours"), "middle")
    yield "mturk-full-time", _counted("mturk-full-time"), _from("ipeirotis2018how"), jobs


def _income() -> Iterator[Known]:
    """What a week brings: on Mechanical Turk, and on German platforms."""
    for year in YEARS:
        hours, truth = (turk.median(turk.answers(one, year))[0] for one in ("hours", "income"))
        rate, pay = factor("USD", year, year), ("hour-pay", {"platform": TURK})
        given = {"hours": hours, "pay": pay, "rate": rate}
        yield f"mturk-income-{year}", truth, _from("ipeirotis2026tracker"), given
    above = [turk.share_from(turk.answers("income"), level)[0] for level in (LESS, MORE)]
    spread = np.log(MORE / LESS) / -np.diff(ndtri(np.array(above) / 100))[0]
    pay, hides = ("hour-pay", {"platform": "Germany"}), _from("zew2016crowd")
    given = {"price": factor("EUR", 2015, 2015), "hours": HALF_WORK, "pay": pay}
    for name, fact, level in (
        ("germany-under-five", "zew-under-five-a-week", 5),
        ("germany-over-twenty", "zew-over-twenty-a-week", 20),
    ):
        truth = data.value("income/facts", fact)
        yield name, truth, hides, {**given, "spread": spread, "level": level}


def _crowds(families: Families) -> Iterator[Known]:
    """Who and where the respondents of one laboratory's surveys are."""
    rows = families["venezuela-share"].rows
    rows = rows[rows["platform"].isin([CROWDFLOWER, APPEN]) & rows["year"].notna()]
    people = (rows["value"] / 100 * rows["n"]).groupby(rows["year"]).sum()
    share = people / rows.groupby("year")["n"].sum()
    steps = [
        (later, np.exp((logit(share[later]) - logit(share[year])) / (int(later) - int(year))))
        for year, later in pairwise(share.index)
    ]
    growth = pd.DataFrame(steps, columns=["year", "value"]).assign(source_key="", platform="")
    trend = Family("growth", "log", growth, ())
    for year, last, platform in (("2020", "2018", CROWDFLOWER), ("2022", "2020", APPEN)):
        before = ("venezuela-share", {"platform": platform, "year": last})
        given = {"before": before, "growth": (trend, {}), "years": int(year) - int(last)}
        hides = lambda found, last=last: ~(found["year"] <= last)  # noqa: E731
        yield f"venezuela-{year}", 100 * share[year], hides, given
    for year, survey in (("2020", "colours-1"), ("2022", "texts")):
        row = data.row(SURVEYS, survey)
        given = {
            "there": row["venezuela"] / row["respondents"],
            "here": row["united_states"] / row["respondents"],
            "venezuelan": ("women", {"platform": APPEN, "place": "VEN"}),
            "american": ("women", {"platform": APPEN, "place": "USA"}),
            "other": ("women", {"platform": APPEN}),
        }
        yield f"women-{year}", row["women_percent"], _from(row["source_key"]), given


def _pay(families: Families) -> Iterator[Known]:
    """What an hour brings on one platform, from the others: the mean of its sources, in logs."""
    for platform, family in (
        (TURK, "hour-pay"),
        (CROWDFLOWER, "hour-pay-mean"),
        (APPEN, "hour-pay-mean"),
    ):
        rows = families[family].rows
        here = rows[rows["platform"] == platform]
        truth = np.exp(np.log(here["value"]).groupby(here["source_key"]).mean().mean())
        hides = lambda found, platform=platform: found["platform"] == platform  # noqa: E731
        given = {"pay": (family, {"platform": platform})}
        yield f"pay-{platform.split()[-1].lower()}", float(truth), hides, given


def _labels() -> Known:
    """How often models of articles got new labels by people."""
    wikis = machines.services().query("source_key == @ARTICLES")
    given = {"there": wikis["years"].sum(), "between": ("relabel-years", {"platform": "Wikimedia"})}
    return "article-labels", float(wikis["times"].sum()), _from(ARTICLES), given
