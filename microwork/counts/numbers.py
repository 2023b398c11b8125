"""Counts: every number of the chapter."""

from __future__ import annotations

from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.data.provenance import untraced
from tallybook.model.numbers import Number, number

from microwork import since
from microwork.counts import (
    context,
    crowd,
    fte,
    growth,
    inputs,
    inversion,
    labour_index,
    montecarlo,
    recapture,
    sensitivity,
    tracker,
)
from microwork.counts.inputs import fact
from microwork.counts.inversion import CIRCLES, PLATFORMS
from microwork.counts.tables import LABELS, labels

METHODS = "counts/methods"


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    found = [
        *inputs.numbers(),
        *_totals(),
        *inversion.numbers(),
        *sensitivity.numbers(),
        *recapture.numbers(),
        *tracker.numbers(),
        *crowd.numbers(),
        *labour_index.numbers(),
        *growth.numbers(),
        *montecarlo.numbers(),
        *since.numbers("counts"),
    ]
    return [*found, *fte.numbers(), *context.numbers()]


def _totals() -> list[Number]:
    """The accounts of Wirk, the totals of those who added the nested circles, and the sum that
    gives them."""
    return [
        number(
            "counts.wirk-registered",
            lambda: int(data.row(PLATFORMS, sensitivity.WIRK)["registered"]),
            "accounts",
            "Accounts declared by Wirk (Foule Factory)",
            "As the platform declared it; read in a text that reports it.",
        ),
        number(
            "counts.circles-added",
            lambda: int(sum(map(fact, CIRCLES.values()))),
            "persons",
            "The three circles added up",
            "Sum of the three published totals, which counts the inner ones two and three times.",
        ),
        number(
            "counts.added-silicon",
            lambda: _added("Silicon.fr"),
            "persons",
            "Total in Silicon.fr",
            "As published.",
        ),
        number(
            "counts.added-pole-emploi",
            lambda: _added("Pôle emploi"),
            "persons",
            "Total in the Pôle emploi article",
            "As published.",
        ),
        number(
            "counts.labels",
            lambda: labels()["label"].nunique(),
            "labels",
            "Names of the largest figure",
            "Different groups of wording in the table of labels.",
            decimals=0,
        ),
        number(
            "counts.labels-casilli",
            lambda: labels().groupby("said_by")["label"].nunique()["Casilli"],
            "labels",
            "Names of the largest figure in Casilli’s words",
            "Different groups of wording that he used.",
            decimals=0,
        ),
        number(
            "counts.methods",
            lambda: len(data.table(METHODS)),
            "methods",
            "Methods that the authors name",
            "Rows of the table of methods.",
            decimals=0,
        ),
    ]


def _added(outlet: str) -> int:
    """The total (persons) of an outlet that added all circles."""
    with untraced():  # only the row that is found counts as read
        frame = labels()
        order = frame[frame["label"] == "all circles added"].set_index("outlet")["order"][outlet]
    return int(data.row(LABELS, order)["figure"])
