"""Retraining: does the machine ever stop needing people?

The page and the report find here what they need; the work is done in the modules of this package, one for each step.
"""

from microwork.retraining.headlines import by_year, every_start
from microwork.retraining.labour import day_loads, quota
from microwork.retraining.numbers import numbers
from microwork.retraining.stream import gains
from microwork.retraining.tweets import repairs
from microwork.retraining.verdicts import judgements

__all__ = [
    "by_year",
    "day_loads",
    "every_start",
    "gains",
    "judgements",
    "numbers",
    "quota",
    "repairs",
]
