"""The survey's own two shares, below half the median and below the third decile, and what error they allow.

The Observatoire des inégalités sorts incomes within each type of household. Read with its table, the two shares
give the spread of the respondents' incomes, and so say whether understatement or noise alone can be at work.
Spreads are standard deviations of the logarithm of income; ``household`` is one of ``TYPES``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pandas as pd
from scipy.stats import norm
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.poverty import lines
from microwork.poverty.inputs import LINES, LOW_LINE, USUAL_LINE, percent, rate, survey
from microwork.poverty.spread import spread

THIRD = 0.3  # the third decile: by definition three tenths lie below it
TYPES = ("single", "couple", "couple-2")  # the types of household with published deciles


def own_points() -> pd.DataFrame:
    """The survey read as the Observatoire sorts incomes, for each type of household with published deciles.

    Columns: household, third (third decile over the type's median), respondents (spread through the survey's two shares),
    type (spread of all French households of the type, third to eighth decile), median (of the respondents, over the type's
    median), below_half (share of all French households of the type under half its median; inferred).
    """
    rows = [(each, third(each), of_respondents(each), of_type(each), median(each), below_half(each)) for each in TYPES]
    return pd.DataFrame(rows, columns=["household", "third", "respondents", "type", "median", "below_half"])


def third(household: str) -> float:
    """Third decile of a type of household, over the type's median."""
    return LOW_LINE * _published(household, "third-decile") / _published(household, "half-median")


def of_respondents(household: str) -> float:
    """Spread through the survey's two shares, were all respondents of the type."""
    return lines.sigma_between(LOW_LINE, survey("poor"), third(household), survey("popular"))


def of_type(household: str) -> float:
    """Spread of all French households of the type, from the third to the eighth decile."""
    ratio = _published(household, "eighth-decile") / _published(household, "third-decile")
    return math.log(ratio) / float(norm.ppf(0.8) - norm.ppf(THIRD))


def median(household: str) -> float:
    """Median of the respondents, were all of the type, over the type's median."""
    return lines.median_of_group(survey("popular"), third(household), of_respondents(household))


def below_half(household: str) -> float:
    """Share of all French households of the type under half its median, as a fraction (inferred)."""
    return lines.share_below(LOW_LINE, of_type(household))


def over_types(result: Callable[[str], float]) -> tuple[float, float, float]:
    """A result for couples without children, and its smallest and largest over ``TYPES``."""
    found = {household: result(household) for household in TYPES}
    return found["couple"], min(found.values()), max(found.values())


def numbers() -> list[Number]:
    """The numbers of the survey's own two shares."""
    deviation, couples = "standard deviation of logs", "; couples without children."
    covers = "Covers the three types of household with published deciles. Leaves out sampling error and the mix of households."
    rows = (
        ("implied-60-own-points", lambda each: 100 * _at_usual_line(each), "percent",
         "Respondents below six tenths of the median, read between the survey's own two shares",
         "The lognormal through the shares below half the median and below the third decile", 0),
        ("spread-respondents", of_respondents, deviation,
         "Spread of the respondents' incomes", "The lognormal through the survey's own two shares", 2),
        ("spread-type", of_type, deviation, "Spread of the incomes of French households of one type",
         "The logarithm of the eighth decile over the third, divided by the distance of the normal points", 2),
        ("blend-under-reporting", lambda each: 100 * (1 - median(each)), "percent",
         "Understatement that, with noise, turns French households into the published shares",
         "One less the quotient of the respondents' median and that of their type", 0),
        ("blend-noise", lambda each: math.exp(math.sqrt(of_respondents(each) ** 2 - of_type(each) ** 2)), "factor",
         "Noise that, with understatement, turns French households into the published shares",
         "The exponential of the excess of the respondents' spread over that of their type", 1),
        ("own-line-rate", lambda each: 100 * below_half(each), "percent",
         "French households of a type below half of its own median", "The lognormal with the spread of the type", 1),
    )  # fmt: skip
    return [
        percent("popular-if-noise", _popular_if_noise,
                "Respondents in the lowest three tenths, if noise alone made the published share",
                "The normal distribution at the third decile after the noise.",
                "Covers whether the third decile is that of France or of one type of household. Leaves out other error.", 0),
        *(number(f"poverty.{name}", partial(over_types, result), unit, label, how + couples, covers, decimals)
          for name, result, unit, label, how, decimals in rows),
        percent("popular-if-shifted", _popular_if_shifted,
                "Respondents in the lowest three tenths, if one factor on every income made the published share",
                "The shift from the national rate to the published share, applied at the third decile.",
                "Covers whether the starting rate is that of France or of one type. Leaves out sampling error.", 0),
    ]  # fmt: skip


def _published(household: str, kind: str) -> float:
    """An amount the Observatoire published for 2015, in EUR per month."""
    return data.value(LINES, f"{household}-{kind}-2015")


def _at_usual_line(household: str) -> float:
    """Share of the respondents below the usual line, read with the spread through their two shares."""
    return lines.at_other_line(survey("poor"), LOW_LINE, USUAL_LINE, of_respondents(household))


def _popular_if_noise() -> tuple[float, float, float]:
    """Where noise alone would put the third decile: by the spread of France, and by that of each type of household.

    Shares below it: for France, and the smallest and largest of all.
    """
    s, poor = spread(), survey("poor")
    wide = math.log(LOW_LINE) / float(norm.ppf(poor))
    national = s * float(norm.ppf(THIRD)) / math.hypot(s, lines.noise(rate("france-50"), poor, s))
    shares = [float(norm.cdf(z)) for z in (national, *(math.log(third(household)) / wide for household in TYPES))]
    return shares[0], min(shares), max(shares)


def _popular_if_shifted() -> tuple[float, float, float]:
    """Share below the third decile after the shift: from the rate of France, and the smallest and largest with each type's."""
    moves = [float(norm.ppf(survey("poor")) - norm.ppf(share)) for share in (rate("france-50"), *map(below_half, TYPES))]
    shares = [float(norm.cdf(norm.ppf(THIRD) + move)) for move in moves]
    return shares[0], min(shares), max(shares)
