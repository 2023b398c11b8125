"""The published figures that the chapter on income shows as they are, and how this chapter makes a
number."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from tallybook import data
from tallybook.model.digits import decimals
from tallybook.model.numbers import Number, Row, number
from tallybook.model.numbers import published as as_published

FACTS, SHARES, ELSEWHERE, ASSUMPTIONS = (
    "income/facts",
    "income/shares",
    "income/elsewhere",
    "income/assumptions",
)
WAGES, PRICES, TASKS, BATCH = (
    "income/platform_wages",
    "income/prices",
    "income/task_prices",
    "income/batch_pay",
)
MTURK, TEXTS = "income/mturk_declared", "income/texts"
CROWD, COSTS, BATCHES = "income/crowd_pay", "income/crowd_costs", "income/task_batches"

# The end of every interval of this chapter: what none of them can cover.
NOT_COVERED = (
    "not that the respondents are volunteers on one platform, nor that no weights, spread or"
    " answers were published"
)

# Number id after "income.", fact, and what its card is called.
_FACTS = (
    ("published-mean", "mean-income", "mean monthly income, as published"),
    ("published-mean-afp", "mean-income-afp", "mean monthly income, as a news agency reports it"),
    ("published-median-hours", "median-hours", "weekly hours that half stay under, as published"),
    ("published-mean-hours", "mean-hours-atlantes", "weekly hours that one text calls an average"),
    ("published-long-low", "long-hours-low", "lower end of the long weeks, as published"),
    ("published-long-high", "long-hours-high", "upper end of the long weeks, as published"),
    ("survey-n", "survey-n", "respondents of the survey, published as nearly this"),
    ("atlantes-median-hourly", "median-hourly-atlantes", "median hourly pay in one French text"),
    ("m-store-low", "m-store-low", "least pay of M. for a photo in a shop"),
    ("m-store-high", "m-store-high", "most pay of M. for a photo in a shop"),
    ("rival-rare", "rival-rare", "monthly income that few reach in the rival survey"),
    (
        "rival-level-low",
        "rival-level-low",
        "monthly income that two thirds stay under in the rival survey",
    ),
    (
        "rival-level-high",
        "rival-level-high",
        "monthly income that one in ten exceeds in the rival survey",
    ),
    ("platform-cap", "platform-cap", "most the platform said a contributor may earn in a month"),
    ("daily-worker-low", "daily-worker-low", "monthly income of one daily click worker, low"),
    ("daily-worker-high", "daily-worker-high", "monthly income of one daily click worker, high"),
    ("mother-of-five", "mother-of-five", "monthly income of a mother of five"),
    ("smic-gross", "smic-gross-2018", "gross hourly minimum wage, January 2018"),
    ("smic-gross-2019", "smic-gross-2019", "gross hourly minimum wage, January 2019"),
    ("smic-net-month", "smic-net-month-2018", "net monthly minimum wage, 2018"),
    ("smic-hours", "smic-hours-month", "hours of a monthly minimum wage"),
    ("venezuela-week-now", "venezuela-week-now", "weekly income on platforms in Venezuela, 2023"),
)
# Share, which is the number id as well, and what its card is called.
_SHARES = (("want-more-tasks", "workers who want more tasks than there are"),)


def fact(name: str) -> float:
    """A value of the table of facts."""
    return data.value(FACTS, name)


def share(name: str) -> float:
    """A value of the table of shares, from 0 to 1."""
    return data.value(SHARES, name) / 100


def assumption(name: str) -> pd.Series:
    """A row of the table of assumptions: low, mode, high."""
    return data.row(ASSUMPTIONS, name)


def smic_net() -> float:
    """Net hourly minimum wage of 2018: the monthly one over its legal hours, EUR per hour."""
    return fact("smic-net-month-2018") / fact("smic-hours-month")


def declared(rows: Iterable[Row]) -> list[Number]:
    """Numbers of this chapter, each from a row: name, function that computes it, unit, label, how;
    where there is need, what its interval covers, and decimals (as
    ``tallybook.model.numbers.number`` takes them). The name gets the chapter."""
    return [number(f"income.{name}", *what) for name, *what in rows]


def published() -> list[Number]:
    """The figures that are shown as published, with the decimals they were published with."""
    rows = [(FACTS, *row) for row in _FACTS] + [
        (SHARES, fact_id, fact_id, label) for fact_id, label in _SHARES
    ]
    return [
        as_published(
            f"income.{name}",
            table,
            fact_id,
            label,
            decimals=_places(table, data.value(table, fact_id)),
        )
        for table, name, fact_id, label in rows
    ]


def decimals_of(value: float) -> int:
    """Decimals that a published value shows; cents are shown in full."""
    places = decimals(value)
    return 2 if places == 1 else min(places, 2)


def _places(table: str, value: float) -> int:
    """Decimals of a published value; a share that is no whole percent was said in words, and one
    will do."""
    if table == SHARES:
        return 0 if value.is_integer() else 1
    return decimals_of(value)
