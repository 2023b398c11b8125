"""Women and ages of the respondents, against the census of 2018 and another survey of the platform."""

from __future__ import annotations

from functools import partial

from tallybook.model.numbers import Number, number, published

from microwork import intervals
from microwork.profile.inputs import SAMPLING, SELECTION, SHARES, asked, census, percent, share, stated
from microwork.profile.sample import AS_PUBLISHED, SELECTED, odds_ratios, ratios, sampled, selected

CORE = (25, 44)  # the one age band that was published
WORKING = (15, 64)  # the ages of labour statistics
ADULTS = (18, 64)
# Ages the band is held against: name in the id of the benchmark, ending of the ids of the ratios, ages, words.
RANGES = (
    ("census-25-44-of-18-64", "-18-64", ADULTS, "eighteen to sixty-four"),
    ("age-benchmark-15-64", "", WORKING, "fifteen to sixty-four"),
    ("age-benchmark-20-64", "-20-64", (20, 64), "twenty to sixty-four"),
    ("age-benchmark-15-plus", "-15-plus", (15, None), "fifteen and over"),
)
KNOWN = "The census is taken as known without error. "
ODDS = "Odds of the published share over odds of the census share."


def women(low: int, high: int | None) -> float:
    """Women as a fraction of the population of these ages, census of 2018."""
    return census(low, high, "women") / census(low, high)


def core_share(low: int, high: int | None) -> float:
    """People aged 25 to 44 as a fraction of those aged ``low`` to ``high``, census of 2018.

    From counts in five-year groups; adults from 18 to 64 are no such groups and come from the census by single years.
    """
    if (low, high) == ADULTS:
        return stated(*CORE) / stated(*ADULTS)
    return census(*CORE) / census(low, high)


def women_z() -> float:
    """Distance of the published share of women from the census at working age, in standard errors (score test)."""
    return intervals.z_against(share("women"), asked("women"), women(*WORKING))[0]


def jobless_in_most_active() -> float:
    """Share without work among the women of the most active class of the other survey, as a fraction."""
    return share("class4-jobless-women") / share("class4-women")


def overlap(one: float, other: float) -> tuple[float, float, float]:
    """The share that has both of two traits (fractions): if they are independent, and at least and at most.

    Raises ``ValueError`` unless both are fractions from 0 to 1. Source: Fréchet's bounds on the overlap of two shares.
    """
    if not (0 <= one <= 1 and 0 <= other <= 1):
        raise ValueError(f"found shares {one} and {other}; wanted fractions from 0 to 1")
    return one * other, max(0.0, one + other - 1), min(one, other)


def margin() -> float:
    """Half the width of the sampling interval of women, in points."""
    _, low, high = sampled("women")
    return 50 * (high - low)


def numbers() -> list[Number]:
    """Numbers of this topic."""
    band = "age-25-44"
    result = [
        percent("women", lambda: sampled("women"), "women among the respondents", AS_PUBLISHED, SAMPLING, 1),
        number("profile.women-margin", margin, "points", "half the width of the interval of women", "Half of Wilson's interval.",
            decimals=0),
        percent("women-benchmark", lambda: women(*WORKING), "women in France, ages fifteen to sixty-four", "Census counts."),
        percent("census-women-25-44", lambda: women(*CORE), "women in France, ages twenty-five to forty-four", "Census counts."),
        number("profile.women-z", women_z, "standard errors", "distance of the share of women from the census", "Score test."),
        number("profile.women-odds-ratio", lambda: odds_ratios("women", women(*WORKING)), "ratio",
            "odds of women, survey over census", ODDS, KNOWN + SAMPLING, 2),
        percent("women-selection", lambda: selected("women"), "women on the platform, under the example of self-selection",
            SELECTED, SELECTION),
        percent(band, lambda: sampled(band), "respondents aged twenty-five to forty-four", AS_PUBLISHED, SAMPLING, 1),
        percent("age-selection", lambda: selected(band), "aged twenty-five to forty-four, under the same self-selection",
            SELECTED, SELECTION),
    ]  # fmt: skip
    for benchmark, ending, ages, words in RANGES:
        result += [
            percent(benchmark, partial(core_share, *ages), f"aged twenty-five to forty-four among {words}", "Census counts."),
            number(f"profile.age-25-44-ratio{ending}", partial(lambda ages: ratios(band, core_share(*ages)), ages), "ratio",
                f"the band, survey over census, ages {words}", "Published share over census share.", KNOWN + SAMPLING, 2),
        ]  # fmt: skip
    for _, ending, ages, words in RANGES[:2]:
        result.append(
            number(f"profile.age-25-44-odds-ratio{ending}", partial(lambda ages: odds_ratios(band, core_share(*ages)), ages),
                "ratio", f"odds of the band, survey over census, ages {words}", ODDS, KNOWN + SAMPLING, 2)
        )  # fmt: skip
    return result + [
        published("profile.class4-women", SHARES, "class4-women", "women in the most active class of the other survey"),
        published("profile.class4-jobless-women", SHARES, "class4-jobless-women", "women without work in the most active class",
            decimals=0),
        percent("class4-jobless-share", jobless_in_most_active, "without work among the women of that class",
            "Women without work over women, in percent of the class.", decimals=0),
        published("profile.all-jobless-women", SHARES, "all-jobless-women",
            "women without work among all asked in the other survey", decimals=0),
        percent("expected-jobless-women", lambda: overlap(1 - share("main-job"), share("women")),
            "women without a main job, if sex and job are independent", "Share without a main job times share of women.",
            "Covers every way in which sex and job can go together. Does not cover sampling or self-selection."),
    ]  # fmt: skip
