"""Outsourcing: the numbers on where workers of open jobs were, and on Mechanical Turk's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tallybook.model.numbers import Number, number

from microwork.outsourcing import crowd
from microwork.outsourcing.crowd import JULY, MARCH, SUMMER, Computed

BLIND = (
    "Not: whom the hour at which a job opened, its English, its channel or its level kept out; "
    "workers in firms, who take no open jobs; anything after August 2015; other platforms."
)
CHANCE = f"Chance in who came, as if all had been drawn from one crowd (Wilson, 95 %). {BLIND}"
AGAIN = f"Which jobs there are (95 % of draws). {BLIND}"
CLUMPED = f"Chance in who came, and how far jobs differ (exact binomial, 95 %). {BLIND}"
DISTINCT = "Distinct workers over all distinct workers of the twelve open jobs, {} of them."
AGAIN_HOW = f"the jobs drawn again {crowd.DRAWS} times, seed {crowd.SEED}."
DRAWN = f"Workers of the jobs, once in each job, over all; {AGAIN_HOW}"
ONCE = "Workers over all workers of the open jobs of the month; {}."
MONTHS = {
    "2014-07": ("July 2014", "one job"),
    "2015-03": ("March 2015", "eighteen small jobs, each worker once"),
    "2015-04": ("April 2015", "two jobs, and who took both counts twice"),
    "2015-06": ("June 2015", "three jobs, and who took several counts in each"),
    "2015-07": ("July 2015", "two jobs, and who took both counts twice"),
    "2015-08": ("August 2015", "five jobs, each worker once"),
}
SPAN = "April to August 2015"
WINDOWS = (("-2014-07", JULY, "July 2014"), ("-2015-03", MARCH, "March 2015"), ("", SUMMER, SPAN))
ANSWERS = (
    "Chance in who answered (Wilson, 95 %, on workers, who may answer again). Not: countries whose "
    "people Mechanical Turk does not admit, or who hides a place."
)
RIVALS = ("ARG", "COL")  # named beside Venezuela in the interview
OPEN = "Workers of open CrowdFlower jobs"
Entry = tuple[str, Callable[[], Computed], str, str, str]


def crowd_numbers() -> Iterator[Number]:
    """Shares of the workers of open jobs, counts of them, and the answers on Mechanical Turk."""
    for name, compute, label, how, covers in (*_shares(), *_months()):
        yield number(f"outsourcing.{name}", compute, "percent", label, how, covers)
    yield from _counts()
    label, how = (
        "Answers on Mechanical Turk from Venezuela, 2015 to 2026",
        "Answers over all answers of a standing survey.",
    )
    share = partial(crowd.turk_share, "Venezuela")
    yield number("outsourcing.mturk-venezuela-answers", share, "percent", label, how, ANSWERS)
    label, of = (
        "Answers on Mechanical Turk from Madagascar, 2015 to 2026",
        partial(crowd.turk_answers, "Madagascar"),
    )
    yield number("outsourcing.mturk-madagascar-answers", of, "answers", label, "Counted.")


def _shares() -> Iterator[Entry]:
    """The twelve jobs together: with workers as what varies, and with jobs."""
    whole = DISTINCT.format(f"{_all(SUMMER):,}")
    places: tuple[tuple[str, str, Callable[[], list[str]]], ...] = (
        ("venezuela", "Venezuela", lambda: ["VEN"]),
        ("india", "India", lambda: ["IND"]),
        ("madagascar", "Madagascar", lambda: ["MDG"]),
        ("africa", "Africa", crowd.africa),
        ("top-five", "the five countries with the most", crowd.largest),
    )
    for name, place, codes in places:
        label = f"{OPEN} who were in {place}, {SPAN}"
        yield f"crowd-{name}", partial(_of_workers, codes), label, whole, CHANCE
        if name != "madagascar":  # one worker in one job: drawing jobs again says nothing
            yield (
                f"crowd-{name}-jobs",
                partial(_of_jobs, codes),
                f"{label}, job by job",
                DRAWN,
                AGAIN,
            )


def _of_workers(codes: Callable[[], list[str]]) -> Computed:
    return crowd.share(codes(), SUMMER)


def _of_jobs(codes: Callable[[], list[str]]) -> Computed:
    return crowd.share_redrawn(codes())


def _of_month(month: str) -> Computed:
    return crowd.share(["VEN"], *crowd.batches_of(month))


def _of_job(job: str) -> Computed:
    return crowd.share(["VEN"], job)


def _august() -> Computed:
    return crowd.share_redrawn(["VEN"], crowd.jobs("2015-08"))


def _months() -> Iterator[Entry]:
    """Venezuela's share by month."""
    for month, (words, jobs) in MONTHS.items():
        label = f"{OPEN} who were in Venezuela, {words}"
        yield (
            f"crowd-venezuela-{month}",
            partial(_of_month, month),
            label,
            ONCE.format(jobs),
            CHANCE,
        )
    for name, job in (("midday", "764099"), ("evening", "767273")):  # hours of California
        label = (
            f"Workers in Venezuela of one open CrowdFlower job, August 2015, {name} in California"
        )
        how = f"Workers over all workers of job {job}."
        yield f"crowd-venezuela-{name}", partial(_of_job, job), label, how, CHANCE
    label = f"{OPEN} who were in Venezuela, August 2015, job by job"
    yield "crowd-venezuela-2015-08-jobs", _august, label, DRAWN, AGAIN


def _counted(code: str) -> int:
    return int(crowd.by_country(SUMMER)[code])


def _all(batch: str) -> int:
    return int(crowd.workers(batch).sum())


def _counts() -> Iterator[Number]:
    """How many workers, jobs and countries, and the place of Venezuela."""
    jobs, where = "Open CrowdFlower jobs", f"{OPEN} who were in"
    counts: tuple[tuple[str, Callable[[], int], str, str], ...] = (
        ("crowd-workers", partial(_all, SUMMER), "persons", f"{OPEN}, {SPAN}"),
        ("crowd-workers-2014-07", partial(_all, JULY), "persons", f"{OPEN}, July 2014"),
        ("crowd-workers-2015-03", partial(_all, MARCH), "persons", f"{OPEN}, March 2015"),
        ("crowd-jobs", lambda: len(crowd.jobs()), "jobs", f"{jobs}, {SPAN}"),
        (
            "crowd-countries",
            lambda: len(crowd.by_country(SUMMER)),
            "countries",
            f"{jobs}, {SPAN}: countries of workers",
        ),
        (
            "crowd-venezuela-workers",
            partial(_counted, "VEN"),
            "persons",
            f"{where} Venezuela, {SPAN}",
        ),
        (
            "crowd-madagascar-workers",
            partial(_counted, "MDG"),
            "persons",
            f"{where} Madagascar, {SPAN}",
        ),
    )
    for name, compute, unit, label in counts:
        yield number(f"outsourcing.{name}", compute, unit, label, "Counted; each once.", None, 0)
    label, how = (
        "Place of Venezuela by workers of open jobs",
        "One more than countries with more workers.",
    )
    for tail, batch, words in WINDOWS[:-1]:
        of = partial(crowd.rank, "VEN", batch)
        name = f"outsourcing.crowd-venezuela-rank{tail}"
        yield number(name, of, "rank", f"{label}, {words}", how, None, 0)
    lone = "outsourcing.crowd-madagascar-rank", partial(crowd.rank, "MDG", SUMMER), "rank"
    yield number(*lone, f"Place of Madagascar by workers of open jobs, {SPAN}", how, None, 0)
    drawn = partial(crowd.rank_redrawn, "VEN")
    yield number(
        "outsourcing.crowd-venezuela-rank",
        drawn,
        "rank",
        f"{label}, {SPAN}",
        f"{how} Interval: {AGAIN_HOW}",
        AGAIN,
        0,
    )


def over_numbers() -> Iterator[Number]:
    """Workers of a country over those of the one that it must surpass, in each group of jobs."""
    how = (
        "Workers over workers. For the interval both counts are divided by how much more jobs vary"
        " than chance lets them."
    )
    second, others = "over the country that is second among all others", crowd.over_others
    for tail, batch, words in WINDOWS:
        tests = (
            ("venezuela-over-second", partial(others, "VEN", batch), f"Venezuela {second}"),
            ("madagascar-over-second", partial(others, "MDG", batch), f"Madagascar {second}"),
            (
                "venezuela-over-neighbours",
                partial(crowd.over_rivals, "VEN", batch, RIVALS),
                "Venezuela over the larger of Argentina and Colombia",
            ),
        )
        for name, compute, label in tests:
            yield number(
                f"outsourcing.crowd-{name}{tail}",
                compute,
                "ratio",
                f"{OPEN}, {words}: {label}",
                how,
                CLUMPED,
            )
