"""Tasks priced on the minimum wage, paid when validated, with unpaid time around them: what an hour
brings."""

from __future__ import annotations

from tallybook.model.numbers import Number

from microwork.income import bounds
from microwork.income.elsewhere import unpaid_ratio
from microwork.income.hours import hourly_bound, price_rule
from microwork.income.inputs import declared, fact, smic_net


def paid_hours() -> float:
    """Paid hours a week that the published mean income buys at the gross hourly Smic."""
    return fact("mean-income") / fact("smic-gross-2018") / bounds.WEEKS_A_MONTH


def _paid_share(price: float) -> float:
    """Largest share of the time on tasks that can be paid, percent: at a price per hour and the
    unpaid time of the interview."""
    return bounds.validation_needed(hourly_bound(), price, fact("unpaid-ratio")) * 100


def _validated_strict() -> float:
    """The same for the bound on mean pay, with unpaid time counted per paid hour."""
    return (
        bounds.validation_needed_strict(
            hourly_bound(), fact("smic-gross-2018"), fact("unpaid-ratio")
        )
        * 100
    )


def _unpaid_share() -> float:
    """Percent of all time that is unpaid in the survey of the ILO."""
    ratio = unpaid_ratio()
    return ratio / (1 + ratio) * 100


_NUMBERS = (
    (
        "smic-with-equal-unpaid-time",
        price_rule,
        "EUR per hour",
        "pay per hour if tasks pay the Smic and half of the time is unpaid",
        "The gross Smic, if everything is validated and as much time is unpaid as paid.",
    ),
    (
        "paid-hours-a-week-at-smic",
        paid_hours,
        "hours per week",
        "paid hours a week that the mean income buys at the Smic",
        "The mean income divided by the gross Smic and by the weeks in a month.",
    ),
    (
        "validation-needed",
        lambda: _paid_share(fact("smic-gross-2018")),
        "percent",
        "largest share of the time on tasks that can be paid",
        (
            "The bound on mean pay divided by half the Smic, if tasks, instructions and forums are"
            " all the time there is."
        ),
    ),
    (
        "validation-needed-strict",
        _validated_strict,
        "percent",
        "the same with unpaid time counted per paid hour",
        "One divided by the difference of two ratios: Smic to bound, less unpaid to paid time.",
    ),
    (
        "validation-needed-net",
        lambda: _paid_share(smic_net()),
        "percent",
        "the same with the net minimum wage",
        "The bound on mean pay divided by half the net Smic.",
    ),
    (
        "unpaid-needed",
        lambda: bounds.unpaid_needed(hourly_bound(), fact("smic-gross-2018")),
        "ratio",
        "unpaid hours per paid hour if everything is validated",
        "The gross Smic divided by the bound on mean pay, minus one.",
    ),
    (
        "paid-hour-upper-bound",
        lambda: hourly_bound() * (1 + fact("unpaid-ratio")),
        "EUR per hour",
        "most a paid hour can bring on average, if half of the hours are unpaid",
        "The bound on mean pay times one plus the unpaid ratio.",
    ),
    (
        "ilo-unpaid-share",
        _unpaid_share,
        "percent",
        "share of time unpaid that the ILO means imply",
        "The unpaid ratio divided by one plus itself.",
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
