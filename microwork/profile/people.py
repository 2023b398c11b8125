"""Women and ages of the respondents, against the census of 2018 and another survey of the platform."""

from __future__ import annotations

from tallybook.model.numbers import Number, number, published

from microwork import intervals
from microwork.profile.inputs import (
    ASSUMPTIONS,
    SAMPLING,
    SELECTION,
    SHARES,
    asked,
    assumption,
    census,
    percent,
    share,
    stated,
)
from microwork.profile.sample import AS_PUBLISHED, SELECTED, odds_ratios, ratios, sampled, selected

CORE = (25, 44)  # the one age band that was published
WORKING = (15, 64)  # the ages of labour statistics
ADULTS = (18, 64)
KNOWN = "The census is taken as known without error. "
ODDS = "Odds of the published share over odds of the census share."


def women(low: int, high: int | None) -> float:
    """Women as a fraction of the population of these ages, census of 2018."""
    return census(low, high, "women") / census(low, high)


def core_share(low: int, high: int | None) -> float:
    """People aged 25 to 44 as a fraction of those aged ``low`` to ``high``, census of 2018.

    From counts in five-year groups; adults from 18 to 64 are no such groups and come from the
    census by single years.
    """
    if (low, high) == ADULTS:
        return stated(*CORE) / stated(*ADULTS)
    return census(*CORE) / census(low, high)


def women_z() -> float:
    """Distance of the published share of women from the census at working age, in standard errors
    (score test)."""
    return intervals.z_against(share("women"), asked("women"), women(*WORKING))[0]


def jobless_in_most_active() -> float:
    """Share without work among the women of the most active class of the other survey, as a
    fraction."""
    return share("class4-jobless-women") / share("class4-women")


def women_with_work(least: float) -> tuple[float, float, float]:
    """Women with work among the women of the other survey, whose share of all we could not read, as
    fractions.

    The value takes half of all to be women; the ends, from ``least`` (a fraction) up to what they
    are in its most active class. The ends take in the rounding of the women without work. Raises
    ``ValueError`` unless ``least`` is above those women.
    """
    jobless, half = share("all-jobless-women"), 0.005  # printed without decimals
    if not jobless + half < least <= 1:
        raise ValueError(
            f"found a least share of women of {least}; expected one above {jobless + half} and up"
            " to 1"
        )
    return (
        1 - jobless / (assumption("half") / 100),
        1 - (jobless + half) / least,
        1 - (jobless - half) / share("class4-women"),
    )


def with_work(ratio: float, least: float) -> tuple[float, float, float]:
    """People with work among all whom the other survey asked, from its share of women without work,
    as fractions.

    ``ratio``: how often its men are without work, as a multiple of how often its women are;
    ``least``: the least share of women among those asked (a fraction). The value takes half to be
    women. The upper end takes no man to be without work, and so needs no assumption. The ends take
    in the rounding of the women without work. Raises ``ValueError`` unless ``least`` is above those
    women, or if more men would be without work than there are.
    """
    jobless, half = share("all-jobless-women"), 0.005  # printed without decimals
    if not jobless + half < least <= 1:
        raise ValueError(
            f"found a least share of women of {least}; expected one above {jobless + half} and up"
            " to 1"
        )
    if ratio * (jobless + half) > least:
        raise ValueError(
            f"found a ratio of {ratio}; expected one at which no more than all men are without work"
        )

    def found(without: float, women: float) -> float:
        return 1 - without - ratio * without / women * (1 - women)

    return (
        found(jobless, assumption("half") / 100),
        found(jobless + half, least),
        1 - (jobless - half),
    )


def work_if_alike() -> tuple[float, float, float]:
    """People with work if the other survey has as many women as the first, and its men are without
    work as often as its women, as fractions.

    The ends take in the rounding of the women without work and the sampling of the share of women.
    """
    jobless, half = share("all-jobless-women"), 0.005  # printed without decimals
    women_, fewest, most = sampled("women")
    return 1 - jobless / women_, 1 - (jobless + half) / fewest, 1 - (jobless - half) / most


def margin() -> float:
    """Half the width of the sampling interval of women, in points."""
    _, low, high = sampled("women")
    return 50 * (high - low)


def numbers() -> list[Number]:
    """Numbers of this topic: women, the band of ages, the other survey."""
    return [*_women(), *_ages(), *_other_survey()]


def _women() -> list[Number]:
    return [
        percent(
            "women",
            lambda: sampled("women"),
            "women among the respondents",
            AS_PUBLISHED,
            SAMPLING,
            1,
        ),
        published(
            "profile.women-interview",
            SHARES,
            "women-rounded",
            "women among the respondents, as the interview has it",
            decimals=0,
        ),
        number(
            "profile.women-margin",
            margin,
            "points",
            "half the width of the interval of women",
            "Half of Wilson's interval.",
            decimals=0,
        ),
        percent(
            "women-benchmark",
            lambda: women(*WORKING),
            "women in France, ages fifteen to sixty-four",
            "Census counts.",
            decimals=0,
        ),
        percent(
            "census-women-25-44",
            lambda: women(*CORE),
            "women in France, ages twenty-five to forty-four",
            "Census counts.",
            decimals=0,
        ),
        number(
            "profile.women-z",
            women_z,
            "standard errors",
            "distance of the share of women from the census",
            "Score test.",
        ),
        number(
            "profile.women-odds-ratio",
            lambda: odds_ratios("women", women(*WORKING)),
            "ratio",
            "odds of women, survey over census",
            ODDS,
            KNOWN + SAMPLING,
            1,
        ),
        percent(
            "women-selection",
            lambda: selected("women"),
            "women on the platform, under the example of self-selection",
            SELECTED,
            SELECTION,
            0,
        ),
    ]


def _ages() -> list[Number]:
    band = "age-25-44"
    return [
        percent(
            band,
            lambda: sampled(band),
            "respondents aged twenty-five to forty-four",
            AS_PUBLISHED,
            SAMPLING,
            1,
        ),
        published(
            "profile.age-interview",
            SHARES,
            "age-25-44-rounded",
            "respondents aged twenty-five to forty-four, as the interview has it",
            decimals=0,
        ),
        percent(
            "age-selection",
            lambda: selected(band),
            "aged twenty-five to forty-four, under the same self-selection",
            SELECTED,
            SELECTION,
            0,
        ),
        percent(
            "census-25-44-of-18-64",
            lambda: core_share(*ADULTS),
            "aged twenty-five to forty-four among eighteen to sixty-four",
            "Census counts.",
            decimals=0,
        ),
        number(
            "profile.age-25-44-ratio-18-64",
            lambda: ratios(band, core_share(*ADULTS)),
            "ratio",
            "the band, survey over census, ages eighteen to sixty-four",
            "Published share over census share.",
            KNOWN + SAMPLING,
            1,
        ),
        number(
            "profile.age-25-44-ratio",
            lambda: ratios(band, core_share(*WORKING)),
            "ratio",
            "the band, survey over census, ages fifteen to sixty-four",
            "Published share over census share.",
            KNOWN + SAMPLING,
            2,
        ),
        number(
            "profile.age-25-44-odds-ratio-18-64",
            lambda: odds_ratios(band, core_share(*ADULTS)),
            "ratio",
            "odds of the band, survey over census, ages eighteen to sixty-four",
            ODDS,
            KNOWN + SAMPLING,
            1,
        ),
    ]


def _other_survey() -> list[Number]:
    return [
        published(
            "profile.class4-women",
            SHARES,
            "class4-women",
            "women in the most active class of the other survey",
            decimals=0,
        ),
        published(
            "profile.class4-jobless-women",
            SHARES,
            "class4-jobless-women",
            "women without work in the most active class",
            decimals=0,
        ),
        percent(
            "class4-jobless-share",
            jobless_in_most_active,
            "without work among the women of that class",
            "Women without work over women, in percent of the class.",
            decimals=0,
        ),
        published(
            "profile.all-jobless-women",
            SHARES,
            "all-jobless-women",
            "women without work among all asked in the other survey",
            decimals=0,
        ),
        published(
            "profile.women-least",
            ASSUMPTIONS,
            "women-least",
            "least share of women among those whom the critics asked",
            "Set.",
            0,
        ),
        percent(
            "women-with-work",
            lambda: women_with_work(assumption("women-least") / 100),
            "women with work among the women, another survey of the same platform",
            "One less the women without work over all women, who are put at half.",
            "Covers shares of women from the least that is assumed to that of the most active"
            " class. Does not cover sampling, as the number asked is not known, nor who chose to"
            " answer.",
            0,
        ),
        percent(
            "with-work",
            lambda: with_work(assumption("men-jobless"), assumption("women-least") / 100),
            "people with work, another survey of the same platform",
            "One less the women without work and as many men; women are put at half.",
            "Covers from no man without work to men without work as often as women, and shares of"
            " women from the least that is assumed. Does not cover sampling, as the number asked is"
            " not known, nor who chose to answer.",
            0,
        ),
        percent(
            "work-if-alike",
            work_if_alike,
            "people with work, if women are as many as in the first survey and men are without work"
            " as often",
            "One less the women without work over the share of women.",
            "Covers rounding and the sampling of the share of women. Does not cover men who are"
            " without work more or less often, nor who chose to answer.",
            0,
        ),
    ]
