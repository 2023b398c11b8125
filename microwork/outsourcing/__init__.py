"""Outsourcing: where does the work go?

The page and the report find here what they need; the work is done in the modules of this package, one for each step.
"""

from microwork.outsourcing.numbers import numbers
from microwork.outsourcing.tables import (
    empire_rows,
    factor_rows,
    factor_table,
    first_rows,
    link_rows,
    placebo_rows,
    variant_rows,
    visit_rows,
)
from microwork.outsourcing.verdicts import judgements

__all__ = [
    "empire_rows",
    "factor_rows",
    "factor_table",
    "first_rows",
    "judgements",
    "link_rows",
    "numbers",
    "placebo_rows",
    "variant_rows",
    "visit_rows",
]
