"""Counts: every number of the chapter."""

from __future__ import annotations

from microwork import data
from microwork.counts import context, fte, growth, inputs, inversion, montecarlo, sensitivity
from microwork.counts.montecarlo import draws
from microwork.counts.tables import labels
from microwork.numbers import Number, Registry


def numbers() -> list[Number]:
    """Every number of the chapter."""
    found = [
        *inputs.numbers(),
        _wirk(),
        *_sums(),
        *inversion.numbers(),
        *sensitivity.numbers(),
        *growth.numbers(),
    ]
    found += montecarlo.numbers(draws())
    return [*found, *fte.numbers(Registry(found)), *context.numbers()]


def _wirk() -> Number:
    table = data.table("counts/platforms").set_index("platform")
    return Number(
        "counts.wirk-registered",
        int(table.loc["Wirk (Foule Factory)", "registered"]),
        "accounts",
        "Accounts declared by Wirk (Foule Factory)",
        "As the platform declared it; read in a text that reports it.",
        ("counts/platforms",),
    )


def _sums() -> list[Number]:
    """The totals of those who added the nested circles, and the sum that gives them."""
    frame = labels()
    added = frame[frame["label"] == "all circles added"].set_index("outlet")["figure"]
    three = sum(data.value(inputs.INPUTS, name) for name in ("fr-very-active", "fr-routine", "fr-casual"))
    return [
        Number(
            "counts.circles-added",
            int(three),
            "persons",
            "The three circles added up",
            "Sum of the three published totals, which counts the inner ones two and three times.",
            (inputs.INPUTS,),
        ),
        Number(
            "counts.added-silicon",
            int(added["Silicon.fr"]),
            "persons",
            "Total in Silicon.fr",
            "As published.",
            ("counts/labels",),
        ),
        Number(
            "counts.added-pole-emploi",
            int(added["Pôle emploi"]),
            "persons",
            "Total in the Pôle emploi article",
            "As published.",
            ("counts/labels",),
        ),
        Number(
            "counts.labels",
            int(frame["label"].nunique()),
            "labels",
            "Names of the largest figure",
            "Different groups of wording in the table of labels.",
            ("counts/labels",),
            decimals=0,
        ),
    ]
