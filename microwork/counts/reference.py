"""Counts, part 10: what official surveys and platforms elsewhere give to a count of people in
France."""

from __future__ import annotations

from functools import partial

from tallybook import data

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends, wilson, wilson_percent

WORK, POPULATION = "counts/platform_work", "profile/population"
COUNTRIES = 14  # of the telephone survey
KOREANS = 52_000_000  # of all ages, and fewer of those who were asked


def people(first: int, last: int) -> int:
    """People of these ages in France (census of 2018), in proportion within groups of five."""
    found = 0.0
    for row in data.table(POPULATION).dropna(subset="age_high").itertuples():
        years = min(last, row.age_high) - max(first, row.age_low) + 1
        found += row.persons * max(0, years) / (row.age_high - row.age_low + 1)
    return round(found)


def over(part: str, whole: str) -> float:
    """One published figure over another, as a fraction."""
    return data.value(WORK, part) / data.value(WORK, whole)


def click_year() -> float:
    """People with small remote tasks in a year in 14 European countries, surveys among them, as a
    fraction: published as persons of those who earn money on the Internet, whose share is known."""
    part = over("etui-2021-click-work", "etui-2021-internet-workers")
    return part * data.value(WORK, "etui-2021-internet-work") / 100


def called() -> float:
    """People whom that survey called."""
    return COUNTRIES * data.value(WORK, "etui-2021-asked")


def asked_in_korea() -> float:
    """Platform workers in the sample of the Korean survey, at the least."""
    row = data.fact(WORK, "korea-2023-platform-work")
    return float(row["n"] * row["value"] / KOREANS)


def online_year() -> Ends:
    """Adults with tasks wholly online in a year in the United States, with Wilson's ends, as
    fractions."""
    row = data.fact(WORK, "us-2016-year-online")
    return row["value"] / 100, *wilson(row["value"] / 100, int(row["n"]))


def between(fact_id: str) -> Ends:
    """A published range, and its middle."""
    row = data.fact(WORK, fact_id)
    return intervals.between(float(row["low"]), float(row["high"]))


def online_in_america() -> Ends:
    """People who worked wholly online through a platform in a week of 2017 in the United States;
    the ends are those of a share that is printed with one decimal."""
    count, share = data.value(WORK, "us-2017-week-online-people"), _printed("us-2017-week-online")
    return intervals.each(lambda end: count * end / share[0], share)


def _printed(fact_id: str) -> Ends:
    value = data.value(WORK, fact_id)
    return value, value - 0.05, value + 0.05


def clickworker_in_germany() -> float:
    """Accounts of Clickworker in Germany in 2016: all of them times the share there."""
    share = data.value(WORK, "clickworker-2016-germany") / 100
    return data.value(WORK, "clickworker-2016") * share


NUMBERS: Numbers = {
    "people-15-64": partial(people, 15, 64),
    "people-18-65": partial(people, 18, 65),
    "click-year": lambda: wilson_percent(click_year(), called()),
    "us-online-year": percent(online_year),
    "us-online-week": online_in_america,
    "korea-click-part": lambda: wilson_percent(
        over("korea-2023-click-work", "korea-2023-platform-work"), asked_in_korea()
    ),
    "mturk-at-once": partial(between, "mturk-at-once"),
    "mturk-unique": partial(between, "mturk-unique"),
    "clickworker-germany": clickworker_in_germany,
}
