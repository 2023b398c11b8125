"""Retraining: does the machine ever stop needing people?

The page and the report find here what they need; the work is done in the modules of this package, one for each step.
"""

from microwork.retraining.births import dataset_births
from microwork.retraining.corona import coverage, days
from microwork.retraining.headlines import budget_curve, by_year, decomposition, gains
from microwork.retraining.labels import by_task, judged, judges
from microwork.retraining.labour import day_loads, ladder, piece_costs, quota, tweets_a_quarter, verify_table
from microwork.retraining.market import surveys
from microwork.retraining.numbers import numbers
from microwork.retraining.questions import drawn
from microwork.retraining.stream import comparison
from microwork.retraining.tweets import by_class, repairs
from microwork.retraining.verdicts import judgements

__all__ = [
    "budget_curve",
    "by_class",
    "by_task",
    "by_year",
    "comparison",
    "coverage",
    "day_loads",
    "dataset_births",
    "days",
    "decomposition",
    "drawn",
    "gains",
    "judged",
    "judgements",
    "judges",
    "ladder",
    "numbers",
    "piece_costs",
    "quota",
    "repairs",
    "surveys",
    "tweets_a_quarter",
    "verify_table",
]
