"""What seven open CrowdFlower jobs of 2015 brought to their workers, from the reports of the
laboratory that ran them.

Time is time on pages, kept by the platform. The first page is a quiz, and test questions are hidden
in later pages. Who misses too many is removed, at the quiz or later. The total costs of the jobs
fit one rule of payment, and no other that we tried: the quiz is unpaid, and later pages are paid,
also to those who are removed in the end (``fees``). Three readings are printed:

- the workers who were kept, their quiz paid as well (the most that there can be);
- the workers who were kept, their quiz unpaid;
- everybody, those removed too, the quiz unpaid.
"""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.income import tasks
from microwork.income.elsewhere import eur_per_usd, factor
from microwork.income.hours import full_month
from microwork.income.inputs import COSTS, CROWD, assumption, fact
from microwork.intervals import Ends

YEAR, RADIO_YEAR = 2015, 2023
# Share of the quiz that is paid, and share of removed workers who count.
READINGS = ((1.0, 0.0), (0.0, 0.0), (0.0, 1.0))
VENEZUELA = "Venezuela"
SEED, DRAWS = 2015, 10_000
SECONDS = 3600


def cells(people: str = "") -> pd.DataFrame:
    """The table ``income/crowd_pay``: sums by job, people and standing (kept or removed).

    ``people``: only those from "Venezuela", or only the "others".
    """
    frame = data.table(CROWD)
    return frame[frame["people"] == people] if people else frame


def by_job(
    frame: pd.DataFrame, quiz_paid: float = 0.0, removed_counted: float = 0.0
) -> pd.DataFrame:
    """What was paid and how long it took, one row a job: usd, hours, kept (workers), all (workers).

    ``frame``: columns as in ``cells``. ``quiz_paid``: share of each worker's first page that is
    paid; ``removed_counted``: share of removed workers, with their pay and time, that counts.
    """
    kept = frame["standing"] == "kept"
    weight = kept.astype(float).where(kept, removed_counted)
    paid = frame["judgments"] - (1 - quiz_paid) * frame["first_page_judgments"]
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
    """Ratio of two sums over jobs, and the 95 % percentile interval with whole jobs drawn again.

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
def hourly(quiz_paid: float = 0.0, removed_counted: float = 0.0, people: str = "") -> Ends:
    """All pay over all time on pages (USD per hour) of everybody or of some ``people``, jobs drawn
    again (``by_job``).
    """
    jobs = by_job(cells(people), quiz_paid, removed_counted)
    return drawn_again(jobs["usd"], jobs["hours"])


def readings() -> pd.DataFrame:
    """Pay per hour by job and reading: columns paid_quiz, kept and everybody (USD), as
    ``READINGS``.
    """
    found = [by_job(cells(), *reading) for reading in READINGS]
    names = ("paid_quiz", "kept", "everybody")
    return pd.DataFrame(
        {name: one["usd"] / one["hours"] for name, one in zip(names, found, strict=True)}
    )


def hourly_range() -> Ends:
    """Pay per hour over all jobs, and the least and the most of a single job by any reading (USD
    per hour).
    """
    table = readings()
    return hourly()[0], float(table.min().min()), float(table.max().max())


def removed(people: str = "") -> Ends:
    """Percent of workers of a job whose work was removed; Wilson, 95 %. Who worked on two jobs
    counts twice.
    """
    jobs = by_job(cells(people))
    total = int(jobs["all"].sum())
    share = 1 - int(jobs["kept"].sum()) / total
    return intervals.wilson_percent(share, total)


def removed_by_job() -> Ends:
    """The same over all jobs, and the least and the most of a job."""
    jobs = by_job(cells())
    shares = (1 - jobs["kept"] / jobs["all"]) * 100
    return removed()[0], float(shares.min()), float(shares.max())


def spread(values: pd.Series) -> Ends:
    """Median, least and most."""
    return float(values.median()), float(values.min()), float(values.max())


def price(of: str) -> Ends:
    """Median, least and most over jobs of the pay for a ``judgment`` or a full ``page`` (USD)."""
    jobs = cells().groupby("job").first()
    return spread(jobs["usd_a_judgment"] * (jobs["judgments_a_page"] if of == "page" else 1))


def a_worker(column: str) -> Ends:
    """Pay (``usd``) or time on pages (``hours``) of a job for a worker who was kept: mean over
    workers, then median, least and most over jobs.
    """
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


def paid_of_all() -> float:
    """Total costs, fee and all, over the pay for all work that was handed in, in the jobs with a
    public cost; percent.
    """
    costs, frame = _costs()
    return float(costs.sum() / (frame["judgments"] * frame["usd_a_judgment"]).sum() * 100)


def fees(quiz_paid: float = 0.0, removed_paid: float = 1.0) -> pd.Series:
    """The platform's fee that total costs imply if pay follows a rule, by job; percent of pay.

    ``quiz_paid``, ``removed_paid``: shares of first pages, and of the pay of removed workers, that
    were paid. The rule is right if the fee is the same for all jobs. A job whose report lists no
    removed worker is left out.
    """
    costs, frame = _costs()
    listed = frame.loc[frame["standing"] == "removed", "job"].unique()
    pay = by_job(frame[frame["job"].isin(listed)], quiz_paid, removed_paid)["usd"]
    return (costs[pay.index] / pay - 1) * 100


def _costs() -> tuple[pd.Series, pd.DataFrame]:
    """Total costs by job (USD), and the sums of those jobs."""
    costs, frame = data.table(COSTS).set_index("job")["usd"], cells()
    return costs, frame[frame["job"].isin(costs.index)]


def to_euros() -> float:
    """EUR of 2018 for one USD of these jobs: the market rate of their year, then French consumer
    prices.
    """
    return factor("USD", YEAR, YEAR)


def month_euros() -> Ends:
    """A month of eight hours a day at that pay (EUR of 2018)."""
    return intervals.scaled(hourly(), to_euros() * full_month())


def month_range() -> Ends:
    """``month_euros``, and the least and the most by the pay of a single job and any reading (EUR
    of 2018).
    """
    return intervals.scaled(hourly_range(), to_euros() * full_month())


def venezuela_a_job() -> Ends:
    """What one job brought to a worker of Venezuela: mean, those removed counted too, jobs drawn
    again (EUR, 2015).
    """
    jobs = by_job(cells(VENEZUELA), removed_counted=1.0)
    return intervals.scaled(drawn_again(jobs["usd"], jobs["all"]), eur_per_usd(YEAR))


def radio_venezuela_day() -> float:
    """EUR a day (rate of 2023) in Venezuela by a radio report: a week's income over the days of a
    full-time week.
    """
    return fact("venezuela-week-now") / assumption("working-days") * eur_per_usd(RADIO_YEAR)


def few_cents() -> Ends:
    """Percent of the jobs that pay a few cents a judgment at most (EUR, rate of 2015).

    The interval is Wilson's, 95 %, for a single draw, as one laboratory ran all of them.
    """
    euros = cells().groupby("job").first()["usd_a_judgment"] * eur_per_usd(YEAR)
    return intervals.wilson_percent(float((euros <= tasks.few_cents()).mean()), 1)
