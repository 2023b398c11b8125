"""Women and ages of the respondents, against the census of 2018 and another survey."""

from __future__ import annotations

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends
from microwork.profile.inputs import asked, assumption, census, rounded, share, stated
from microwork.profile.sample import odds_ratios, ratios, sampled, selected

CORE = (25, 44)  # the one age band that was published
WORKING = (15, 64)  # the ages of labour statistics
ADULTS = (18, 64)


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


def _jobless_women(least: float) -> Ends:
    """Women without work among all whom the other survey asked, and the ends of its rounding.

    Raises ``ValueError`` unless ``least``, a share of women, is above them.
    """
    found = rounded("all-jobless-women")
    if not found[2] < least <= 1:
        raise ValueError(
            f"found a least share of women of {least}; expected one above {found[2]} and up to 1"
        )
    return found


def women_with_work(least: float) -> Ends:
    """Women with work among the women of the other survey, whose share of all we could not read, as
    fractions.

    The value takes half of all to be women; the ends, from ``least`` (a fraction) up to what they
    are in its most active class. The ends take in the rounding of the women without work. Raises
    ``ValueError`` unless ``least`` is above those women.
    """
    jobless, fewest, most = _jobless_women(least)
    return (
        1 - jobless / (assumption("half") / 100),
        1 - most / least,
        1 - fewest / share("class4-women"),
    )


def with_work(ratio: float, least: float) -> Ends:
    """People with work among all whom the other survey asked, from its share of women without work,
    as fractions.

    ``ratio``: how often its men are without work, as a multiple of how often its women are;
    ``least``: the least share of women among those asked (a fraction). The value takes half to be
    women. The upper end takes no man to be without work, and so needs no assumption. The ends take
    in the rounding of the women without work. Raises ``ValueError`` unless ``least`` is above those
    women, or if more men would be without work than there are.
    """
    jobless, fewest, most = _jobless_women(least)
    if ratio * most > least:
        raise ValueError(
            f"found a ratio of {ratio}; expected one at which no more than all men are without work"
        )

    def found(without: float, women: float) -> float:
        return 1 - without - ratio * without / women * (1 - women)

    return found(jobless, assumption("half") / 100), found(most, least), 1 - fewest


def work_if_alike() -> Ends:
    """People with work if the other survey has as many women as the first, and its men are without
    work as often as its women, as fractions.

    The ends take in the rounding of the women without work and the sampling of the share of women.
    """
    jobless, fewest, most = rounded("all-jobless-women")
    women, least_women, most_women = sampled("women")
    return 1 - jobless / women, 1 - most / least_women, 1 - fewest / most_women


def margin() -> float:
    """Half the width of the sampling interval of women, in points."""
    _, low, high = sampled("women")
    return 50 * (high - low)


NUMBERS: Numbers = {
    "survey-women": percent(sampled, "women"),
    "women-margin": margin,
    "women-benchmark": percent(women, *WORKING),
    "women-z": women_z,
    "women-odds-ratio": lambda: odds_ratios("women", women(*WORKING)),
    "women-selection": percent(selected, "women"),
    "survey-age-25-44": percent(sampled, "age-25-44"),
    "age-selection": percent(selected, "age-25-44"),
    "census-25-44-of-18-64": percent(core_share, *ADULTS),
    "age-25-44-ratio-18-64": lambda: ratios("age-25-44", core_share(*ADULTS)),
    "age-25-44-ratio": lambda: ratios("age-25-44", core_share(*WORKING)),
    "age-25-44-odds-ratio-18-64": lambda: odds_ratios("age-25-44", core_share(*ADULTS)),
    "class4-jobless-share": percent(jobless_in_most_active),
    "women-with-work": percent(lambda: women_with_work(assumption("women-least") / 100)),
    "with-work": percent(
        lambda: with_work(assumption("men-jobless"), assumption("women-least") / 100)
    ),
    "work-if-alike": percent(work_if_alike),
}
