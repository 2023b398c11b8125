"""Another survey of the same platform and year: the mean that its shares allow, and what its
best-paid would have to earn."""

from __future__ import annotations

from scipy import stats
from tallybook.claims.rules import Computed
from tallybook.data.provenance import step

from microwork.income import bounds, joint
from microwork.income.inputs import assumption, fact, share


@step
def fit() -> stats.rv_continuous:
    """Lognormal of monthly income through the two published shares of the rival survey (EUR per
    month)."""
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.lognormal(low, share("rival-under-five"), high, 1 - share("rival-over-ten"))


def mean_range() -> Computed:
    """Mean income in the rival survey (EUR per month): under the lognormal, the least, and the
    largest that its shares allow."""
    return float(fit().mean()), *mean_ends(joint.said().cap)


def mean_ends(cap: float) -> tuple[float, float]:
    """Least and most of that mean if nobody earns more than ``cap`` (EUR per month)."""
    return joint.certain(joint.extreme(joint.said()._replace(mean=None, cap=cap), "mean"))


def top(over: float) -> tuple[float, float]:
    """What the best-paid share ``over`` (0 to 1) must average for the published mean, the others as
    rich and as poor as can be.

    EUR per month; nothing caps the best-paid.
    """
    under = share("rival-under-five")
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.top_needed(
        fact("mean-income"), [under, 1 - under - over], [0.0, low], [low, high]
    )


def top_at(end: str) -> Computed:
    """Middle, least and most of that (EUR per month), at one end of what one in ten stands for."""
    low, high = top(assumption("tenth-read", end) / 100)
    return (low + high) / 2, low, high


def top_tenth() -> Computed:
    """The same for the published tenth; the value if the others earn what the lognormal gives
    them."""
    others = fit().expect(lambda income: income, ub=fact("rival-level-high"))
    return (fact("mean-income") - others) / share("rival-over-ten"), *top(share("rival-over-ten"))


def smallest_top() -> float:
    """Least share of people (0 to 1) above the higher level for the published mean, under the
    platform's cap."""
    mean = fact("mean-income")
    figures = joint.said()._replace(mean=(mean, mean), over_ten=None, over_rare=None)
    return joint.certain(joint.extreme(figures, "over_ten"))[0]
