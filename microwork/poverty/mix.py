"""How poor people with the respondents' jobs are in France.

A rate expected from a mix is the official rate of each group, weighted by the share of respondents
in it (direct standardisation). Shares and rates are fractions from 0 to 1; a line is named by its
percent of the median, 50 or 60.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from microwork.inputs import percent
from microwork.intervals import Ends
from microwork.poverty.inputs import at_ends, rate, survey

# Official rate of each group at each line. At six tenths, people with a job are employees and
# self-employed.
RATE_OF = {
    "50": {"job": "employees-50", "unemployed": "unemployed-50", "inactive": "inactive-50"},
    "60": {"job": "employed-60", "unemployed": "unemployed-60", "inactive": "inactive-60"},
}


def mixed_rate(weights: Mapping[str, float], rates: Mapping[str, float]) -> float:
    """Rate of a population made up of groups: the sum of weight times rate."""
    return sum(weights[group] * rates[group] for group in weights)


def activity() -> dict[str, float]:
    """Shares of the respondents: with a main job, inactive, and the rest, whom we take to be
    unemployed (inferred)."""
    job, inactive = survey("main-job"), survey("inactive")
    return _shares(job, 1 - job - inactive, inactive)


def expected(name: str) -> float:
    """Rate at a line (50 or 60) expected from the respondents' activity."""
    return _expected_of(activity(), name)


def worst() -> float:
    """Expected rate at half the median with the worst official rate of their kind for all but
    open-ended contracts.

    Those keep the rate of employees. Other jobs get the rate of households headed by a
    self-employed person, inactive people that of households headed by one.
    """
    open_ended, groups = survey("cdi"), activity()
    weights = {
        "employees-50": open_ended,
        "self-employed-reference-50": groups["job"] - open_ended,
        "unemployed-50": groups["unemployed"],
        "inactive-reference-50": groups["inactive"],
    }
    return mixed_rate(weights, {row: rate(row) for row in weights})


def codings() -> list[dict[str, float]]:
    """Every way the press sorted the respondents (what is not said is inferred), our own first.

    One figure has two names, so it is read as inactive people beside a main job, and as all who
    have no other employment.
    """
    job, third, none = survey("main-job"), survey("third-inactive"), survey("without-job")
    return [
        activity(),
        _shares(job, 1 - job - third, third),
        _shares(1 - none, 0, none),
        _shares(1 - none, none, 0),
        _shares(job, 1 - job, 0),
    ]


def over_expected(name: str) -> Ends:
    """Published share, with its ends, over the rate expected at a line."""
    return at_ends(lambda share: share / expected(name))


def rivals() -> Ends:
    """Expected rate of the main coding, and its smallest and largest over all codings."""
    first, *others = (_expected_of(shares, "50") for shares in codings())
    return first, min(first, *others), max(first, *others)


def _shares(job: float, unemployed: float, inactive: float) -> dict[str, float]:
    return {"job": job, "unemployed": unemployed, "inactive": inactive}


def _expected_of(shares: Mapping[str, float], name: str) -> float:
    return mixed_rate(shares, {group: rate(row) for group, row in RATE_OF[name].items()})


NUMBERS = {
    "expected-from-activity-50": percent(expected, "50"),
    "observed-over-expected-50": partial(over_expected, "50"),
    "expected-from-activity-60": percent(expected, "60"),
    "observed-over-expected-60": partial(over_expected, "60"),
    "expected-largest-50": percent(worst),
    "expected-codings-50": percent(rivals),
    "rest-unemployed": percent(lambda: activity()["unemployed"]),
}
