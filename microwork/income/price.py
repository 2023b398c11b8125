"""Tasks priced on the minimum wage, paid when validated, with unpaid time around them: what an hour brings."""

from __future__ import annotations

import pandas as pd

from microwork.income import bounds
from microwork.income.elsewhere import unpaid_ratios
from microwork.income.hours import half, hourly_bound, hourly_bound_cautious, hours_scenarios
from microwork.income.inputs import ASSUMPTIONS, ELSEWHERE, FACTS, SHARES, fact, maker, smic_net
from microwork.numbers import Number


def paid_hours() -> float:
    """Paid hours a week that the published mean income buys at the gross hourly Smic."""
    return fact("mean-income") / fact("smic-gross-2018") / bounds.WEEKS_A_MONTH


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
    paid, unpaid = paid_hours() * 60, fact("unpaid-ratio")
    least = bounds.mean_at_least(fact("median-hours"), half()) * 60
    return pd.DataFrame(
        {
            "what": [
                "Paid time that the income buys at the Smic",
                "The same with as much unpaid time",
                "Least mean time, if half work the published hours or more",
            ],
            "minutes": [paid, paid * (1 + unpaid), least],
        }
    )


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    n = maker((FACTS, SHARES))
    gross, ratio, bound = fact("smic-gross-2018"), fact("unpaid-ratio"), hourly_bound()
    found = unpaid_ratios()
    base, long = (FACTS, SHARES), (FACTS, SHARES, ASSUMPTIONS)
    middle = hours_scenarios().set_index("scenario").loc["mode", "hourly"]
    equal = bounds.effective_pay(gross, ratio, 1.0)
    minutes = week()["minutes"].tolist()

    return [
        n("smic-with-equal-unpaid-time", equal, "EUR per hour",
          "pay per hour if tasks pay the Smic and half of the time is unpaid",
          "gross Smic, everything validated, as much unpaid as paid time", (FACTS,)),
        n("smic-net-with-equal-unpaid-time", bounds.effective_pay(smic_net(), ratio, 1.0), "EUR per hour",
          "the same with the net minimum wage", "net Smic, everything validated, as much unpaid as paid time", (FACTS,)),
        n("smic-with-ilo-unpaid-time", bounds.effective_pay(gross, found["the ILO survey, means"], 1.0), "EUR per hour",
          "pay per hour if tasks pay the Smic and unpaid time is as in the ILO survey",
          "gross Smic, everything validated, unpaid ratio of the ILO means", (FACTS, ELSEWHERE)),
        n("paid-hours-a-week-at-smic", paid_hours(), "hours per week",
          "paid hours a week that the mean income buys at the Smic", "mean income over gross Smic over weeks in a month",
          (FACTS,)),
        n("paid-minutes-a-week-at-smic", minutes[0], "minutes per week", "the same in minutes", "sixty times the hours",
          (FACTS,), decimals=0),
        n("all-minutes-a-week-at-smic", minutes[1], "minutes per week", "the same with as much unpaid time",
          "paid minutes times one plus the unpaid ratio", (FACTS,), decimals=0),
        n("least-minutes-a-week", minutes[2], "minutes per week", "least mean of weekly time, in minutes",
          "sixty times the least mean of hours", decimals=0),
        n("unaccounted-share", (1 - minutes[1] / minutes[2]) * 100, "percent",
          "least share of the time that the price rule leaves without pay or name",
          "one minus the time the rule accounts for over the least mean time"),
        n("validation-needed", bounds.validation_needed(bound, gross, ratio) * 100, "percent",
          "largest validated share that all three statements allow",
          "bound on mean pay over half the Smic; unpaid time counted per hour on tasks"),
        n("validation-needed-strict", bounds.validation_needed_strict(bound, gross, ratio) * 100, "percent",
          "the same with unpaid time counted per paid hour", "one over (Smic over bound, minus the unpaid ratio)"),
        n("validation-needed-cautious", bounds.validation_needed(hourly_bound_cautious(), gross, ratio) * 100, "percent",
          "the same with both sampling errors at their worst", "cautious bound over half the Smic"),
        n("validation-needed-net", bounds.validation_needed(bound, smic_net(), ratio) * 100, "percent",
          "the same with the net minimum wage", "bound on mean pay over half the net Smic"),
        n("validation-needed-ilo", bounds.validation_needed(bound, gross, found["the ILO survey, means"]) * 100, "percent",
          "the same with the unpaid time of the ILO survey", "bound times one plus the ILO ratio over the Smic",
          (*base, ELSEWHERE)),
        n("validation-needed-lognormal", bounds.validation_needed(middle, gross, ratio) * 100, "percent",
          "the same with the lognormal of hours", "pay under the lognormal over half the Smic", long),
        n("unpaid-needed", bounds.unpaid_needed(bound, gross), "ratio", "unpaid hours per paid hour if everything is validated",
          "gross Smic over the bound on mean pay, minus one"),
        n("paid-hour-upper-bound", bound * (1 + ratio), "EUR per hour",
          "most a paid hour can bring on average, if half of the hours are unpaid",
          "bound on mean pay times one plus the unpaid ratio"),
        n("paid-hour-upper-bound-cautious", hourly_bound_cautious() * (1 + ratio), "EUR per hour",
          "the same with both sampling errors at their worst", "cautious bound on mean pay times one plus the unpaid ratio"),
        n("ilo-unpaid-ratio", found["the ILO survey, means"], "ratio", "unpaid per paid hour that the ILO means imply",
          "paid-time mean over all-time mean, minus one", (ELSEWHERE,)),
        n("ilo-unpaid-share", _share(found["the ILO survey, means"]), "percent",
          "share of time unpaid that the ILO means imply", "unpaid ratio over one plus itself", (ELSEWHERE,)),
        n("mturk-unpaid-share-median", _share(found["Mechanical Turk logs, medians"]), "percent",
          "share of time unpaid that the medians of the work logs imply", "unpaid ratio over one plus itself", (ELSEWHERE,)),
        n("mturk-unpaid-share-mean", _share(found["Mechanical Turk logs, means"]), "percent",
          "share of time unpaid that the means of the work logs imply", "unpaid ratio over one plus itself", (ELSEWHERE,)),
    ]  # fmt: skip


def _share(ratio: float) -> float:
    """Percent of all time, from unpaid hours per paid hour."""
    return ratio / (1 + ratio) * 100
