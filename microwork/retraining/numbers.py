"""Retraining: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork import since
from microwork.inputs import numbers as made
from microwork.retraining import ageing, outside, service


@step
@kept
def _numbers() -> tuple[Number, ...]:
    return tuple(made("retraining", service.NUMBERS, ageing.NUMBERS, outside.NUMBERS))


def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [*_numbers(), *since.numbers("retraining")]
