"""Retraining: does the machine ever stop needing people?

The chapter's functions live in modules of their own, one per experiment; this one gathers them for the page and gives the
report its numbers and verdicts.
"""

from __future__ import annotations

import functools

from microwork import (
    retraining_claims,
    retraining_corona,
    retraining_headlines,
    retraining_market,
    retraining_quotas,
    retraining_stream,
    retraining_tweets,
)
from microwork.kept import kept
from microwork.numbers import Number
from microwork.retraining_corona import coverage, days, knows, rule, takeoff
from microwork.retraining_headlines import budget_curve, by_year, decomposition, relative_staleness
from microwork.retraining_labour import (
    day_loads,
    ladder,
    piece_costs,
    quota,
    tweets_a_quarter,
    upkeep,
    usual_upkeep,
    verify_table,
    working_days,
)
from microwork.retraining_market import surveys
from microwork.retraining_stream import budgets, comparison, experiment
from microwork.retraining_tweets import repairs

__all__ = [
    "budget_curve",
    "budgets",
    "by_year",
    "comparison",
    "coverage",
    "day_loads",
    "days",
    "decomposition",
    "experiment",
    "judgements",
    "knows",
    "ladder",
    "numbers",
    "piece_costs",
    "quota",
    "relative_staleness",
    "repairs",
    "rule",
    "surveys",
    "takeoff",
    "tweets_a_quarter",
    "upkeep",
    "usual_upkeep",
    "verify_table",
    "working_days",
]

judgements = retraining_claims.judgements

_TOPICS = (
    retraining_corona,
    retraining_headlines,
    retraining_tweets,
    retraining_stream,
    retraining_quotas,
    retraining_market,
)


@functools.cache
@kept
def _numbers() -> tuple[Number, ...]:
    return tuple(number for topic in _TOPICS for number in topic.numbers())


def numbers() -> list[Number]:
    """Every number of the chapter."""
    return list(_numbers())
