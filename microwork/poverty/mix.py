"""Who they are and how poor such people are in France: rates expected from activity and from age.

A rate expected from a mix is the official rate of each group, weighted by the share of respondents in it (direct
standardisation). What remains above it is not explained by that mix. Shares and rates are fractions from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
from tallybook.model.numbers import Number, number, published

from microwork.poverty import lines
from microwork.poverty.inputs import LOW_LINE, RATES, SAMPLING, SURVEY, USUAL_LINE, percent, poor_ends, rate, survey
from microwork.poverty.spread import spread

AGES = ("18-29", "30-39", "40-49", "50-64", "65-74", "75-plus")  # every adult age with an official rate


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
    found = [rate(f"age-{age}-50") for age in AGES]
    return min(found), max(found)


def usual_rates() -> dict[str, float]:
    """Rates at the usual line by activity; that of the inactive is carried there by the lognormal (inferred)."""
    carried = lines.at_other_line(rate("inactive-50"), LOW_LINE, USUAL_LINE, spread())
    return {"employees": rate("employees-60"), "unemployed": rate("unemployed-60"), "inactive": carried}


def ladder() -> pd.DataFrame:
    """From the rate expected of their activity to the published share, in percent: step, value, low, high, colour."""
    low, high = poor_ends()
    rows = [
        ("France, everyone", rate("france-50"), None, None, "soft"),
        ("Expected from their activity", _from_activity(), None, None, "s2"),
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


def _from_activity() -> float:
    """Rate at half the median expected from activity, as a fraction."""
    return mixed_rate(activity(), activity_rates())


def _over(expected: Callable[[], float]) -> tuple[float, float, float]:
    """Published share over an expected rate, and the Wilson ends of that share over the same."""
    low, high = poor_ends()
    return survey("poor") / expected(), low / expected(), high / expected()


def _expected() -> list[Number]:
    rows = {
        "from-activity-50": (_from_activity, "Rate at half the median expected from their activity",
            "The official rates of employees, unemployed and inactive people, weighted by the shares of respondents."),
        "largest-50": (lambda: contracts(rate("employees-50")), "Largest plausible rate from their activity",
            "Open-ended contracts at the rate of employees, all others at the worst official rate of their activity."),
        "ceiling-50": (lambda: contracts(rate("worker-reference-50")), "Outer ceiling from their activity",
            "As for the largest plausible rate, but open-ended contracts at the rate of manual workers' households."),
        "from-activity-60": (lambda: mixed_rate(activity(), usual_rates()), "Rate at the usual line expected from their activity",
            "As at half the median; the rate of the inactive is carried over by the lognormal."),
        "age-smallest-50": (lambda: oldest_and_youngest()[0], "Rate if all were of the least poor adult age",
            "The smallest official rate of any adult age."),
        "age-largest-50": (lambda: oldest_and_youngest()[1], "Rate if all were of the poorest adult age",
            "The largest official rate of any adult age."),
    }  # fmt: skip
    found = [percent(f"expected-{name}", *about, decimals=1) for name, about in rows.items()]
    how, covers = "The published share divided by the expected rate.", SAMPLING + " The expected rate is taken as known."
    for name, base in (("expected-50", "from-activity-50"), ("largest-50", "largest-50"), ("expected-60", "from-activity-60")):
        expected, label, _ = rows[base]
        label = f"Published share over: {label[0].lower()}{label[1:]}"
        found.append(number(f"poverty.observed-over-{name}", partial(_over, expected), "ratio", label, how, covers))
    return found


def _students() -> list[Number]:
    def students() -> float:
        return all_poor_needed(survey("poor"), _from_activity(), rate("inactive-50"))

    needed = "Students, all poor, needed among respondents to explain the rest"
    how = "The published share less the expected rate, divided by one less the rate of the inactive whose place they take."
    among, over = "The same students among the inactive", "The students needed, divided by the share of inactive respondents."
    return [
        percent("students-needed-50", students, needed, how),
        percent("students-of-inactive-50", lambda: students() / survey("inactive"), among, over, decimals=0),
    ]


def _published() -> list[Number]:
    how, below = (
        "What the two published shares leave; taken to be unemployed.",
        "Below half the median where the reference person is ",
    )
    said = (
        ("main-job", SURVEY, "main-job", "Respondents with a main job", 0),
        ("inactive", SURVEY, "inactive", "Respondents who are inactive", 1),
        ("open-ended", SURVEY, "cdi", "Respondents with an open-ended contract", 0),
        ("rate-employees-50", RATES, "employees-50", "Employees below half the median", 1),
        ("rate-unemployed-50", RATES, "unemployed-50", "Unemployed below half the median", 1),
        ("rate-inactive-50", RATES, "inactive-50", "Inactive below half the median", 1),
        ("rate-inactive-reference-50", RATES, "inactive-reference-50", below + "inactive, not retired", 1),
        ("rate-self-employed-50", RATES, "self-employed-reference-50", below + "self-employed", 1),
        ("rate-worker-50", RATES, "worker-reference-50", below + "a manual worker", 1),
    )
    return [
        percent(
            "rest-unemployed", lambda: activity()["unemployed"], "Respondents neither in a main job nor inactive", how, None, 1
        ),
        *(published(f"poverty.{name}", table, row, label, decimals=places) for name, table, row, label, places in said),
    ]
