"""Another survey of the same platform and year: the mean that its shares allow."""

from __future__ import annotations

from scipy import stats
from tallybook.data.provenance import step

from microwork.income import bounds, joint
from microwork.income.inputs import fact, share
from microwork.intervals import Ends


@step
def fit() -> stats.rv_continuous:
    """Lognormal of monthly income through the two published shares of the rival survey (EUR per
    month)."""
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.lognormal(low, share("rival-under-five"), high, 1 - share("rival-over-ten"))


def mean_range() -> Ends:
    """Mean income in the rival survey (EUR per month): under the lognormal, the least, and the
    largest that its shares and the platform's cap allow."""
    ends = joint.certain(joint.extreme(joint.said()._replace(mean=None), "mean"))
    return float(fit().mean()), *ends
