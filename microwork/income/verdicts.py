"""Income: a verdict on each press claim."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_test
from microwork.income.inputs import fact

MOST = 50.0  # percent: what a statement on most prices has to pass


def judgements(said: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict per claim of this chapter."""
    return [*_month(said), *_wage(said, registry), *_elsewhere(said, registry)]


def _month(said: dict[str, Claim]) -> list[Judgement]:
    """On monthly income and weekly hours, as the survey's authors gave them."""
    return [
        by_argument(
            said["income-21"],
            Verdict.CITED_ONLY,
            "We found no table of incomes; the answers, person by person, would settle it. A rival survey of the same platform "
            "allows this mean only if the best-paid tenth averages [[income.top-tenth-needed|interval]] a month.",
        ),
        by_argument(
            said["hours-half-under-3"],
            Verdict.CITED_ONLY,
            "We found no table of hours; the answers, person by person, would settle it. One text calls the same "
            "[[income.published-mean-hours]] hours an average.",
        ),
        # "Some" can be a single person: no table could fail a test of it, so none is made.
        by_argument(
            said["hours-20-60"],
            Verdict.CITED_ONLY,
            "A table of hours would settle how many some are. With one rate for all and a mean of hours as high as their median, "
            "at most [[income.room-over-twenty]] can reach [[income.published-long-low]] hours, and "
            "[[income.room-over-sixty]] can reach [[income.published-long-high]].",
        ),
    ]


def _wage(said: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On the pay of a task and of an hour in France, beside the minimum wage."""
    return [
        by_test(
            said["task-pay"],
            registry["income.task-prices-within"],
            "Of [[income.task-prices]] prices that press texts quote, [[income.task-prices-within]] run from a few cents to a "
            "few euros; the least and the most are [[income.task-price|interval]]. The press picked them; this is no price list.",
            above=MOST,
        ),
        by_test(
            said["no-salary"],
            registry["income.month-at-eight-hours"],
            "Full days would bring [[income.month-at-eight-hours|interval]] a month, against a net minimum wage of "
            "[[income.smic-net-month]]. This uses the survey's own income and hours; by its income alone at most "
            "[[income.can-earn-net-smic]] of respondents can earn that wage.",
            below=fact("smic-net-month-2018"),
        ),
        by_argument(
            said["smic-reference"],
            Verdict.NOT_SHOWN,
            "The two prices quoted with a clear time bring [[income.price-minute]] an hour of the task itself, "
            "[[income.price-minute-vs-smic]] of the minimum wage. Two prices in one text show no rule, and how much work is "
            "accepted was not in what we could read.",
            registry["income.price-minute"],
        ),
        by_argument(
            said["unpaid-time"],
            Verdict.CITED_ONLY,
            "We found no time diary from France; one would settle it. Elsewhere pay figures imply that "
            "[[income.ilo-unpaid-share]] (ILO survey) to [[income.mturk-unpaid-share-mean]] (work logs, means) of the time "
            "is unpaid.",
        ),
    ]


def _elsewhere(said: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On pay in other countries."""
    return [
        # Freelancing is other work on another kind of platform, and its country medians range too widely to fail anything.
        by_argument(
            said["skilled-15usd"],
            Verdict.CITED_ONLY,
            "We found no prices of microwork platforms that ask for skills; a list would settle it. Freelancing, another kind of "
            "work, pays [[income.skilled-pay]] an hour on one platform.",
        ),
        # Three cases picked by the press are no interval, so no rule is applied to them.
        by_argument(
            said["cents-a-day"],
            Verdict.NOT_SHOWN,
            "The cases the press names bring [[income.day-pay-south|interval]] a day, none below a euro; no survey gives pay "
            "by the day, and a day can be short.",
            registry["income.day-pay-south"],
        ),
    ]
