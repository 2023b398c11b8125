"""Counts, part 1: published figures, and the assumptions of the chapter."""

from __future__ import annotations

from typing import Any

from tallybook import data

INPUTS, ASSUMPTIONS = "counts/inputs", "counts/assumptions"


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
