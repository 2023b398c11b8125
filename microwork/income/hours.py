"""What an hour brings: bounds without a distribution, a lognormal of hours, a full day, the long weeks."""

from __future__ import annotations

import functools

import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from microwork.claims import claims
from microwork.income import bounds
from microwork.income.elsewhere import pay_table
from microwork.income.inputs import ASSUMPTIONS, ELSEWHERE, FACTS, NOT_COVERED, SHARES, assumption, fact, maker, share, smic_net
from microwork.numbers import Number

LONG = "long-hours-share"


def half() -> float:
    """Share of respondents at or above the published weekly hours, from 0 to 1."""
    return 1 - share("under-three-hours")


def half_interval() -> tuple[float, float]:
    """Wilson 95 % ends of that share, the answers counted as published (nearly a thousand)."""
    n = int(fact("survey-n"))
    low, high = proportion_confint(round(n * half()), n, method="wilson")
    return float(low), float(high)


def mean_interval() -> tuple[float, float]:
    """Ends of the published mean income for the largest 95 % sampling error that the platform's cap allows (EUR per month).

    No incomes between nothing and the cap spread more than incomes of either nothing or the cap (``largest_variance``), and a
    mean of those is the cap times a share: so the Wilson interval of that share, times the cap.
    """
    cap, n = fact("platform-cap"), int(fact("survey-n"))
    low, high = proportion_confint(n * fact("mean-income") / cap, n, method="wilson")
    return float(low) * cap, float(high) * cap


@functools.cache
def hours_fit(share_over: float) -> stats.rv_continuous:
    """Lognormal of weekly hours with the published half below the median and ``share_over`` above the long weeks."""
    return bounds.lognormal(fact("median-hours"), share("under-three-hours"), fact("long-hours-low"), 1 - share_over)


def hours_scenarios() -> pd.DataFrame:
    """One row per assumed share of long weeks.

    Columns: scenario, share_over (0 to 1), mean_hours (a week), hourly (EUR), over_high (share above the highest
    published hours, 0 to 1), sigma.
    """
    rows = []
    chosen = assumption(LONG)
    for name in ("low", "mode", "high"):
        fit = hours_fit(float(chosen[name]) / 100)
        mean = float(fit.mean())
        rows.append(
            {
                "scenario": name,
                "share_over": float(chosen[name]) / 100,
                "mean_hours": mean,
                "hourly": bounds.hourly(fact("mean-income"), mean),
                "over_high": float(fit.sf(fact("long-hours-high"))),
                "sigma": bounds.sigma_of(fit),
            }
        )
    return pd.DataFrame(rows)


def hourly_bound() -> float:
    """Largest mean pay per hour that the published income and hours allow (EUR per hour)."""
    return bounds.hourly_at_most(fact("mean-income"), fact("median-hours"), half())


def hourly_bound_cautious() -> float:
    """The same with both sampling errors at their worst at once: most income, fewest people at the published hours."""
    return bounds.hourly_at_most(mean_interval()[1], fact("median-hours"), half_interval()[0])


def month_at(pay: float) -> float:
    """Income of a month of full days at ``pay`` EUR per hour: the claim's hours a day, the working days of a week."""
    return pay * full_week() * bounds.WEEKS_A_MONTH


def full_week() -> float:
    """Hours of a week of full days."""
    return claims()["no-salary"].value * float(assumption("working-days")["low"])


def room() -> pd.DataFrame:
    """How many long weeks the income leaves room for, if all earn the same per hour.

    One row per rate: rate (words), pay (EUR per hour), mean_hours (a week), over_low and over_high (largest share
    of people above the lower and the higher end of the long weeks, from 0 to 1; missing where not even the
    published half can be).
    """
    rates = {
        "the rate of M., click tasks": fact("m-gain") / (fact("m-minutes") / 60),
        "a mean of as many hours as the median": bounds.hourly(fact("mean-income"), fact("mean-hours-atlantes")),
        "the worker with thirty-five hours": case_35_hours(),
        "the largest mean pay there can be": hourly_bound(),
        "the Smic with as much unpaid time": bounds.effective_pay(fact("smic-gross-2018"), fact("unpaid-ratio"), 1.0),
    }
    rows = []
    for rate, pay in rates.items():
        mean = fact("mean-income") / (pay * bounds.WEEKS_A_MONTH)
        ends = [fact("long-hours-low"), fact("long-hours-high")]
        possible = mean >= bounds.mean_at_least(fact("median-hours"), half()) * (1 - 1e-12)
        shares = [bounds.share_over(end, mean, fact("median-hours"), half()) if possible else None for end in ends]
        rows.append({"rate": rate, "pay": pay, "mean_hours": mean, "over_low": shares[0], "over_high": shares[1]})
    return pd.DataFrame(rows)


def case_35_hours() -> float:
    """Pay per hour of the worker whom a radio report followed (EUR per hour)."""
    return float(pay_table().set_index("pay_id").loc["france-35-hours", "published"])


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    n = maker((FACTS, SHARES))
    month, gross, net = fact("mean-income"), fact("smic-gross-2018"), smic_net()
    base, both = (FACTS, SHARES), (FACTS, SHARES, ASSUMPTIONS)
    bound, cautious = hourly_bound(), hourly_bound_cautious()
    at_median = bounds.hourly(month, fact("median-hours"))
    low_half, high_half = half_interval()
    low_mean, high_mean = mean_interval()
    table = hours_scenarios().set_index("scenario")
    middle = table.loc["mode"]
    room_table = room().set_index("rate")
    level = room_table.loc["a mean of as many hours as the median"]
    few, many = (room_table.loc[r, "over_low"] for r in ("the worker with thirty-five hours", "the rate of M., click tasks"))
    scenario = f"covers an assumed share of long weeks, low to high; not the lognormal form, not sampling, {NOT_COVERED}"

    def ends(column: str, factor: float = 1.0) -> dict:
        values = [float(v) * factor for v in table[column]]
        return {"low": min(values), "high": max(values), "covers": scenario}

    return [
        n("smic-net", net, "EUR per hour", "net hourly minimum wage, 2018", "net monthly Smic over its legal hours", (FACTS,)),
        n("half", half() * 100, "percent", "respondents at the published hours or more", "one minus the published half", base,
          decimals=1, low=low_half * 100, high=high_half * 100,
          covers="covers sampling at random (Wilson, 95 %); " + NOT_COVERED),
        n("mean-sampling-worst", month, "EUR per month", "mean monthly income with the worst sampling error",
          "Wilson interval of the share who get the cap if all others get nothing, times the cap: no spread is larger", (FACTS,),
          low=low_mean, high=high_mean,
          covers="covers the largest sampling error (95 %) if all income is from this platform and its cap held; " + NOT_COVERED),
        n("mean-hours-lower-bound", bounds.mean_at_least(fact("median-hours"), half()), "hours per week",
          "least mean of weekly hours", "Markov: half of the people times the published hours", decimals=1),
        n("hourly-upper-bound", bound, "EUR per hour", "most an hour can bring on average",
          "mean income over the least mean of hours; a ratio of means"),
        n("hourly-upper-bound-vs-smic-gross", bound / gross * 100, "percent", "that bound against the gross minimum wage",
          "bound over gross hourly Smic of 2018"),
        n("hourly-upper-bound-vs-smic-net", bound / net * 100, "percent", "that bound against the net minimum wage",
          "bound over net hourly Smic of 2018"),
        n("hourly-upper-bound-vs-smic-net-other", bound / fact("smic-net-hour-2018-alt") * 100, "percent",
          "that bound against the other net minimum wage", "bound over the net hourly Smic that another text gives"),
        n("hourly-upper-bound-cautious", cautious, "EUR per hour", "that bound with both sampling errors at their worst",
          "highest mean income over the lowest share at the published hours"),
        n("hourly-upper-bound-cautious-vs-smic-gross", cautious / gross * 100, "percent",
          "the cautious bound against the gross minimum wage", "cautious bound over gross hourly Smic of 2018"),
        n("hourly-at-3h", at_median, "EUR per hour", "pay per hour if the mean of hours were as high as their median",
          "mean income over the published median of hours"),
        n("hourly-at-3h-vs-smic-gross", at_median / gross * 100, "percent", "the same against the gross minimum wage",
          "over gross hourly Smic of 2018"),
        n("assumed-long-share", middle["share_over"] * 100, "percent", "assumed share of respondents with long weeks",
          "our assumption", (ASSUMPTIONS,), decimals=1, **ends("share_over", 100)),
        n("mean-hours-lognormal", middle["mean_hours"], "hours per week", "mean weekly hours under a lognormal",
          "lognormal through the median and the assumed share of long weeks", both, **ends("mean_hours")),
        n("hours-sigma", middle["sigma"], "ratio", "sigma of that lognormal", "from the same two quantiles", both),
        n("hourly-lognormal", middle["hourly"], "EUR per hour", "what an hour brings under a lognormal of hours",
          "mean income over the mean of the lognormal; a ratio of means", both, **ends("hourly")),
        n("hourly-lognormal-vs-smic-gross", middle["hourly"] / gross * 100, "percent",
          "the same against the gross minimum wage", "over gross hourly Smic of 2018", both, **ends("hourly", 100 / gross)),
        n("over-sixty-lognormal", middle["over_high"] * 100, "percent",
          "share above the highest published hours under the lognormal", "tail of the same lognormal", both,
          **ends("over_high", 100)),
        n("m-hourly", fact("m-gain") / (fact("m-minutes") / 60), "EUR per hour", "what an hour of click tasks brings M.",
          "daily gain over daily time", (FACTS,)),
        n("full-week", full_week(), "hours per week", "hours of a week of full days", "claimed hours a day times working days",
          ("claims", ASSUMPTIONS), decimals=0),
        n("month-at-eight-hours", month_at(middle["hourly"]), "EUR per month", "a month of full days at the pay found",
          "pay under the lognormal times full days", (*both, "claims"), low=month_at(float(table["hourly"].min())),
          high=month_at(bound),
          covers="covers pay from the lowest of the lognormals to the bound without a distribution; " + NOT_COVERED),
        n("month-at-eight-hours-bound", month_at(bound), "EUR per month",
          "a month of full days at the most an hour can bring on average", "bound on mean pay times full days",
          (*both, "claims")),
        n("month-at-eight-hours-cautious", month_at(cautious), "EUR per month",
          "the same with both sampling errors at their worst",
          "cautious bound on mean pay times full days", (*both, "claims")),
        n("month-at-price-rule", month_at(bounds.effective_pay(gross, fact("unpaid-ratio"), 1.0)), "EUR per month",
          "a month of full days at the Smic with as much unpaid time", "half the gross Smic times full days",
          (FACTS, ASSUMPTIONS, "claims")),
        n("week-for-net-smic", fact("smic-net-month-2018") / (bound * bounds.WEEKS_A_MONTH), "hours per week",
          "weekly hours that the net minimum wage would take", "net monthly Smic over the bound on mean pay"),
        n("fte-implied-hourly",
          fact("registered") * month / (fact("full-time-equivalents") * fact("smic-hours-month")),
          "EUR per hour", "pay per hour that the published full-time equivalents imply",
          "mean income of all registered over the legal hours of the full-time equivalents", (FACTS,)),
        n("room-over-twenty", level["over_low"] * 100, "percent", "most people who can work long weeks, same pay for all",
          "Markov with the published half, mean of hours as high as their median", (*base, ELSEWHERE), low=few * 100,
          high=many * 100,
          covers="covers pay from the rate of M. to that of the worker with thirty-five hours, the same for all; "
          "not unequal pay, " + NOT_COVERED),
        n("room-over-sixty", level["over_high"] * 100, "percent",
          "most people who can work the longest weeks, same pay for all", "as above, at the highest published hours", decimals=1),
        n("room-over-twenty-at-rule",
          bounds.earners_over(fact("long-hours-low"), month, bounds.effective_pay(gross, fact("unpaid-ratio"), 1.0)) * 100,
          "percent", "most people with long weeks if those were paid the Smic with as much unpaid time",
          "Markov on the mean income", (FACTS,), decimals=1),
    ]  # fmt: skip
