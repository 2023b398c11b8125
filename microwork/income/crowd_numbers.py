"""The numbers on the seven open CrowdFlower jobs of 2015 (``crowd``)."""

from __future__ import annotations

from tallybook.model.numbers import Number, Row

from microwork.income import crowd, tasks
from microwork.income.crowd import OTHERS, VENEZUELA
from microwork.income.inputs import declared, fact

_LEFT_OUT = (
    "not other requesters, later years, who was let in (by level and English), or time between"
    " pages"
)
_AGAIN = f"covers chance in which jobs there are (whole jobs drawn again, 95 %); {_LEFT_OUT}"
_JOBS = f"covers the least and the most of seven jobs; {_LEFT_OUT}"
_WILSON = (
    "covers sampling at random (Wilson, 95 %); not that jobs differ, nor that the report of one job"
    " may leave out who was removed"
)
_KEPT = "All pay over all time on pages, of the workers whose work was kept"
_QUIZ = f"{_KEPT}; their first page, a quiz, is unpaid."
_UNLIKE = "The two groups differ in hour, level and job as well, so place alone explains nothing."
_MONTH = (
    "That pay times eight hours and 22 days. Nobody is known to have worked so; it is a hypothesis."
)


def _against_the_wage() -> tuple[float, float, float]:
    """Pay per hour as percent of the gross minimum wage of France, both in EUR of 2018."""
    value, low, high = (one / fact("smic-gross-2018") * 100 for one in crowd.hourly_euros())
    return value, low, high


def _count(name: str) -> int:
    jobs = crowd.by_job(crowd.cells())
    return len(jobs) if name == "jobs" else int(jobs[name].sum())


_HOURS: tuple[Row, ...] = (
    (
        "crowd-hourly",
        crowd.hourly,
        "USD per hour",
        "what an hour brought in seven open CrowdFlower jobs of 2015",
        _QUIZ,
        _AGAIN,
        2,
    ),
    (
        "crowd-hourly-paid-quiz",
        lambda: crowd.hourly(1, 0),
        "USD per hour",
        "the same if the platform paid the first page as well",
        f"{_KEPT}.",
        _AGAIN,
        2,
    ),
    (
        "crowd-hourly-all-time",
        lambda: crowd.hourly(0, 1),
        "USD per hour",
        "the same with the pay and the time of removed workers",
        (
            "All pay over all time on pages, of everybody. The quiz is unpaid; later pages are"
            " paid, as the total costs imply."
        ),
        _AGAIN,
        2,
    ),
    (
        "crowd-hourly-range",
        crowd.hourly_range,
        "USD per hour",
        "what an hour brought in the open jobs, by job and reading",
        "All jobs together, and the least and the most of a single job by any of three readings.",
        f"covers seven jobs and three readings; {_LEFT_OUT}",
        2,
    ),
    (
        "crowd-hourly-euros",
        crowd.hourly_euros,
        "EUR per hour",
        "what an hour brought in the open jobs, in euros of 2018",
        "At the market rate of 2015, then carried to 2018 by French consumer prices.",
        _AGAIN,
        2,
    ),
    (
        "crowd-hourly-vs-smic",
        _against_the_wage,
        "percent",
        (
            "what an hour brought in the open jobs, as a share of the gross minimum wage of France"
            " in 2018"
        ),
        "Both in euros of 2018. The workers lived all over the world.",
        _AGAIN,
        0,
    ),
    (
        "crowd-month-eight-hours",
        crowd.month,
        "USD per month",
        "a month of eight hours a day at the pay of the open jobs",
        _MONTH,
        _AGAIN,
        0,
    ),
    (
        "crowd-month-euros",
        crowd.month_euros,
        "EUR per month",
        "a month of eight hours a day at the pay of the open jobs, in euros of 2018",
        _MONTH,
        _AGAIN,
        0,
    ),
    (
        "crowd-month-range",
        crowd.month_range,
        "EUR per month",
        "the same by job and reading",
        "All jobs together, and the least and the most of a single job by any of three readings.",
        f"covers seven jobs and three readings; {_LEFT_OUT}",
        0,
    ),
    (
        "crowd-hourly-venezuela",
        lambda: crowd.hourly(people=VENEZUELA),
        "USD per hour",
        "what an hour of the open jobs brought to workers of Venezuela",
        f"{_QUIZ} {_UNLIKE}",
        _AGAIN,
        2,
    ),
    (
        "crowd-hourly-others",
        lambda: crowd.hourly(people=OTHERS),
        "USD per hour",
        "what an hour of the open jobs brought to workers of all other countries",
        f"{_QUIZ} {_UNLIKE}",
        _AGAIN,
        2,
    ),
)
_WORKERS: tuple[Row, ...] = (
    (
        "crowd-jobs",
        lambda: _count("jobs"),
        "items",
        "open CrowdFlower jobs whose pay is public",
        "Counted.",
    ),
    (
        "crowd-worker-jobs",
        lambda: _count("all"),
        "persons",
        "workers of these jobs; who worked on two stands in both",
        "Counted.",
    ),
    (
        "crowd-removed",
        crowd.removed,
        "percent",
        "workers of the open jobs whose work was removed",
        (
            "Those whom the platform removed over all; who worked on two jobs counts twice. The"
            " report of one job lists none."
        ),
        _WILSON,
        0,
    ),
    (
        "crowd-removed-jobs",
        crowd.removed_by_job,
        "percent",
        "the same by job",
        "All jobs together, and the least and the most of a job.",
        _JOBS,
        0,
    ),
    (
        "crowd-removed-venezuela",
        lambda: crowd.removed(VENEZUELA),
        "percent",
        "workers of Venezuela in the open jobs whose work was removed",
        _UNLIKE,
        _WILSON,
        0,
    ),
    (
        "crowd-removed-others",
        lambda: crowd.removed(OTHERS),
        "percent",
        "workers of other countries in the open jobs whose work was removed",
        _UNLIKE,
        _WILSON,
        0,
    ),
    (
        "crowd-nothing",
        crowd.nothing,
        "percent",
        "workers of the open jobs who got nothing, at least",
        (
            "Removed workers who cannot have got beyond the quiz, by the pages handed in, over all "
            "workers."
        ),
        (
            "covers the least and the most that pages allow, if the quiz is unpaid and later pages"
            " are paid; not other requesters"
        ),
        0,
    ),
    (
        "crowd-fee",
        lambda: crowd.spread(crowd.fees()),
        "percent",
        (
            "fee of the platform that total costs imply, if the quiz is unpaid and later pages are"
            " paid to everybody"
        ),
        (
            "Total cost over that pay, minus one; the middle one of three jobs. The same for all"
            " jobs, so the rule fits."
        ),
        (
            "covers the least and the most of three jobs; not the four jobs whose cost or whose"
            " removed workers we do not know"
        ),
        1,
    ),
    (
        "crowd-fee-removed-unpaid",
        lambda: crowd.spread(crowd.fees(0, 0)),
        "percent",
        "the same if removed workers were paid nothing",
        "As unlike as this between jobs, a fee does not fit.",
        "covers the least and the most of three jobs; not other jobs",
        1,
    ),
    (
        "crowd-fee-quiz-paid",
        lambda: crowd.spread(crowd.fees(1, 0)),
        "percent",
        "the same if the kept were paid for the quiz, and removed workers nothing",
        "As unlike as this between jobs, a fee does not fit.",
        "covers the least and the most of three jobs; not other jobs",
        1,
    ),
    (
        "crowd-paid-of-all",
        crowd.paid_of_all,
        "percent",
        (
            "what the requester paid in all, over the price of all work that was handed in, four"
            " open jobs"
        ),
        (
            "Total costs, the platform's fee and all, over judgments times pay. Workers got less"
            " than this."
        ),
        None,
        0,
    ),
)
_PRICES: tuple[Row, ...] = (
    (
        "crowd-usd-a-judgment",
        lambda: crowd.price("judgment"),
        "USD per judgment",
        "pay for one judgment in the open jobs",
        "The pay for a page over its rows; the middle one of seven jobs.",
        _JOBS,
        2,
    ),
    (
        "crowd-usd-a-page",
        lambda: crowd.price("page"),
        "USD per page",
        "pay for a full page of judgments in the open jobs",
        "As the requester set it; the middle one of seven jobs.",
        _JOBS,
        2,
    ),
    (
        "crowd-a-job",
        crowd.a_job,
        "USD",
        "what an open job brought to a worker who was kept, before it ran out",
        "Pay over workers, the quiz unpaid; the middle one of seven jobs.",
        _JOBS,
        2,
    ),
    (
        "crowd-minutes",
        crowd.minutes,
        "minutes",
        "minutes on pages of an open job, for a worker who was kept",
        "Time over workers; the middle one of seven jobs.",
        _JOBS,
        0,
    ),
    (
        "crowd-venezuela-day",
        crowd.venezuela_a_job,
        "EUR per day",
        "a day with one open job for a worker of Venezuela, those removed included",
        "Pay over all workers of Venezuela, the quiz unpaid, at the market rate of 2015.",
        _AGAIN,
        2,
    ),
    (
        "radio-venezuela-day",
        crowd.radio_venezuela_day,
        "EUR per day",
        "a day of work on such platforms in Venezuela, by a radio report of 2023",
        "The weekly figure over five days, at the market rate.",
        None,
        2,
    ),
    (
        "crowd-within",
        lambda: crowd.share_within(*tasks.few()),
        "percent",
        "open jobs that pay from a few cents to a few euros a judgment",
        "From one cent to ten euros, our reading. One laboratory ran all seven, and counts once.",
        tasks.ONCE,
        0,
    ),
    (
        "crowd-few-cents",
        lambda: crowd.share_within(0, tasks.few_cents()),
        "percent",
        "open jobs that pay a few cents a judgment",
        "Ten cents or less, our reading. One laboratory ran all seven, and counts once.",
        tasks.ONCE,
        0,
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared((*_HOURS, *_WORKERS, *_PRICES))
