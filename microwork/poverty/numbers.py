"""Poverty: every number of the chapter. What each says stands in ``data/poverty/numbers.csv``."""

from __future__ import annotations

from functools import partial

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import inputs, since
from microwork.inputs import Numbers, percent
from microwork.poverty import gap, incomes

NUMBERS: Numbers = {
    "share-poor": percent(incomes.with_ends, "poor"),
    "respondents": incomes.respondents,
    "ratio-50": partial(gap.ratio, "50"),
    "ratio-60": partial(gap.ratio, "60"),
    "selection-60": partial(gap.selection, "60"),
    "implied-60-if-50": percent(gap.implied, "50", "60"),
    "implied-50-if-60": percent(gap.implied, "60", "50"),
    "under-reporting-50": percent(gap.closing_to_france, "50"),
    "under-reporting-60": percent(gap.closing_to_france, "60"),
    "expected-from-activity-60": percent(gap.with_such_jobs),
    "shown-60-jobs": percent(gap.with_slips),
    "mturk-asked-again": lambda: incomes.mturk_count("asked-again"),
    "mturk-same-answer": percent(gap.same_answer),
    "mturk-us-workers": lambda: incomes.mturk_count("workers"),
    "mturk-us-poor": percent(gap.american_poor),
    "us-adults-poor": percent(incomes.rate, "adults"),
    "mturk-us-odds": gap.american_odds,
    "household-m-per-unit": incomes.per_unit_of_m,
    "household-m-own-wage-per-unit": incomes.own_wage_per_unit,
    "household-m-own-wage-under": percent(incomes.own_wage_under),
}


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [*inputs.numbers("poverty", NUMBERS), *since.numbers("poverty")]
