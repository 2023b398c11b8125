"""What an hour brings: bounds without a distribution, a lognormal of hours and one of the rival
survey's incomes, a full day, the long weeks, and tasks priced on the minimum wage."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from scipy import stats
from tallybook.data.provenance import step

from microwork import intervals
from microwork.income import bounds, joint
from microwork.income.elsewhere import BASE_YEAR, eur_per_usd
from microwork.income.inputs import assumption, ends, fact, share, shares
from microwork.intervals import Ends


def half() -> float:
    """Share of respondents at or above the published weekly hours, from 0 to 1."""
    return 1 - share("under-three-hours")


def half_interval() -> tuple[float, float]:
    """Wilson 95 % ends of that share, the answers counted as published (nearly a thousand)."""
    n = int(fact("survey-n"))
    return intervals.wilson(round(n * half()) / n, n)


def mean_interval() -> tuple[float, float]:
    """Ends of the published mean income for the largest 95 % sampling error that the platform's cap
    allows (EUR per month).

    No incomes between nothing and the cap spread more than incomes of either nothing or the cap:
    with a given mean their variance is at most (cap - mean) * mean (Bhatia and Davis 2000). The
    mean of those is the cap times a share: so the Wilson interval of that share, times the cap.
    """
    cap, n = fact("platform-cap"), int(fact("survey-n"))
    low, high = intervals.wilson(fact("mean-income") / cap, n)
    return low * cap, high * cap


@step
def hours_fit(share_over: float) -> stats.rv_continuous:
    """Lognormal of weekly hours with the published half below the median and ``share_over`` above
    the long weeks."""
    return bounds.lognormal(
        fact("median-hours"), share("under-three-hours"), fact("long-hours-low"), 1 - share_over
    )


def over_long_shares(of: Callable[[float], float]) -> Ends:
    """A quantity at the middle share of long weeks that is assumed (0 to 1), with the least and the
    largest over all shares that are."""
    value, *others = (
        of(assumption("long-hours-share", level) / 100) for level in ("mode", "low", "high")
    )
    return value, min(value, *others), max(value, *others)


def hourly_lognormal() -> Ends:
    """Mean income over the mean of hours under the lognormal (EUR per hour), for those shares."""
    return over_long_shares(
        lambda over: bounds.hourly(fact("mean-income"), float(hours_fit(over).mean()))
    )


def hourly_at_median() -> float:
    """Mean pay per hour if the mean of hours were as high as their median (EUR per hour)."""
    return bounds.hourly(fact("mean-income"), fact("median-hours"))


def ceiling(half: float, mean: float | None = None) -> float:
    """Most an hour can bring on average (EUR) if a share ``half`` (0 to 1) has the published hours
    or more; ``mean``: EUR per month, as published unless given."""
    month = fact("mean-income") if mean is None else mean
    return bounds.hourly_at_most(month, fact("median-hours"), half)


def hourly_bound() -> float:
    """Largest mean pay per hour that the published income and hours allow (EUR per hour)."""
    return ceiling(half())


def bound_in_dollars() -> float:
    """The same in USD per hour, at the market rate of 2018."""
    return hourly_bound() / eur_per_usd(BASE_YEAR)


def hourly_bound_cautious() -> float:
    """The same with both sampling errors at their worst at once: most income, fewest people at the
    published hours."""
    return ceiling(half_interval()[0], mean_interval()[1])


def ceiling_range() -> Ends:
    """The bound as published, its least and its largest over all readings of the words behind it
    (EUR per hour)."""
    found = [ceiling(*both) for both in itertools.product(shares("half-read"), ends("mean-read"))]
    return hourly_bound(), min(found), max(found)


def if_mean_gives() -> Ends:
    """The most an hour can bring by all other published figures, if the mean is the one that gives
    (EUR per hour); the same for the strictest and the widest readings."""
    as_said, strict, wide = (
        joint.certain(joint.pay(of()._replace(mean=None)))[1]
        for of in (joint.said, joint.strictest, joint.widest)
    )
    return as_said, strict, wide


def if_any_gives() -> float:
    """The most an hour can bring, whichever figure gives (EUR per hour)."""
    return max(found[1] for name in joint.NAMES if (found := joint.pay(joint.without(name))))


def can_earn(level: str, factor: float = 1.0) -> float:
    """Largest percent of respondents with the amount of a fact or more, if the mean is a factor
    times the published one."""
    return bounds.share_earning(fact(level), factor * fact("mean-income")) * 100


def full_week() -> float:
    """Hours of a week of full days."""
    return assumption("full-day") * assumption("working-days")


def full_month() -> float:
    """Hours of a month of full days."""
    return full_week() * bounds.WEEKS_A_MONTH


def price_rule() -> float:
    """Pay per hour at the gross Smic of 2018, everything validated, with the unpaid time of the
    interview (EUR per hour)."""
    return bounds.effective_pay(fact("smic-gross-2018"), fact("unpaid-ratio"), 1.0)


def paid_share(pay: float, price: float) -> float:
    """Largest share of the time on tasks that can be paid, percent, if an hour of all time brings
    ``pay``, one that is validated ``price``, and unpaid time is that of the interview."""
    return bounds.validation_needed(pay, price, fact("unpaid-ratio")) * 100


def vs_gross(pay: float) -> float:
    """Pay per hour (EUR of 2018) as percent of the gross minimum wage of France in 2018."""
    return pay / fact("smic-gross-2018") * 100


@step
def rival() -> stats.rv_continuous:
    """Lognormal of monthly income through the two published shares of the rival survey (EUR per
    month)."""
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.lognormal(low, share("rival-under-five"), high, 1 - share("rival-over-ten"))


def rival_mean() -> Ends:
    """Mean income in the rival survey (EUR per month): under the lognormal, the least, and the
    largest that its shares and the platform's cap allow."""
    ends = joint.certain(joint.extreme(joint.said()._replace(mean=None), "mean"))
    return float(rival().mean()), *ends
