"""What an hour brings: bounds without a distribution, a lognormal of hours, a full day, the long
weeks."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from scipy import stats
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork import intervals
from microwork.income import bounds
from microwork.income.elsewhere import BASE_YEAR, eur_per_usd
from microwork.income.inputs import NOT_COVERED, assumption, declared, fact, share, smic_net

LEVELS = ("low", "mode", "high")  # of the assumed share of long weeks
SCENARIOS = (
    "covers an assumed share of long weeks, low to high; not the lognormal form, not sampling,"
    f" {NOT_COVERED}"
)


def half() -> float:
    """Share of respondents at or above the published weekly hours, from 0 to 1."""
    return 1 - share("under-three-hours")


def half_interval() -> tuple[float, float]:
    """Wilson 95 % ends of that share, the answers counted as published (nearly a thousand)."""
    n = int(fact("survey-n"))
    return intervals.wilson(round(n * half()) / n, n)


def mean_interval() -> tuple[float, float]:
    """Ends of the published mean income for the largest 95 % sampling error that the platform's cap
    allows (EUR per month).

    No incomes between nothing and the cap spread more than incomes of either nothing or the cap
    (``largest_variance``), and a mean of those is the cap times a share: so the Wilson interval of
    that share, times the cap.
    """
    cap, n = fact("platform-cap"), int(fact("survey-n"))
    low, high = intervals.wilson(fact("mean-income") / cap, n)
    return low * cap, high * cap


@step
def hours_fit(share_over: float) -> stats.rv_continuous:
    """Lognormal of weekly hours with the published half below the median and ``share_over`` above
    the long weeks."""
    return bounds.lognormal(
        fact("median-hours"), share("under-three-hours"), fact("long-hours-low"), 1 - share_over
    )


def long_share(level: str) -> float:
    """Assumed share of respondents with long weeks, from 0 to 1."""
    return float(assumption("long-hours-share")[level]) / 100


def mean_hours(level: str) -> float:
    """Mean weekly hours under the lognormal with that share of long weeks."""
    return float(hours_fit(long_share(level)).mean())


def hourly_lognormal(level: str) -> float:
    """Mean income over that mean of hours (EUR per hour)."""
    return bounds.hourly(fact("mean-income"), mean_hours(level))


def hours_scenarios() -> pd.DataFrame:
    """One row per assumed share of long weeks.

    Columns: scenario, share_over (0 to 1), mean_hours (a week), hourly (EUR).
    """
    columns = {"share_over": long_share, "mean_hours": mean_hours, "hourly": hourly_lognormal}
    return pd.DataFrame(
        {
            "scenario": LEVELS,
            **{name: [of(level) for level in LEVELS] for name, of in columns.items()},
        }
    )


def hourly_at_median() -> float:
    """Mean pay per hour if the mean of hours were as high as their median (EUR per hour)."""
    return bounds.hourly(fact("mean-income"), fact("median-hours"))


def least_mean_hours() -> float:
    """Least mean of weekly hours: half of the people times the published hours."""
    return bounds.mean_at_least(fact("median-hours"), half())


def hourly_bound() -> float:
    """Largest mean pay per hour that the published income and hours allow (EUR per hour)."""
    return bounds.hourly_at_most(fact("mean-income"), fact("median-hours"), half())


def bound_in_dollars() -> float:
    """The same in USD per hour, at the market rate of 2018."""
    return hourly_bound() / eur_per_usd(BASE_YEAR)


def hourly_bound_cautious() -> float:
    """The same with both sampling errors at their worst at once: most income, fewest people at the
    published hours."""
    return bounds.hourly_at_most(mean_interval()[1], fact("median-hours"), half_interval()[0])


def month_at(pay: float) -> float:
    """Income of a month of full days at ``pay`` EUR per hour: the hours of a full day, the working
    days of a week."""
    return pay * full_week() * bounds.WEEKS_A_MONTH


def full_week() -> float:
    """Hours of a week of full days."""
    return float(assumption("full-day")["low"]) * float(assumption("working-days")["low"])


def price_rule() -> float:
    """Pay per hour at the gross Smic of 2018, everything validated, with the unpaid time of the
    interview (EUR per hour)."""
    return bounds.effective_pay(fact("smic-gross-2018"), fact("unpaid-ratio"), 1.0)


def _vs_gross(pay: float) -> float:
    """Percent of the gross hourly Smic of 2018."""
    return pay / fact("smic-gross-2018") * 100


def _scenarios(of: Callable[[str], float]) -> tuple[float, float, float]:
    """A quantity of the lognormal at the middle share of long weeks, with the least and the largest
    over all of them."""
    values = {level: of(level) for level in LEVELS}
    return values["mode"], min(values.values()), max(values.values())


_NUMBERS = (
    (
        "smic-net",
        smic_net,
        "EUR per hour",
        "net hourly minimum wage, 2018",
        "The net monthly Smic divided by its legal hours.",
    ),
    (
        "half",
        lambda: tuple(part * 100 for part in (half(), *half_interval())),
        "percent",
        "respondents at the published hours or more",
        "One minus the published half.",
        f"covers sampling at random (Wilson, 95 %); {NOT_COVERED}",
        1,
    ),
    (
        "mean-sampling-worst",
        lambda: (fact("mean-income"), *mean_interval()),
        "EUR per month",
        "mean monthly income with the worst sampling error",
        (
            "The Wilson interval of the share who get the cap if all others get nothing, times the"
            " cap; no spread is larger."
        ),
        (
            "covers the largest sampling error (95 %) if all income is from this platform and its"
            f" cap held; {NOT_COVERED}"
        ),
    ),
    (
        "mean-hours-lower-bound",
        least_mean_hours,
        "hours per week",
        "least mean of weekly hours",
        "By Markov's inequality: half of the people times the published hours.",
        None,
        1,
    ),
    (
        "hourly-upper-bound",
        hourly_bound,
        "EUR per hour",
        "most an hour can bring on average",
        "The mean income divided by the least mean of hours; a ratio of means.",
    ),
    (
        "hourly-upper-bound-usd",
        bound_in_dollars,
        "USD per hour",
        "that bound in dollars",
        "The bound at the market rate of 2018.",
        None,
        2,
    ),
    (
        "hourly-upper-bound-vs-smic-gross",
        lambda: _vs_gross(hourly_bound()),
        "percent",
        "that bound against the gross minimum wage",
        "The bound divided by the gross hourly Smic of 2018.",
    ),
    (
        "hourly-upper-bound-vs-smic-net",
        lambda: hourly_bound() / smic_net() * 100,
        "percent",
        "that bound against the net minimum wage",
        "The bound divided by the net hourly Smic of 2018.",
    ),
    (
        "hourly-upper-bound-cautious",
        hourly_bound_cautious,
        "EUR per hour",
        "that bound with both sampling errors at their worst",
        (
            "The highest mean income divided by the least mean of hours, with the lowest share of"
            " people at the published hours."
        ),
    ),
    (
        "hourly-at-3h",
        hourly_at_median,
        "EUR per hour",
        "pay per hour if the mean of hours were as high as their median",
        "The mean income divided by the published median of hours.",
    ),
    (
        "hourly-at-3h-vs-smic-gross",
        lambda: _vs_gross(hourly_at_median()),
        "percent",
        "the same against the gross minimum wage",
        "That pay divided by the gross hourly Smic of 2018.",
    ),
    (
        "assumed-long-share",
        lambda: _scenarios(lambda level: long_share(level) * 100),
        "percent",
        "assumed share of respondents with long weeks",
        "Our assumption.",
        SCENARIOS,
        1,
    ),
    (
        "hourly-lognormal",
        lambda: _scenarios(hourly_lognormal),
        "EUR per hour",
        "what an hour brings under a lognormal of hours",
        "The mean income divided by the mean of the lognormal; a ratio of means.",
        SCENARIOS,
    ),
    (
        "pay-at-three-hours",
        lambda: bounds.hourly(fact("rival-level-low"), fact("median-hours")),
        "EUR per hour",
        (
            "what an hour brings at the lower level of the rival survey and the published median of"
            " hours"
        ),
        "The monthly amount divided by the hours.",
        None,
        2,
    ),
    (
        "full-week",
        full_week,
        "hours per week",
        "hours of a week of full days",
        "The hours of a full day times working days.",
        None,
        0,
    ),
    (
        "month-at-eight-hours-bound",
        lambda: month_at(hourly_bound()),
        "EUR per month",
        "a month of full days at the most an hour can bring on average",
        "The bound on mean pay times full days.",
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
