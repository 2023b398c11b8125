"""Activity of the respondents, against all of working age and against people of the same ages."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork import intervals
from microwork.profile.inputs import (
    LABOUR_FORCE,
    SAMPLING,
    asked,
    assumption,
    benchmark,
    census,
    percent,
    printed_decimals,
    share,
)
from microwork.profile.sample import AS_PUBLISHED, sampled, with_sampling

STATES = ("employed", "unemployed", "inactive")
YOUNG = (15, 24)
OLD = (65, 99)  # ages above those of labour statistics; their rate is set, not read
# The ages outside 25 to 44, up to 64, by the age group whose rate they get.
OTHERS = {YOUNG: (15, 24), (25, 49): (45, 49), (50, 64): (50, 64)}
SPREAD = "National rates by age, weighted by the published band; the others are spread as in the census."
BOUNDS = "Covers every spread of the other ages up to sixty-four. Does not cover sampling, ages above, or self-selection."


def survey_activity(main_job: float | None = None) -> np.ndarray:
    """Shares (fractions) with a main job, without one but not inactive, inactive; they add up to 1.

    The second is what is left over. Calling it unemployed is our inference.
    ``main_job``: another value for the share with a main job (fraction).
    """
    first = share("main-job") if main_job is None else main_job
    return np.array([first, 1 - first - share("inactive"), share("inactive")])


def national_activity(source: str = "labour force survey") -> np.ndarray:
    """Shares employed, unemployed and inactive at ages 15 to 64; of the Labour Force Survey of 2018 or the ``census`` of 2019."""
    if source == "census":
        found = np.array([benchmark(f"census-{state}") for state in STATES])
    else:
        found = np.array([data.value(LABOUR_FORCE, state) for state in STATES])
    shares: np.ndarray = found / found.sum()
    return shares


def chi_square_p(observed: np.ndarray, expected: np.ndarray, n: int) -> float:
    """p of the chi-square test of fit of ``observed`` shares of n persons to ``expected`` shares (both add up to 1)."""
    return float(stats.chisquare(observed * n, expected * n).pvalue)


def rounding_of(fact_id: str) -> tuple[float, float]:
    """Ends, as fractions, of what prints as a published share."""
    half = 0.5 * 10 ** -printed_decimals(fact_id) / 100
    return share(fact_id) - half, share(fact_id) + half


def p_over_rounding() -> tuple[float, float]:
    """Smallest and largest p of the chi-square test over every value that prints as the published share with a main job."""
    n, nation = asked("main-job"), national_activity()
    values = [chi_square_p(survey_activity(value), nation, n) for value in np.linspace(*rounding_of("main-job"), 41)]
    return min(values), max(values)


def fit_to_nation() -> tuple[float, float, float]:
    """p of the chi-square test against the country: value, and ends over the rounding of the share with a main job."""
    return chi_square_p(survey_activity(), national_activity(), asked("main-job")), *p_over_rounding()


def unemployment_rate(states: np.ndarray) -> float:
    """Unemployed over active, from shares employed, unemployed and inactive; a fraction."""
    return float(states[1] / (states[0] + states[1]))


def rate(measure: str, group: tuple[int, int]) -> float:
    """National rate (fraction) of an age group, Labour Force Survey of 2018; ``measure``: ``employment`` or ``active``.

    ``OLD`` has the rate that the assumptions set, for both measures.
    """
    return assumption("employment-65-plus") / 100 if group == OLD else benchmark(f"{measure}-{group[0]}-{group[1]}")


def same_ages(measure: str, weights: dict[tuple[int, int], float]) -> float:
    """The rate that people of the respondents' ages have in the country (direct standardisation), as a fraction.

    The published share aged 25 to 44 gets the rate of ages 25 to 49; the others get the rates of their groups, mixed with
    ``weights`` (group -> fraction of the others; they add up to 1). Raises ``DataError`` for a group without a rate.
    """
    rest = sum(weight * rate(measure, group) for group, weight in weights.items())
    core = share("age-25-44")
    return core * rate(measure, (25, 49)) + (1 - core) * rest


def census_weights(young: bool = True) -> dict[tuple[int, int], float]:
    """Weights of the groups outside 25 to 44 as in the census; with ``young=False`` no one is under 25."""
    counts = {group: census(*ages) for group, ages in OTHERS.items() if young or group != YOUNG}
    total = sum(counts.values())
    return {group: count / total for group, count in counts.items()}


def same_ages_bounds(measure: str) -> tuple[float, float]:
    """Smallest and largest ``same_ages`` over every way to spread the others over ages 15 to 24 and 45 to 64."""
    ends = [same_ages(measure, {group: 1.0}) for group in OTHERS]
    return min(ends), max(ends)


def expected(measure: str) -> tuple[float, float, float]:
    """``same_ages`` with the others spread as in the census, and its smallest and largest value over every spread."""
    return same_ages(measure, census_weights()), *same_ages_bounds(measure)


def expected_inactive() -> tuple[float, float, float]:
    """The same for the share that is not active."""
    value, low, high = expected("active")
    return 1 - value, 1 - high, 1 - low


def needed(target: float, extra: tuple[int, int]) -> float:
    """Which fraction of all respondents would have to be in the age group ``extra`` for their ages alone to give ``target``.

    ``target``: a share with a main job. The other respondents outside 25 to 44 are spread over ages 45 to 64 as in the census.
    ``extra``: ``YOUNG`` or ``OLD``.
    The answer lies between 0 and all who are outside 25 to 44; a target out of reach gives the nearer end.
    """
    older = census_weights(young=False)
    start, end = same_ages("employment", older), same_ages("employment", {extra: 1.0})
    return (1 - share("age-25-44")) * min(1.0, max(0.0, (start - target) / (start - end)))


def by_under_25(points: int = 41) -> pd.DataFrame:
    """Expected share with a job by the share of respondents under 25: ``under_25``, ``expected`` (percent)."""
    most, older = 1 - share("age-25-44"), census_weights(young=False)
    rows = []
    for under in np.linspace(0, most, points):
        weights = {group: (1 - under / most) * w for group, w in older.items()}
        weights[YOUNG] = under / most
        rows.append({"under_25": 100 * under, "expected": 100 * same_ages("employment", weights)})
    return pd.DataFrame(rows)


def same_ages_by_sex() -> float:
    """As ``same_ages`` for employment, with the census rates of 2019 by sex and the published share of women."""
    weights = {(15, 24): census(15, 24), (25, 54): census(45, 54), (55, 64): census(55, 64)}
    total = sum(weights.values())
    core, result = share("age-25-44"), 0.0
    for sex, part in (("women", share("women")), ("men", 1 - share("women"))):
        by_age = {group: benchmark(f"census-employment-{sex}-{group[0]}-{group[1]}") for group in weights}
        rest = sum(weight / total * by_age[group] for group, weight in weights.items())
        result += part * (core * by_age[(25, 54)] + (1 - core) * rest)
    return result


def z_same_ages() -> float:
    """Distance of the share with a main job from ``same_ages`` with the others as in the census, in standard errors."""
    return intervals.z_against(share("main-job"), asked("main-job"), same_ages("employment", census_weights()))[0]


def under_25_needed() -> tuple[float, float, float]:
    """``needed`` of those under 25 for the published share with a main job, and over its sampling interval."""
    value, *ends = (needed(target, YOUNG) for target in sampled("main-job"))
    return value, min(ends), max(ends)


def numbers() -> list[Number]:
    """Numbers of this topic."""
    return [
        percent("main-job", lambda: sampled("main-job"), "respondents with a main job", AS_PUBLISHED, SAMPLING, 0),
        percent("inactive", lambda: sampled("inactive"), "inactive respondents", AS_PUBLISHED, SAMPLING, 1),
        percent("no-main-job", lambda: with_sampling(1 - share("main-job"), asked("main-job")), "respondents without a main job",
            "Hundred less those with one.", SAMPLING, 0),
        percent("remainder", lambda: with_sampling(survey_activity()[1], asked("main-job")),
            "neither with a main job nor inactive", "Hundred less the two published shares.", SAMPLING, 1),
        percent("unemployment-rate", lambda: unemployment_rate(survey_activity()), "unemployment rate this implies",
            "The remainder over the remainder and those with a main job; our inference."),
        percent("unemployment-rate-benchmark", lambda: unemployment_rate(national_activity()),
            "unemployment rate of France in 2018", "Unemployed over active, ages fifteen to sixty-four.", decimals=1),
        percent("remainder-with-a-third", lambda: 1 - share("main-job") - share("inactive-third"),
            "left over if a third were inactive", "Hundred less main job less a third.", decimals=1),
        percent("unemployment-rate-with-a-third", lambda: 1 - share("main-job") / (1 - share("inactive-third")),
            "unemployment rate if a third were inactive", "As above.", decimals=1),
        *(
            percent(f"{state}-benchmark", partial(lambda i: float(national_activity()[i]), i),
                f"{state} in France, ages fifteen to sixty-four",
                "Shares of the stocks.", decimals=1)
            for i, state in enumerate(STATES)
        ),
        number("profile.activity-p", fit_to_nation, "probability", "chance of such a difference in activity in a random draw",
            "Chi-square test of fit.",
            "Covers the rounding of the share with a main job to a whole percent. Does not cover self-selection.", 2),
        number("profile.activity-p-census",
            lambda: chi_square_p(survey_activity(), national_activity("census"), asked("main-job")), "probability",
            "the same against the census of 2019", "Chi-square test of fit.", decimals=2),
        percent("expected-main-job", lambda: expected("employment"), "employed, for people of the same ages", SPREAD, BOUNDS, 1),
        percent("expected-inactive", expected_inactive, "inactive, for people of the same ages", SPREAD, BOUNDS, 1),
        percent("expected-main-job-no-young", lambda: same_ages("employment", census_weights(young=False)),
            "employed, for the same ages and none under twenty-five", "As above, with none under twenty-five."),
        percent("expected-main-job-by-sex", same_ages_by_sex, "employed, for the same ages and sexes",
            "Census rates by sex and age, weighted by the two published shares."),
        number("profile.main-job-z-same-ages", z_same_ages, "standard errors",
            "distance of the share with a main job from the same ages", "Score test."),
        percent("under-25-needed", under_25_needed, "respondents under twenty-five that would explain the gap",
            "Solved for the share under twenty-five; the older others as in the census.", SAMPLING, 0),
        percent("under-25-benchmark", lambda: census(*YOUNG) / census(15, 64), "under twenty-five among fifteen to sixty-four",
            "Census counts."),
        percent("over-64-needed", lambda: needed(share("main-job"), OLD),
            "respondents over sixty-four that would explain the gap", "Solved in the same way, with none of them employed.",
            decimals=0),
    ]  # fmt: skip
