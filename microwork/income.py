"""What does it pay? The numbers and the verdicts of the chapter on income.

The work is done in ``income_bounds`` (bounds and fits, no tables), ``income_hours`` (pay per hour, full days, long weeks),
``income_price`` (the price rule), ``income_rival`` (the other survey) and ``income_elsewhere`` (other countries)
and ``income_wages`` (freelancers on one platform).
"""

from __future__ import annotations

import pandas as pd

from microwork import income_bounds as bounds
from microwork import income_elsewhere, income_hours, income_price, income_rival, income_wages
from microwork.claims import Claim, Judgement, Verdict, by_argument, by_rule, by_test, claims
from microwork.formatting import plain
from microwork.income_published import ELSEWHERE, FACTS, SHARES, fact, published
from microwork.numbers import Number, Registry


def numbers() -> list[Number]:
    """Every number of the chapter."""
    parts = (income_hours, income_price, income_rival, income_elsewhere, income_wages)
    return [*published(), *(number for part in parts for number in part.numbers()), coincidence()]


def coincidence() -> Number:
    """How likely it is that the French median equals the one of Mechanical Turk to the cent, if it has nothing to do with it.

    The null: every cent between the lowest lognormal and the bound without a distribution is as likely as any other.
    """
    low = float(income_hours.hours_scenarios()["hourly"].min())
    cents = round((income_hours.hourly_bound() - low) * 100)
    return Number(
        "income.coincidence",
        1 / cents,
        "probability",
        "chance that two unrelated medians agree to the cent",
        "one over the cents between the lowest lognormal and the bound; our null, an inference",
        (FACTS, SHARES, ELSEWHERE),
        decimals=3,
    )


def hourly_cases() -> pd.DataFrame:
    """Pay per hour by what is assumed: case, pay, low, high, claim (EUR per hour; any but the first may be missing), colour."""
    scenarios = income_hours.hours_scenarios().set_index("scenario")["hourly"]
    at_median = bounds.hourly(fact("mean-income"), fact("median-hours"))
    rule = bounds.effective_pay(fact("smic-gross-2018"), fact("unpaid-ratio"), 1.0)
    rows = [
        ("Price on the Smic, as much unpaid time", None, None, None, rule),
        ("Most there can be, whatever the spread of hours", income_hours.hourly_bound(), None, None, None),
        ("If the mean of hours were as high as their median", at_median, None, None, None),
        ("If hours are lognormal", scenarios["mode"], scenarios["high"], scenarios["low"], None),
    ]
    columns = ["case", "pay", "low", "high", "claim"]
    return pd.DataFrame(rows, columns=columns).astype({name: float for name in columns[1:]}).assign(colour="found")


def comparison() -> pd.DataFrame:
    """Rows of the chart across countries, in EUR of 2018 per hour: group, label, value, low, high, claim, colour.

    Every published figure that could be converted, except those that divide by paid time only where the same survey has one
    over all time, and freelancers' medians of three countries. Our own two rows are in the colour of findings.
    """
    pay = income_elsewhere.pay_table().dropna(subset=["euros"])
    pay = pay[~pay["pay_id"].isin(["mturk-mean-paid", "mturk-median-paid", "ilo-paid"])]
    groups = {"France": "France", "Mechanical": "Mechanical Turk"}
    groups |= {place: "Regions, ILO surveys" for place in ("World", "North", "Asia", "Africa", "Latin")}
    rows = []
    for row in pay.to_dict("records"):
        ranged = pd.notna(row["euros_high"])
        amount = plain(row["published"], 2) + (f" to {plain(row['published_high'], 2)}" if ranged else "")
        name = row["survey"] if row["place"] in ("France", "Mechanical Turk") else row["place"]
        group = groups.get(row["place"].split()[0].rstrip(","), "Countries of the South")
        label = f"{name[0].upper()}{name[1:]}, {row['measure']} ({amount} {row['currency']} of {row['years']})"
        ends = (row["euros"], row["euros_high"]) if ranged else (None, None)
        rows.append((group, label, None if ranged else row["euros"], *ends, None, "s4"))
    scenarios = income_hours.hours_scenarios()["hourly"]
    ours = [
        ("France", "Our bound on the mean, no spread assumed", income_hours.hourly_bound(), None, None, None, "found"),
        ("France", "Our mean if hours are lognormal", scenarios.iloc[1], scenarios.min(), scenarios.max(), None, "found"),
    ]
    rate = income_elsewhere.factor("USD", *(income_wages.YEARS[1],) * 2, income_elsewhere.prices())
    wages = income_wages.wages().set_index("country")["median_wage"]
    group = "Skilled freelancing, one platform"
    skilled = []
    for place in ("France", "Venezuela", "Madagascar"):
        label = f"{place}, median ({plain(wages[place], 2)} USD of {income_wages.YEARS[1]})"
        skilled.append((group, label, wages[place] * rate, None, None, None, "s4"))
    claim = claims()["skilled-15usd"]
    label = f"The press figure ({plain(claim.value, 0)} USD of {claim.date[:4]})"
    said = (group, label, None, None, None, income_elsewhere.skilled_in_euros(), "claim")
    columns = ["group", "label", "value", "low", "high", "claim", "colour"]
    frame = pd.DataFrame([*ours, *rows, said, *skilled], columns=columns)
    return frame.astype({name: float for name in columns[2:6]})


def judgements(said: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict per claim of this chapter."""
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
