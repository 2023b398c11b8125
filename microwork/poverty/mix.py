"""Who they are and how poor such people are in France: rates expected from activity and from age.

A rate expected from a mix is the official rate of each group, weighted by the share of respondents in it (direct
standardisation). What remains above it is not explained by that mix. Shares and rates are fractions from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from microwork import data
from microwork.numbers import Number
from microwork.poverty import lines
from microwork.poverty.inputs import INCOMES, LOW_LINE, RATES, SAMPLING, SURVEY, USUAL_LINE, poor_ends, published, rate, survey
from microwork.poverty.spread import spread


def mixed_rate(weights: Mapping[str, float], rates: Mapping[str, float]) -> float:
    """Rate of a population made up of groups: the sum of weight times rate.

    Raises ``ValueError`` unless both name the same groups and the weights are shares that add up to one.
    """
    if set(weights) != set(rates):
        raise ValueError(f"found weights of {sorted(weights)} and rates of {sorted(rates)}; wanted the same groups")
    if min(weights.values()) < 0 or abs(sum(weights.values()) - 1) > 1e-9:
        raise ValueError(f"found weights that add up to {sum(weights.values())}; wanted shares that add up to 1")
    return sum(weights[group] * rates[group] for group in weights)


def all_poor_needed(observed: float, expected: float, replaced: float) -> float:
    """Share of people, all of them poor, who must stand in place of others to lift ``expected`` to ``observed``.

    ``replaced`` is the rate of those whose place they take: observed = expected + share (1 - replaced).
    """
    if not replaced < 1:
        raise ValueError(f"found a replaced rate of {replaced}; wanted one below 1")
    return (observed - expected) / (1 - replaced)


def activity() -> dict[str, float]:
    """Shares of the respondents: with a main job, inactive, and the rest, whom we take to be unemployed (inferred)."""
    job, inactive = survey("main-job"), survey("inactive")
    return {"employees": job, "unemployed": 1 - job - inactive, "inactive": inactive}


def activity_rates() -> dict[str, float]:
    """Official rates at half the median by activity."""
    return {group: rate(f"{group}-50") for group in activity()}


def contracts(rate_of_contract: float) -> float:
    """Expected rate at half the median with the worst official rate for everyone but holders of open-ended contracts.

    Those get ``rate_of_contract``; other jobs get the rate of the self-employed, inactive people that of
    households whose reference person is inactive.
    """
    open_ended = survey("cdi")
    mix = activity()
    weights = {
        "open-ended": open_ended,
        "other job": mix["employees"] - open_ended,
        "unemployed": mix["unemployed"],
        "inactive": mix["inactive"],
    }
    rates = {
        "open-ended": rate_of_contract,
        "other job": rate("self-employed-reference-50"),
        "unemployed": rate("unemployed-50"),
        "inactive": rate("inactive-reference-50"),
    }
    return mixed_rate(weights, rates)


def oldest_and_youngest() -> tuple[float, float]:
    """Smallest and largest official rate of any adult age: no mix of ages leaves these bounds."""
    table = data.table(RATES)
    found = table.loc[table["fact_id"].str.startswith("age-"), "value"] / 100
    return float(found.min()), float(found.max())


def usual_rates() -> dict[str, float]:
    """Rates at the usual line by activity; that of the inactive is carried there by the lognormal (inferred)."""
    carried = lines.at_other_line(rate("inactive-50"), LOW_LINE, USUAL_LINE, spread())
    return {"employees": rate("employees-60"), "unemployed": rate("unemployed-60"), "inactive": carried}


def ladder() -> pd.DataFrame:
    """From the rate expected of their activity to the published share, in percent: step, value, low, high, colour."""
    low, high = poor_ends()
    rows = [
        ("France, everyone", rate("france-50"), None, None, "soft"),
        ("Expected from their activity", mixed_rate(activity(), activity_rates()), None, None, "s2"),
        ("Everyone of the poorest age", oldest_and_youngest()[1], None, None, "s2"),
        ("Largest plausible from activity", contracts(rate("employees-50")), None, None, "s2"),
        ("Outer ceiling from activity", contracts(rate("worker-reference-50")), None, None, "s2"),
        ("Respondents, as published", survey("poor"), low, high, "found"),
    ]
    frame = pd.DataFrame(rows, columns=["step", "value", "low", "high", "colour"])
    columns = ["value", "low", "high"]
    return frame.assign(**{c: 100 * frame[c].astype("float64") for c in columns})


def activity_table() -> pd.DataFrame:
    """The sum behind the expected rate: activity, share of respondents, official rate, points it adds (all percent)."""
    names = {"employees": "Main job, as employees", "unemployed": "The rest, as unemployed", "inactive": "Inactive"}
    shares, rates = activity(), activity_rates()
    return pd.DataFrame(
        [
            {
                "activity": names[g],
                "share": 100 * shares[g],
                "official rate": 100 * rates[g],
                "adds": 100 * shares[g] * rates[g],
            }
            for g in names
        ]
    )


def numbers() -> list[Number]:
    """The numbers of the mix."""
    return [*_expected(), *_students(), *_published()]


def _expected() -> list[Number]:
    poor, ends = survey("poor"), poor_ends()
    covers = SAMPLING + " The expected rate is taken as known."
    youngest = oldest_and_youngest()
    rows = {
        "expected-from-activity-50": (
            mixed_rate(activity(), activity_rates()),
            "Rate at half the median expected from their activity",
            "official rates of employees, unemployed and inactive people, weighted by the shares of respondents",
            (SURVEY, RATES),
        ),
        "expected-largest-50": (
            contracts(rate("employees-50")),
            "Largest plausible rate from their activity",
            "open-ended contracts at the rate of employees, all others at the worst official rate of their activity",
            (SURVEY, RATES),
        ),
        "expected-ceiling-50": (
            contracts(rate("worker-reference-50")),
            "Outer ceiling from their activity",
            "as the largest plausible one, open-ended contracts at the rate of manual workers' households",
            (SURVEY, RATES),
        ),
        "expected-from-activity-60": (
            mixed_rate(activity(), usual_rates()),
            "Rate at the usual line expected from their activity",
            "as at half the median; the rate of the inactive is carried over by the lognormal",
            (SURVEY, RATES, INCOMES),
        ),
        "expected-age-smallest-50": (
            youngest[0],
            "Rate if all were of the least poor adult age",
            "smallest official rate of any adult age",
            (RATES,),
        ),
        "expected-age-largest-50": (
            youngest[1],
            "Rate if all were of the poorest adult age",
            "largest official rate of any adult age",
            (RATES,),
        ),
    }
    found = [Number(f"poverty.{name}", 100 * value, "percent", *about, decimals=1) for name, (value, *about) in rows.items()]
    for name, base in (
        ("observed-over-expected-50", "expected-from-activity-50"),
        ("observed-over-largest-50", "expected-largest-50"),
        ("observed-over-expected-60", "expected-from-activity-60"),
    ):
        value, label, _, tables = rows[base]
        low, high = (end / value for end in ends)
        how, over = "published share over the expected rate", f"Published share over: {label[0].lower()}{label[1:]}"
        found.append(Number(f"poverty.{name}", poor / value, "ratio", over, how, tables, low, high, covers))
    return found


def _students() -> list[Number]:
    expected = mixed_rate(activity(), activity_rates())
    students = all_poor_needed(survey("poor"), expected, rate("inactive-50"))
    needed = "Students, all poor, needed among respondents to explain the rest"
    how = "published share less the expected rate, over one less the rate of the inactive whose place they take"
    among, over = "The same students among the inactive", "students needed over the share of inactive respondents"
    of_inactive = 100 * students / activity()["inactive"]
    return [
        Number("poverty.students-needed-50", 100 * students, "percent", needed, how, (SURVEY, RATES)),
        Number("poverty.students-of-inactive-50", of_inactive, "percent", among, over, (SURVEY, RATES), decimals=0),
    ]


def _published() -> list[Number]:
    rest, how = 100 * activity()["unemployed"], "what the two published shares leave; taken to be unemployed"
    below = "Below half the median where the reference person is "
    return [
        Number(
            "poverty.rest-unemployed",
            rest,
            "percent",
            "Respondents neither in a main job nor inactive",
            how,
            (SURVEY,),
            decimals=1,
        ),
        published("main-job", SURVEY, "main-job", "Respondents with a main job", 0),
        published("inactive", SURVEY, "inactive", "Respondents who are inactive", 1),
        published("open-ended", SURVEY, "cdi", "Respondents with an open-ended contract", 0),
        published("rate-employees-50", RATES, "employees-50", "Employees below half the median", 1),
        published("rate-unemployed-50", RATES, "unemployed-50", "Unemployed below half the median", 1),
        published("rate-inactive-50", RATES, "inactive-50", "Inactive below half the median", 1),
        published("rate-inactive-reference-50", RATES, "inactive-reference-50", below + "inactive, not retired", 1),
        published("rate-self-employed-50", RATES, "self-employed-reference-50", below + "self-employed", 1),
        published("rate-worker-50", RATES, "worker-reference-50", below + "a manual worker", 1),
    ]
