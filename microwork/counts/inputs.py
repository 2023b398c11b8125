"""Counts, part 1: published figures as numbers, and the assumptions of the chapter."""

from __future__ import annotations

from functools import partial
from typing import Any

from tallybook import data

INPUTS, SHARES, ASSUMPTIONS = "counts/inputs", "counts/shares", "counts/assumptions"

# Figures as they were published: the table, the row, and the column if it is not ``value``.
QUOTED = {
    "published-very-active": (INPUTS, "fr-very-active"),
    "published-routine": (INPUTS, "fr-routine"),
    "published-registered": (INPUTS, "fr-casual"),
    "rounded-very-active": (INPUTS, "fr-very-active-2020-rounded"),
    "rounded-routine": (INPUTS, "fr-regular-2020-rounded"),
    "rounded-registered": (INPUTS, "fr-registered-2020-rounded"),
    "critics-total": (INPUTS, "fr-critics-total"),
    "multihoming": (INPUTS, "fr-multihoming-coefficient"),
    "multihoming-kassi": (INPUTS, "world-multihoming-coefficient-kassi"),
    "platforms-official": (INPUTS, "fr-platforms-with-official-registrations"),
    "platforms-listed": (INPUTS, "fr-platforms-total"),
    "platforms-french": (INPUTS, "fr-platforms-french"),
    "platforms-2022": (INPUTS, "fr-platforms-2022-diplab"),
    "survey-respondents": (INPUTS, "fr-diplab-survey-n"),
    "world-ever-worked": (INPUTS, "world-ever-worked-kassi-v4"),
    "world-significant": (INPUTS, "world-significant-kassi-v4"),
    "world-profiles": (INPUTS, "world-profiles-kassi"),
    "world-microwork-registered": (INPUTS, "world-wb2015-microwork-registered"),
    "mturk-registered": (INPUTS, "mturk-registered"),
    "mturk-available": (INPUTS, "mturk-available"),
    "crowd-declared": (INPUTS, "crowdflower-people-2013"),
    "crowd-declared-founder": (INPUTS, "crowdflower-people-2013-founder"),
    "active-share-world-bank": (SHARES, "world-wb2015-active"),
    "appen-activity-march-2020": (SHARES, "appen-activity-march-2020"),
    "appen-revenue-growth-2021": (SHARES, "appen-revenue-growth-2021"),
    "assumed-weekly-low": (ASSUMPTIONS, "weekly-share", "low"),
    "assumed-weekly-high": (ASSUMPTIONS, "weekly-share", "high"),
    "assumed-working-low": (ASSUMPTIONS, "working-visitors", "low"),
    "assumed-working-high": (ASSUMPTIONS, "working-visitors", "high"),
    "assumed-missing-small": (ASSUMPTIONS, "missing-platforms", "low"),
    "assumed-missing-large": (ASSUMPTIONS, "missing-platforms", "high"),
    "assumed-multihoming-low": (ASSUMPTIONS, "multihoming", "low"),
    "claimed-world": ("claims", "world-16m"),
    "claimed-appen-growth": ("claims", "appen-growth"),
}


def fact(name: str) -> float:
    """The value of one row of ``counts/inputs``, in its unit."""
    return data.value(INPUTS, name)


def assumption(name: str) -> dict[str, Any]:
    """One row of ``counts/assumptions`` as a dictionary: ``low``, ``mode``, ``high``, ``unit``,
    ``reason`` ...

    Raises ``DataError`` if there is no such assumption.
    """
    found: dict[str, Any] = data.row(ASSUMPTIONS, name).to_dict()
    return found


def share(name: str, part: str) -> float:
    """A percentage of ``counts/assumptions`` as a share from 0 to 1."""
    return float(assumption(name)[part]) / 100


def as_written(table: str, key: str, column: str = "value") -> float:
    """A figure of one row; a whole one as a whole number."""
    value = float(data.row(table, key)[column])
    return int(value) if value.is_integer() else value


NUMBERS = {name: partial(as_written, *place) for name, place in QUOTED.items()}
