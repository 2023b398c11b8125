"""Outsourcing: where the workers of open jobs on CrowdFlower were, in 2014 and 2015.

An open job is one that anybody in the world could take. The table counts distinct workers by job
and country, and for groups of jobs those of the whole group, each once. Jobs differ: the hour at
which one opens picks countries. So there are two kinds of interval: that of the workers (Wilson
1927), as if they had been drawn from one crowd, and that of the jobs, drawn again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.intervals import exact, percentiles, wilson_percent
from microwork.outsourcing import clumps, links

PLACES, TURK = "outsourcing/crowd_places", "outsourcing/mturk_places"
UNKNOWN = "not known"
JULY, MARCH, SUMMER = "505945", "march-2015", "april-to-august-2015"
AUGUST = "august-2015"
GROUPS = (MARCH, SUMMER, AUGUST)  # of several jobs each; all other batches are one job
RIVALS = ("ARG", "COL")  # named beside Venezuela in the interview
LARGEST = 5
SEED, DRAWS = 20220616, 5_000  # the day of the interview on nerve centres


@step
def workers(*batches: str) -> pd.Series:
    """Workers by country, the most first, those of no known country among them.

    A worker of two batches counts twice. Shared by all who ask: not to be changed.
    """
    parts = [data.rows(PLACES, {"batch": batch})[["country", "workers"]] for batch in batches]
    found = pd.concat(parts).astype({"workers": int}).groupby("country")["workers"].sum()
    return found.sort_index().sort_values(ascending=False, kind="stable")


def by_country(batch: str) -> pd.Series:
    """The same for one batch without those of no known country."""
    return workers(batch).drop(UNKNOWN, errors="ignore")


def jobs(month: str = "") -> list[str]:
    """The single jobs that began in a month ("2015-04"), or without one all from April 2015 on."""
    frame = data.table(PLACES)
    alone = frame[~frame["batch"].isin(GROUPS)]
    keep = alone["first_month"].eq(month) if month else alone["first_month"].ge("2015-04")
    return sorted(alone.loc[keep, "batch"].unique())


def months() -> list[str]:
    """The months in which a job began, as "2015-04"."""
    return sorted(data.table(PLACES)["first_month"].unique())


def batches_of(month: str) -> list[str]:
    """What stands for a month: a group of its jobs, each worker once, or else its single jobs."""
    frame = data.table(PLACES)
    within = frame["first_month"].eq(month) & frame["last_month"].eq(month)
    return sorted(frame.loc[frame["batch"].isin(GROUPS) & within, "batch"].unique()) or jobs(month)


@step
def by_job() -> pd.DataFrame:
    """Workers of the twelve jobs of April to August 2015: one row a job, one column a country.

    Shared by all who ask: not to be changed.
    """
    frame = data.table(PLACES)
    frame = frame[frame["batch"].isin(jobs())]
    counts = frame.pivot(index="batch", columns="country", values="workers")
    return counts.fillna(0).astype(int)


def share(codes: Collection[str], *batches: str) -> Bounded:
    """Percent of the workers of some batches in some countries: value, low, high (Wilson, 95 %)."""
    found = workers(*batches)
    part, whole = int(found[found.index.isin(list(codes))].sum()), int(found.sum())
    return wilson_percent(part / whole, whole)


def share_redrawn(codes: Collection[str], of: Sequence[str] = (), draws: int = DRAWS) -> Bounded:
    """The same over jobs, a worker counted once in each; the ends hold 95 % of draws of the jobs.

    Jobs are drawn with replacement, as many as there are. ``of``: the jobs; without, the twelve.
    """
    counts = by_job().loc[list(of) or slice(None)]
    part = counts.loc[:, counts.columns.isin(list(codes))].sum(axis=1).to_numpy()
    whole = counts.sum(axis=1).to_numpy()
    rows = np.random.default_rng(SEED).integers(len(counts), size=(draws, len(counts)))
    _, low, high = percentiles(100 * part[rows].sum(axis=1) / whole[rows].sum(axis=1))
    return float(100 * part.sum() / whole.sum()), low, high


def largest() -> list[str]:
    """The countries with the most workers in the twelve jobs."""
    return list(by_country(SUMMER).index[:LARGEST])


def africa() -> list[str]:
    """The countries of Africa, by code."""
    continents = links.countries()["continent"]
    return list(continents.index[continents == "Africa"])


def rank(code: str, batch: str) -> int:
    """Place of a country by workers: one more than there are countries with more."""
    found = by_country(batch)
    return 1 + int((found > found.get(code, 0)).sum())


def rank_redrawn(code: str) -> Bounded:
    """Its place in the twelve jobs; the ends hold 95 % of its places with the jobs drawn again."""
    counts = by_job().drop(columns=UNKNOWN, errors="ignore")
    rows = np.random.default_rng(SEED).integers(len(counts), size=(DRAWS, len(counts)))
    drawn = counts.to_numpy()[rows].sum(axis=1)  # (draws, countries)
    places = 1 + (drawn > drawn[:, [counts.columns.get_loc(code)]]).sum(axis=1)
    _, low, high = percentiles(places)
    return float(rank(code, SUMMER)), low, high


@step
def clump(code: str, other: str) -> float:
    """By what factor two countries' counts vary more between the twelve jobs than chance lets them.

    At least that of all countries, as two small counts cannot show their own, and at least one. A
    single job cannot show how jobs differ, so it takes the same.
    """
    counts = by_job()
    both = counts.reindex(columns=[code, other], fill_value=0)
    both = both[both.sum(axis=1) > 0]
    pair = clumps.pearson(both.to_numpy(float)) if both.sum().all() and len(both) > 1 else 1.0
    return max(1.0, clumps.pearson(counts.to_numpy(float)), pair)


def over_second(code: str, batch: str) -> Bounded:
    """Workers of a country over those of the one that is second among all others, which it must
    surpass to be one of the first two; value, low, high."""
    return over(code, str(by_country(batch).drop(code, errors="ignore").index[1]), batch)


def over_rivals(code: str) -> Bounded:
    """Workers of a country over those of the largest of its ``RIVALS``; value, low, high."""
    return over(code, str(by_country(SUMMER).reindex(RIVALS, fill_value=0).idxmax()), SUMMER)


def over(code: str, other: str, batch: str) -> Bounded:
    """Workers of a country over those of another. The ends are those of the exact interval of the
    first one's share in the workers of both."""
    found = by_country(batch)
    own, theirs = int(found.get(code, 0)), int(found[other])
    _, low, high = exact(own, own + theirs, clump(code, other))
    return own / theirs, low / (100 - low), high / (100 - high)


def turk_share(place: str) -> Bounded:
    """Percent of all answers on Mechanical Turk that came from a place: value, low, high.

    A worker may answer again, so the interval (Wilson, 95 %) takes as many independent answers as
    there are workers, each once a year.
    """
    frame = data.table(TURK).astype({"answers": int, "workers": int})
    here = frame[frame["place"] == place]
    part = int(here["answers"].sum()) / int(frame["answers"].sum())
    return wilson_percent(part, int(frame["workers"].sum()))


def turk_answers(place: str) -> int:
    """Answers on Mechanical Turk from a place, all years."""
    return int(data.rows(TURK, {"place": place})["answers"].sum())
