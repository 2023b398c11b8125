"""Counts, part 1: published figures as numbers, and the assumptions of the chapter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tallybook import data
from tallybook.model.numbers import Number, number, published

from microwork.paths import DATA

INPUTS, SHARES, ASSUMPTIONS = "counts/inputs", "counts/shares", "counts/assumptions"

# id of the number, table, fact, label of its card
_PUBLISHED = (
    (
        "published-very-active",
        INPUTS,
        "fr-very-active",
        "Very active microworkers in France, as published",
    ),
    ("published-routine", INPUTS, "fr-routine", "Routine microworkers in France, as published"),
    ("published-registered", INPUTS, "fr-casual", "Largest circle in France, as published"),
    (
        "rounded-very-active",
        INPUTS,
        "fr-very-active-2020-rounded",
        "Very active microworkers, rounded in 2020",
    ),
    ("rounded-routine", INPUTS, "fr-regular-2020-rounded", "Regular microworkers, rounded in 2020"),
    (
        "rounded-registered",
        INPUTS,
        "fr-registered-2020-rounded",
        "People registered, rounded in 2020",
    ),
    (
        "critics-total",
        INPUTS,
        "fr-critics-total",
        "All microworkers in France, as one of the critics has it",
    ),
    (
        "multihoming",
        INPUTS,
        "fr-multihoming-coefficient",
        "Platforms per person, the divisor of the study",
    ),
    (
        "multihoming-kassi",
        INPUTS,
        "world-multihoming-coefficient-kassi",
        "Platforms per person, Kässi and others",
    ),
    (
        "platforms-official",
        INPUTS,
        "fr-platforms-with-official-registrations",
        "Platforms with an official figure",
    ),
    ("platforms-listed", INPUTS, "fr-platforms-total", "Platforms found in France"),
    ("platforms-french", INPUTS, "fr-platforms-french", "Platforms found in France, French ones"),
    ("platforms-rtl", INPUTS, "fr-platforms-rtl", "Platforms according to RTL"),
    ("platforms-2022", INPUTS, "fr-platforms-2022-diplab", "Platforms and apps found in 2022"),
    (
        "survey-respondents",
        INPUTS,
        "fr-diplab-survey-n",
        "Respondents of the survey on Foule Factory",
    ),
    ("fte-press", INPUTS, "fr-fte-afp", "Full-time equivalents according to AFP"),
    (
        "world-ever-worked",
        INPUTS,
        "world-ever-worked-kassi-v4",
        "Profiles that ever obtained work, corrected",
    ),
    (
        "world-ever-worked-preprint",
        INPUTS,
        "world-ever-worked-kassi-preprint",
        "Profiles that ever obtained work, preprint",
    ),
    (
        "world-microwork-registered",
        INPUTS,
        "world-wb2015-microwork-registered",
        "Registered on microwork sites in 2015",
    ),
    ("mturk-registered", INPUTS, "mturk-registered", "Declared workers of Mechanical Turk"),
    ("mturk-available", INPUTS, "mturk-available", "Workers available on Mechanical Turk"),
    (
        "crowd-declared",
        INPUTS,
        "crowdflower-people-2013",
        "People in CrowdFlower’s crowd, as the firm declared",
    ),
    (
        "crowd-declared-founder",
        INPUTS,
        "crowdflower-people-2013-founder",
        "People on CrowdFlower’s tasks, by its founder",
    ),
    ("active-share-world-bank", SHARES, "world-wb2015-active", "Active share on microwork sites"),
    (
        "appen-activity-march-2020",
        SHARES,
        "appen-activity-march-2020",
        "Rise of activity at Appen in March 2020",
    ),
    (
        "appen-revenue-growth-2021",
        SHARES,
        "appen-revenue-growth-2021",
        "Growth of Appen's revenue in 2021",
    ),
)

# id of the number, claim, label of its card
_CLAIMED = (
    ("claimed-world", "world-16m", "Microworkers worldwide, as claimed"),
    ("claimed-appen-growth", "appen-growth", "Growth at Appen, as claimed"),
)
# id of the number, assumption, which of its values, unit, label of its card
_ASSUMED = (
    ("assumed-weekly-low", "weekly-share", "low", "percent", "Weekly share, least assumed"),
    ("assumed-weekly-high", "weekly-share", "high", "percent", "Weekly share, most assumed"),
    (
        "assumed-working-low",
        "working-visitors",
        "low",
        "percent",
        "Visitors who do tasks, least assumed",
    ),
    (
        "assumed-working-high",
        "working-visitors",
        "high",
        "percent",
        "Visitors who do tasks, most assumed",
    ),
    (
        "assumed-missing-small",
        "missing-platforms",
        "low",
        "percent",
        "Size of a platform left out, small",
    ),
    (
        "assumed-missing-large",
        "missing-platforms",
        "high",
        "percent",
        "Size of a platform left out, large",
    ),
    (
        "assumed-multihoming-low",
        "multihoming",
        "low",
        "platforms per person",
        "Platforms per person, least assumed",
    ),
)


def fact(name: str, folder: Path = DATA) -> float:
    """The value of one row of ``counts/inputs``, in its unit."""
    return data.value(INPUTS, name, folder)


def assumption(name: str, folder: Path = DATA) -> dict[str, Any]:
    """One row of ``counts/assumptions`` as a dictionary: ``low``, ``mode``, ``high``, ``unit``,
    ``reason`` ...

    Raises ``DataError`` if there is no such assumption.
    """
    found: dict[str, Any] = data.row(ASSUMPTIONS, name, folder=folder).to_dict()
    return found


def share(name: str, part: str, folder: Path = DATA) -> float:
    """A percentage of ``counts/assumptions`` as a share from 0 to 1."""
    return float(assumption(name, folder)[part]) / 100


def claim_value(claim_id: str, folder: Path = DATA) -> float:
    """The value of one press claim, in its unit."""
    return float(data.row("claims", claim_id, folder=folder)["value"])


def numbers() -> list[Number]:
    """Every published figure that the chapter quotes, as it was published, and every assumption."""
    found = [
        published(f"counts.{name}", table, fact_id, label)
        for name, table, fact_id, label in _PUBLISHED
    ]
    for name, key, part, unit, label in _ASSUMED:
        how = f"An assumption: {assumption(key)['reason']}."
        found.append(
            number(
                f"counts.{name}",
                partial(lambda key, part: assumption(key)[part], key, part),
                unit,
                label,
                how,
            )
        )
    for name, key, label in _CLAIMED:
        unit = data.row("claims", key)["unit"]
        found.append(
            number(
                f"counts.{name}", partial(claim_value, key), unit, label, "As said in the press."
            )
        )
    return [_as_written(figure) for figure in found]


def _as_written(figure: Number) -> Number:
    """A figure with the decimals it was published with; a whole one as a whole number."""
    value = float(figure.value)
    decimals = len(repr(value).rstrip("0").partition(".")[2])
    return replace(figure, value=int(value) if value.is_integer() else value, decimals=decimals)
