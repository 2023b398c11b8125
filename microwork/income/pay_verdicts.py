"""Income: the evidence on claims of what a task, a day and a month pay.

All claims on the price of a task rest on three measurements, and the claim on a salary on three:
for each, open jobs on CrowdFlower, records or surveys of Mechanical Turk, and prices in the press
or surveys elsewhere.
"""

from __future__ import annotations

from functools import partial

from tallybook.claims import Check, Claim, Evidence, Judgement, Model, tested
from tallybook.claims.rules import Computed
from tallybook.model.numbers import Number, Registry

from microwork.income import crowd, mturk, records, tasks
from microwork.income.inputs import fact
from microwork.intervals import scaled

Claims = dict[str, Claim]
HALF = 50.0  # percent: what a statement on most prices has to pass
_MOSTLY_CENTS = (
    "Counting each of [[income.task-witnesses]] outside witnesses once, "
    "[[income.task-prices-few-cents|full]] of quoted prices are ten cents or less. In seven open "
    "jobs it is [[income.crowd-few-cents|full]] if each judgment is a task, and for two requesters "
    "on Mechanical Turk, [[income.mturk-records-few-cents|full]]."
)
_NOT_FRANCE = (
    "Only quoted prices are from French texts; jobs and batches were not for France alone."
)


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One judgement for each of these claims."""
    return [
        *_prices(claims, registry),
        _photo(claims, registry),
        _salary(claims, registry),
        _day(claims, registry),
    ]


def _few_to_euros(registry: Registry) -> list[Evidence]:
    """How many prices lie from a few cents to a few euros, by all measurements of the family."""
    ends = ("few_cents_least", "few_euros_most")
    return [
        Evidence(
            "task-prices",
            Model(
                registry["income.task-prices-within"],
                base=lambda few_cents_least, few_euros_most: tasks.share_within(
                    few_cents_least, few_euros_most
                ),
                takes=ends,
                wider=("prices_together",),
            ),
        ),
        Evidence(
            "crowd-prices",
            Model(
                registry["income.crowd-within"],
                base=lambda few_cents_least, few_euros_most, judgments_a_task, requesters_in_all: (
                    crowd.share_within(
                        few_cents_least, few_euros_most, judgments_a_task, requesters_in_all
                    )
                ),
                takes=(*ends, "judgments_a_task", "requesters_in_all"),
            ),
        ),
        Evidence(
            "mturk-prices",
            Model(
                registry["income.mturk-records-within"],
                base=lambda few_cents_least, few_euros_most: records.share_within(
                    few_cents_least, few_euros_most
                ),
                takes=ends,
                wider=("prices_together",),
            ),
        ),
    ]


def _few_cents(registry: Registry) -> list[Evidence]:
    """How many prices are a few cents, by all measurements of the family."""
    return [
        Evidence(
            "task-prices",
            Model(
                registry["income.task-prices-few-cents"],
                base=lambda few_cents_most: tasks.share_within(0, few_cents_most),
                takes=("few_cents_most",),
                wider=("prices_together",),
            ),
        ),
        Evidence(
            "crowd-prices",
            Model(
                registry["income.crowd-few-cents"],
                base=lambda few_cents_most, judgments_a_task, requesters_in_all: crowd.share_within(
                    0, few_cents_most, judgments_a_task, requesters_in_all
                ),
                takes=("few_cents_most", "judgments_a_task", "requesters_in_all"),
            ),
        ),
        Evidence(
            "mturk-prices",
            Model(
                registry["income.mturk-records-few-cents"],
                base=lambda few_cents_most: records.share_within(0, few_cents_most),
                takes=("few_cents_most",),
                wider=("prices_together",),
            ),
        ),
    ]


def _prices(claims: Claims, registry: Registry) -> list[Judgement]:
    """On what a task pays."""
    beside = [registry[f"income.{name}"] for name in ("crowd-usd-a-judgment", "crowd-usd-a-page")]
    return [
        tested(
            claims["task-pay"],
            Check.RECOUNT,
            _few_to_euros(registry),
            "Counting each of [[income.task-witnesses]] outside witnesses once,"
            " [[income.task-prices-within|full]] of quoted prices lie from one cent to ten euros."
            " So do all prices in one requester’s seven open jobs and two requesters’ batches on"
            " Mechanical Turk.",
            above=HALF,
            beside=beside,
        ),
        *(
            tested(
                claims[name],
                check,
                _few_cents(registry),
                _MOSTLY_CENTS,
                above=HALF,
                differs=differs,
                beside=beside,
            )
            for name, check, differs in (
                ("task-pay-mediapart", Check.RECOUNT, ""),
                ("cents-per-task-sudouest", Check.NEIGHBOUR, _NOT_FRANCE),
            )
        ),
    ]


def _photos(photo: Number, few_cents_most: float) -> Computed:
    """The prices of a photo against another reading of a few cents: a larger one counts like
    smaller prices.
    """
    return scaled((photo.value, *photo.ends), tasks.few_cents() / few_cents_most)


def _photo(claims: Claims, registry: Registry) -> Judgement:
    """On photos in shops."""
    photo = registry["income.photo-price"]
    return tested(
        claims["photo-cents"],
        Check.RECOUNT,
        Evidence(
            "photo-prices",
            Model(
                photo,
                base=partial(_photos, photo),
                takes=("few_cents_most",),
                over=("products_a_photo",),
            ),
        ),
        "The three prices quoted for a photo in or of a shop are [[income.photo-price|interval]]. "
        "Only one of them is for a "
        "single product. If each paid for some ten products, the verdict would be undecided.",
        below=tasks.few_cents(),
    )


def _salary(claims: Claims, registry: Registry) -> Judgement:
    """On a salary at eight hours a day. A larger salary counts like smaller pay."""
    wage = fact("smic-net-month-2018")

    tests = [
        Evidence(
            "crowd-month",
            Model(
                registry["income.crowd-month-euros"],
                base=lambda quiz_paid, removed_counted, days_a_week, a_salary: scaled(
                    crowd.month_euros(quiz_paid, removed_counted, days_a_week), wage / a_salary
                ),
                takes=("quiz_paid", "removed_counted", "days_a_week", "a_salary"),
                times=("pay_in_france",),
                over=("time_around",),
                wider=("jobs_alike",),
            ),
        ),
        Evidence(
            "pay-elsewhere",
            Model(
                registry["income.month-elsewhere"],
                base=lambda days_a_week, a_salary: scaled(
                    mturk.month_elsewhere(days_a_week), wage / a_salary
                ),
                takes=("days_a_week", "a_salary"),
                times=("pay_in_france",),
            ),
        ),
        Evidence(
            "mturk-month",
            Model(
                registry["income.mturk-records-month"],
                base=lambda days_a_week, a_salary: scaled(
                    records.month(days_a_week), wage / a_salary
                ),
                takes=("days_a_week", "a_salary"),
                times=("pay_in_france",),
                over=("time_around",),
            ),
        ),
    ]
    return tested(
        claims["no-salary"],
        Check.NEIGHBOUR,
        tests,
        "At the pay of seven open jobs, a month of full days brings "
        "[[income.crowd-month-euros|full]], under the net minimum "
        "wage of [[income.smic-net-month]]. The two other tests reach past it.",
        below=wage,
        differs="It is what an hour brought, most of it before 2018, not what full days brought.",
    )


def _day(claims: Claims, registry: Registry) -> Judgement:
    """On a few cents a day in Venezuela and Madagascar."""
    job, radio = registry["income.crowd-venezuela-day"], registry["income.radio-venezuela-day"]

    return tested(
        claims["cents-a-day"],
        Check.NEIGHBOUR,
        [
            Evidence(
                "crowd-venezuela-day",
                Model(
                    job,
                    base=lambda few_cents_most: scaled(
                        crowd.venezuela_a_job(), tasks.few_cents() / few_cents_most
                    ),
                    takes=("few_cents_most",),
                    times=("jobs_a_day",),
                    wider=("jobs_alike",),
                ),
            ),
            Evidence(
                "radio-venezuela-day",
                Model(
                    radio,
                    base=lambda few_cents_most, days_a_week: scaled(
                        (crowd.radio_venezuela_day(days_a_week),) * 3,
                        tasks.few_cents() / few_cents_most,
                    ),
                    takes=("few_cents_most", "days_a_week"),
                ),
            ),
        ],
        "In 2015 one open job brought workers of Venezuela [[income.crowd-venezuela-day|full]] on "
        "average, though "
        "[[income.crowd-removed-venezuela]] were removed. A radio report of 2023 comes to "
        "[[income.radio-venezuela-day]] a day.",
        below=tasks.few_cents(),
        differs="These are other workers, and none of them is in Madagascar.",
        beside=[registry["income.crowd-removed-venezuela"]],
    )
