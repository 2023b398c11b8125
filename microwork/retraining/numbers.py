"""Retraining: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number

from microwork import since
from microwork.retraining import (
    births,
    corona,
    headlines,
    labels,
    labour,
    market,
    outside,
    service,
    stream,
    tweets,
    voice,
)

TOPICS = (
    service,
    voice,
    corona,
    headlines,
    tweets,
    stream,
    labour,
    market,
    labels,
    births,
    outside,
)


@step
@kept
def _numbers() -> tuple[Number, ...]:
    computed = {name: compute for topic in TOPICS for name, compute in topic.NUMBERS.items()}
    return tuple(number(f"retraining.{name}", compute) for name, compute in computed.items())


def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [*_numbers(), *since.numbers("retraining")]
