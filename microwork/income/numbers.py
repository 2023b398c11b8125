"""Income: what computes each number; ``data/income/numbers.csv`` says what the number is."""

from __future__ import annotations

from functools import partial

from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import since
from microwork.income import bounds, crowd, elsewhere, hours, joint, mturk, tasks, workers
from microwork.income.inputs import BATCH, ELSEWHERE, TASKS, assumption, fact, smic_net
from microwork.inputs import Numbers
from microwork.inputs import numbers as made
from microwork.intervals import scaled

# Pay elsewhere that the page names in its own currency.
SAID = (
    "foule-factory-promise",
    "france-m",
    "france-television",
    "france-35-hours",
    "mturk-median-all",
)


def _gross() -> float:
    return fact("smic-gross-2018")


HOURS: Numbers = {
    "smic-net": smic_net,
    "half": lambda: scaled((hours.half(), *hours.half_interval()), 100),
    "mean-sampling-worst": lambda: (fact("mean-income"), *hours.mean_interval()),
    "mean-hours-lower-bound": lambda: bounds.mean_at_least(fact("median-hours"), hours.half()),
    "hourly-upper-bound": hours.hourly_bound,
    "hourly-upper-bound-usd": hours.bound_in_dollars,
    "hourly-upper-bound-vs-smic-gross": lambda: hours.vs_gross(hours.hourly_bound()),
    "hourly-upper-bound-vs-smic-net": lambda: hours.hourly_bound() / smic_net() * 100,
    "hourly-upper-bound-cautious": hours.hourly_bound_cautious,
    "hourly-at-3h": hours.hourly_at_median,
    "hourly-at-3h-vs-smic-gross": lambda: hours.vs_gross(hours.hourly_at_median()),
    "assumed-long-share": lambda: hours.over_long_shares(lambda over: 100 * over),
    "hourly-lognormal": hours.hourly_lognormal,
    "pay-at-three-hours": lambda: bounds.hourly(fact("rival-level-low"), fact("median-hours")),
    "full-week": hours.full_week,
    "month-at-eight-hours-bound": lambda: hours.hourly_bound() * hours.full_month(),
    "smic-with-equal-unpaid-time": hours.price_rule,
    "paid-hours-a-week-at-smic": lambda: fact("mean-income") / _gross() / bounds.WEEKS_A_MONTH,
    "validation-needed": lambda: hours.paid_share(hours.hourly_bound(), _gross()),
    "validation-needed-strict": lambda: (
        100 * bounds.validation_needed_strict(hours.hourly_bound(), _gross(), fact("unpaid-ratio"))
    ),
    "validation-needed-net": lambda: hours.paid_share(hours.hourly_bound(), smic_net()),
    "unpaid-needed": lambda: bounds.unpaid_needed(hours.hourly_bound(), _gross()),
    "paid-hour-upper-bound": lambda: hours.hourly_bound() * (1 + fact("unpaid-ratio")),
    "ilo-unpaid-share": lambda: 100 * elsewhere.unpaid_ratio() / (1 + elsewhere.unpaid_ratio()),
}
PRICES: Numbers = {
    "task-prices": lambda: len(data.table(TASKS)),
    "task-price": tasks.spread,
    "task-witnesses": lambda: tasks.within(tasks.others(), *tasks.few())[1],
    "task-prices-within": lambda: tasks.share_within(*tasks.few()),
    "task-prices-few-cents": lambda: tasks.share_within(0, tasks.few_cents()),
    "photo-price": tasks.photos,
    "price-minute": partial(tasks.timed, "record-phrases"),
    "price-wirk": tasks.wirk,
    "price-45-seconds": partial(tasks.timed, "search-people"),
    "price-stay": partial(tasks.timed, "stay-on-page"),
    "mturk-batch-hourly": tasks.batch,
    "mturk-batch-assignments": lambda: data.row(BATCH, 0.5)["assignments"],
}
FIGURES: Numbers = {
    "can-earn-net-smic": partial(hours.can_earn, "smic-net-month-2018"),
    "can-earn-net-smic-all": lambda: hours.can_earn(
        "smic-net-month-2018", assumption("all-platforms", "high")
    ),
    "can-earn-line-60": partial(hours.can_earn, "poverty-line-60"),
    "cap-full-week": lambda: bounds.hourly(fact("platform-cap"), hours.full_week()),
    "hourly-ceiling-readings": hours.ceiling_range,
    "rival-mean-lognormal": hours.rival_mean,
    "joint-tenth-needed": lambda: joint.certain(joint.would_be("over_ten"))[0] * 100,
    "joint-few-needed": lambda: joint.certain(joint.would_be("over_rare"))[0] * 100,
    "joint-cap-needed": lambda: joint.certain(joint.would_be("cap"))[0],
    "joint-stretch": lambda: joint.stretch(joint.said(), joint.widest()) * 100,
    "joint-hourly": hours.if_mean_gives,
    "joint-hourly-any": hours.if_any_gives,
    "joint-paid-share": lambda: hours.paid_share(hours.if_mean_gives()[0], _gross()),
}
OTHERS: Numbers = {
    "route-gap": elsewhere.route_gap,
    "surveys-elsewhere": lambda: crowd.spread(elsewhere.surveys()),
    "unpaid-elsewhere": elsewhere.unpaid_elsewhere,
    "skilled-claim-euros": elsewhere.skilled_in_euros,
    "mturk-weekly-hours": lambda: mturk.median(mturk.answers("hours")),
    "mturk-long-hours": lambda: mturk.share_from(mturk.answers("hours"), mturk.LONG),
    "mturk-salary": lambda: mturk.reaching(mturk.answers("income"), mturk.wage()),
    "mturk-long-short": lambda: mturk.least_short(
        mturk.answers("hours"), mturk.answers("income"), mturk.LONG, mturk.FULL
    ),
    "mturk-declared-pay": mturk.pay_in_euros,
    "month-elsewhere": mturk.month_elsewhere,
    "uk-under-minimum": partial(elsewhere.asked, "uk-under-minimum"),
    "uk-half-hour-unpaid": partial(elsewhere.asked, "uk-half-hour-unpaid"),
    "skilled-pay": elsewhere.freelance_pay,
}
CROWD: Numbers = {
    "crowd-hourly": crowd.hourly,
    "crowd-hourly-paid-quiz": partial(crowd.hourly, quiz_paid=1),
    "crowd-hourly-all-time": partial(crowd.hourly, removed_counted=1),
    "crowd-hourly-range": crowd.hourly_range,
    "crowd-hourly-euros": lambda: scaled(crowd.hourly(), crowd.to_euros()),
    "crowd-hourly-euros-all-time": lambda: scaled(
        crowd.hourly(removed_counted=1), crowd.to_euros()
    ),
    "crowd-hourly-vs-smic": lambda: scaled(crowd.hourly(), hours.vs_gross(crowd.to_euros())),
    "crowd-month-euros": crowd.month_euros,
    "crowd-month-range": crowd.month_range,
    "crowd-hourly-venezuela": partial(crowd.hourly, people="Venezuela"),
    "crowd-hourly-others": partial(crowd.hourly, people="others"),
    "crowd-worker-jobs": lambda: crowd.cells()["worker_jobs"].sum(),
    "crowd-removed": crowd.removed,
    "crowd-removed-jobs": crowd.removed_by_job,
    "crowd-removed-venezuela": partial(crowd.removed, "Venezuela"),
    "crowd-removed-others": partial(crowd.removed, "others"),
    "crowd-nothing": crowd.nothing,
    "crowd-fee": lambda: crowd.spread(crowd.fees()),
    "crowd-fee-removed-unpaid": lambda: crowd.spread(crowd.fees(0, 0)),
    "crowd-fee-quiz-paid": lambda: crowd.spread(crowd.fees(1, 0)),
    "crowd-paid-of-all": crowd.paid_of_all,
    "crowd-usd-a-judgment": partial(crowd.price, "judgment"),
    "crowd-usd-a-page": partial(crowd.price, "page"),
    "crowd-a-job": partial(crowd.a_worker, "usd"),
    "crowd-minutes": lambda: scaled(crowd.a_worker("hours"), 60),
    "crowd-venezuela-day": crowd.venezuela_a_job,
    "radio-venezuela-day": crowd.radio_venezuela_day,
    "crowd-few-cents": crowd.few_cents,
}


def _elsewhere() -> Numbers:
    """Pay by published row: as said, in its own currency, and by surveys, in EUR of 2018."""
    compared = elsewhere.surveys().index
    found: Numbers = {}
    for pay_id in data.table(ELSEWHERE)["pay_id"]:
        if pay_id in SAID:
            found[f"said-{pay_id}"] = partial(elsewhere.per_hour, pay_id)
        if pay_id in compared:
            found[f"pay-{pay_id}"] = partial(elsewhere.in_euros, pay_id)
    return found


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    parts = (HOURS, PRICES, FIGURES, _elsewhere(), OTHERS, CROWD, workers.NUMBERS)
    return [*made("income", *parts), *since.numbers("income")]
