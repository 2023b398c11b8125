"""Tasks priced on the minimum wage, paid when validated, with unpaid time around them: what an hour brings."""

from __future__ import annotations

import pandas as pd
from tallybook.model.numbers import Number

from microwork.income import bounds
from microwork.income.elsewhere import unpaid_ratio, unpaid_ratios
from microwork.income.hours import hourly_bound, hourly_bound_cautious, hourly_lognormal, least_mean_hours, price_rule
from microwork.income.inputs import declared, fact, smic_net


def paid_hours() -> float:
    """Paid hours a week that the published mean income buys at the gross hourly Smic."""
    return fact("mean-income") / fact("smic-gross-2018") / bounds.WEEKS_A_MONTH


def all_minutes() -> float:
    """Minutes a week of the same with as much unpaid time as the interview says."""
    return paid_hours() * 60 * (1 + fact("unpaid-ratio"))


def cases() -> pd.DataFrame:
    """Hourly pay under the price rule, by the unpaid time around it.

    Columns: unpaid_from (words), unpaid (hours per hour on tasks), pay (EUR per hour of all time, everything validated),
    validated (largest validated share, from 0 to 1, that the bound on mean pay allows; one means no limit).
    """
    gross, bound = fact("smic-gross-2018"), hourly_bound()
    ratios = {"none at all": 0.0, **unpaid_ratios(), "the interview": fact("unpaid-ratio")}
    return pd.DataFrame(
        [
            {
                "unpaid_from": name,
                "unpaid": ratio,
                "pay": bounds.effective_pay(gross, ratio, 1.0),
                "validated": min(1.0, bounds.validation_needed(bound, gross, ratio)),
            }
            for name, ratio in ratios.items()
        ]
    )


def week() -> pd.DataFrame:
    """Minutes a week: what the income buys at the Smic, the same with unpaid time, the least that the hours allow."""
    return pd.DataFrame(
        {
            "what": [
                "Paid time that the income buys at the Smic",
                "The same with as much unpaid time",
                "Least mean time, if half work the published hours or more",
            ],
            "minutes": [paid_hours() * 60, all_minutes(), least_mean_hours() * 60],
        }
    )


def _ilo_ratio() -> float:
    """Unpaid hours per paid hour that the means of the ILO survey imply."""
    return unpaid_ratio("the ILO survey, means")


def _validated(pay: float, price: float | None = None, unpaid: float | None = None) -> float:
    """Largest validated share, percent, for a pay per hour of all time; at the gross Smic and the unpaid time of the interview
    unless others are given."""
    price = fact("smic-gross-2018") if price is None else price
    return bounds.validation_needed(pay, price, fact("unpaid-ratio") if unpaid is None else unpaid) * 100


def _validated_strict() -> float:
    """The same for the bound on mean pay, with unpaid time counted per paid hour."""
    return bounds.validation_needed_strict(hourly_bound(), fact("smic-gross-2018"), fact("unpaid-ratio")) * 100


def _unpaid_share(pair: str) -> float:
    """Percent of all time that is unpaid, by a pair of pay figures."""
    ratio = unpaid_ratio(pair)
    return ratio / (1 + ratio) * 100


_NUMBERS = (
    ("smic-with-equal-unpaid-time", price_rule, "EUR per hour",
     "pay per hour if tasks pay the Smic and half of the time is unpaid",
     "The gross Smic, if everything is validated and as much time is unpaid as paid."),
    ("smic-net-with-equal-unpaid-time", lambda: bounds.effective_pay(smic_net(), fact("unpaid-ratio"), 1.0), "EUR per hour",
     "the same with the net minimum wage", "The net Smic, if everything is validated and as much time is unpaid as paid."),
    ("smic-with-ilo-unpaid-time", lambda: bounds.effective_pay(fact("smic-gross-2018"), _ilo_ratio(), 1.0), "EUR per hour",
     "pay per hour if tasks pay the Smic and unpaid time is as in the ILO survey",
     "The gross Smic, if everything is validated and the unpaid ratio is that of the ILO means."),
    ("paid-hours-a-week-at-smic", paid_hours, "hours per week", "paid hours a week that the mean income buys at the Smic",
     "The mean income divided by the gross Smic and by the weeks in a month."),
    ("paid-minutes-a-week-at-smic", lambda: paid_hours() * 60, "minutes per week", "the same in minutes",
     "Sixty times the hours.",
     None, 0),
    ("all-minutes-a-week-at-smic", all_minutes, "minutes per week", "the same with as much unpaid time",
     "The paid minutes times one plus the unpaid ratio.", None, 0),
    ("least-minutes-a-week", lambda: least_mean_hours() * 60, "minutes per week", "least mean of weekly time, in minutes",
     "Sixty times the least mean of hours.", None, 0),
    ("unaccounted-share", lambda: (1 - all_minutes() / (least_mean_hours() * 60)) * 100, "percent",
     "least share of the time that the price rule leaves without pay or name",
     "One minus the quotient of the time that the rule accounts for and the least mean time."),
    ("validation-needed", lambda: _validated(hourly_bound()), "percent",
     "largest validated share that all three statements allow",
     "The bound on mean pay divided by half the Smic; unpaid time is counted per hour on tasks."),
    ("validation-needed-strict", _validated_strict, "percent", "the same with unpaid time counted per paid hour",
     "One divided by the difference of two ratios: Smic to bound, less unpaid to paid time."),
    ("validation-needed-cautious", lambda: _validated(hourly_bound_cautious()), "percent",
     "the same with both sampling errors at their worst", "The cautious bound divided by half the Smic."),
    ("validation-needed-net", lambda: _validated(hourly_bound(), price=smic_net()), "percent",
     "the same with the net minimum wage", "The bound on mean pay divided by half the net Smic."),
    ("validation-needed-ilo", lambda: _validated(hourly_bound(), unpaid=_ilo_ratio()), "percent",
     "the same with the unpaid time of the ILO survey", "The bound times one plus the ILO ratio, divided by the Smic."),
    ("validation-needed-lognormal", lambda: _validated(hourly_lognormal("mode")), "percent",
     "the same with the lognormal of hours", "The pay under the lognormal divided by half the Smic."),
    ("unpaid-needed", lambda: bounds.unpaid_needed(hourly_bound(), fact("smic-gross-2018")), "ratio",
     "unpaid hours per paid hour if everything is validated", "The gross Smic divided by the bound on mean pay, minus one."),
    ("paid-hour-upper-bound", lambda: hourly_bound() * (1 + fact("unpaid-ratio")), "EUR per hour",
     "most a paid hour can bring on average, if half of the hours are unpaid",
     "The bound on mean pay times one plus the unpaid ratio."),
    ("paid-hour-upper-bound-cautious", lambda: hourly_bound_cautious() * (1 + fact("unpaid-ratio")), "EUR per hour",
     "the same with both sampling errors at their worst", "The cautious bound on mean pay times one plus the unpaid ratio."),
    ("ilo-unpaid-ratio", _ilo_ratio, "ratio", "unpaid per paid hour that the ILO means imply",
     "The mean per paid hour divided by the mean per hour of all time, minus one."),
    ("ilo-unpaid-share", lambda: _unpaid_share("the ILO survey, means"), "percent",
     "share of time unpaid that the ILO means imply", "The unpaid ratio divided by one plus itself."),
    ("mturk-unpaid-share-median", lambda: _unpaid_share("Mechanical Turk logs, medians"), "percent",
     "share of time unpaid that the medians of the work logs imply", "The unpaid ratio divided by one plus itself."),
    ("mturk-unpaid-share-mean", lambda: _unpaid_share("Mechanical Turk logs, means"), "percent",
     "share of time unpaid that the means of the work logs imply", "The unpaid ratio divided by one plus itself."),
)  # fmt: skip


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
