"""What lies between the share published as poor and the rate of France: the line, jobs, errors in
declared incomes, and who answered. And who is poor among workers of Mechanical Turk in the United
States, 2015.

Shares and rates are fractions from 0 to 1; a line is named as in ``incomes.LINES``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
from scipy.stats import norm
from tallybook import data

from microwork.intervals import Ends, each, odds_ratio, wilson
from microwork.poverty.incomes import (
    LINES,
    MTURK,
    Shape,
    amount,
    at_ends,
    france,
    mturk_count,
    official,
    official_rate,
    rate,
    survey,
    with_ends,
)


def ratio(line: str) -> Ends:
    """Published share over an official rate that is taken as known, and the Wilson ends of the
    share over the same."""
    return each(lambda share: share / official_rate(line), with_ends("poor"))


def selection(line: str) -> float:
    """Odds of the published share over those of an official rate: how many times as likely to
    answer the poor must be to make the gap."""
    return odds_ratio(survey("poor"), official_rate(line))


def carried(shape: Shape, share: float, line: float, other: float) -> float:
    """Share below the line ``other`` of people of whom ``share`` are below ``line``.

    Their incomes are those of the shape times line / at(share), so the other line stands where
    at(share) x other / line does.
    """
    return shape.rank(shape.at(share) * other / line)


def implied(line: str, other: str) -> Ends:
    """Share of the respondents below the line ``other``, if the published one was counted at
    ``line``."""
    return at_ends(lambda share: carried(france(), share, LINES[line], LINES[other]))


def closing(share: float, expected: float) -> float:
    """By what fraction all incomes must be declared too low for a true rate of ``expected`` to show
    as ``share``: at(share) x (1 - u) = at(expected), with the incomes of France at these ranks.
    Negative if fewer are shown than expected."""
    shape = official()
    return 1 - shape.at(expected) / shape.at(share)


def closing_to_france(line: str) -> Ends:
    """The same from the published share to the rate of France at a line."""
    return at_ends(lambda share: closing(share, official_rate(line)))


def mixed_rate(weights: Mapping[str, float], rates: Mapping[str, float]) -> float:
    """Rate of people made up of groups: the sum of weight times rate (direct standardisation)."""
    return sum(weights[group] * rates[group] for group in weights)


def unemployed() -> float:
    """The respondents who are neither in a main job nor inactive: taken to be unemployed
    (inferred)."""
    return 1 - survey("main-job") - survey("inactive")


def with_such_jobs() -> float:
    """Rate at the usual line expected of people in the respondents' work situations."""
    weights = {
        "employed-60": survey("main-job"),
        "unemployed-60": unemployed(),
        "inactive-60": survey("inactive"),
    }
    return mixed_rate(weights, {row: rate(row) for row in weights})


def spread(first: float, ninth: float) -> float:
    """Standard deviation of logs of a lognormal from its first and ninth decile (same unit):
    log(ninth / first) over twice the normal 90% point."""
    return math.log(ninth / first) / (2 * float(norm.ppf(0.9)))


def shown(true: float, error: float, sigma: float) -> float:
    """Share below the line that an error shows, where a share of ``true``, under one half, is below
    it. ``sigma``: spread of incomes without error, ``error``: that of the errors, both in logs.

    Error spreads incomes to sqrt(sigma^2 + error^2) round the same median, so the normal point of
    the share shrinks.
    """
    return float(norm.cdf(norm.ppf(true) * sigma / math.hypot(sigma, error)))


def with_slips() -> Ends:
    """Rate of people with such jobs that would show if incomes were declared with slips as large as
    on Mechanical Turk; the ends are over what stands for its open answers."""
    slip = data.fact(MTURK, "slip")
    sigma = spread(amount("decile-1"), amount("decile-9"))
    errors = (float(slip[end]) for end in ("value", "low", "high"))
    return each(lambda error: shown(with_such_jobs(), error, sigma), errors)


def same_answer() -> Ends:
    """Share of workers with the same answer the first and the last time, of those asked again."""
    asked = mturk_count("asked-again")
    share = mturk_count("same-answer") / asked
    return share, *wilson(share, asked)


def american_poor() -> Ends:
    """Share of US workers below the guideline, and its bounds widened by sampling. Incomes were
    asked in brackets, so the share is bounded (``microwork.derive.mturk_incomes``)."""
    row, workers = data.fact(MTURK, "below-line"), mturk_count("workers")
    value, least, most = (float(row[end]) / workers for end in ("value", "low", "high"))
    return value, wilson(least, workers)[0], wilson(most, workers)[1]


def american_odds() -> Ends:
    """Odds of US workers below the guideline over those of US adults."""
    return each(lambda share: odds_ratio(share, rate("adults")), american_poor())


def steps() -> pd.DataFrame:
    """From France to the published share, at the usual line: label, percent, low, high, kind and
    hue (of the mark)."""
    slips, published = ([100 * end for end in ends] for ends in (with_slips(), with_ends("poor")))
    rows = [
        ("Everybody in France", 100 * official_rate("60"), None, None, "measured", "found"),
        ("People with such jobs", 100 * with_such_jobs(), None, None, "measured", "found"),
        ("The same, with slips", *slips, "measured", "found"),
        ("Respondents, as published", *published, "claimed", "claim"),
    ]
    return pd.DataFrame(rows, columns=["label", "percent", "low", "high", "kind", "hue"])
