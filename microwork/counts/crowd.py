"""Counts, part 9: accounts in France on one platform, from data that owe nothing to the claimants.

Workers of open CrowdFlower jobs in France, times the people that the firm declared, times a share
at work taken from Mechanical Turk. Each step is an assumption; what comes out is an order of
magnitude for one platform from 2013 to 2015, and no test of a count of people on all platforms.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.counts import recapture, tracker
from microwork.counts.inputs import fact
from microwork.counts.sensitivity import outside_share
from microwork.intervals import scaled, wilson_percent
from microwork.paths import DATA

PLACES = "outsourcing/crowd_places"
OPEN, EARLIER = "april-to-august-2015", "505945"  # twelve jobs of 2015; one job of July 2014
FRANCE = "FRA"
DECLARED, FOUNDER = "crowdflower-people-2013", "crowdflower-people-2013-founder"
CHANCE = "Who happened to be among the workers; not which jobs these were, their language or hour."
Ends = tuple[float, float, float]  # value, low, high


def workers(batch: str, folder: Path = DATA) -> tuple[int, int]:
    """Workers of a batch of open jobs: those in France, and all (persons).

    Raises ``ValueError`` if the batch has no worker in France, or no row at all.
    """
    frame = data.rows(PLACES, {"batch": batch}, folder=folder)
    french = frame.loc[frame["country"] == FRANCE, "workers"].astype(int).sum()
    if french == 0:
        raise ValueError(f"found no worker in France in {batch!r}; expected one or more")
    return int(french), int(frame["workers"].astype(int).sum())


def french_share(batch: str = OPEN, folder: Path = DATA) -> Ends:
    """Workers in France, percent of the workers of a batch: value and ends (``intervals.wilson``)."""
    french, everyone = workers(batch, folder)
    return wilson_percent(french / everyone, everyone)


def french_accounts(batch: str = OPEN, declared: str = DECLARED, folder: Path = DATA) -> Ends:
    """Accounts in France, if the share in a batch holds for all people declared: value, low, high."""
    return scaled(french_share(batch, folder), fact(declared, folder) / 100)


def least_working(folder: Path = DATA) -> float:
    """Least number of workers on Mechanical Turk in 2015, percent of the accounts it declared."""
    return 100 * tracker.persons("least", tracker.FIRST, folder) / fact("mturk-registered", folder)


def answered_again(folder: Path = DATA) -> float:
    """Workers who answered the survey of 2015 more than once, percent of all that it saw."""
    seen = recapture.times_seen(folder)
    return 100 * float(1 - seen[1] / seen.sum())


def working(folder: Path = DATA) -> Ends:
    """Share of accounts at work (percent): those available, and as ends two other readings."""
    found = outside_share("available", folder)
    return found, least_working(folder), answered_again(folder)


def french_at_work(folder: Path = DATA) -> Ends:
    """Accounts in France at work at some time in a year or two: value, and the ends of both steps."""
    pairs = zip(french_accounts(folder=folder), working(folder), strict=True)
    value, low, high = (accounts * share / 100 for accounts, share in pairs)
    return value, low, high


def chain(folder: Path = DATA) -> dict[str, Any]:
    """What the chart of the chain needs.

    ``share`` (percent), ``working`` (percent) and ``people``, each as value, low and high;
    ``earlier``: the share in France in the job of July 2014 (percent).
    """
    declared, founder = fact(DECLARED, folder), fact(FOUNDER, folder)
    return {
        "share": french_share(folder=folder),
        "working": working(folder),
        "people": (declared, founder, declared),
        "earlier": french_share(EARLIER, folder)[0],
    }


def numbers() -> list[Number]:
    """Workers in France, accounts in France, those of them at work, and two shares behind these."""
    return [
        *_shares(),
        *_accounts(),
        number(
            "counts.mturk-least-share",
            least_working,
            "percent",
            "Least number of workers in 2015 over declared workers, Mechanical Turk",
            "Chao's lower bound for nine months, over the accounts that the platform declared.",
            decimals=0,
        ),
        number(
            "counts.mturk2015-again",
            answered_again,
            "percent",
            "Workers who answered more than once, Mechanical Turk 2015",
            "Workers with two answers or more over all workers seen.",
            decimals=0,
        ),
    ]


def _shares() -> list[Number]:
    """Workers in France in two batches of open jobs."""
    share = "Workers in France over all workers, by the country that the firm recorded; Wilson."
    return [
        number(
            "counts.crowd-workers",
            lambda: workers(OPEN)[1],
            "persons",
            "Workers of twelve open CrowdFlower jobs, April to August 2015",
            "Distinct workers over all countries; a few have no country.",
            decimals=0,
        ),
        number(
            "counts.crowd-french-workers",
            lambda: workers(OPEN)[0],
            "persons",
            "Workers in France in twelve open CrowdFlower jobs, April to August 2015",
            "Distinct workers.",
            decimals=0,
        ),
        number(
            "counts.crowd-france",
            french_share,
            "percent",
            "Workers in France, twelve open CrowdFlower jobs, April to August 2015",
            share,
            CHANCE,
            1,
        ),
        number(
            "counts.crowd-france-2014",
            partial(french_share, EARLIER),
            "percent",
            "Workers in France, one open CrowdFlower job, July 2014",
            share,
            CHANCE,
            1,
        ),
    ]


def _accounts() -> list[Number]:
    """Accounts in France by the share of the jobs and the people declared, and those at work."""
    how = "Inference: share of workers in France times the people that {} declared in 2013."
    not_seen = (
        f"{CHANCE} Nor can it see whether the crowd was counted well, people with two accounts, "
        "people who had left, or other platforms."
    )
    return [
        number(
            "counts.crowd-french-accounts",
            french_accounts,
            "accounts",
            "Accounts in France on CrowdFlower, 2013 to 2015",
            how.format("the firm"),
            not_seen,
            -3,
        ),
        number(
            "counts.crowd-french-accounts-founder",
            partial(french_accounts, OPEN, FOUNDER),
            "accounts",
            "Accounts in France on CrowdFlower, by its founder’s figure",
            how.format("the founder"),
            not_seen,
            -3,
        ),
        number(
            "counts.crowd-french-accounts-2014",
            partial(french_accounts, EARLIER),
            "accounts",
            "Accounts in France on CrowdFlower, by the job of July 2014",
            how.format("the firm"),
            not_seen,
            -4,
        ),
        number(
            "counts.crowd-french-at-work",
            french_at_work,
            "accounts",
            "Accounts in France on CrowdFlower at work in a year or two, 2013 to 2015",
            "Inference: accounts in France times the share available on Mechanical Turk.",
            "Who happened to be among the workers, and three shares at work on Mechanical Turk; "
            "not how CrowdFlower differs from it, nor how many work in one month.",
            -2,
        ),
    ]
