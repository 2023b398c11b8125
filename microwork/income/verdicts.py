"""Income: the evidence for and against each press claim; the rules give the verdicts, and
``data/claims.csv`` says why.

All claims on the price of a task rest on three measurements, and the claim on a salary on three:
for each, open jobs on CrowdFlower, records or surveys of Mechanical Turk, and prices in the press
or surveys elsewhere. What the other survey of the same platform says of incomes was read in a
machine translation only, so no verdict rests on it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model
from tallybook.claims.judge import tested
from tallybook.claims.rules import Computed
from tallybook.claims.texts import read, unchecked
from tallybook.model.numbers import Number, Registry

from microwork.income import crowd, mturk, records, tasks
from microwork.income.inputs import fact

Claims = dict[str, Claim]
Get = Callable[[str], Number]
HALF = 50.0  # percent: what a statement on most prices has to pass
# Measurement, how its numbers begin, the share of prices within limits, what else that assumes,
# and what widens its interval.
PRICES = (
    ("task-prices", "task-prices", tasks.share_within, (), ("prices_together",)),
    ("crowd-prices", "crowd", crowd.share_within, ("judgments_a_task", "requesters_in_all"), ()),
    ("mturk-prices", "mturk-records", records.share_within, (), ("prices_together",)),
)


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One judgement for each claim of this chapter that repeats no other."""

    def get(name: str) -> Number:
        return registry[f"income.{name}"]

    parts = (_prices, _photo, _salary, _day, _respondents, _unpaid, _contracts, _elsewhere)
    return [one for part in parts for one in part(claims, get)]


def _of_prices(
    get: Get, which: str, takes: tuple[str, ...], start: tuple[float, ...] = ()
) -> list[Evidence]:
    """How many prices lie within limits, by all measurements of the family.

    ``start``: limits that are no assumption; ``takes``: those that are, in order.
    """
    return [
        Evidence(
            measurement,
            Model(
                get(f"{name}-{which}"),
                partial(_in_order, share, *start),
                (*takes, *more),
                wider=wider,
            ),
        )
        for measurement, name, share, more, wider in PRICES
    ]


def _in_order(share: Callable[..., Computed], *limits: float, **assumed: float) -> Computed:
    return share(*limits, *assumed.values())


def _prices(claims: Claims, get: Get) -> list[Judgement]:
    """On what a task pays."""
    few_to_euros = _of_prices(get, "within", ("few_cents_least", "few_euros_most"))
    few_cents = _of_prices(get, "few-cents", ("few_cents_most",), start=(0.0,))
    beside = [get("crowd-usd-a-judgment"), get("crowd-usd-a-page")]
    return [
        tested(claims[name], check, tests, above=HALF, beside=beside)
        for name, check, tests in (
            ("task-pay", Check.RECOUNT, few_to_euros),
            ("task-pay-mediapart", Check.RECOUNT, few_cents),
            ("cents-per-task-sudouest", Check.NEIGHBOUR, few_cents),
        )
    ]


def _photo(claims: Claims, get: Get) -> list[Judgement]:
    """On photos in shops."""
    photo, most = get("photo-price"), tasks.few_cents()
    model = Model(photo, over=("products_a_photo",), limit="few_cents_most")
    return [
        tested(claims["photo-cents"], Check.RECOUNT, Evidence("photo-prices", model), below=most)
    ]


def _salary(claims: Claims, get: Get) -> list[Judgement]:
    """On a salary at eight hours a day."""
    wage = fact("smic-net-month-2018")
    france, around = ("pay_in_france",), ("time_around",)

    def model(
        name: str, month: Callable[..., Computed], *more: str, **widths: tuple[str, ...]
    ) -> Model:
        takes = (*more, "days_a_week")
        return Model(get(name), month, takes, times=france, limit="a_salary", **widths)

    open_jobs = model(
        "crowd-month-euros",
        crowd.month_euros,
        "quiz_paid",
        "removed_counted",
        over=around,
        wider=("jobs_alike",),
    )
    tests = [
        Evidence("crowd-month", open_jobs),
        Evidence("pay-elsewhere", model("month-elsewhere", mturk.month_elsewhere)),
        Evidence("mturk-month", model("mturk-records-month", records.month, over=around)),
    ]
    return [tested(claims["no-salary"], Check.NEIGHBOUR, tests, below=wage)]


def _radio_day(days_a_week: float) -> Computed:
    return (crowd.radio_venezuela_day(days_a_week),) * 3


def _day(claims: Claims, get: Get) -> list[Judgement]:
    """On a few cents a day in Venezuela and Madagascar."""
    most = tasks.few_cents()
    job = Model(
        get("crowd-venezuela-day"),
        times=("jobs_a_day",),
        wider=("jobs_alike",),
        limit="few_cents_most",
    )
    radio = Model(
        get("radio-venezuela-day"), _radio_day, takes=("days_a_week",), limit="few_cents_most"
    )
    return [
        tested(
            claims["cents-a-day"],
            Check.NEIGHBOUR,
            [Evidence("crowd-venezuela-day", job), Evidence("radio-venezuela-day", radio)],
            below=most,
            beside=[get("crowd-removed-venezuela")],
        )
    ]


def _respondents(claims: Claims, get: Get) -> list[Judgement]:
    """On the income and the hours of the people whom the team questioned: only its own tables can
    tell; and on what prices refer to."""
    prices = _rows("task_prices", "wirk-average", "record-phrases")
    return [
        *(unchecked(claims[name]) for name in ("income-21", "hours-half-under-3", "hours-20-60")),
        read(
            claims["smic-pricing"],
            about=[*_rows("elsewhere", "foule-factory-promise"), *prices],
            beside=[get("price-minute"), get("price-wirk")],
        ),
    ]


def _unpaid(claims: Claims, get: Get) -> list[Judgement]:
    """On work and time that is not paid."""
    unpaid = Model(get("unpaid-elsewhere"), times=("unpaid_like_elsewhere",))
    removed = _rows("crowd_pay", "746647/others/removed")
    return [
        tested(claims["unpaid-time"], Check.NEIGHBOUR, Evidence("unpaid-elsewhere", unpaid)),
        read(
            claims["paid-if-validated"],
            like={Lacks.EXTENT: _texts("approve-before-pay")},
            unlike={Lacks.EXTENT: _rows("crowd_costs", "746647", "754530", "755704")},
            far=_texts("found-and-accepted", "may-refuse", "quiz-unpaid"),
            beside=[get("crowd-fee")],
        ),
        read(
            claims["validation-not-always"],
            same=_texts("rejected-unpaid"),
            like={Lacks.PEOPLE: [*_texts("must-keep-accuracy", "quiz-unpaid"), *removed]},
            about=_texts("approve-before-pay", "may-refuse"),
            beside=[get("crowd-removed"), get("crowd-nothing")],
        ),
        read(claims["instruction-time-unpaid"], like={Lacks.WORK: _texts("searching-unpaid")}),
        read(
            claims["qualification-unpaid"],
            same=_texts("tests-unpaid"),
            like={Lacks.PEOPLE: _texts("quiz-unpaid")},
        ),
    ]


def _contracts(claims: Claims, get: Get) -> list[Judgement]:
    """On contracts and stability, as far as texts by others go."""
    return [
        read(
            claims["no-employment-contract"],
            like={Lacks.EXTENT: _texts("rtl-no-contract")},
            about=_texts("no-employee"),
        ),
        read(
            claims["often-no-real-contract"],
            like={Lacks.EXTENT: _texts("no-status", "no-employee", "rtl-no-contract")},
        ),
        read(claims["no-job-stability"], far=_texts("tasks-uncertain")),
    ]


def _elsewhere(claims: Claims, get: Get) -> list[Judgement]:
    """On pay in other countries and on all labour platforms."""
    return [
        read(
            claims["skilled-15usd"],
            far=_rows("platform_wages", "FRA/2019", "MDG/2019"),
            beside=[get("skilled-pay")],
        ),
        read(
            claims["platform-incomes-fell"],
            like={Lacks.TIME: _texts("gig-losses")},
            about=_texts("freelance-demand"),
        ),
    ]


def _rows(table: str, *keys: str) -> list[tuple[str, str]]:
    return [(f"income/{table}", key) for key in keys]


def _texts(*names: str) -> list[tuple[str, str]]:
    return _rows("texts", *names)
