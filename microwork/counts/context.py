"""Counts, part 7: who is left of the registered, in France and elsewhere, and the world figure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork import data
from microwork.counts.fte import fte_by_hours
from microwork.counts.inputs import INPUTS, SHARES
from microwork.numbers import Number
from microwork.paths import DATA


def funnel(folder: Path = DATA) -> pd.DataFrame:
    """Who is left of the registered, stage by stage, in four places.

    Columns: place, stage, order (from wide to narrow), persons, percent (of the registered). Stages
    are what was published and differ from place to place.
    """

    def fact(name: str) -> float:
        return data.value(INPUTS, name, folder)

    routine_fte = fte_by_hours(fact("fr-routine"), fact("fr-mean-hours"), fact("fr-week"))
    stages = {
        "France, microwork": [
            ("registered", fact("fr-casual")),
            ("visit monthly", fact("fr-routine")),
            ("there weekly", fact("fr-very-active")),
            ("full-time equivalents", routine_fte),
        ],
        "Mechanical Turk": [
            ("registered", fact("mturk-registered")),
            ("visit monthly", fact("mturk-unique-visitors")),
            ("available", fact("mturk-available")),
            ("there at any moment", fact("mturk-active-instant")),
        ],
        "Four freelancing platforms": [
            ("registered", fact("oli-supplement-registered")),
            ("at work weekly", fact("oli-supplement-weekly")),
        ],
        "World, online freelancing": [
            ("registered", fact("world-profiles-kassi")),
            ("ever had work", fact("world-ever-worked-kassi-v4")),
            ("significant work", fact("world-significant-kassi-v4")),
        ],
    }
    rows = [(place, stage, order, persons) for place, steps in stages.items() for order, (stage, persons) in enumerate(steps)]
    frame = pd.DataFrame(rows, columns=["place", "stage", "order", "persons"])
    whole = frame.groupby("place")["persons"].transform("first")
    return frame.assign(percent=100 * frame["persons"] / whole)


def world(folder: Path = DATA) -> pd.DataFrame:
    """Published figures that "over 16 million" could be. Columns: figure, counted, published, value, difference (percent)."""
    said = claim_value(folder)
    rows = [
        ("Oxford, preprint", "online freelancing of all kinds, ever worked", "March 2021", "world-ever-worked-kassi-preprint"),
        ("Oxford, corrected", "online freelancing of all kinds, ever worked", "October 2021", "world-ever-worked-kassi-v4"),
        ("Oxford, corrected", "online freelancing of all kinds, significant work", "October 2021", "world-significant-kassi-v4"),
        ("World Bank", "registered on microwork sites", "2015", "world-wb2015-microwork-registered"),
        ("Oxford", "freelancing profiles, worked or not", "2021", "world-profiles-kassi"),
        ("World Bank", "online gig work of all kinds, lowest estimate", "2023", "world-wb2023-low"),
    ]
    frame = pd.DataFrame(
        [(*row[:3], data.value(INPUTS, row[3], folder)) for row in rows], columns=["figure", "counted", "published", "value"]
    )
    return frame.assign(difference=100 * (frame["value"] / said - 1))


def claim_value(folder: Path = DATA, claim_id: str = "world-16m") -> float:
    """The value of one press claim (persons)."""
    frame = data.table("claims", folder).set_index("claim_id")
    return float(frame.loc[claim_id, "value"])


def numbers() -> list[Number]:
    """Numbers of this part."""
    return [
        Number(
            "counts.registered-not-monthly",
            int(data.value(INPUTS, "fr-casual") - data.value(INPUTS, "fr-routine")),
            "persons",
            "Registered and not there every month",
            "Published largest circle less the published routine circle, which is a part of it.",
            (INPUTS,),
        ),
        Number(
            "counts.mturk-visitors-share",
            100 * data.value(INPUTS, "mturk-unique-visitors") / data.value(INPUTS, "mturk-registered"),
            "percent",
            "Monthly visitors over declared workers, Mechanical Turk",
            "One published figure over the other.",
            (INPUTS,),
            decimals=0,
        ),
        Number(
            "counts.world-microwork-active",
            data.value(INPUTS, "world-wb2015-microwork-registered") * data.value(SHARES, "world-wb2015-active") / 100,
            "persons",
            "Active on microwork sites in 2015",
            "Registered on microwork sites times the active share.",
            (INPUTS, SHARES),
            decimals=-4,
        ),
        Number(
            "counts.world-microworkers",
            float(data.value(INPUTS, "world-wb2015-microwork-registered")),
            "accounts",
            "Microworkers worldwide, from active to registered",
            "Registered on microwork sites; the low end is the active ones among them.",
            (INPUTS, SHARES),
            float(data.value(INPUTS, "world-wb2015-microwork-registered") * data.value(SHARES, "world-wb2015-active") / 100),
            float(data.value(INPUTS, "world-wb2015-microwork-registered")),
            "From the active to all registered in 2015, as reported; not accounts held twice, sites left out, or growth since.",
            decimals=-4,
        ),
    ]
