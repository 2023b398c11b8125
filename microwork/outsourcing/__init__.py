"""Outsourcing: where does the work go?"""

from microwork.outsourcing.numbers import numbers
from microwork.outsourcing.tables import (
    crowd_rows,
    empire_rows,
    first_rows,
    link_rows,
    month_rows,
    ranked_rows,
    visit_rows,
)

__all__ = [
    "crowd_rows",
    "empire_rows",
    "first_rows",
    "link_rows",
    "month_rows",
    "numbers",
    "ranked_rows",
    "visit_rows",
]
