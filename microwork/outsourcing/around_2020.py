"""Outsourcing: where the workers of platforms were around 2020: Venezuela in open jobs and on two
other platforms, Madagascar likewise, and Malagasy jobs with data in firms."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from scipy.stats import beta
from tallybook import data
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers, percent
from microwork.intervals import Ends, average_place, between
from microwork.outsourcing import crowd
from microwork.outsourcing.world import FACTS, SUPPLY

SURVEYS = "profile/crowd_surveys"
YEAR = "2020"
YEARS = (2018, 2019, 2020)  # around 2020, of Mechanical Turk
LATE = (2017, 2018, 2019)  # the last years of the freelancing platform


def in_2020() -> tuple[list[float], list[int]]:
    """Venezuela in each open job of 2020, as fractions, and the people who took it."""
    jobs = data.table(SURVEYS)
    jobs = jobs[jobs["month"].str.startswith(YEAR, na=False) & jobs["venezuela"].notna()]
    people = jobs["respondents"].astype(int)
    return (jobs["venezuela"].astype(int) / people).tolist(), people.tolist()


def on_turk(place: str) -> Ends:
    """Share of the workers of Mechanical Turk in a place, ``YEARS`` together, and the least and the
    most of one year, as fractions."""
    frame = data.table(crowd.TURK).astype({"workers": int, "year": int})
    frame = frame[frame["year"].isin(YEARS)]
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
    """A share near nought, half a count added, with the ends of Jeffreys's interval at 95 %."""
    count, size = sum(counts), sum(sizes)
    low, high = beta.ppf((0.025, 0.975), count + 0.5, size - count + 0.5)
    return (count + 0.5) / (size + 1), float(low), float(high)


def madagascar_in_open_jobs() -> Ends:
    """Share of Madagascar in the workers of open jobs of 2014 to 2022 whose countries are all
    listed, as fractions."""
    groups = [crowd.by_country(batch) for batch in (crowd.JULY, crowd.MARCH, crowd.SUMMER)]
    surveys = data.table(SURVEYS)
    listed = surveys[surveys["madagascar"].notna()]
    return counted(
        [*(int(group.get("MDG", 0)) for group in groups), *listed["madagascar"].astype(int)],
        [*(int(group.sum()) for group in groups), *listed["respondents"].astype(int)],
    )


def malagasy_jobs() -> Bounded:
    """Jobs with data in Malagasy firms around 2020: all jobs that are outsourced to the country,
    least and most of 2018 and 2019, times the part of data."""
    part = data.value(FACTS, "bpo-data-share-2023") / 100
    return between(*(part * data.value(FACTS, f"bpo-jobs-2019-{end}") for end in ("low", "high")))


NUMBERS: Numbers = {
    "venezuela-open-2020": percent(lambda: average_place(*in_2020())),
    "turk-venezuela-2020": percent(on_turk, "Venezuela"),
    "freelance-venezuela": percent(on_freelancing, "VEN"),
    "freelance-madagascar": percent(on_freelancing, "MDG"),
    "open-jobs-madagascar": percent(madagascar_in_open_jobs),
    "malagasy-data-jobs": malagasy_jobs,
}
