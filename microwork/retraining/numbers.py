"""Retraining: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork import since
from microwork.retraining import (
    births,
    corona,
    headline_numbers,
    labels,
    market,
    outside,
    quotas,
    service_numbers,
    stream,
    tweets,
    voice,
)

_TOPICS = (
    service_numbers,
    voice,
    corona,
    headline_numbers,
    tweets,
    stream,
    quotas,
    market,
    labels,
    births,
    outside,
)


@step
@kept
def _numbers() -> tuple[Number, ...]:
    return tuple(number for topic in _TOPICS for number in topic.numbers())


def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [*_numbers(), *since.numbers("retraining")]
