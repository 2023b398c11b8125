"""Income: a verdict on each press claim."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_rule, by_test
from microwork.income.inputs import fact


def judgements(said: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict per claim of this chapter."""
    return [*_month(said), *_wage(said, registry), *_elsewhere(said, registry)]


def _month(said: dict[str, Claim]) -> list[Judgement]:
    """On monthly income and weekly hours, as the survey's authors gave them."""
    return [
        by_argument(
            said["income-21"],
            Verdict.CITED_ONLY,
            "No table of incomes is public: the answers, person by person, would settle it; a rival survey of the same platform "
            "allows this mean only if the best-paid tenth averages [[income.top-tenth-needed|interval]] a month.",
        ),
        by_argument(
            said["hours-half-under-3"],
            Verdict.CITED_ONLY,
            "No table of hours is public: the answers, person by person, would settle it; one text calls the same "
            "[[income.published-mean-hours]] hours an average.",
        ),
        # "Some" can be a single person: no table could fail a test of it, so none is made.
        by_argument(
            said["hours-20-60"],
            Verdict.CITED_ONLY,
            "A table of hours would settle how many some are: with a mean of hours as high as their median, and one rate for "
            "all, at most [[income.room-over-twenty]] of people can reach [[income.published-long-low]] hours and "
            "[[income.room-over-sixty]] [[income.published-long-high]] hours.",
        ),
    ]


def _wage(said: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On the pay of a task and of an hour in France, beside the minimum wage."""
    return [
        by_argument(
            said["task-pay"],
            Verdict.CITED_ONLY,
            "No price list is public: one would settle it; the same study has M., paid [[income.m-store-low|bare]] to "
            "[[income.m-store-high]] for a photo in a shop and [[income.m-gain]] for half an hour of clicks.",
        ),
        by_test(
            said["no-salary"],
            registry["income.month-at-eight-hours"],
            "Five full days a week would bring [[income.month-at-eight-hours|interval]] a month, against a net minimum wage of "
            "[[income.smic-net-month]]; this rests on the survey's own income and hours, but the platform's cap of "
            "[[income.platform-cap]] a month says the same.",
            below=fact("smic-net-month-2018"),
        ),
        by_argument(
            said["smic-reference"],
            Verdict.NOT_SHOWN,
            "With as much unpaid time the rule would bring [[income.smic-with-equal-unpaid-time]] an hour, but the published "
            "income and hours allow at most [[income.hourly-upper-bound]]: all hold together only if at most "
            "[[income.validation-needed]] of the work was validated, and no such rate was published.",
            registry["income.smic-with-equal-unpaid-time"],
        ),
        by_argument(
            said["unpaid-time"],
            Verdict.CITED_ONLY,
            "No time diary from France is public: one would settle it; elsewhere pay figures imply that "
            "[[income.ilo-unpaid-share]] (ILO survey) to [[income.mturk-unpaid-share-mean]] (work logs, means) of the time "
            "is unpaid.",
        ),
    ]


def _elsewhere(said: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On pay in other countries."""
    return [
        by_rule(
            said["skilled-15usd"],
            registry["income.skilled-pay"],
            "On one freelancing platform the middle project pays [[income.skilled-pay]] an hour by the median of its country, "
            "and eight in ten lie from [[income.skilled-pay|interval]]; a range this wide is an easy test.",
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
