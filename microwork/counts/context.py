"""Counts, part 7: who is left of the registered, in France and elsewhere."""

from __future__ import annotations

import pandas as pd

from microwork.counts.inputs import fact

# Stages from wide to narrow, as they were published; they differ from place to place.
STAGES = {
    "France, microwork": {
        "registered": "fr-casual",
        "visit monthly": "fr-routine",
        "there weekly": "fr-very-active",
    },
    "Mechanical Turk": {
        "registered": "mturk-registered",
        "visit monthly": "mturk-unique-visitors",
        "available": "mturk-available",
        "there at any moment": "mturk-active-instant",
    },
    "Four freelancing platforms": {
        "registered": "oli-supplement-registered",
        "at work weekly": "oli-supplement-weekly",
    },
    "World, online freelancing": {
        "registered": "world-profiles-kassi",
        "ever had work": "world-ever-worked-kassi-v4",
        "significant work": "world-significant-kassi-v4",
    },
}


def funnel() -> pd.DataFrame:
    """Who is left of the registered, stage by stage, in four places.

    Columns: place, stage, order (from wide to narrow), persons, percent (of the registered).
    """
    rows = [
        (place, stage, order, fact(name))
        for place, stages in STAGES.items()
        for order, (stage, name) in enumerate(stages.items())
    ]
    frame = pd.DataFrame(rows, columns=["place", "stage", "order", "persons"])
    whole = frame.groupby("place")["persons"].transform("first")
    return frame.assign(percent=100 * frame["persons"] / whole)


NUMBERS = {
    "registered-not-monthly": lambda: int(fact("fr-casual") - fact("fr-routine")),
    "mturk-visitors-share": lambda: 100 * fact("mturk-unique-visitors") / fact("mturk-registered"),
}
