"""What can be said of pay, hours and incomes with few assumptions: bounds with their proofs, and
two-quantile fits.

Nothing here reads a table. Money is in EUR, hours are hours a week unless a name says otherwise,
shares and probabilities run from 0 to 1.
"""

from __future__ import annotations

import math

from scipy import stats

# A month is a twelfth of a year of 52 weeks, here and everywhere in this chapter.
WEEKS_A_MONTH = 52 / 12


def mean_at_least(threshold: float, share: float) -> float:
    """Least mean of a quantity that is never negative, if at least ``share`` of people have
    ``threshold`` or more.

    Proof (Markov): put everybody below the threshold down to 0 and everybody above it down to the
    threshold. No value rises, so neither does the mean, and it is now ``share * threshold`` or
    more. The bound is reached when the others have nothing and these have exactly the threshold.
    """
    _check_share(share)
    return threshold * share


def hourly(month: float, hours: float) -> float:
    """Mean monthly income over mean monthly hours (EUR per hour), hours being a weekly mean.

    This is a ratio of means: all the money over all the hours, so what an hour brings on average.
    It is not the mean of what each person earns per hour (a mean of ratios), which weighs
    somebody with one hour as much as somebody with forty and has no bound here.
    """
    return month / (hours * WEEKS_A_MONTH)


def hourly_at_most(month: float, threshold: float, share: float) -> float:
    """Largest mean pay per hour (ratio of means) for a mean income and a share who work
    ``threshold`` hours or more.

    Proof: the mean of hours is at least ``threshold * share`` (see ``mean_at_least``); a ratio with
    a fixed numerator is largest when its denominator is least.
    """
    return hourly(month, mean_at_least(threshold, share))


def lognormal(low: float, below_low: float, high: float, below_high: float) -> stats.rv_continuous:
    """The lognormal with ``below_low`` of its mass under ``low`` and ``below_high`` under ``high``
    (a frozen scipy distribution).

    ln X is normal, so each quantile gives one line in (mu, sigma): ln q = mu + sigma z. Two lines,
    two unknowns.
    """
    z_low, z_high = stats.norm.ppf([below_low, below_high])
    sigma = math.log(high / low) / (z_high - z_low)
    return stats.lognorm(s=sigma, scale=low * math.exp(-z_low * sigma))


def effective_pay(price: float, unpaid: float, validated: float) -> float:
    """EUR per hour of all time, if an hour on tasks pays ``price`` when validated and brings
    ``unpaid`` hours around it.

    Of one hour on tasks the share ``validated`` is paid; instructions and forums add ``unpaid``
    hours. So ``price * validated`` comes in for ``1 + unpaid`` hours.
    """
    _check_share(validated)
    return price * validated / (1 + unpaid)


def validation_needed(pay: float, price: float, unpaid: float) -> float:
    """Share of task time that must be validated for ``pay`` EUR per hour of all time."""
    return pay * (1 + unpaid) / price


def validation_needed_strict(pay: float, price: float, unpaid: float) -> float:
    """The same if ``unpaid`` counts hours per *paid* hour: one paid hour takes 1/validated on tasks
    and ``unpaid`` around."""
    return 1 / (price / pay - unpaid)


def unpaid_needed(pay: float, price: float) -> float:
    """Unpaid hours per paid hour that turn ``price`` into ``pay``, if everything is validated."""
    return price / pay - 1


def share_earning(level: float, mean: float) -> float:
    """Largest share of people (0 to 1) with an income of ``level`` or more, for a mean income in
    the same unit.

    Proof: incomes are not negative, so a share q at ``level`` or above makes the mean ``q * level``
    or more; Markov.
    """
    return min(1.0, mean / level)


def _check_share(share: float) -> None:
    if not 0 < share <= 1:
        raise ValueError(f"found a share of {share}; expected more than 0 and at most 1")
