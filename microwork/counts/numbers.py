"""Counts: every number of the chapter."""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.data.provenance import untraced
from tallybook.model.numbers import Number

from microwork import since
from microwork.counts import (
    crowd,
    inversion,
    labour_index,
    montecarlo,
    recapture,
    reference,
    sensitivity,
    tracker,
)
from microwork.counts.inputs import fact
from microwork.counts.inversion import CIRCLES
from microwork.inputs import Numbers
from microwork.inputs import numbers as made

LABELS = "counts/labels"


def labels() -> pd.DataFrame:
    """What the largest figure was called, in order of publication: the whole ``counts/labels``."""
    return data.table(LABELS).sort_values("order", ignore_index=True)


def added(outlet: str) -> int:
    """The total (persons) of an outlet that added all groups."""
    with untraced():  # only the row that is found counts as read
        frame = labels()
        order = frame[frame["label"] == "all groups added"].set_index("outlet")["order"][outlet]
    return int(data.row(LABELS, order)["figure"])


TOTALS: Numbers = {
    "circles-added": lambda: int(sum(map(fact, CIRCLES.values()))),
    "added-silicon": lambda: added("Silicon.fr"),
    "added-pole-emploi": lambda: added("Pôle emploi"),
    "labels": lambda: labels()["label"].nunique(),
    "labels-casilli": lambda: labels().groupby("said_by")["label"].nunique()["Casilli"],
    "methods": lambda: len(data.table("counts/methods")),
}


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    topics = (inversion, sensitivity, recapture, tracker, crowd, labour_index, montecarlo)
    computed = (TOTALS, *(topic.NUMBERS for topic in (*topics, reference)))
    return [*made("counts", *computed), *since.numbers("counts")]
