"""Outsourcing: where does the work go?

The page and the report find here what they need; the work is done in the modules of this package, one for each step.
"""

from microwork.outsourcing.numbers import numbers
from microwork.outsourcing.tables import (
    block_rows,
    empire_rows,
    factor_rows,
    link_rows,
    placebo_rows,
    variant_rows,
)
from microwork.outsourcing.verdicts import judgements

__all__ = [
    "block_rows",
    "empire_rows",
    "factor_rows",
    "judgements",
    "link_rows",
    "numbers",
    "placebo_rows",
    "variant_rows",
]
