"""Profile: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import inputs, since
from microwork.profile import carried, crowds, neighbours, people, sample, standing, work


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    topics = (sample, people, neighbours, crowds, work, standing, carried)
    computed = (topic.NUMBERS for topic in topics)
    return [*inputs.numbers("profile", *computed), *since.numbers("profile")]
