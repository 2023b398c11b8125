"""Poverty: the published share, the rates of France, and what can be said of their ratio."""

from __future__ import annotations

from functools import partial

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import inputs, intervals, since
from microwork.inputs import percent
from microwork.poverty import distribution, elsewhere, gap, households, mix, noise
from microwork.poverty.inputs import official_rate, respondents, survey, with_ends


def relative_risk(share: float, n: int, benchmark: float) -> intervals.Ends:
    """Share over a benchmark that is taken as known, and the Wilson ends of the share over the
    same.

    Shares are fractions from 0 to 1.
    """
    low, high = intervals.wilson(share, n)
    return share / benchmark, low / benchmark, high / benchmark


def risk(line: str) -> intervals.Ends:
    """``relative_risk`` of the published share over an official rate."""
    return relative_risk(survey("poor"), respondents(), official_rate(line))


def selection(line: str) -> float:
    """Odds of the published share over those of an official rate."""
    return intervals.odds_ratio(survey("poor"), official_rate(line))


PUBLISHED = {
    "share-poor": percent(with_ends, "poor"),
    "share-popular": percent(with_ends, "popular"),
    "respondents": respondents,
}
RATIOS = {
    "ratio-50": partial(risk, "50"),
    "selection-50": partial(selection, "50"),
    "ratio-60": partial(risk, "60"),
    "selection-60": partial(selection, "60"),
}


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    topics = (distribution, gap, noise, mix, households, elsewhere)
    computed = [PUBLISHED, RATIOS, *(topic.NUMBERS for topic in topics)]
    return [*inputs.numbers("poverty", *computed), *since.numbers("poverty")]
