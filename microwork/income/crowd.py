"""What seven open CrowdFlower jobs of 2015 brought to their workers, from the reports of the
laboratory that ran them.

Time is time on pages, kept by the platform. The first page is a quiz, and test questions are hidden
in later pages. Who misses too many is removed, at the quiz or later. We take it that the quiz is
unpaid and later pages are paid, also to those who are removed in the end: the total costs of the
jobs fit this rule (``fee``). Pay per hour is that of the workers who were kept, or of everybody.
"""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.income.inputs import CROWD, eur_per_usd, fact, factor
from microwork.intervals import Ends

YEAR, RADIO_YEAR = 2015, 2023
COSTED = (746647, 754530, 755704)  # jobs with a public cost whose reports list removed workers
SEED, DRAWS = 2015, 10_000
SECONDS = 3600


def cells() -> pd.DataFrame:
    """The table ``income/crowd_pay``: sums by job, people (of Venezuela or others) and standing
    (kept or removed)."""
    return data.table(CROWD)


def by_job(frame: pd.DataFrame, removed_counted: float = 0.0) -> pd.DataFrame:
    """What was paid and how long it took, one row a job: usd, hours, kept (workers), all (workers).

    ``frame``: columns as in ``cells``; ``removed_counted``: share of removed workers, with their
    pay and time, that counts.
    """
    kept = frame["standing"] == "kept"
    weight = kept.astype(float).where(kept, removed_counted)
    paid = frame["judgments"] - frame["first_page_judgments"]
    table = pd.DataFrame(
        {
            "usd": paid * frame["usd_a_judgment"] * weight,
            "hours": frame["seconds"] / SECONDS * weight,
            "kept": frame["worker_jobs"].where(kept, 0),
            "all": frame["worker_jobs"],
        }
    )
    return table.groupby(frame["job"]).sum()


def drawn_again(top: pd.Series, bottom: pd.Series) -> Ends:
    """Ratio of two sums over jobs, and the 95% percentile interval with whole jobs drawn again.

    The bootstrap of Efron, Annals of Statistics 7 (1979), 1-26, with a fixed seed. Draws without
    anything below are left out.
    """
    places = _places(len(top))
    above, below = (one.to_numpy(float)[places].sum(axis=1) for one in (top, bottom))
    _, low, high = intervals.percentiles(above[below > 0] / below[below > 0])
    return float(top.sum() / bottom.sum()), low, high


@functools.cache
def _places(jobs: int) -> np.ndarray:
    return np.random.default_rng(SEED).integers(jobs, size=(DRAWS, jobs))


@step
def hourly(removed_counted: float = 0.0) -> Ends:
    """All pay over all time on pages (USD per hour), jobs drawn again (``by_job``)."""
    jobs = by_job(cells(), removed_counted)
    return drawn_again(jobs["usd"], jobs["hours"])


def hourly_euros(removed_counted: float = 0.0) -> Ends:
    """The same in EUR of 2018: the market rate of the year, then French consumer prices."""
    return intervals.scaled(hourly(removed_counted), factor("USD", YEAR, YEAR))


def removed() -> Ends:
    """Percent of workers of a job whose work was removed; Wilson, 95%. Who worked on two jobs
    counts twice."""
    jobs = by_job(cells())
    total = int(jobs["all"].sum())
    return intervals.wilson_percent(1 - int(jobs["kept"].sum()) / total, total)


def spread(values: pd.Series) -> Ends:
    """Median, least and most."""
    return float(values.median()), float(values.min()), float(values.max())


def price() -> Ends:
    """Median, least and most over jobs of the pay for a judgment (USD)."""
    return spread(cells().groupby("job")["usd_a_judgment"].first())


def a_worker(column: str) -> Ends:
    """Pay (``usd``) or time on pages (``hours``) of a job for a worker who was kept: mean over
    workers, then median, least and most over jobs."""
    jobs = by_job(cells())
    return spread(jobs[column] / jobs["kept"])


def nothing() -> Ends:
    """Percent of workers who can have got nothing: as few as pages allow, twice, and as many.

    Who was removed at the quiz handed in one page and got nothing. In each job the removed handed
    in some pages more than one each; at most that many of them got beyond the quiz, so the others
    did not. At the most, everybody removed got nothing.
    """
    frame = cells()
    out = frame[frame["standing"] == "removed"].groupby("job")[["worker_jobs", "pages"]].sum()
    beyond = np.minimum(out["pages"] - out["worker_jobs"], out["worker_jobs"])
    total = int(frame["worker_jobs"].sum())
    least = float((out["worker_jobs"] - beyond).sum()) / total * 100
    return least, least, float(out["worker_jobs"].sum()) / total * 100


def fee() -> Ends:
    """The platform's fee that total costs of jobs imply, percent of pay: median, least and most.

    The rule of payment is right if the fee is the same for all jobs. A job whose report lists no
    removed worker is left out.
    """
    pay = by_job(cells(), removed_counted=1.0)["usd"]
    return spread(pd.Series([fact(f"cost-{job}") / pay[job] * 100 - 100 for job in COSTED]))


def radio_venezuela_day() -> float:
    """EUR a day (rate of 2023) in Venezuela by a radio report: a week's income over the days of a
    full-time week."""
    return fact("venezuela-week-now") / fact("working-days") * eur_per_usd(RADIO_YEAR)


def few_cents() -> Ends:
    """Percent of the jobs that pay a few cents a judgment at most (EUR, rate of 2015).

    The interval is Wilson's, 95%, for a single draw, as one laboratory ran all of them.
    """
    euros = cells().groupby("job").first()["usd_a_judgment"] * eur_per_usd(YEAR)
    return intervals.wilson_percent(float((euros <= fact("few-cents")).mean()), 1)
