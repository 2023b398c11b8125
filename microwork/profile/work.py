"""Activity of the respondents, against all of working age and against people of the same ages."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from microwork import intervals
from microwork.numbers import Number
from microwork.profile.inputs import (
    ASSUMPTIONS,
    BENCHMARKS,
    LABOUR_FORCE,
    POPULATION,
    SAMPLING,
    SHARES,
    asked,
    assumption,
    benchmark,
    census,
    kept,
    level,
    num,
    percent,
    printed_decimals,
    published,
    share,
)

STATES = ("employed", "unemployed", "inactive")
OLD = (65, 99)  # ages above those of labour statistics; their rate is set, not read


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
        found = np.array([float(kept(LABOUR_FORCE).at[state, "value"]) for state in STATES])
    return found / found.sum()


def chi_square_p(observed: np.ndarray, expected: np.ndarray, n: int) -> float:
    """p of the chi-square test of fit of ``observed`` shares of n persons to ``expected`` shares (both add up to 1)."""
    return float(stats.chisquare(observed * n, expected * n).pvalue)


def rounding_of(fact_id: str) -> tuple[float, float]:
    """Ends, as fractions, of what prints as a published share."""
    half = 0.5 * 10 ** -printed_decimals(fact_id) / 100
    return share(fact_id) - half, share(fact_id) + half


def p_over_rounding() -> tuple[float, float]:
    """Smallest and largest p of the chi-square test over every value that prints as the published share with a main job."""
    low, high = rounding_of("main-job")
    n = asked("main-job")
    values = [chi_square_p(survey_activity(value), national_activity(), n) for value in np.linspace(low, high, 41)]
    return min(values), max(values)


def rates(measure: str) -> dict[tuple[int, int], float]:
    """National rates (fractions) by age group, Labour Force Survey of 2018; ``measure``: ``employment`` or ``active``.

    The group (65, 99) has the rate that the assumptions set, for both measures.
    """
    found = {(low, high): benchmark(f"{measure}-{low}-{high}") for low, high in ((15, 24), (25, 49), (50, 64))}
    return {**found, OLD: assumption("employment-65-plus") / 100}


def others() -> pd.DataFrame:
    """The ages outside 25 to 44, up to 64: ``low``, ``high``, ``weight`` (census, adds up to 1), ``group`` (of the rates)."""
    rows = [(15, 24, (15, 24)), (45, 49, (25, 49)), (50, 64, (50, 64))]
    frame = pd.DataFrame(rows, columns=["low", "high", "group"])
    frame["weight"] = [census(low, high) for low, high, _ in rows]
    frame["weight"] /= frame["weight"].sum()
    return frame


def same_ages(measure: str, weights: dict[tuple[int, int], float]) -> float:
    """The rate that people of the respondents' ages have in the country (direct standardisation), as a fraction.

    The published share aged 25 to 44 gets the rate of ages 25 to 49; the others get the rates of their groups, mixed with
    ``weights`` (group -> fraction of the others; they add up to 1). Raises ``KeyError`` for a group without a rate.
    """
    by_age = rates(measure)
    rest = sum(weight * by_age[group] for group, weight in weights.items())
    core = share("age-25-44")
    return core * by_age[(25, 49)] + (1 - core) * rest


def census_weights(young: bool = True) -> dict[tuple[int, int], float]:
    """Weights of the groups outside 25 to 44 as in the census; with ``young=False`` no one is under 25."""
    frame = others()
    if not young:
        frame = frame[frame["low"] >= 45]
    return dict(zip(frame["group"], frame["weight"] / frame["weight"].sum(), strict=True))


def same_ages_bounds(measure: str) -> tuple[float, float]:
    """Smallest and largest ``same_ages`` over every way to spread the others over ages 15 to 24 and 45 to 64."""
    ends = [same_ages(measure, {group: 1.0}) for group in others()["group"]]
    return min(ends), max(ends)


def needed(target: float, extra: tuple[int, int]) -> float:
    """Which fraction of all respondents would have to be in the age group ``extra`` for their ages alone to give ``target``.

    ``target``: a share with a main job. The other respondents outside 25 to 44 are spread over ages 45 to 64 as in the census.
    ``extra``: (15, 24) or ``OLD``.
    The answer lies between 0 and all who are outside 25 to 44; a target out of reach gives the nearer end.
    """
    older = census_weights(young=False)
    start, end = same_ages("employment", older), same_ages("employment", {extra: 1.0})
    return (1 - share("age-25-44")) * min(1.0, max(0.0, (start - target) / (start - end)))


def by_under_25(points: int = 41) -> pd.DataFrame:
    """Expected share with a job by the share of respondents under 25: ``under_25``, ``expected`` (percent)."""
    most = 1 - share("age-25-44")
    rows = []
    for under in np.linspace(0, most, points):
        weights = {group: (1 - under / most) * w for group, w in census_weights(young=False).items()}
        weights[(15, 24)] = under / most
        rows.append({"under_25": 100 * under, "expected": 100 * same_ages("employment", weights)})
    return pd.DataFrame(rows)


def same_ages_by_sex() -> float:
    """As ``same_ages`` for employment, with the census rates of 2019 by sex and the published share of women."""
    weights = {(15, 24): census(15, 24), (25, 54): census(45, 54), (55, 64): census(55, 64)}
    total = sum(weights.values())
    core, result = share("age-25-44"), 0.0
    for sex, part in (("women", share("women")), ("men", 1 - share("women"))):
        rate = {group: benchmark(f"census-employment-{sex}-{group[0]}-{group[1]}") for group in weights}
        rest = sum(weight / total * rate[group] for group, weight in weights.items())
        result += part * (core * rate[(25, 54)] + (1 - core) * rest)
    return result


def numbers() -> list[Number]:
    """Numbers of this topic."""
    survey, nation, n = survey_activity(), national_activity(), asked("main-job")
    fit, tables = chi_square_p(survey, nation, n), (SHARES, LABOUR_FORCE)
    left = intervals.wilson(survey[1], n, level())
    ages = (SHARES, BENCHMARKS, POPULATION)
    bounds = "Covers every spread of the other ages up to sixty-four. Does not cover sampling, ages above, or self-selection."
    ends = {m: same_ages_bounds(m) for m in ("employment", "active")}
    middle = {m: same_ages(m, census_weights()) for m in ("employment", "active")}
    spread = "National rates by age, weighted by the published band; the others are spread as in the census."
    job = intervals.wilson(share("main-job"), n, level())
    young = tuple(sorted(needed(end, (15, 24)) for end in job))
    z_same, _ = intervals.z_against(share("main-job"), n, middle["employment"])
    result = [
        published("main-job", "main-job", "respondents with a main job"),
        published("inactive", "inactive", "inactive respondents"),
        percent("no-main-job", 1 - share("main-job"), "respondents without a main job", "Hundred less those with one.", (SHARES,),
                intervals.wilson(1 - share("main-job"), n, level()), SAMPLING, 0),
        percent("remainder", survey[1], "neither with a main job nor inactive", "Hundred less the two published shares.",
                (SHARES,), left, SAMPLING, 1),
        percent("unemployment-rate", survey[1] / (survey[0] + survey[1]), "unemployment rate this implies",
                "The remainder over the remainder and those with a main job; our inference.", (SHARES,)),
        percent("unemployment-rate-benchmark", nation[1] / (nation[0] + nation[1]), "unemployment rate of France in 2018",
                "Unemployed over active, ages fifteen to sixty-four.", (LABOUR_FORCE,), decimals=1),
        percent("remainder-with-a-third", survey[1] + share("inactive") - share("inactive-third"),
                "left over if a third were inactive", "Hundred less main job less a third.", (SHARES,), decimals=1),
        percent("unemployment-rate-with-a-third", 1 - share("main-job") / (1 - share("inactive-third")),
                "unemployment rate if a third were inactive", "As above.", (SHARES,), decimals=1),
    ]  # fmt: skip
    for state, value in zip(STATES, nation, strict=True):
        label = f"{state} in France, ages fifteen to sixty-four"
        result.append(percent(f"{state}-benchmark", value, label, "Shares of the stocks.", (LABOUR_FORCE,), decimals=1))
    result += [
        num("activity-p", fit, "probability", "chance of such a difference in activity in a random draw",
            "Chi-square test of fit.", tables, p_over_rounding(),
            "Covers the rounding of the share with a main job to a whole percent. Does not cover self-selection.", 2),
        num("activity-p-census", chi_square_p(survey, national_activity("census"), n), "probability",
            "the same against the census of 2019", "Chi-square test of fit.", (SHARES, BENCHMARKS),
            decimals=2),
        percent("expected-main-job", middle["employment"], "employed, for people of the same ages", spread, ages,
                ends["employment"], bounds, 1),
        percent("expected-inactive", 1 - middle["active"], "inactive, for people of the same ages", spread, ages,
                (1 - ends["active"][1], 1 - ends["active"][0]), bounds, 1),
        percent("expected-main-job-no-young", same_ages("employment", census_weights(young=False)),
                "employed, for the same ages and none under twenty-five", "As above, with none under twenty-five.", ages),
        percent("expected-main-job-by-sex", same_ages_by_sex(), "employed, for the same ages and sexes",
                "Census rates by sex and age, weighted by the two published shares.", ages),
        num("main-job-z-same-ages", z_same, "standard errors", "distance of the share with a main job from the same ages",
            "Score test.", ages),
        percent("under-25-needed", needed(share("main-job"), (15, 24)),
                "respondents under twenty-five that would explain the gap",
                "Solved for the share under twenty-five; the older others as in the census.", ages, (young[0], young[1]),
                SAMPLING, 0),
        percent("under-25-benchmark", census(15, 24) / census(15, 64), "under twenty-five among fifteen to sixty-four",
                "Census counts.", (POPULATION,)),
        percent("over-64-needed", needed(share("main-job"), OLD), "respondents over sixty-four that would explain the gap",
                "Solved in the same way, with none of them employed.", (*ages, ASSUMPTIONS), decimals=0),
    ]  # fmt: skip
    return result
