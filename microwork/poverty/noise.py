"""Random error in declared incomes: how much the gap needs, and how much there was where people were asked twice.

Errors are standard deviations of logarithms, with no effect on the median; shares are fractions, all under one half. The
incomes without error are taken as lognormal with the spread of France (``spread``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from itertools import product

import pandas as pd
from scipy.stats import norm
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.intervals import wilson
from microwork.poverty import shapes, spread
from microwork.poverty.inputs import BOTH_LINES, percent, rate, survey

ASKED_AGAIN = "poverty/mturk-asked-again"
# What stands for an answer without a lower or an upper end, in USD a year: in the middle, and the least and most to try.
LOWEST, HIGHEST = (5_000, 3_000, 7_000), (150_000, 115_000, 250_000)
TWICE = "US workers of Mechanical Turk, 2015, by their first and their last answer"
FOUND = (
    "Covers which incomes stand for the lowest and the highest answer. Leaves out errors that a person makes each time, and "
    "that the French survey asked other people, once."
)


def needed(true: float, shown: float, sigma: float) -> float:
    """Error that shows a true share below the line as a larger one; ``sigma``: the spread without error.

    Error spreads incomes to sqrt(sigma^2 + error^2) round the same median, so z(true) sigma = z(shown) times that.
    """
    if not 0 < true <= shown < 0.5:
        raise ValueError(f"found a true share of {true} and a shown one of {shown}; expected 0 < true <= shown < 0.5")
    return sigma * math.sqrt((norm.ppf(true) / norm.ppf(shown)) ** 2 - 1)


def shown(true: float, error: float, sigma: float) -> float:
    """Share below the line that an error shows, where a share of ``true`` is below it."""
    if not 0 < true < 0.5 or error < 0:
        raise ValueError(
            f"found a true share of {true} and an error of {error}; expected a share under 0.5 and no negative error"
        )
    return float(norm.cdf(norm.ppf(true) * sigma / math.hypot(sigma, error)))


def between_answers(pairs: pd.DataFrame, incomes: Mapping[int, float]) -> float:
    """Error of one answer, from people who answered twice and independently: the difference of two has twice its variance.

    ``pairs``: columns first_from, last_from (keys of ``incomes``) and workers (how many). Wants at least one worker.
    """
    if pairs["workers"].sum() < 1:
        raise ValueError("found nobody who answered twice; expected at least one")
    logs = {lower: math.log(income) for lower, income in incomes.items()}
    apart = pairs["first_from"].map(logs) - pairs["last_from"].map(logs)
    return math.sqrt(float((pairs["workers"] * apart**2).sum()) / pairs["workers"].sum() / 2)


def middles(lowers: list[int], lowest: float, highest: float) -> dict[int, float]:
    """An income for each answer, by its lower end (rising): the geometric middle, and what is given for the two open ones."""
    inner = {low: math.sqrt(low * high) for low, high in zip(lowers[1:-1], lowers[2:], strict=True)}
    return {lowers[0]: lowest} | inner | {lowers[-1]: highest}


def _pairs() -> pd.DataFrame:
    return data.table(ASKED_AGAIN)


def _found() -> tuple[float, float, float]:
    pairs = _pairs()
    lowers = sorted(int(lower) for lower in pairs["first_from"].unique())
    errors = [between_answers(pairs, middles(lowers, *ends)) for ends in product(LOWEST, HIGHEST)]
    return errors[0], min(errors), max(errors)


def _same() -> tuple[float, float, float]:
    pairs = _pairs()
    total = int(pairs["workers"].sum())
    share = float(pairs.loc[pairs["first_from"] == pairs["last_from"], "workers"].sum()) / total
    return share, *wilson(share, total)


def _popular() -> float:
    """Share in the lowest three tenths if error alone shows the published share: the spread has no part in it."""
    return float(norm.cdf(norm.ppf(shapes.THIRD) * norm.ppf(survey("poor")) / norm.ppf(rate("france-50"))))


def numbers() -> list[Number]:
    """The numbers of random error."""

    def wanted(row: str) -> float:
        return math.exp(needed(rate(row), survey("poor"), spread.spread()))

    def factor() -> tuple[float, float, float]:
        value, low, high = _found()
        return math.exp(value), math.exp(low), math.exp(high)

    def rates(row: str) -> tuple[float, float, float]:
        value, low, high = (shown(rate(row), error, spread.spread()) for error in _found())
        return value, low, high

    spreads = "Covers which official figure the spread is taken from. Leaves out other shapes than the lognormal."
    found = [
        number("poverty.lognormal-sigma", lambda: (spread.spread(), min(spread.spreads()), max(spread.spreads())),
               "standard deviation of logs", "Spread of French standards of living",
               "Logarithm of the ninth decile over the first, by twice the normal 90 % point.", spreads, 2),
        number("poverty.mturk-asked-again", lambda: int(_pairs()["workers"].sum()), "persons",
               "US workers of Mechanical Turk asked twice or more, 2015", "Workers with two answers or more."),
        percent("mturk-same-answer", _same, "Of these, with the same answer on income the first and the last time", TWICE + ".",
                "Covers sampling error (95 %, Wilson).", 0),
        number("poverty.mturk-noise", factor, "factor", "Factor of random error in one answer on household income",
               TWICE + ": exponential of the standard deviation of the difference in logs over the root of two.", FOUND, 1),
    ]  # fmt: skip
    for name, _, where in BOTH_LINES:
        found += [
            number(f"poverty.noise-{name}", partial(wanted, f"france-{name}"), "factor",
                   f"Factor of random error, up or down, that alone would give the published share at {where}",
                   "Lognormal; exponential of the deviation of error in logs, median kept; two in three answers stay within.",
                   decimals=1),
            percent(f"shown-{name}", partial(rates, f"france-{name}"),
                    f"France below {where}, if incomes were declared with the error found on Mechanical Turk",
                    "Official rate, with the spread of France widened by the error; lognormal.", FOUND, 0),
        ]  # fmt: skip
    found.append(
        percent("popular-if-noise", _popular, "Respondents in the lowest three tenths, if noise alone made the published share",
                "Normal point of three tenths times that of the published share over that of the official rate.", decimals=0)
    )  # fmt: skip
    return found
