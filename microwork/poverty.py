"""Is one microworker in five poor? The published share, the rates of France, and what can be said of their ratio.

Tables are read in ``poverty_facts``; the formulas are in ``poverty_lines``, the spread of incomes in ``poverty_spread``,
the other line and the errors of measurement in ``poverty_distribution`` and ``poverty_points``, the mix of
respondents in ``poverty_mix``, households in ``poverty_households``.
"""

from __future__ import annotations

import pandas as pd

from microwork import intervals, poverty_distribution, poverty_households, poverty_mix, poverty_points, poverty_spread
from microwork import poverty_lines as lines
from microwork.claims import Claim, Judgement, by_rule
from microwork.numbers import Number, Registry
from microwork.poverty_facts import (
    INCOMES,
    RATES,
    SAMPLING,
    SURVEY,
    USUAL_LINE,
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


def eights() -> pd.DataFrame:
    """Official figures near the comparator of the report: who, line, years, share below (percent), rounds to the same."""
    rows = [
        ("Everyone, France", "half the median", "2016", rate("france-50")),
        ("Everyone, France", "half the median", "2019", rate("france-50-2019")),
        ("People with a job, about", "usual line", "2002-2019", rate("working-poor-60")),
        ("Everyone, France", "usual line", "2016", rate("france-60")),
        ("People with a job, about", "half the median", "2002-2019", rate("working-poor-50")),
    ]
    frame = pd.DataFrame(rows, columns=["who", "line", "years", "share below"])
    close = (frame["share below"] - survey("comparator")).abs() <= HALF_A_POINT["comparator"]
    return frame.assign(
        **{"share below": 100 * frame["share below"], "rounds to the same": close.map({True: "yes", False: "no"})}
    )


def readings() -> pd.DataFrame:
    """What the published share can mean, in percent: group, reading, value, low, high, colour.

    The first group is at half the median, the second at the usual line; France stands beside the respondents in each.
    """
    found = {number.id.removeprefix("poverty."): number for number in numbers()}
    poor, up, down = found["share-poor"], found["implied-60-if-50"], found["implied-50-if-60"]
    single, couple = found["rate-in-units-single"].value, found["rate-in-units-couple"].value
    half, usual = "Below half the median", "Below the usual line, six tenths of the median"
    rows = [
        (half, "France", 100 * rate("france-50"), None, None, "soft"),
        (half, "Respondents, if counted here", poor.value, poor.low, poor.high, "found"),
        (half, "Respondents, if counted here by type of household", None, couple, single, "found"),
        (half, "Respondents, if counted at the usual line", down.value, down.low, down.high, "found"),
        (usual, "France", 100 * rate("france-60"), None, None, "soft"),
        (usual, "Respondents, if counted at half the median", up.value, up.low, up.high, "found"),
        (usual, "Respondents, if counted here", poor.value, poor.low, poor.high, "found"),
    ]
    frame = pd.DataFrame(rows, columns=["group", "reading", "value", "low", "high", "colour"])
    return frame.astype({"value": "float64", "low": "float64", "high": "float64"})


def official_points() -> pd.DataFrame:
    """The two official rates of France: line (percent of the median), share (percent)."""
    return pd.DataFrame({"line": [50, 60], "share": [100 * rate("france-50"), 100 * rate("france-60")]})


def slider_inputs() -> dict[str, float]:
    """What the page needs to move the ratio: published share, answers, spread, and the normal line through France's two rates."""
    slope = 1 / poverty_spread.local_spread("france")
    at_median = lines.at_other_line(rate("france-60"), USUAL_LINE, 1.0, 1 / slope)
    return {
        "share": survey("poor"),
        "respondents": respondents(),
        "sigma": poverty_spread.spread(),
        "slope": slope,
        "at_median": at_median,
    }


def numbers() -> list[Number]:
    """Every number of the chapter."""
    return [
        *_published(),
        *_ratios(),
        *poverty_distribution.numbers(),
        *poverty_points.numbers(),
        *poverty_mix.numbers(),
        *poverty_households.numbers(),
    ]


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The verdict on the one claim of this chapter.

    The figure cannot be recomputed; as a count of respondents it agrees with itself, which is circular and said so. The rule
    sets it against what its name promises, the share below the line usually meant, which is inferred.
    """
    return [
        by_rule(
            claims["poverty-22"],
            registry["poverty.implied-60-if-50"],
            "By our inference it counts respondents below half the median, where France has [[poverty.rate-50]]; at the usual "
            "line they would be [[poverty.implied-60-if-50|interval]]; the count itself cannot be redone, so its own fit is "
            "circular, and only the survey's code book would settle which line was drawn.",
            truly=registry["poverty.share-poor"],
        )
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
