"""Who the workers of platforms are, and where."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.answers import Family
from tallybook.data.provenance import step

from microwork.families import rows
from microwork.families.rows import SINCE, SURVEYS, TURK, WORLD, family, published, taken
from microwork.outsourcing import crowd

WOMEN, TURK_YEARS = "profile/crowd_women", "counts/mturk_years"
WORK = "counts/platform_work"
COUNTED = ("profile/crowds", "profile/prolific")
ELSEWHERE, SHARES = "profile/shares", "outsourcing/facts"
OLD_ENOUGH = 25  # respondents from which a mean age is taken: no table has its sampling error
JOBLESS = ("seeking work", "not in paid work", "about to start a job")
CROWDS, PLACES = ("platform", "place"), ("platform", "year")  # what rows may have in common


def _crowds(trait: str, *groups: str) -> list[pd.DataFrame]:
    """The share of some groups in each crowd that was counted by a trait and has the first of them.
    Mechanical Turk in 2015 is left to the finer table."""
    found = []
    for table in COUNTED:
        frame = data.table(table).rename(columns={"persons": "count"})
        frame = frame[(frame["trait"] == trait) & (frame["group"] != "not known")]
        frame["platform"] = frame.get("platform", rows.PROLIFIC)
        for (platform, year), each in frame.groupby(["platform", "year"]):
            if (platform, year) != (TURK, 2015) and groups[0] in set(each["group"]):
                n = each["count"].sum()
                value = 100 * each.loc[each["group"].isin(groups), "count"].sum() / n
                found.append(taken(each[:1], value=value, n=n, platform="platform", place=WORLD))
    return found


def _turk_2015(column: str, *values: str) -> pd.DataFrame:
    """Workers of Mechanical Turk in 2015 by country."""
    frame = data.table("profile/mturk-2015")
    n = frame.groupby(["country", "source_key"])["workers"].sum()
    part = frame[frame[column].isin(values)].groupby(["country", "source_key"])["workers"].sum()
    found = pd.DataFrame({"n": n, "value": 100 * part / n}).reset_index()
    return taken(found, value="value", n="n", platform=TURK, place=rows.place)


def _laboratory(column: str, least: int = 0, n: str | None = None) -> list[pd.DataFrame]:
    """A column of the surveys of one laboratory: on CrowdFlower by country and not once more by
    survey; those on Appen that give no countries are the world's."""
    countries, surveys = data.table(WOMEN), data.table(SURVEYS)
    whole = surveys.query("platform == @rows.APPEN and survey not in @countries.survey")
    columns = {"value": column, "platform": rows.crowd} | ({"n": n} if n else {})
    by_country = countries[countries["respondents"] >= least]
    return [taken(by_country, place="country", **columns), taken(whole, place=WORLD, **columns)]


@step
def women() -> Family:
    """Share of women among workers."""
    parts = (
        _laboratory("women_percent", n="respondents"),
        _crowds("sex", "women"),
        _turk_2015("sex", "women"),
        published(ELSEWHERE, "zew-women", platform="Germany", place="DEU"),
        published(SINCE, "toloka-women-2022", platform="Toloka", place=WORLD),
        published(SINCE, "br-women-2023", platform="Brazil", place="BRA"),
    )
    men = published(SINCE, "eg-men-2025", platform="Egypt", place="EGY")
    return family("women", "logit", CROWDS, *parts, men.assign(value=100 - men["value"]))


@step
def mean_age() -> Family:
    """Mean age of workers, from 25 respondents on."""
    toloka = published(SINCE, "toloka-age-2022", platform="Toloka", place=WORLD)
    return family("mean-age", "log", CROWDS, _laboratory("mean_age", OLD_ENOUGH), toloka)


@step
def age_25_44() -> Family:
    """Share of workers aged 25 to 44."""
    turk = _turk_2015("age", "24 or 25", "25 to 44")
    return family("age-25-44", "logit", ("platform",), _crowds("age", "25 to 44"), turk)


@step
def degree() -> Family:
    """Share of workers with a bachelor or more."""
    parts = (
        _crowds("schooling", "bachelor or more"),
        _crowds("schooling", "bachelor", "master", "doctorate", "professional"),
        published(ELSEWHERE, "mturk-graduates", platform=TURK),
        published(SHARES, "brazil2023-graduates", platform="Brazil"),
    )
    return family("degree", "logit", ("platform",), *parts)


@step
def no_main_job() -> Family:
    """Share of workers who have no other job. German ones were asked whether they study and whether
    they have a permanent job: the share lies between those who do and those who do not."""
    brazil = published(SINCE, "br-no-other-work", platform="Brazil")
    low = data.value(ELSEWHERE, "zew-students")
    high = 100 - data.value(ELSEWHERE, "zew-employees")
    german = published(ELSEWHERE, "zew-students", platform="Germany", n=np.nan)
    german = german.assign(value=(low + high) / 2, low=low, high=high)
    parts = _crowds("employment", *JOBLESS), brazil, german
    return family("no-main-job", "logit", ("platform",), *parts)


def _jobs(code: str) -> pd.DataFrame:
    """Share of the workers of single jobs who are in a country."""
    frame = data.table("outsourcing/crowd_places")
    frame = frame[~frame["batch"].isin(crowd.GROUPS[1:])]  # whose single jobs are taken
    frame = frame[frame["country"] != crowd.UNKNOWN].rename(columns={"first_month": "month"})
    keys = ["batch", "month", "source_key"]
    n = frame.groupby(keys)["workers"].sum()
    there = frame[frame["country"] == code].groupby(keys)["workers"].sum()
    value = 100 * there.reindex(n.index, fill_value=0) / n
    found = pd.DataFrame({"n": n, "value": value}).reset_index()
    return taken(found, value="value", n="n", platform=rows.CROWDFLOWER, year=rows.year)


def _turk(place: str) -> pd.DataFrame:
    """Share of the workers of Mechanical Turk who are in a country, by year."""
    located = data.table(TURK_YEARS).set_index("year")["located"]
    turk = rows.sound(data.rows("outsourcing/mturk_places", {"place": place}))
    n = turk["year"].map(located).astype(float)
    return taken(turk, value=100 * turk["workers"] / n, n=n, platform=TURK, year=rows.year)


def _surveyed(column: str) -> pd.DataFrame:
    """Share of the respondents of surveys who are counted in a column."""
    surveys = data.table(SURVEYS)
    value = 100 * surveys[column] / surveys["respondents"]
    return taken(surveys, value=value, n="respondents", platform=rows.crowd, year=rows.year)


@step
def venezuela_share() -> Family:
    """Share of the workers of a job or survey who are in Venezuela, by platform and year."""
    printed = []
    for survey in ("s1", "s15"):
        asked = data.row(SURVEYS, survey)
        columns = {
            "n": asked["respondents"],
            "platform": asked["platform"],
            "year": asked["month"][:4],
        }
        printed.append(published(SHARES, f"crowdflower-venezuela-{asked['month']}", **columns))
    parts = _jobs("VEN"), _turk("Venezuela"), _surveyed("venezuela"), printed
    return family("venezuela-share", "logit", PLACES, *parts)


@step
def us_share() -> Family:
    """The same for the United States."""
    parts = _jobs("USA"), _turk("United States"), _surveyed("united_states")
    return family("us-share", "logit", PLACES, *parts)


@step
def french_share() -> Family:
    """The same for France; of the surveys only where respondents are counted by country."""
    turk = rows.sound(data.table(TURK_YEARS))
    asked = data.table(SURVEYS).set_index("survey")["respondents"]
    fifteen = data.fact(WORK, "crowdflower-2014-2019-madagascar")["n"]  # of all fifteen surveys
    here = data.rows(WOMEN, {"country": "FRA"})
    n = here["survey"].map(asked).fillna(fifteen).astype(float)
    parts = (
        _jobs("FRA"),
        taken(
            turk,
            value=100 * turk["french"] / turk["located"],
            n="located",
            platform=TURK,
            year=rows.year,
        ),
        taken(here, value=100 * here["respondents"] / n, n=n, platform=rows.crowd),
    )
    return family("french-share", "logit", PLACES, *parts)
