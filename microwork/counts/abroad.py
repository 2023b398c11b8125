"""Counts, part 11: workers in France for each worker in another country."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.answers import Family

from microwork.counts.crowd import BATCHES, FRANCE
from microwork.outsourcing.crowd import PLACES

COUNTRIES, SUPPLY = "profile/crowd_women", "outsourcing/supply_by_year"
FREELANCE = (2018, 2019)  # years of a platform for freelancers
CROWDFLOWER = "CrowdFlower"


class Crowd(NamedTuple):
    """A crowd whose workers are counted by country (``workers``), and whose count it is."""

    source_key: str
    platform: str
    workers: pd.Series


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
    # Two Poisson counts, as in ``tracker.rate_ratio``; half a worker more keeps a nought finite.
    value = (french + 0.5) / (there + 0.5)
    off = np.exp(1.96 * np.sqrt(1 / (french + 0.5) + 1 / (there + 0.5)))
    frame = frame.assign(value=value, low=value / off, high=value * off)
    return Family(name, "log", frame, ("platform",))


FAMILIES = {
    "france-per-american": partial(france_over, "USA", "france-per-american"),
    "france-per-german": partial(france_over, "DEU", "france-per-german"),
}
