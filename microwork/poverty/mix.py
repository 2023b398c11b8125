"""Who they are and how poor such people are in France: rates expected from activity and from age.

A rate expected from a mix is the official rate of each group, weighted by the share of respondents in it (direct
standardisation). What remains above it is not explained by that mix. Shares and rates are fractions from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
from tallybook.model.numbers import Number, number, published

from microwork.poverty.inputs import (
    RATES,
    SAMPLING,
    SURVEY,
    at_ends,
    percent,
    rate,
    survey,
    with_ends,
)

AGES = ("18-29", "30-39", "40-49", "50-64", "65-74", "75-plus")  # every adult age with an official rate


def mixed_rate(weights: Mapping[str, float], rates: Mapping[str, float]) -> float:
    """Rate of a population made up of groups: the sum of weight times rate.

    Raises ``ValueError`` unless both name the same groups and the weights are shares that add up to one.
    """
    if set(weights) != set(rates):
        raise ValueError(f"found weights of {sorted(weights)} and rates of {sorted(rates)}; expected the same groups")
    if min(weights.values()) < 0 or abs(sum(weights.values()) - 1) > 1e-9:
        raise ValueError(f"found weights that add up to {sum(weights.values())}; expected shares that add up to 1")
    return sum(weights[group] * rates[group] for group in weights)


def all_poor_needed(observed: float, expected: float, replaced: float) -> float:
    """Share of people, all of them poor, who must stand in place of others to lift ``expected`` to ``observed``.

    ``replaced`` is the rate of those whose place they take: observed = expected + share (1 - replaced).
    """
    if not replaced < 1:
        raise ValueError(f"found a replaced rate of {replaced}; expected one below 1")
    return (observed - expected) / (1 - replaced)


def activity() -> dict[str, float]:
    """Shares of the respondents: with a main job, inactive, and the rest, whom we take to be unemployed (inferred)."""
    job, inactive = survey("main-job"), survey("inactive")
    return _shares(job, 1 - job - inactive, inactive)


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


def poorest_age() -> float:
    """Largest official rate of any adult age: no mix of ages goes beyond it."""
    return max(rate(f"age-{age}-50") for age in AGES)


def usual_rates() -> dict[str, float]:
    """Official rates at six tenths by activity; those with a main job get the rate of all who have a job."""
    return {"employees": rate("employed-60"), "unemployed": rate("unemployed-60"), "inactive": rate("inactive-60")}


def ladder() -> pd.DataFrame:
    """From the rate expected of their activity to the published share, in percent: who, percent, from, to, colour."""
    poor, low, high = with_ends("poor")
    rows = [
        ("France, everyone", rate("france-50"), None, None, "soft"),
        ("Expected from their jobs", _from_activity(), None, None, "found"),
        ("Everyone of the poorest age", poorest_age(), None, None, "found"),
        ("Worst rates except open-ended contracts", contracts(rate("employees-50")), None, None, "found"),
        ("Worst rates for everyone", contracts(rate("worker-reference-50")), None, None, "found"),
        ("Respondents, as published", poor, low, high, "claim"),
    ]
    frame = pd.DataFrame(rows, columns=["who", "percent", "from", "to", "colour"])
    columns = ["percent", "from", "to"]
    return frame.assign(**{c: 100 * frame[c].astype("float64") for c in columns})


def codings() -> dict[str, dict[str, float]]:
    """Every way the press sorted the respondents, as shares: employees, unemployed, inactive (what is not said is inferred).

    One figure has two names, so it is read as inactive people beside a main job, and as all who have no other employment.
    """
    job, third, none = survey("main-job"), survey("third-inactive"), survey("without-job")
    return {
        "Main job or inactive; the rest unemployed": activity(),
        "Main job, or a third inactive; the rest unemployed": _shares(job, 1 - job - third, third),
        "Without other employment, all inactive": _shares(1 - none, 0, none),
        "Without other employment, all unemployed": _shares(1 - none, none, 0),
        "No main job, all unemployed": _shares(job, 1 - job, 0),
    }


def codings_table() -> pd.DataFrame:
    """Rate expected at half the median under each of ``codings``: coding, three shares and the rate, all in percent."""
    rows = [
        {"coding": name} | {group: 100 * share for group, share in shares.items()} | {"expected rate": 100 * _expected_of(shares)}
        for name, shares in codings().items()
    ]
    return pd.DataFrame(rows)


def numbers() -> list[Number]:
    """The numbers of the mix."""
    return [*_expected(), *_students(), *_published()]


def _shares(employees: float, unemployed: float, inactive: float) -> dict[str, float]:
    return {"employees": employees, "unemployed": unemployed, "inactive": inactive}


def _expected_of(shares: Mapping[str, float]) -> float:
    return mixed_rate(shares, activity_rates())


def _from_activity() -> float:
    """Rate at half the median expected from activity, as a fraction."""
    return _expected_of(activity())


def _over(expected: Callable[[], float]) -> tuple[float, float, float]:
    """Published share over an expected rate, and the Wilson ends of that share over the same."""
    return at_ends(lambda share: share / expected())


def _rivals() -> tuple[float, float, float]:
    """Expected rate of the main coding, and its smallest and largest over all codings."""
    found = [_expected_of(shares) for shares in codings().values()]
    return _from_activity(), min(found), max(found)


def _expected() -> list[Number]:
    rows = {
        "from-activity-50": (_from_activity, "Rate at half the median expected from their activity",
            "Official rates of employees, unemployed and inactive people, weighted by the shares of respondents."),
        "largest-50": (lambda: contracts(rate("employees-50")),
            "Rate expected with the worst official rates for all but open-ended contracts",
            "Open-ended contracts at the rate of employees, all others at the worst official rate of their activity."),
        "ceiling-50": (lambda: contracts(rate("worker-reference-50")), "Rate expected with the worst official rates for everyone",
            "As with the worst rates for all but open-ended contracts, these at the rate of manual workers' households."),
        "from-activity-60": (lambda: mixed_rate(activity(), usual_rates()), "Rate at six tenths expected from their activity",
            "Official rates of 2016 of people with a job, unemployed and inactive people, weighted by the same shares."),
        "age-largest-50": (poorest_age, "Rate if all were of the poorest adult age",
            "Largest official rate of any adult age."),
    }  # fmt: skip
    found = [percent(f"expected-{name}", *about, decimals=1) for name, about in rows.items()]
    found.append(
        percent("expected-codings-50", _rivals, "Rate at half the median expected under every coding of activity in the press",
                "Official rates of employees, unemployed and inactive people, weighted by each coding.",
                "Covers the codings in the press, with what they leave open. Leaves out error in the official rates.", 1)
    )  # fmt: skip
    how, covers = "Published share divided by the expected rate.", SAMPLING + " The expected rate is taken as known."
    for name, base in (("expected-50", "from-activity-50"), ("largest-50", "largest-50"), ("expected-60", "from-activity-60")):
        expected, label, _ = rows[base]
        label = f"Published share over: {label[0].lower()}{label[1:]}"
        found.append(number(f"poverty.observed-over-{name}", partial(_over, expected), "ratio", label, how, covers, 1))
    return found


def _students() -> list[Number]:
    def students() -> float:
        return all_poor_needed(survey("poor"), _from_activity(), rate("inactive-50"))

    needed = "Students, all poor, needed among respondents to explain the rest"
    how = "Published share less the expected rate, over one less the rate of the inactive whose place they take."
    among, over = "The same students among the inactive", "Students needed over the share of inactive respondents."
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
