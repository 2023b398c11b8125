"""Contracts and diplomas of the respondents, against the country."""

from __future__ import annotations

from tallybook import data
from tallybook.model.numbers import Number, number, published

from microwork.profile.inputs import (
    BENCHMARKS,
    ELSEWHERE,
    HOURS,
    SAMPLING,
    SELECTION,
    SHARES,
    asked,
    benchmark,
    elsewhere,
    percent,
    share,
    stated,
)
from microwork.profile.sample import (
    AS_PUBLISHED,
    SELECTED,
    odds_ratios,
    ratios,
    sampled,
    selected,
    with_sampling,
)

DECADE = "above-bac2-2018-25-34"  # the most educated decade of ages in the year of the survey
SCHOOLED = (25, 64)  # the ages the published share is of
WEIGHTED = (
    "Sample of the Labour Force Survey of 2018, weighted; the interval is Wilson's at the effective"
    " number of persons."
)
STUDENTS = "Census, persons over all; students count as without a diploma."
SAMPLE = (
    "Covers the chance of drawing these persons, at 95 %. Does not cover answers about hours that"
    " are wrong."
)


def part_time() -> float:
    """Part time among the respondents with an open-ended contract, as a fraction."""
    return 1 - share("cdi-full-time")


def weighted_share(
    among: dict[str, str], column: str, values: tuple[str, ...], table: str = HOURS
) -> tuple[float, float, float]:
    """Weighted share of a group in the sample of the Labour Force Survey, and its interval of
    sampling error, as fractions.

    ``among``: columns of ``table`` and what they hold in the group; ``column``, ``values``: what is
    counted in it. The interval is Wilson's at the effective number of persons, rounded down (Kish,
    Survey Sampling, 1965).
    """
    group = data.rows(table, among)
    total = float(group["weight"].sum())
    effective = int(total**2 / float(group["weight_squared"].sum()))
    return with_sampling(
        float(group.loc[group[column].isin(values), "weight"].sum()) / total, effective
    )


def above_bac2_in_france(low: int, high: int) -> float:
    """Share above Bac+2 of these ages in the census of 2018, as a fraction."""
    return stated(low, high, above_bac2="yes") / stated(low, high)


def education_ratio() -> tuple[float, float, float]:
    """Share above Bac+2 over the most educated decade.

    The ends take in sampling and the rounding of the benchmark.
    """
    there, half = benchmark(DECADE), 0.005  # Insee prints it without decimals
    value, low, high = sampled("above-bac2")
    return value / there, low / (there + half), high / (there - half)


def numbers() -> list[Number]:
    """Numbers of this topic: contracts and hours, then diplomas."""
    return [*_hours(), *_diplomas()]


def _hours() -> list[Number]:
    return [
        percent(
            "cdi",
            lambda: sampled("cdi"),
            "respondents with an open-ended contract",
            AS_PUBLISHED,
            SAMPLING,
            0,
        ),
        percent(
            "cdi-full-time",
            lambda: sampled("cdi-full-time"),
            "full time among those with an open-ended contract",
            AS_PUBLISHED,
            SAMPLING,
            0,
        ),
        percent(
            "cdi-part-time",
            lambda: with_sampling(part_time(), asked("cdi-full-time")),
            "part time among those with an open-ended contract",
            "Hundred less full time.",
            SAMPLING,
            0,
        ),
        percent(
            "part-time-women",
            lambda: weighted_share({"sex": "women"}, "hours", ("part time",)),
            "part time among employed women in France, 2018",
            WEIGHTED,
            SAMPLE,
            0,
        ),
        percent(
            "part-time-men",
            lambda: weighted_share({"sex": "men"}, "hours", ("part time",)),
            "part time among employed men in France, 2018",
            WEIGHTED,
            SAMPLE,
            0,
        ),
        percent(
            "part-timers-women",
            lambda: weighted_share({"hours": "part time"}, "sex", ("women",)),
            "women among part-timers in France, 2018",
            WEIGHTED,
            SAMPLE,
            0,
        ),
    ]


def _diplomas() -> list[Number]:
    mturk = "mturk-graduates"
    known = (
        "The census is taken as known without error. The base is smaller than the survey, so a"
        " little too narrow. "
    )
    return [
        percent(
            "above-bac2",
            lambda: sampled("above-bac2"),
            "respondents with a diploma above Bac+2",
            AS_PUBLISHED,
            SAMPLING,
            1,
        ),
        published(
            "profile.degree-interview",
            SHARES,
            "above-bac2-rounded",
            "respondents with a diploma above Bac+2, as the interview has it",
            decimals=0,
        ),
        percent(
            "census-above-bac2-25-64",
            lambda: above_bac2_in_france(*SCHOOLED),
            "above Bac+2 in France in 2018, ages twenty-five to sixty-four",
            STUDENTS,
            decimals=0,
        ),
        percent(
            "census-above-bac2-25-44",
            lambda: above_bac2_in_france(25, 44),
            "above Bac+2 in France in 2018, ages twenty-five to forty-four",
            STUDENTS,
            decimals=0,
        ),
        published(
            "profile.education-benchmark",
            BENCHMARKS,
            DECADE,
            "above Bac+2 in France in 2018, ages twenty-five to thirty-four",
            decimals=0,
        ),
        number(
            "profile.education-ratio-25-64",
            lambda: ratios("above-bac2", above_bac2_in_france(*SCHOOLED)),
            "ratio",
            "above Bac+2, survey over France, the same ages",
            "One share over the other.",
            known + SAMPLING,
            1,
        ),
        number(
            "profile.education-odds-ratio-25-64",
            lambda: odds_ratios("above-bac2", above_bac2_in_france(*SCHOOLED)),
            "ratio",
            "odds above Bac+2, survey over France, the same ages",
            "Odds over odds.",
            known + SAMPLING,
            1,
        ),
        number(
            "profile.education-odds-ratio-25-44",
            lambda: odds_ratios("above-bac2", above_bac2_in_france(25, 44)),
            "ratio",
            "odds above Bac+2, survey over France aged twenty-five to forty-four",
            "Odds over odds.",
            known + SAMPLING,
            1,
        ),
        number(
            "profile.education-ratio",
            education_ratio,
            "ratio",
            "above Bac+2, survey over the most educated decade",
            "One share over the other.",
            f"Takes in the rounding of the benchmark. {SAMPLING} The base is one of ages.",
            1,
        ),
        percent(
            "education-selection",
            lambda: selected("above-bac2"),
            "above Bac+2, under the example of self-selection",
            SELECTED,
            SELECTION,
            0,
        ),
        percent(
            "graduates-mturk",
            lambda: with_sampling(elsewhere(mturk), asked(mturk, ELSEWHERE)),
            "with a college degree, Mechanical Turk in the United States",
            "As published.",
            SAMPLING,
            0,
        ),
        published(
            "profile.graduates-us",
            ELSEWHERE,
            "us-graduates",
            "with a college degree, working adults of the United States",
            decimals=0,
        ),
    ]
