"""Counts, part 9: accounts in France on one platform, from data that owe nothing to the claimants.

Workers of open CrowdFlower jobs in France, times the people that the firm declared, times a share
at work taken from Mechanical Turk. Each step is an assumption; what comes out is an order of
magnitude for one platform from 2013 to 2015, and no test of a count of people on all platforms.
"""

from __future__ import annotations

from functools import partial

from tallybook import data

from microwork.counts import recapture, tracker
from microwork.counts.inputs import fact
from microwork.counts.sensitivity import outside_share
from microwork.inputs import Numbers
from microwork.intervals import Ends, scaled, wilson_percent

PLACES = "outsourcing/crowd_places"
OPEN, EARLIER = "april-to-august-2015", "505945"  # twelve jobs of 2015; one job of July 2014
FRANCE = "FRA"
DECLARED, FOUNDER = "crowdflower-people-2013", "crowdflower-people-2013-founder"


def workers(batch: str) -> tuple[int, int]:
    """Workers of a batch of open jobs: those in France, and all (persons).

    Raises ``ValueError`` if the batch has no worker in France, or no row at all.
    """
    frame = data.rows(PLACES, {"batch": batch})
    french = frame.loc[frame["country"] == FRANCE, "workers"].astype(int).sum()
    if french == 0:
        raise ValueError(f"found no worker in France in {batch!r}; expected one or more")
    return int(french), int(frame["workers"].astype(int).sum())


def french_share(batch: str = OPEN) -> Ends:
    """Workers in France, percent of the workers of a batch (``intervals.wilson``)."""
    french, everyone = workers(batch)
    return wilson_percent(french / everyone, everyone)


def french_accounts(batch: str = OPEN, declared: str = DECLARED) -> Ends:
    """Accounts in France, if the share in a batch holds for all people declared."""
    return scaled(french_share(batch), fact(declared) / 100)


def least_working() -> float:
    """Least number of workers on Mechanical Turk in 2015, percent of the accounts it declared."""
    return 100 * tracker.persons("least", tracker.FIRST) / fact("mturk-registered")


def answered_again() -> float:
    """Workers who answered the survey of 2015 more than once, percent of all that it saw."""
    seen = recapture.times_seen()
    return 100 * float(1 - seen[1] / seen.sum())


def working() -> Ends:
    """Share of accounts at work (percent): those available, and as ends two other readings."""
    return outside_share("available"), least_working(), answered_again()


def french_at_work() -> Ends:
    """Accounts in France at work at some time in a year or two; the ends hold both steps."""
    value, low, high = (
        accounts * share / 100 for accounts, share in zip(french_accounts(), working(), strict=True)
    )
    return value, low, high


NUMBERS: Numbers = {
    "crowd-workers": lambda: workers(OPEN)[1],
    "crowd-french-workers": lambda: workers(OPEN)[0],
    "crowd-france": french_share,
    "crowd-france-2014": partial(french_share, EARLIER),
    "crowd-french-accounts": french_accounts,
    "crowd-french-accounts-founder": partial(french_accounts, OPEN, FOUNDER),
    "crowd-french-accounts-2014": partial(french_accounts, EARLIER),
    "crowd-french-at-work": french_at_work,
    "mturk-least-share": least_working,
    "mturk2015-again": answered_again,
}
