"""Counts, part 7: who is left of the registered, in France and elsewhere."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
from tallybook.model.numbers import Number, number

from microwork.counts.inputs import fact
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
    rows = [
        (place, stage, order, persons)
        for place, steps in stages.items()
        for order, (stage, persons) in enumerate(steps)
    ]
    frame = pd.DataFrame(rows, columns=["place", "stage", "order", "persons"])
    whole = frame.groupby("place")["persons"].transform("first")
    return frame.assign(percent=100 * frame["persons"] / whole)


def numbers() -> list[Number]:
    """Numbers of this part."""
    return [
        number(
            "counts.registered-not-monthly",
            lambda: int(fact("fr-casual") - fact("fr-routine")),
            "persons",
            "Registered and not there every month",
            "Published largest circle less the published routine circle, which is a part of it.",
            decimals=-3,
        ),
        number(
            "counts.mturk-visitors-share",
            lambda: 100 * fact("mturk-unique-visitors") / fact("mturk-registered"),
            "percent",
            "Monthly visitors over declared workers, Mechanical Turk",
            "One published figure over the other.",
            decimals=0,
        ),
    ]
