"""Counts: how many people microwork in France?

The chapter's functions live in modules of their own, one per step; this one gathers them for
the page and gives the report its numbers and verdicts.
"""

from __future__ import annotations

import pandas as pd

from microwork import (
    counts_claims,
    counts_context,
    counts_demand,
    counts_fte,
    counts_inputs,
    counts_inversion,
    counts_montecarlo,
    counts_sensitivity,
    data,
)
from microwork.counts_context import funnel, world
from microwork.counts_demand import annual_growth, demand, milestones, paired_changes, usual_changes, window_change
from microwork.counts_fte import drivers, fte_by_earnings, fte_by_hours, fte_routes
from microwork.counts_inputs import assumption
from microwork.counts_inversion import (
    chance,
    implied_share,
    inversions,
    preimages,
    preimages_rounded,
    ratios,
    registrations_sum,
    round_parts,
    round_tests,
    visitors_sum,
)
from microwork.counts_montecarlo import draws, priors, variance_shares
from microwork.counts_sensitivity import (
    catchability_factor,
    divisor_one_or,
    harmonic_divisor,
    missing_platforms,
    outside_shares,
    recapture,
    recapture_check,
    swings,
)
from microwork.numbers import Number, Registry

__all__ = [
    "annual_growth",
    "assumption",
    "catchability_factor",
    "chance",
    "demand",
    "divisor_one_or",
    "draws",
    "drivers",
    "fte_by_earnings",
    "fte_by_hours",
    "fte_routes",
    "funnel",
    "harmonic_divisor",
    "implied_share",
    "inversions",
    "judgements",
    "labels",
    "milestones",
    "missing_platforms",
    "numbers",
    "outside_shares",
    "paired_changes",
    "preimages",
    "preimages_rounded",
    "priors",
    "ratios",
    "recapture",
    "recapture_check",
    "registrations_sum",
    "round_parts",
    "round_tests",
    "slider_inputs",
    "swings",
    "usual_changes",
    "variance_shares",
    "visitors_sum",
    "window_change",
    "world",
]

judgements = counts_claims.judgements


def labels() -> pd.DataFrame:
    """What the largest figure was called, in order of publication: ``counts/labels`` as it stands."""
    return data.table("counts/labels").sort_values("order", ignore_index=True)


def slider_inputs() -> dict[str, dict]:
    """What a reader needs to move the assumptions: ``sums``, ``published`` circles, and ``ranges`` (low, start, high)."""

    def fact(name: str) -> float:
        return data.value(counts_inputs.INPUTS, name)

    accounts, counted = registrations_sum().total, fact("fr-platforms-with-official-registrations")
    m, working, absent = (assumption(name) for name in ("multihoming", "working-visitors", "missing-platforms"))
    outside = outside_shares()["percent"]
    return {
        "sums": {
            "accounts": accounts,
            "visits": visitors_sum().total,
            "absent": (fact("fr-platforms-total") - counted) * accounts / counted,
            "drivers": drivers(),
        },
        "published": {
            "registered": fact("fr-registered-2020-rounded"),
            "routine": fact("fr-regular-2020-rounded"),
            "very active": fact("fr-very-active-2020-rounded"),
        },
        "ranges": {
            "divisor": (m["low"], m["mode"], m["high"]),
            "active": (float(int(outside.min())), round(100 * implied_share(), 1), float(outside.max())),
            "working": (working["low"], working["high"], working["high"]),
            "absent": (0.0, 0.0, absent["high"]),
        },
    }


def numbers() -> list[Number]:
    """Every number of the chapter."""
    found = [
        *counts_inputs.numbers(),
        _wirk(),
        *_sums(),
        *counts_inversion.numbers(),
        *counts_sensitivity.numbers(),
        *counts_demand.numbers(),
    ]
    found += counts_montecarlo.numbers(draws())
    return [*found, *counts_fte.numbers(Registry(found)), *counts_context.numbers()]


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
    three = sum(data.value(counts_inputs.INPUTS, name) for name in ("fr-very-active", "fr-routine", "fr-casual"))
    return [
        Number(
            "counts.circles-added",
            int(three),
            "persons",
            "The three circles added up",
            "Sum of the three published totals, which counts the inner ones two and three times.",
            (counts_inputs.INPUTS,),
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
