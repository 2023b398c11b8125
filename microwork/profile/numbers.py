"""Profile: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import inputs, since
from microwork.profile import crowds, respondents


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    computed = (respondents.NUMBERS, crowds.NUMBERS)
    return [*inputs.numbers("profile", *computed), *since.numbers("profile")]
