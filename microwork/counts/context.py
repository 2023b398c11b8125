"""Counts, part 7: who is left of the registered, in France and elsewhere, and the world figure."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.counts.inputs import SHARES, claim_value, fact
from microwork.paths import DATA


def funnel(folder: Path = DATA) -> pd.DataFrame:
    """Who is left of the registered, stage by stage, in four places.

    Columns: place, stage, order (from wide to narrow), persons, percent (of the registered). Stages
    are what was published and differ from place to place.
    """
    persons = partial(fact, folder=folder)
    stages = {
        "France, microwork": [
            ("registered", persons("fr-casual")),
            ("visit monthly", persons("fr-routine")),
            ("there weekly", persons("fr-very-active")),
        ],
        "Mechanical Turk": [
            ("registered", persons("mturk-registered")),
            ("visit monthly", persons("mturk-unique-visitors")),
            ("available", persons("mturk-available")),
            ("there at any moment", persons("mturk-active-instant")),
        ],
        "Four freelancing platforms": [
            ("registered", persons("oli-supplement-registered")),
            ("at work weekly", persons("oli-supplement-weekly")),
        ],
        "World, online freelancing": [
            ("registered", persons("world-profiles-kassi")),
            ("ever had work", persons("world-ever-worked-kassi-v4")),
            ("significant work", persons("world-significant-kassi-v4")),
        ],
    }
    rows = [(place, stage, order, persons) for place, steps in stages.items() for order, (stage, persons) in enumerate(steps)]
    frame = pd.DataFrame(rows, columns=["place", "stage", "order", "persons"])
    whole = frame.groupby("place")["persons"].transform("first")
    return frame.assign(percent=100 * frame["persons"] / whole)


def world(folder: Path = DATA) -> pd.DataFrame:
    """Published figures that "over 16 million" could be. Columns: figure, counted, published, value, difference (percent)."""
    said = claim_value("world-16m", folder)
    rows = [
        ("Oxford, preprint", "online freelancing of all kinds, ever worked", "March 2021", "world-ever-worked-kassi-preprint"),
        ("Oxford, corrected", "online freelancing of all kinds, ever worked", "October 2021", "world-ever-worked-kassi-v4"),
        ("Oxford, corrected", "online freelancing of all kinds, significant work", "October 2021", "world-significant-kassi-v4"),
        ("World Bank", "registered on microwork sites", "2015", "world-wb2015-microwork-registered"),
        ("Oxford", "freelancing profiles, worked or not", "2021", "world-profiles-kassi"),
        ("World Bank", "online gig work of all kinds, lowest estimate", "2023", "world-wb2023-low"),
        ("World Bank", "online gig work of all kinds, highest estimate", "2023", "world-wb2023-high"),
    ]
    frame = pd.DataFrame([(*row[:3], fact(row[3], folder)) for row in rows], columns=["figure", "counted", "published", "value"])
    return frame.assign(difference=100 * (frame["value"] / said - 1))


def microworkers(active: float) -> tuple[float, float, float]:
    """Accounts on microwork sites in 2015, and from those active (percent) to all of them."""
    registered = fact("world-wb2015-microwork-registered")
    return registered, registered * active / 100, registered


def worldwide() -> tuple[float, float, float]:
    """``microworkers`` with the published active share."""
    return microworkers(data.value(SHARES, "world-wb2015-active"))


def numbers() -> list[Number]:
    """Numbers of this part."""
    covers = "From the active to all registered in 2015, as reported; not accounts held twice, sites left out, or growth since."
    return [
        number("counts.registered-not-monthly", lambda: int(fact("fr-casual") - fact("fr-routine")),
               "persons", "Registered and not there every month",
               "Published largest circle less the published routine circle, which is a part of it.", decimals=-3),
        number("counts.registered-not-weekly", lambda: int(fact("fr-casual") - fact("fr-very-active")),
               "persons", "Registered and not there every week",
               "Published largest circle less the published very active circle, which is a part of it.", decimals=-3),
        number("counts.mturk-visitors-share", lambda: 100 * fact("mturk-unique-visitors") / fact("mturk-registered"),
               "percent", "Monthly visitors over declared workers, Mechanical Turk",
               "One published figure over the other.", decimals=0),
        number("counts.world-microwork-active", lambda: worldwide()[1], "persons", "Active on microwork sites in 2015",
               "Registered on microwork sites times the active share.", decimals=-4),
        number("counts.world-microworkers", worldwide, "accounts", "Accounts on microwork sites in 2015, from active to all",
               "Registered on microwork sites; the low end is the active ones among them.",
               covers, -4),
    ]  # fmt: skip
