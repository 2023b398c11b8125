"""Counts: workers in France in jobs that were open to every country, and for each worker in another
country."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency
from tallybook import data
from tallybook.answers import Family

from microwork.inputs import Numbers
from microwork.intervals import Ends, exact, scaled

PLACES = "outsourcing/crowd_places"
COUNTRIES, SUPPLY = "profile/crowd_women", "outsourcing/supply_by_year"
# One job of July 2014, eighteen of March 2015, and twelve from April to August 2015.
BATCHES = ("505945", "march-2015", "april-to-august-2015")
FRANCE = "FRA"
FREELANCE = (2018, 2019)  # years of a platform for freelancers
CROWDFLOWER = "CrowdFlower"


class Crowd(NamedTuple):
    """A crowd whose workers are counted by country (``workers``), and whose count it is."""

    source_key: str
    platform: str
    workers: pd.Series


def by_batch() -> pd.DataFrame:
    """Workers by country (rows, those of no known country among them) and batch (columns)."""
    rows = pd.concat([data.rows(PLACES, {"batch": batch}) for batch in BATCHES])
    return rows.pivot(index="country", columns="batch", values="workers").fillna(0).astype(int)


def workers() -> tuple[int, int]:
    """Workers of all batches: those in France, and all. Who took part in two counts twice."""
    counts = by_batch().sum(axis=1)
    return int(counts[FRANCE]), int(counts.sum())


def clump() -> float:
    """By what factor the workers in France vary more between batches than chance lets them:
    Pearson's statistic over its degrees of freedom.

    At least that of all countries, as small counts cannot show their own, and at least one.
    """
    counts = by_batch()
    french = np.array([counts.loc[FRANCE], counts.drop(FRANCE).sum()])
    tests = (chi2_contingency(table, correction=False) for table in (counts.to_numpy(), french))
    return max(1.0, *(float(test.statistic / test.dof) for test in tests))


def french_accounts() -> Ends:
    """Accounts in France, if the share of workers there holds for all people that the firm
    declared. The interval is exact, with both counts divided by ``clump``."""
    declared = data.value("counts/inputs", "crowdflower-people-2013")
    return scaled(exact(*workers(), clump()), declared / 100)


def _crowds() -> list[Crowd]:
    """Batches of open jobs and surveys; of the latter, countries with few workers are missing."""
    found = []
    for batch in BATCHES:
        rows = data.rows(PLACES, {"batch": batch})
        counts = rows.set_index("country")["workers"]
        found.append(Crowd(rows["source_key"].iloc[0], CROWDFLOWER, counts))
    for (key, platform), rows in data.table(COUNTRIES).groupby(["source_key", "platform"]):
        if FRANCE in set(rows["country"]):
            found.append(Crowd(key, platform, rows.set_index("country")["respondents"]))
    return found


def _freelancers(country: str) -> Crowd:
    """Projects of freelancers in France and in another country."""
    rows = data.table(SUPPLY)
    rows = rows[rows["year"].isin(FREELANCE) & rows["country"].isin([FRANCE, country])]
    counts = rows.groupby("country")["projects"].sum()
    return Crowd(rows["source_key"].iloc[0], "freelancers", counts)


def france_over(country: str, name: str) -> Family:
    """Workers in France for each one in another country. Left out: Mechanical Turk, on which
    nearly all are in the United States or India."""
    crowds = [*_crowds(), _freelancers(country)]
    french, there = (
        np.array([one.workers.get(place, 0) for one in crowds], float)
        for place in (FRANCE, country)
    )
    frame = pd.DataFrame([one[:2] for one in crowds], columns=["source_key", "platform"])
    # Two Poisson counts, as in ``numbers.rate_ratio``; half a worker more keeps a nought finite.
    value = (french + 0.5) / (there + 0.5)
    off = np.exp(1.96 * np.sqrt(1 / (french + 0.5) + 1 / (there + 0.5)))
    frame = frame.assign(value=value, low=value / off, high=value * off)
    return Family(name, "log", frame, ("platform",))


FAMILIES = {
    "france-per-american": partial(france_over, "USA", "france-per-american"),
    "france-per-german": partial(france_over, "DEU", "france-per-german"),
}
NUMBERS: Numbers = {
    "crowd-workers": lambda: workers()[1],
    "crowd-french-workers": lambda: workers()[0],
    "crowd-french-accounts": french_accounts,
}
