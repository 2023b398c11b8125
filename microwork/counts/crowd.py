"""Counts, part 9: accounts in France on one platform, from data that owe nothing to the claimants.

Workers of open CrowdFlower jobs in France, times the people that the firm declared, times a share
at work taken from Mechanical Turk. Each step is an assumption; what comes out is an order of
magnitude for one platform from 2013 to 2015, and no test of a count of people on all platforms.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from microwork.counts import recapture, tracker
from microwork.counts.inputs import fact
from microwork.counts.sensitivity import outside_share
from microwork.inputs import Numbers
from microwork.intervals import Ends, exact, scaled
from microwork.outsourcing import clumps
from microwork.outsourcing import crowd as jobs

# One job of July 2014, eighteen of March 2015, and twelve from April to August 2015.
EARLIER, LATER = jobs.JULY, jobs.SUMMER
BATCHES = (EARLIER, jobs.MARCH, LATER)
FRANCE = "FRA"
DECLARED, FOUNDER = "crowdflower-people-2013", "crowdflower-people-2013-founder"


def by_batch() -> pd.DataFrame:
    """Workers by country (rows) and batch (columns)."""
    return pd.DataFrame({batch: jobs.workers(batch) for batch in BATCHES}).fillna(0)


def workers(*batches: str) -> tuple[int, int]:
    """Workers of some batches of open jobs, without names of all: those in France, and all."""
    counts = by_batch()[list(batches or BATCHES)].sum(axis=1)
    return int(counts[FRANCE]), int(counts.sum())


def clump() -> float:
    """By what factor the workers in France vary more between batches than chance lets them.

    At least that of all countries, as small counts cannot show their own, and at least one.
    """
    counts = by_batch()
    french = np.array([counts.loc[FRANCE], counts.drop(FRANCE).sum()])
    return max(1.0, clumps.pearson(counts.to_numpy()), clumps.pearson(french))


def french_share(*batches: str) -> Ends:
    """Workers in France, percent of the workers of some batches; without names of all.

    The interval is exact, with both counts divided by ``clump``.
    """
    return exact(*workers(*batches), clump())


def french_accounts(*batches: str, declared: str = DECLARED) -> Ends:
    """Accounts in France, if the share in some batches holds for all people declared."""
    return scaled(french_share(*batches), fact(declared) / 100)


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
    "crowd-workers": lambda: workers()[1],
    "crowd-french-workers": lambda: workers()[0],
    "crowd-clump": clump,
    "crowd-france": french_share,
    "crowd-france-2014": partial(french_share, EARLIER),
    "crowd-france-2015": partial(french_share, LATER),
    "crowd-french-accounts": french_accounts,
    "crowd-french-accounts-founder": partial(french_accounts, declared=FOUNDER),
    "crowd-french-accounts-2014": partial(french_accounts, EARLIER),
    "crowd-french-accounts-2015": partial(french_accounts, LATER),
    "crowd-french-at-work": french_at_work,
    "mturk-least-share": least_working,
    "mturk2015-again": answered_again,
}
