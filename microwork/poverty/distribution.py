"""Numbers from the distribution of incomes: the other line, under-reporting and noise.

The pure functions are in ``lines``; here they meet the tables of France in 2016. All spreads
are standard deviations of the logarithm of income.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import pandas as pd
from tallybook.model.numbers import Number, number, published

from microwork.poverty import lines
from microwork.poverty.inputs import BOTH_LINES, INCOMES, LOW_LINE, USUAL_LINE, amount, percent, poor_ends, rate, survey
from microwork.poverty.points import TYPES, of_respondents
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
            "usual, by model": 100 * _up(rate(f"{group}-50"), spread()),
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
            "up": 100 * _up(poor, sigma),
            "down": 100 * _down(poor, sigma),
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


def envelope(result: Callable[[float, float], float], sigmas: Iterable[float]) -> tuple[float, float, float]:
    """``result(share, sigma)`` at the published share and the spread of the deciles; then its smallest and largest value over
    the Wilson ends of that share and these spreads."""
    found = [result(share, sigma) for share, sigma in itertools.product(poor_ends(), sigmas)]
    return result(survey("poor"), spread()), min(found), max(found)


def _up(share: float, sigma: float) -> float:
    return lines.at_other_line(share, LOW_LINE, USUAL_LINE, sigma)


def _down(share: float, sigma: float) -> float:
    return lines.at_other_line(share, USUAL_LINE, LOW_LINE, sigma)


def _sigmas() -> list[float]:
    """The spreads that official figures give for all of France and for each activity."""
    return [*spreads().values(), *(local_spread(group) for group in ("employees", "unemployed", "retired"))]


def _largest_miss() -> float:
    """The largest difference in ``checks``, in percentage points."""
    table = checks()
    return float((table["usual, by model"] - table["usual, official"]).abs().max())


def _spread_numbers() -> list[Number]:
    how = "The lognormal with the spread of the deciles and the official median."
    covers = "Covers which official figure the spread is taken from. Leaves out other shapes than the lognormal."

    def below(line: float) -> float:
        return lines.share_below(line, spread())

    return [
        number("poverty.lognormal-sigma", lambda: (spread(), min(spreads().values()), max(spreads().values())),
               "standard deviation of logs", "Spread of French standards of living",
               "The logarithm of the ninth decile over the first, divided by twice the normal 90 % point.", covers, 2),
        *(percent(f"lognormal-rate-{name}", partial(below, line), f"Share below {where}, by the lognormal", how, decimals=1)
          for name, line, where in BOTH_LINES),
        number("poverty.lognormal-gini", lambda: lines.gini_from_sigma(spread()), "index", "Gini index, by the lognormal",
               "Twice the normal distribution at the spread over root two, less one.", decimals=3),
        published("poverty.gini", INCOMES, "gini", "Official Gini index", decimals=3),
        number("poverty.lognormal-largest-miss", _largest_miss, "percentage points",
               "Largest miss of the lognormal between the lines",
               "The official rates at half the median, carried to the usual line, against the official rates there.", decimals=1),
    ]  # fmt: skip


def _line_numbers() -> list[Number]:
    how = "The lognormal with the spread of the deciles, moved until the published share is below "

    def sigmas_with_own() -> list[float]:
        return [*_sigmas(), *map(of_respondents, TYPES)]

    def parity() -> float:
        return 100 * lines.line_for_share(survey("poor"), USUAL_LINE, rate("france-60"), local_spread("france"))

    def medians(line: float) -> tuple[float, float, float]:
        return envelope(lambda share, sigma: amount("median") * lines.median_of_group(share, line, sigma), _sigmas())

    return [
        percent("implied-60-if-50", lambda: envelope(_up, sigmas_with_own()),
                "Respondents below the usual line, if the published share was counted at half the median",
                how + "half the median.", MODEL, 0),
        percent("implied-50-if-60", lambda: envelope(_down, _sigmas()),
                "Respondents below half the median, if the published share was counted at the usual line",
                how + "the usual line.", MODEL, 0),
        number("poverty.line-for-22", parity, "percent of the median",
               "Line at which France itself would show the published share",
               "The lognormal through the two official rates, carried on to the published share.", decimals=0),
        *(number(f"poverty.implied-median-{name}", partial(medians, line), "EUR per month",
                 f"Median standard of living of respondents, if counted at {where}", f"{how}{where}.", MODEL, -1)
          for name, line, where in BOTH_LINES),
    ]  # fmt: skip


def _measurement_numbers() -> list[Number]:
    shifted = "The lognormal with the spread of the deciles and the official rate, shifted until it shows the published share."
    spoilt = (
        "The exponential of the standard deviation of error in logs, with the median unchanged; two answers in three stay "
        "within it."
    )

    def under(row: str) -> tuple[float, float, float]:
        return envelope(lambda share, sigma: lines.under_reporting(rate(row), share, sigma), spreads().values())

    def noise(row: str) -> float:
        return math.exp(lines.noise(rate(row), survey("poor"), spread()))

    found = []
    for name, _, where in BOTH_LINES:
        row, alone = f"france-{name}", f"that alone would give the published share at {where}"
        label = f"Understatement of all incomes {alone}"
        found.append(percent(f"under-reporting-{name}", partial(under, row), label, shifted, MODEL, 0))
        label = f"Factor of random error, up or down, {alone}"
        found.append(number(f"poverty.noise-{name}", partial(noise, row), "factor", label, spoilt, decimals=1))
    return found
