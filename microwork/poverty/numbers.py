"""Poverty: the published share, the rates of France, and what can be said of their ratio."""

from __future__ import annotations

from functools import partial

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number, number, published

from microwork import intervals, since
from microwork.poverty import distribution, elsewhere, gap, households, mix, noise
from microwork.poverty.inputs import (
    BOTH_LINES,
    INCOMES,
    RATES,
    SAMPLING,
    SURVEY,
    official_rate,
    percent,
    respondents,
    survey,
    with_ends,
)

POOR = "Respondents below the poverty line"


def relative_risk(share: float, n: int, benchmark: float) -> tuple[float, float, float]:
    """Share over a benchmark that is taken as known, and the Wilson ends of the share over the
    same.

    Shares are fractions from 0 to 1. Raises ``ValueError`` unless the benchmark is above 0.
    """
    if not 0 < benchmark <= 1:
        raise ValueError(f"found a benchmark of {benchmark}; expected a fraction above 0")
    low, high = intervals.wilson(share, n)
    return share / benchmark, low / benchmark, high / benchmark


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [
        *_published(),
        *_ratios(),
        *distribution.numbers(households.TYPES),
        *gap.numbers(),
        *noise.numbers(),
        *mix.numbers(),
        *households.numbers(),
        *elsewhere.numbers(),
        *since.numbers("poverty"),
    ]


def _published() -> list[Number]:
    wilson, thirds = (
        "As published; interval by Wilson.",
        "Respondents in the lowest three tenths of their type of household",
    )
    said = (
        ("published-poor", SURVEY, "poor", POOR, 0),
        ("comparator", SURVEY, "comparator", "National rate the report compares with", 0),
        ("rate-50", RATES, "france-50", "France below half the median, 2016", 1),
        ("rate-50-2018", RATES, "france-50-2018", "France below half the median, 2018", 1),
        ("rate-60", RATES, "france-60", "France below six tenths of the median, 2016", 1),
        ("line-50", INCOMES, "line-50", "Half the median, one consumption unit, 2016", 0),
        ("line-60", INCOMES, "line-60", "Six tenths of the median, one consumption unit, 2016", 0),
    )
    return [
        percent("share-poor", partial(with_ends, "poor"), POOR, wilson, SAMPLING),
        percent("share-popular", partial(with_ends, "popular"), thirds, wilson, SAMPLING, 0),
        number(
            "poverty.respondents", respondents, "persons", "Respondents, about", "As published."
        ),
        *(
            published(f"poverty.{name}", table, row, label, decimals=places)
            for name, table, row, label, places in said
        ),
    ]


def _ratios() -> list[Number]:
    how, covers = (
        "Published share divided by the official rate.",
        SAMPLING + " The official rate is taken as known.",
    )
    found = []
    for line, _, where in BOTH_LINES:
        label = f"Times as often poor as France, if counted at {where}"
        risk = partial(_risk, line)
        found.append(number(f"poverty.ratio-{line}", risk, "ratio", label, how, covers, 1))
        answer = f"How many times as likely to answer the poor must be to make the gap at {where}"
        by_odds, odds = (
            "Odds of the published share divided by the official odds.",
            partial(_selection, line),
        )
        found.append(
            number(f"poverty.selection-{line}", odds, "ratio", answer, by_odds, decimals=1)
        )
    return found


def _risk(line: str) -> tuple[float, float, float]:
    """``relative_risk`` of the published share over an official rate."""
    return relative_risk(survey("poor"), respondents(), official_rate(line))


def _selection(line: str) -> float:
    """Odds of the published share over those of an official rate."""
    return intervals.odds_ratio(survey("poor"), official_rate(line))
