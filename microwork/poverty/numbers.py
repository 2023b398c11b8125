"""Poverty: the published share, the rates of France, and what can be said of their ratio."""

from __future__ import annotations

from functools import partial

from tallybook.builder.kept import kept
from tallybook.model.numbers import Number, number, published

from microwork import intervals, since
from microwork.poverty import distribution, elsewhere, households, mix, noise
from microwork.poverty.inputs import (
    BOTH_LINES,
    INCOMES,
    RATES,
    SAMPLING,
    SURVEY,
    amount,
    percent,
    rate,
    respondents,
    survey,
    with_ends,
)

POOR = "Respondents below the poverty line"
HALF_A_POINT = {"comparator": 0.005, "france-50": 0.0005, "poor": 0.005}  # half the last digit published, as fractions


def relative_risk(share: float, n: int, benchmark: float) -> tuple[float, float, float]:
    """Share over a benchmark that is taken as known, and the Wilson ends of the share over the same.

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
        *noise.numbers(),
        *mix.numbers(),
        *households.numbers(),
        *elsewhere.numbers(),
        *since.numbers("poverty"),
    ]


def _published() -> list[Number]:
    wilson, thirds = "As published; interval by Wilson.", "Respondents in the lowest three tenths of their type of household"
    said = (
        ("published-poor", SURVEY, "poor", POOR, 0),
        ("comparator", SURVEY, "comparator", "National rate the report compares with", 0),
        ("rate-50", RATES, "france-50", "France below half the median, 2016", 1),
        ("rate-60", RATES, "france-60", "France below six tenths of the median, 2016", 1),
        ("rate-50-adults", RATES, "adults-50", "Adults below half the median", 1),
        ("working-poor-60", RATES, "working-poor-60", "People with a job below six tenths of the median, about", 0),
        ("working-poor-50", RATES, "working-poor-50", "People with a job below half the median, about", 0),
        ("line-50", INCOMES, "line-50", "Half the median, one consumption unit, 2016", 0),
        ("line-60", INCOMES, "line-60", "Six tenths of the median, one consumption unit, 2016", 0),
    )
    medians = (("median", ""), ("median-unemployed", " of the unemployed"))
    month, yearly = "EUR per month", "As published; yearly amount over twelve."
    return [
        percent("share-poor", partial(with_ends, "poor"), POOR, wilson, SAMPLING),
        percent("share-popular", partial(with_ends, "popular"), thirds, wilson, SAMPLING, 0),
        number("poverty.respondents", respondents, "persons", "Respondents, about", "As published."),
        *(published(f"poverty.{name}", table, row, label, decimals=places) for name, table, row, label, places in said),
        *(
            number(f"poverty.{name}", partial(amount, name), month, f"Median standard of living{whom}, 2016", yearly, decimals=-1)
            for name, whom in medians
        ),
    ]


def _ratios() -> list[Number]:
    half, usual = ", if counted at half the median", ", if counted at six tenths of the median"
    how, covers = "Published share divided by the official rate.", SAMPLING + " The official rate is taken as known."
    risks = (
        ("ratio-50", "france-50", "France" + half),
        ("ratio-60", "france-60", "France" + usual),
        ("ratio-adults-50", "adults-50", "adults in France" + half),
    )
    found = [
        number(f"poverty.{name}", partial(_risk, row), "ratio", f"Times as often poor as {whom}", how, covers, 1)
        for name, row, whom in risks
    ]
    label = "Ratio at half the median, for rounding alone"
    how = "Ratio of the largest to the smallest values that print as published."
    covers = "Covers the rounding of both published figures. Leaves out everything else."
    found.append(number("poverty.ratio-rounding-50", _rounding, "ratio", label, how, covers, 2))
    for line, _, where in BOTH_LINES:
        answer = f"How many times as likely to answer the poor must be to make the gap at {where}"
        how, odds = "Odds of the published share divided by the official odds.", partial(_selection, f"france-{line}")
        found.append(number(f"poverty.selection-{line}", odds, "ratio", answer, how, decimals=1))
    return found


def _risk(benchmark: str) -> tuple[float, float, float]:
    """``relative_risk`` of the published share over an official rate."""
    return relative_risk(survey("poor"), respondents(), rate(benchmark))


def _rounding() -> tuple[float, float, float]:
    """Published share over the official rate at half the median, and the same with both moved by half their last digits."""
    poor, france, of_poor, of_france = survey("poor"), rate("france-50"), HALF_A_POINT["poor"], HALF_A_POINT["france-50"]
    return poor / france, (poor - of_poor) / (france + of_france), (poor + of_poor) / (france - of_france)


def _selection(benchmark: str) -> float:
    """Odds of the published share over those of an official rate."""
    return intervals.odds_ratio(survey("poor"), rate(benchmark))
