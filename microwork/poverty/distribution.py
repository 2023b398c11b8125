"""Numbers from the distribution of incomes: the other line, under-reporting and noise.

The pure functions are in ``lines``; here they meet the tables of France in 2016. All spreads
are standard deviations of the logarithm of income.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from microwork.numbers import Number
from microwork.poverty import lines
from microwork.poverty.inputs import INCOMES, LINES, LOW_LINE, RATES, SURVEY, USUAL_LINE, amount, poor_ends, rate, survey
from microwork.poverty.points import own_points
from microwork.poverty.spread import local_spread, spread, spreads

MODEL = (
    "Covers the luck of the draw (95 %, Wilson) together with the spreads of income that the official figures allow. "
    "Leaves out that incomes may not be lognormal, that volunteers answered, on one platform, and how income was asked."
)


def checks() -> pd.DataFrame:
    """How well the lognormal carries an official rate from half the median to the usual line, group by group (percent)."""
    names = {"france": "France", "employees": "Employees", "unemployed": "Unemployed", "retired": "Pensioners"}
    rows = [
        {
            "group": name,
            "half": 100 * rate(f"{group}-50"),
            "usual, official": 100 * rate(f"{group}-60"),
            "usual, by model": 100 * lines.at_other_line(rate(f"{group}-50"), LOW_LINE, USUAL_LINE, spread()),
        }
        for group, name in names.items()
    ]
    return pd.DataFrame(rows)


def by_spread() -> pd.DataFrame:
    """What each way to the spread does to the results: source, spread, and three results in percent."""
    poor = survey("poor")
    rows = [
        {
            "taken from": name,
            "spread": sigma,
            "up": 100 * lines.at_other_line(poor, LOW_LINE, USUAL_LINE, sigma),
            "down": 100 * lines.at_other_line(poor, USUAL_LINE, LOW_LINE, sigma),
            "too low": 100 * lines.under_reporting(rate("france-50"), poor, sigma),
        }
        for name, sigma in spreads().items()
    ]
    return pd.DataFrame(rows)


def curves(steps: Sequence[float]) -> pd.DataFrame:
    """Share below each line (percent of the national median) of France and of the respondents under both readings of the figure.

    Columns: line, series, share (percent). France follows the spread that joins its two official rates.
    """
    known = {
        "France": (rate("france-60"), USUAL_LINE, local_spread("france")),
        "Respondents, if counted at the usual line": (survey("poor"), USUAL_LINE, spread()),
        "Respondents, if counted at half the median": (survey("poor"), LOW_LINE, spread()),
    }
    rows = [
        {"line": step, "series": name, "share": 100 * lines.at_other_line(share, line, step / 100, sigma)}
        for name, (share, line, sigma) in known.items()
        for step in steps
    ]
    return pd.DataFrame(rows)


def understated(steps: Sequence[float]) -> pd.DataFrame:
    """Share shown as poor when a population with the national rate declares all incomes too low by each step (percent).

    Columns: understatement, series, share (percent).
    """
    rows = [
        {"understatement": step, "series": name, "share": 100 * lines.shown(rate(f"france-{key}"), step / 100, spread())}
        for name, key in (("Half the median", "50"), ("Usual line", "60"))
        for step in steps
    ]
    return pd.DataFrame(rows)


def numbers() -> list[Number]:
    """The numbers of the other line, of under-reporting and of noise."""
    return [*_spread_numbers(), *_line_numbers(), *_measurement_numbers()]


def envelope(result: Callable[[float, float], float], sigmas: Iterable[float]) -> tuple[float, float]:
    """Smallest and largest of ``result(share, sigma)`` over the Wilson ends of the published share and these spreads."""
    found = [result(share, sigma) for share, sigma in itertools.product(poor_ends(), sigmas)]
    return min(found), max(found)


def _spread_numbers() -> list[Number]:
    s, every, table = spread(), list(spreads().values()), checks()
    miss = (table["usual, by model"] - table["usual, official"]).abs().max()
    how = "lognormal with the spread of the deciles and the official median"
    covers = "Covers which official figure the spread is taken from. Leaves out other shapes than the lognormal."
    ends = {"low": min(every), "high": max(every), "covers": covers}
    return [
        Number(
            "poverty.lognormal-sigma",
            s,
            "standard deviation of logs",
            "Spread of French standards of living",
            "logarithm of the ninth decile over the first, by twice the normal 90 % point",
            (INCOMES, RATES),
            **ends,
            decimals=2,
        ),
        Number(
            "poverty.lognormal-rate-50",
            100 * lines.share_below(LOW_LINE, s),
            "percent",
            "Share below half the median, by the lognormal",
            how,
            (INCOMES,),
            decimals=1,
        ),
        Number(
            "poverty.lognormal-rate-60",
            100 * lines.share_below(USUAL_LINE, s),
            "percent",
            "Share below the usual line, by the lognormal",
            how,
            (INCOMES,),
            decimals=1,
        ),
        Number(
            "poverty.lognormal-gini",
            lines.gini_from_sigma(s),
            "index",
            "Gini index, by the lognormal",
            "twice the normal distribution at the spread over root two, less one",
            (INCOMES,),
            decimals=3,
        ),
        Number("poverty.gini", amount("gini"), "index", "Official Gini index", "published", (INCOMES,), decimals=3),
        Number(
            "poverty.lognormal-largest-miss",
            float(miss),
            "percentage points",
            "Largest miss of the lognormal between the lines",
            "official rates at half the median carried to the usual line, against the official rates there",
            (INCOMES, RATES),
            decimals=1,
        ),
    ]


def _line_numbers() -> list[Number]:
    s, poor = spread(), survey("poor")
    sigmas = [*spreads().values(), *(local_spread(g) for g in ("employees", "unemployed", "retired"))]
    up = envelope(lambda p, x: 100 * lines.at_other_line(p, LOW_LINE, USUAL_LINE, x), [*sigmas, *own_points()["respondents"]])
    down = envelope(lambda p, x: 100 * lines.at_other_line(p, USUAL_LINE, LOW_LINE, x), sigmas)
    how = "lognormal with the spread of the deciles, moved until the published share is below "
    parity = lines.line_for_share(poor, USUAL_LINE, rate("france-60"), local_spread("france"))
    found = [
        Number(
            "poverty.implied-60-if-50",
            100 * lines.at_other_line(poor, LOW_LINE, USUAL_LINE, s),
            "percent",
            "Respondents below the usual line, if the published share was counted at half the median",
            how + "half the median",
            (SURVEY, INCOMES, RATES, LINES),
            *up,
            MODEL,
            decimals=0,
        ),
        Number(
            "poverty.implied-50-if-60",
            100 * lines.at_other_line(poor, USUAL_LINE, LOW_LINE, s),
            "percent",
            "Respondents below half the median, if the published share was counted at the usual line",
            how + "the usual line",
            (SURVEY, INCOMES, RATES),
            *down,
            MODEL,
            decimals=0,
        ),
        Number(
            "poverty.line-for-22",
            100 * parity,
            "percent of the median",
            "Line at which France itself would show the published share",
            "lognormal through the two official rates, carried on to the published share",
            (SURVEY, RATES),
            decimals=0,
        ),
    ]
    for line, name, where in ((LOW_LINE, "50", "half the median"), (USUAL_LINE, "60", "the usual line")):
        ends = envelope(lambda p, x, line=line: amount("median") * lines.median_of_group(p, line, x), sigmas)
        value = amount("median") * lines.median_of_group(poor, line, s)
        found.append(
            Number(
                f"poverty.implied-median-{name}",
                value,
                "EUR per month",
                f"Median standard of living of respondents, if counted at {where}",
                how + where,
                (SURVEY, INCOMES, RATES),
                *ends,
                MODEL,
                decimals=-1,
            )
        )
    return found


def _measurement_numbers() -> list[Number]:
    s, poor, found = spread(), survey("poor"), []
    for name, where in (("50", "half the median"), ("60", "the usual line")):
        true = rate(f"france-{name}")
        ends = envelope(lambda p, x, true=true: 100 * lines.under_reporting(true, p, x), spreads().values())
        found += [
            Number(
                f"poverty.under-reporting-{name}",
                100 * lines.under_reporting(true, poor, s),
                "percent",
                f"Understatement of all incomes that alone would give the published share at {where}",
                "lognormal with the spread of the deciles and the official rate, shifted until it shows the published share",
                (SURVEY, RATES, INCOMES),
                *ends,
                MODEL,
                decimals=0,
            ),
            Number(
                f"poverty.noise-{name}",
                math.exp(lines.noise(true, poor, s)),
                "factor",
                f"Factor of random error, up or down, that alone would give the published share at {where}",
                "exponential of the deviation of error in logs, median unchanged; two answers in three stay within it",
                (SURVEY, RATES, INCOMES),
                decimals=1,
            ),
        ]
    return found
