"""Outsourcing: where the workers of platforms and firms were, and what they are paid.

An open job is one that anybody in the world could take, on one platform, CrowdFlower, later called
Appen. A table counts distinct workers by job and country, and for groups of jobs those of the
whole group, each once. For later years there are surveys of one laboratory.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from scipy.stats import beta
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.digits import rounded
from tallybook.model.numbers import Bounded

from microwork.intervals import Ends, average_place, between, exact, wilson_percent
from microwork.outsourcing import clumps

PLACES, TURK, SURVEYS = (
    "outsourcing/crowd_places",
    "outsourcing/mturk_places",
    "profile/crowd_surveys",
)
SUPPLY, GDP = "outsourcing/supply_by_year", "outsourcing/gdp_per_head"
FACTS = "outsourcing/facts"
UNKNOWN = "not known"
# In which somebody counted Venezuela.
YEARS = ("2014", "2015", "2016", "2018", "2020", "2022")
JULY, MARCH, SUMMER = "505945", "march-2015", "april-to-august-2015"
GROUPS = (MARCH, SUMMER, "august-2015")  # of several jobs each; all other batches are one job
RIVALS = ("ARG", "COL")  # named beside Venezuela in the interview
PRINTED = {"s1": "crowdflower-venezuela-2014-06", "s15": "crowdflower-venezuela-2018-12"}
TURK_YEARS, LATE = (2018, 2019, 2020), (2017, 2018, 2019)  # around 2020, and the last before it


@step
def workers(batch: str) -> pd.Series:
    """Workers of a batch by country, the most first, those of no known country among them. Shared
    by all who ask: not to be changed."""
    found = data.rows(PLACES, {"batch": batch}).set_index("country")["workers"].astype(int)
    return found.sort_index().sort_values(ascending=False, kind="stable")


def by_country(batch: str) -> pd.Series:
    """The same without those of no known country."""
    return workers(batch).drop(UNKNOWN, errors="ignore")


def share(code: str, batch: str) -> Bounded:
    """Percent of the workers of a batch in a country: value, low, high (Wilson, 95%)."""
    found = workers(batch)
    whole = int(found.sum())
    return wilson_percent(int(found[code]) / whole, whole)


def rank(code: str, batch: str) -> int:
    """Place of a country by workers: one more than there are countries with more."""
    found = by_country(batch)
    return 1 + int((found > found.get(code, 0)).sum())


@step
def clump(code: str, other: str) -> float:
    """How many times as much two countries' counts vary between jobs since April 2015 as by chance.

    At least that of all countries, as two small counts cannot show their own, and at least one.
    """
    frame = data.table(PLACES)
    frame = frame[~frame["batch"].isin(GROUPS) & frame["first_month"].ge("2015-04")]
    counts = frame.pivot(index="batch", columns="country", values="workers").fillna(0).astype(int)
    both = counts.reindex(columns=[code, other], fill_value=0)
    both = both[both.sum(axis=1) > 0]
    pair = clumps.pearson(both.to_numpy(float)) if both.sum().all() and len(both) > 1 else 1.0
    return max(1.0, clumps.pearson(counts.to_numpy(float)), pair)


def over_rivals(code: str) -> Bounded:
    """Workers of a country in the twelve jobs over those of the largest of its ``RIVALS``. The ends
    are those of the exact interval of the first one's share in the workers of both."""
    found = by_country(SUMMER)
    other = str(found.reindex(RIVALS, fill_value=0).idxmax())
    own, theirs = int(found.get(code, 0)), int(found[other])
    _, low, high = exact(own, own + theirs, clump(code, other))
    return own / theirs, low / (100 - low), high / (100 - high)


@step
def samples() -> pd.DataFrame:
    """Open jobs and surveys that say how many of their people were in Venezuela: columns year
    (text), people and here (persons; of a printed share, not whole). Shared: not to be changed."""
    frame = data.table(PLACES)
    frame = frame[~frame["batch"].isin(GROUPS[1:]) & (frame["country"] != UNKNOWN)]
    frame = frame.assign(
        year=frame["first_month"].str[:4], here=frame["workers"].where(frame["country"] == "VEN", 0)
    )
    single = frame.groupby(["batch", "year"])[["workers", "here"]].sum().reset_index("year")
    asked = data.table(SURVEYS).set_index("survey")
    dated = asked[asked["month"].notna() & asked["venezuela"].notna()]
    printed = asked.loc[list(PRINTED)]
    parts = [data.value(FACTS, fact) / 100 for fact in PRINTED.values()]
    rows = [
        single.rename(columns={"workers": "people"}),
        pd.DataFrame({"people": dated["respondents"], "here": dated["venezuela"]}),
        pd.DataFrame({"people": printed["respondents"], "here": printed["respondents"] * parts}),
    ]
    for part, surveys in zip(rows[1:], (dated, printed), strict=True):
        part["year"] = surveys["month"].str[:4]
    return pd.concat(rows, ignore_index=True).astype({"people": float, "here": float})


@step
def spread() -> float:
    """By what factor Venezuela's part varies more between jobs of one year than chance lets it:
    Pearson's statistic over its degrees of freedom, at least one."""
    frame = samples()
    sums = frame.groupby("year")[["people", "here"]].transform("sum")
    part = sums["here"] / sums["people"]
    beyond = (frame["here"] - frame["people"] * part) ** 2
    statistic = (beyond / (frame["people"] * part * (1 - part))).sum()
    return max(1.0, float(statistic / (len(frame) - frame["year"].nunique())))


def of_year(year: str) -> Bounded:
    """Percent of the people of a year's open jobs who were in Venezuela, with its exact interval
    widened by the ``spread``."""
    rows = samples()
    here, people = rows.loc[rows["year"] == year, ["here", "people"]].sum()
    return exact(round(here), round(people), spread())


def abroad(year: int) -> Bounded:
    """Percent of Mechanical Turk's located workers of a year who were outside the United States:
    value, low, high (exact)."""
    rows = data.rows(TURK, {"year": year}).astype({"workers": int}).set_index("place")["workers"]
    return exact(int(rows.drop("United States").sum()), int(rows.sum()))


def in_2020() -> tuple[list[float], list[int]]:
    """Venezuela in each open job of 2020, as fractions, and the people who took it."""
    found = data.table(SURVEYS)
    found = found[found["month"].str.startswith("2020", na=False) & found["venezuela"].notna()]
    people = found["respondents"].astype(int)
    return (found["venezuela"].astype(int) / people).tolist(), people.tolist()


def open_in_2020() -> Ends:
    """The average of the same over jobs, as a fraction."""
    return average_place(*in_2020())


def on_turk(place: str) -> Ends:
    """Share of the workers of Mechanical Turk in a place, ``TURK_YEARS`` together, and the least
    and the most of one year, as fractions."""
    frame = data.table(TURK).astype({"workers": int, "year": int})
    frame = frame[frame["year"].isin(TURK_YEARS)]
    return _by_year(frame.assign(here=frame["place"] == place), "workers")


def on_freelancing(country: str) -> Ends:
    """Share of the projects on a freelancing platform that went to a country, ``LATE`` together,
    and the least and the most of one year, as fractions."""
    frame = data.table(SUPPLY).astype({"projects": int, "year": int})
    frame = frame[frame["year"].isin(LATE)]
    return _by_year(frame.assign(here=frame["country"] == country), "projects")


def _by_year(frame: pd.DataFrame, count: str) -> Ends:
    """Share of what is ``here``: all years together, and the least and the most of one."""
    here = frame[frame["here"]].groupby("year")[count].sum()
    each = here / frame.groupby("year")[count].sum()
    return float(here.sum() / frame[count].sum()), float(each.min()), float(each.max())


def counted(counts: Sequence[int], sizes: Sequence[int]) -> Ends:
    """A share near nought, half a count added, with the ends of Jeffreys's interval at 95%."""
    count, size = sum(counts), sum(sizes)
    low, high = beta.ppf((0.025, 0.975), count + 0.5, size - count + 0.5)
    return (count + 0.5) / (size + 1), float(low), float(high)


def malagasy() -> pd.DataFrame:
    """Open jobs whose countries are all listed: columns year (text, none where it is not known),
    people and here (in Madagascar)."""
    groups = ((JULY, "2014"), (MARCH, "2015"), (SUMMER, "2015"))
    found = [(year, by_country(batch)) for batch, year in groups]
    rows = [(year, int(counts.sum()), int(counts.get("MDG", 0))) for year, counts in found]
    listed = data.table(SURVEYS).dropna(subset=["madagascar"])
    counts = (listed[name].astype(int) for name in ("respondents", "madagascar"))
    rows += zip(listed["month"].str[:4], *counts, strict=True)
    return pd.DataFrame(rows, columns=["year", "people", "here"])


def madagascar_in_open_jobs() -> Ends:
    """Share of Madagascar in the workers of the open jobs of 2014 to 2022, as fractions."""
    frame = malagasy()
    return counted(frame["here"].tolist(), frame["people"].tolist())


def malagasy_by_year() -> dict[int, Ends]:
    """Percent of the people of those open jobs who were in Madagascar, with exact intervals."""
    sums = malagasy().groupby("year")[["here", "people"]].sum()
    return {int(year): exact(int(here), int(people)) for year, here, people in sums.itertuples()}


def malagasy_jobs() -> Bounded:
    """Jobs with data in Malagasy firms around 2020: all jobs that are outsourced to the country,
    least and most of 2018 and 2019, times the part of data."""
    part = data.value(FACTS, "bpo-data-share-2023") / 100
    return between(*(part * data.value(FACTS, f"bpo-jobs-2019-{end}") for end in ("low", "high")))


def pay_and_gdp() -> pd.DataFrame:
    """Median hourly pay of freelancers (USD) and GDP per head by country and year: columns country,
    year, pay, gdp. The tables hold both where they are fit for use (``derive.supply_by_year``)."""
    frame = data.table(SUPPLY).astype({"year": int})
    wealth = data.table(GDP).astype({"year": int})[["country", "year", "gdp_per_head"]]
    frame = frame.merge(wealth, on=["country", "year"])
    frame = frame.rename(columns={"median_hourly_pay": "pay", "gdp_per_head": "gdp"})
    return frame[["country", "year", "pay", "gdp"]]


def pay_elasticity(frame: pd.DataFrame) -> Bounded:
    """Percent more pay per percent more GDP per head, with its 95% interval: the slope of log pay
    on log GDP with an effect for each year; least squares, errors clustered by country.

    ``frame``: columns country, year, pay, gdp.
    """
    logs = frame.assign(log_pay=np.log(frame["pay"]), log_gdp=np.log(frame["gdp"]))
    result = smf.ols("log_pay ~ log_gdp + C(year)", logs).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(logs["country"])[0]}
    )
    value, low, high = map(rounded, (result.params["log_gdp"], *result.conf_int().loc["log_gdp"]))
    return value, low, high
