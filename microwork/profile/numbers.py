"""Profile: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import since
from microwork.profile import crowds, homes, neighbours, people, sample, standing, work


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [
        *sample.numbers(),
        *people.numbers(),
        *neighbours.numbers(),
        *crowds.numbers(),
        *work.numbers(),
        *standing.numbers(),
        *homes.numbers(),
        *since.numbers("profile"),
    ]
