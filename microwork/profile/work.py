"""Activity of the respondents, against all of working age and against people of the same ages and
sexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
from scipy import stats
from tallybook import data

from microwork.inputs import Numbers, percent
from microwork.intervals import Ends, each, odds_ratio
from microwork.profile.inputs import FACTS, asked, rounded, share, stated
from microwork.profile.people import CORE
from microwork.profile.sample import sampled, with_sampling

Ages = tuple[int, int]
STATES = ("employed", "unemployed", "inactive")
OLDER = ((45, 54), (55, 64))
YOUNG, WITH_MINORS = (18, 24), (15, 24)


def survey_activity(main_job: float | None = None) -> np.ndarray:
    """Shares (fractions) with a main job, without one but not inactive, inactive; they add up to 1.

    The second is what is left over. Calling it unemployed is our inference.
    ``main_job``: another value for the share with a main job (fraction).
    """
    first = share("main-job") if main_job is None else main_job
    return np.array([first, 1 - first - share("inactive"), share("inactive")])


def national_activity() -> np.ndarray:
    """Shares employed, unemployed and inactive at ages 15 to 64, Labour Force Survey of 2018; they
    add up to 1."""
    found = np.array([data.value(FACTS, state) for state in STATES])
    shares: np.ndarray = found / found.sum()
    return shares


def national_share(state: str) -> float:
    """One of the shares of ``national_activity``, by its name in ``STATES``."""
    return float(national_activity()[STATES.index(state)])


def chi_square_p(observed: np.ndarray, expected: np.ndarray, n: int) -> float:
    """p of the chi-square test of fit of ``observed`` shares of n persons to ``expected`` shares
    (both add up to 1)."""
    return float(stats.chisquare(observed * n, expected * n).pvalue)


def fit_to_nation() -> Ends:
    """p of the chi-square test against the country: value, and ends over the rounding of the share
    with a main job."""
    n, nation = asked("main-job"), national_activity()
    _, low, high = rounded("main-job")
    values = [
        chi_square_p(survey_activity(value), nation, n) for value in np.linspace(low, high, 41)
    ]
    return chi_square_p(survey_activity(), nation, n), min(values), max(values)


def stated_rate(activity: str, ages: Ages, sex: str) -> float:
    """Share of an age group and sex that states this activity in the census, as a fraction."""
    return stated(*ages, sex=sex, activity=activity) / stated(*ages, sex=sex)


def same_ages(activity: str, weights: Mapping[Ages, float]) -> float:
    """The share in this activity among people of the respondents' ages and sexes (direct
    standardisation), as a fraction.

    The published share aged 25 to 44 gets the rate of that band; the others get the rates of their
    groups, mixed with ``weights`` (group -> fraction of the others; they add up to 1). Sex and age
    are taken as independent.
    """
    core, result = share("age-25-44"), 0.0
    for sex, part in (("women", share("women")), ("men", 1 - share("women"))):
        rest = sum(weight * stated_rate(activity, ages, sex) for ages, weight in weights.items())
        result += part * (core * stated_rate(activity, CORE, sex) + (1 - core) * rest)
    return result


def census_weights(groups: Iterable[Ages]) -> dict[Ages, float]:
    """Weights of age groups as in the census of 2018; they add up to 1."""
    counts = {ages: stated(*ages) for ages in groups}
    total = sum(counts.values())
    return {ages: count / total for ages, count in counts.items()}


def expected(activity: str, young: Ages = YOUNG) -> Ends:
    """``same_ages`` with the others spread over ``young`` and the older groups as in the census,
    then its smallest and largest value over every spread, as fractions."""
    groups = (young, *OLDER)
    ends = [same_ages(activity, {ages: 1.0}) for ages in groups]
    return same_ages(activity, census_weights(groups)), min(ends), max(ends)


def readier(fact_id: str, activity: str, turned: bool = False) -> Ends:
    """Odds of a published share over those of people of the same ages and sexes, and the sampling
    interval of the share.

    ``turned``: the odds of not having it, for a share that is below what is expected.
    """
    there = expected(activity)[0]
    if turned:
        value, low, high = (odds_ratio(there, part) for part in sampled(fact_id))
        return value, high, low
    return each(lambda part: odds_ratio(part, there), sampled(fact_id))


NUMBERS: Numbers = {
    "main-job": percent(sampled, "main-job"),
    "inactive": percent(sampled, "inactive"),
    "survey-no-main-job": percent(lambda: with_sampling(1 - share("main-job"), asked("main-job"))),
    "remainder": percent(lambda: with_sampling(survey_activity()[1], asked("main-job"))),
    "employed-benchmark": percent(national_share, "employed"),
    "inactive-benchmark": percent(national_share, "inactive"),
    "activity-p": fit_to_nation,
    "census-employed-expected-adults": percent(expected, "employed"),
    "census-employed-expected": percent(expected, "employed", WITH_MINORS),
    "census-inactive-expected-adults": percent(expected, "inactive"),
    "no-main-job-odds-ratio": partial(readier, "main-job", "employed", turned=True),
    "inactive-odds-ratio": partial(readier, "inactive", "inactive"),
}
