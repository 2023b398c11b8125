"""Activity of the respondents, against all of working age and against people of the same ages and sexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.profile.inputs import LABOUR_FORCE, SAMPLING, asked, assumption, percent, printed_decimals, share, stated
from microwork.profile.people import ADULTS, CORE, WORKING
from microwork.profile.sample import AS_PUBLISHED, sampled, with_sampling

Ages = tuple[int, int]
STATES = ("employed", "unemployed", "inactive")
OLDER = ((45, 54), (55, 64))
YOUNG, YOUNG_ADULTS = (15, 24), (18, 24)
OLD = (65, 99)  # ages above those of labour statistics; their rate is set, not read
SPREAD = "Rates stated in the census of 2018 by age and sex, weighted by the published band and share of women; the other ages "
AS_CENSUS = SPREAD + "up to sixty-four are spread as in the census."
BOUNDS = "Covers every spread of the other ages up to sixty-four. Does not cover sampling, ages above, or self-selection."


def survey_activity(main_job: float | None = None) -> np.ndarray:
    """Shares (fractions) with a main job, without one but not inactive, inactive; they add up to 1.

    The second is what is left over. Calling it unemployed is our inference.
    ``main_job``: another value for the share with a main job (fraction).
    """
    first = share("main-job") if main_job is None else main_job
    return np.array([first, 1 - first - share("inactive"), share("inactive")])


def national_activity() -> np.ndarray:
    """Shares employed, unemployed and inactive at ages 15 to 64, Labour Force Survey of 2018; they add up to 1."""
    found = np.array([data.value(LABOUR_FORCE, state) for state in STATES])
    shares: np.ndarray = found / found.sum()
    return shares


def national_share(state: str) -> float:
    """One of the shares of ``national_activity``, by its name in ``STATES``."""
    return float(national_activity()[STATES.index(state)])


def chi_square_p(observed: np.ndarray, expected: np.ndarray, n: int) -> float:
    """p of the chi-square test of fit of ``observed`` shares of n persons to ``expected`` shares (both add up to 1)."""
    return float(stats.chisquare(observed * n, expected * n).pvalue)


def rounding_of(fact_id: str) -> tuple[float, float]:
    """Ends, as fractions, of what prints as a published share."""
    half = 0.5 * 10 ** -printed_decimals(fact_id) / 100
    return share(fact_id) - half, share(fact_id) + half


def fit_to_nation() -> tuple[float, float, float]:
    """p of the chi-square test against the country: value, and ends over the rounding of the share with a main job."""
    n, nation = asked("main-job"), national_activity()
    values = [chi_square_p(survey_activity(value), nation, n) for value in np.linspace(*rounding_of("main-job"), 41)]
    return chi_square_p(survey_activity(), nation, n), min(values), max(values)


def third_from() -> float:
    """From which share on (a fraction) a third is nearer than a quarter: midway between the two."""
    return (share("inactive-third") + assumption("quarter") / 100) / 2


def stated_rate(activity: str, ages: Ages, sex: str) -> float:
    """Share of an age group and sex that states this activity in the census of 2018, as a fraction.

    ``OLD`` has the employment rate that the assumptions set. Raises ``ValueError`` for another activity at these ages.
    """
    if ages == OLD:
        if activity != "employed":
            raise ValueError(f"found activity {activity!r} over 64; expected employed, the only rate that is set")
        return assumption("employment-65-plus") / 100
    return stated(*ages, sex=sex, activity=activity) / stated(*ages, sex=sex)


def same_ages(activity: str, weights: Mapping[Ages, float]) -> float:
    """The share in this activity among people of the respondents' ages and sexes (direct standardisation), as a fraction.

    The published share aged 25 to 44 gets the rate of that band; the others get the rates of their groups, mixed with
    ``weights`` (group -> fraction of the others; they add up to 1). Sex and age are taken as independent.
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


def expected(activity: str, young: Ages) -> tuple[float, float, float]:
    """``same_ages`` with the others spread over ``young`` and the older groups as in the census, then its smallest and
    largest value over every spread."""
    groups = (young, *OLDER)
    ends = [same_ages(activity, {ages: 1.0}) for ages in groups]
    return same_ages(activity, census_weights(groups)), min(ends), max(ends)


def needed(target: float, extra: Ages) -> float:
    """Which fraction of all respondents would have to be in the age group ``extra`` for their ages alone to give ``target``.

    ``target``: a share with a main job (fraction). The other respondents outside 25 to 44 are spread over ages 45 to 64 as
    in the census. Raises ``ValueError`` if no mix of ages gives the target.
    """
    start, end = same_ages("employed", census_weights(OLDER)), same_ages("employed", {extra: 1.0})
    part = (start - target) / (start - end)
    if not 0 <= part <= 1:
        raise ValueError(
            f"found a target of {target}; expected one from {min(start, end)} to {max(start, end)}, which ages can give"
        )
    return (1 - share("age-25-44")) * part


def by_under_25(points: int = 41) -> pd.DataFrame:
    """Expected share with a job by the share of respondents aged 18 to 24: ``under_25``, ``expected`` (percent)."""
    most, older = 1 - share("age-25-44"), census_weights(OLDER)
    rows = []
    for under in np.linspace(0, most, points):
        weights = {ages: (1 - under / most) * weight for ages, weight in older.items()}
        weights[YOUNG_ADULTS] = under / most
        rows.append({"under_25": 100 * under, "expected": 100 * same_ages("employed", weights)})
    return pd.DataFrame(rows)


def numbers() -> list[Number]:
    """Numbers of this topic: what was published, the country at all ages, people of the same ages."""
    return [*_published(), *_all_ages(), *_same_ages()]


def _published() -> list[Number]:
    return [
        percent("main-job", lambda: sampled("main-job"), "respondents with a main job", AS_PUBLISHED, SAMPLING, 0),
        percent("inactive", lambda: sampled("inactive"), "inactive respondents", AS_PUBLISHED, SAMPLING, 1),
        percent("third-from", third_from, "share above which a third is nearer than a quarter",
            "Midway between the two."),
        percent("no-main-job", lambda: with_sampling(1 - share("main-job"), asked("main-job")), "respondents without a main job",
            "Hundred less those with one.", SAMPLING, 0),
        percent("remainder", lambda: with_sampling(survey_activity()[1], asked("main-job")),
            "neither with a main job nor inactive", "Hundred less the two published shares.", SAMPLING, 1),
    ]  # fmt: skip


def _all_ages() -> list[Number]:
    return [
        *(
            percent(f"{state}-benchmark", partial(national_share, state),
                f"{state} in France in 2018, ages fifteen to sixty-four", "Labour Force Survey, persons over all.",
                decimals=0)
            for state in ("employed", "inactive")
        ),
        percent("census-employed-15-64", lambda: stated(*WORKING, activity="employed") / stated(*WORKING),
            "employed by their own word in the census of 2018, ages fifteen to sixty-four", "Census, persons over all.",
            decimals=0),
        number("profile.activity-p", fit_to_nation, "probability", "chance of such a difference from working age",
            "Chi-square test of fit, three groups.",
            "Covers the rounding of the share with a main job, a whole percent. Does not cover self-selection.", 2),
    ]  # fmt: skip


def _same_ages() -> list[Number]:
    return [
        percent("census-employed-expected", lambda: expected("employed", YOUNG),
            "employed, for people of the same ages and sexes", AS_CENSUS, BOUNDS, 0),
        percent("census-employed-expected-adults", lambda: expected("employed", YOUNG_ADULTS),
            "employed, for adults of the same ages and sexes", AS_CENSUS + " No one is under eighteen.", BOUNDS, 0),
        percent("census-inactive-expected", lambda: expected("inactive", YOUNG),
            "inactive, for people of the same ages and sexes", AS_CENSUS, BOUNDS, 0),
        percent("under-25-fewest", lambda: needed(sampled("main-job")[2], YOUNG_ADULTS),
            "respondents under twenty-five that would explain the gap, at least",
            "Solved at the upper end of the survey's interval; the older others as in the census.", decimals=0),
        percent("census-18-24", lambda: stated(*YOUNG_ADULTS) / stated(*ADULTS),
            "eighteen to twenty-four among eighteen to sixty-four", "Census counts.", decimals=0),
        percent("over-64-needed", lambda: needed(share("main-job"), OLD),
            "respondents over sixty-four that would explain the gap", "Solved in the same way, with none of them employed.",
            decimals=0),
    ]  # fmt: skip
