"""Poverty: the published share, the rates of France, and what can be said of their ratio."""

from __future__ import annotations

from microwork import intervals
from microwork.numbers import Number
from microwork.poverty import distribution, households, mix, points
from microwork.poverty.inputs import (
    INCOMES,
    RATES,
    SAMPLING,
    SURVEY,
    amount,
    poor_ends,
    published,
    rate,
    respondents,
    survey,
)

POOR = "Respondents below the poverty line"


HALF_A_POINT = {"comparator": 0.005, "france-50": 0.0005, "poor": 0.005}  # half the last digit published, as fractions


def relative_risk(share: float, n: int, benchmark: float) -> tuple[float, float, float]:
    """Share over a benchmark that is taken as known, and the Wilson ends of the share over the same.

    Shares are fractions from 0 to 1. Raises ``ValueError`` unless the benchmark is above 0.
    """
    if not 0 < benchmark <= 1:
        raise ValueError(f"found a benchmark of {benchmark}; wanted a fraction above 0")
    low, high = intervals.wilson(share, n)
    return share / benchmark, low / benchmark, high / benchmark


def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [
        *_published(),
        *_ratios(),
        *distribution.numbers(),
        *points.numbers(),
        *mix.numbers(),
        *households.numbers(),
    ]


def _published() -> list[Number]:
    popular = intervals.wilson(survey("popular"), respondents())
    low, high = poor_ends()
    wilson = "published; interval by Wilson"
    thirds = "Respondents in the lowest three tenths of their type of household"
    found = [
        Number("poverty.share-poor", 100 * survey("poor"), "percent", POOR, wilson, (SURVEY,), 100 * low, 100 * high, SAMPLING),
        Number(
            "poverty.share-popular",
            100 * survey("popular"),
            "percent",
            thirds,
            wilson,
            (SURVEY,),
            100 * popular[0],
            100 * popular[1],
            SAMPLING,
            decimals=0,
        ),
        Number("poverty.respondents", respondents(), "persons", "Respondents, about", "published, rounded", (SURVEY,)),
        published("published-poor", SURVEY, "poor", POOR, 0),
        published("comparator", SURVEY, "comparator", "National rate the report compares with", 0),
        published("rate-50", RATES, "france-50", "France below half the median, 2016", 1),
        published("rate-60", RATES, "france-60", "France below the usual line, 2016", 1),
        published("rate-50-2019", RATES, "france-50-2019", "France below half the median, 2019", 1),
        published("rate-50-adults", RATES, "adults-50", "Adults below half the median", 1),
        published("working-poor-60", RATES, "working-poor-60", "People with a job below the usual line, about", 0),
        published("working-poor-50", RATES, "working-poor-50", "People with a job below half the median, about", 0),
        published("line-50", INCOMES, "line-50", "Half the median, one consumption unit, 2016", 0),
        published("line-60", INCOMES, "line-60", "The usual line, one consumption unit, 2016", 0),
    ]
    how = "published yearly amount over twelve"
    for name, whom in (("median", ""), ("median-employed", " of the employed"), ("median-unemployed", " of the unemployed")):
        label = f"Median standard of living{whom}, 2016"
        found.append(Number(f"poverty.{name}", amount(name), "EUR per month", label, how, (INCOMES,), decimals=-1))
    return found


def _ratios() -> list[Number]:
    poor, n, tables = survey("poor"), respondents(), (SURVEY, RATES)
    covers = SAMPLING + " The official rate is taken as known."
    times, half, usual = "Times as often poor as ", ", if counted at half the median", ", if counted at the usual line"

    def risk(name: str, whom: str, where: str, benchmark: str) -> Number:
        value, low, high = relative_risk(poor, n, rate(benchmark))
        how = "published share over the official rate"
        return Number(f"poverty.{name}", value, "ratio", times + whom + where, how, tables, low, high, covers)

    def extreme(sign: int) -> float:
        return (poor + sign * HALF_A_POINT["poor"]) / (rate("france-50") - sign * HALF_A_POINT["france-50"])

    found = [
        risk("ratio-50", "France", half, "france-50"),
        risk("ratio-60", "France", usual, "france-60"),
        risk("ratio-adults-50", "adults in France", half, "adults-50"),
        risk("ratio-2019-50", "France in 2019", half, "france-50-2019"),
        Number(
            "poverty.ratio-rounding-50",
            poor / rate("france-50"),
            "ratio",
            "Ratio at half the median, for rounding alone",
            "ratio of the largest to the smallest values that print as published",
            tables,
            extreme(-1),
            extreme(1),
            "Covers the rounding of both published figures. Leaves out everything else.",
            decimals=2,
        ),
    ]
    for name, where in (("50", "half the median"), ("60", "the usual line")):
        z = intervals.z_against(poor, n, rate(f"france-{name}"))[0]
        odds = intervals.odds_ratio(poor, rate(f"france-{name}"))
        answer = f"How many times as likely to answer the poor must be to make the gap at {where}"
        found += [
            Number(
                f"poverty.z-{name}", z, "standard errors", f"Distance from the rate at {where}", "score test of one share", tables
            ),
            Number(
                f"poverty.selection-{name}", odds, "ratio", answer, "odds of the published share over the official odds", tables
            ),
        ]
    return found
