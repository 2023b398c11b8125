"""Contracts and diplomas of the respondents, against the country, and with whom women live."""

from __future__ import annotations

from tallybook import data
from tallybook.data.provenance import step

from microwork.inputs import Numbers, percent
from microwork.intervals import Ends
from microwork.profile.inputs import HOMES, HOURS, MTURK_HOMES, asked, benchmark, share, stated
from microwork.profile.neighbours import US, sampled_elsewhere
from microwork.profile.people import CORE
from microwork.profile.sample import odds_ratios, ratios, sampled, selected, with_sampling

DECADE = "above-bac2-2018-25-34"  # the most educated decade of ages in the year of the survey
SCHOOLED = (25, 64)  # the ages the published share is of

CHILDREN = ("couple with children", "one parent with children")
# Groups of women, as couple or not and persons at home: those who most likely have a family to look
# after, and those who may.
LIKELY = (("yes", "3 or more"),)
THREE = (("yes", "3 or more"), ("no", "3 or more"))
POSSIBLE = (*THREE, ("no", "2"))


def part_time() -> Ends:
    """Part time among the respondents with an open-ended contract, and its interval of sampling
    error, as fractions."""
    return with_sampling(1 - share("cdi-full-time"), asked("cdi-full-time"))


def weighted_share(
    among: dict[str, str], column: str, values: tuple[str, ...], table: str = HOURS
) -> Ends:
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


def education_ratio() -> Ends:
    """Share above Bac+2 over the most educated decade.

    The ends take in sampling and the rounding of the benchmark.
    """
    there, half = benchmark(DECADE), 0.005  # Insee prints it without decimals
    value, low, high = sampled("above-bac2")
    return value / there, low / (there + half), high / (there - half)


def women_counted(groups: tuple[tuple[str, str], ...], country: str) -> tuple[float, int]:
    """Share of the women of a country on Mechanical Turk in these groups (couple, persons at home),
    and of how many."""
    wanted = {"country": country}
    everyone = int(data.rows(MTURK_HOMES, wanted)["workers"].sum())
    having = sum(
        int(data.rows(MTURK_HOMES, {**wanted, "couple": couple, "at_home": home})["workers"].sum())
        for couple, home in groups
    )
    return having / everyone, everyone


@step
def family(country: str) -> Ends:
    """Women with a family in a country on Mechanical Turk: at least two others at home, and the
    least and the most it can be with sampling error, as fractions."""
    strict, middle, wide = (women_counted(groups, country) for groups in (LIKELY, THREE, POSSIBLE))
    return middle[0], with_sampling(*strict)[1], with_sampling(*wide)[2]


def in_mid_life(*homes: str) -> Ends:
    """Share of French women aged thirty to forty-nine in these types of household, with sampling
    error, as fractions."""
    return weighted_share({}, "home", homes, HOMES)


NUMBERS: Numbers = {
    "mturk-women-family-us": percent(family, US),
    "mid-life-children": percent(in_mid_life, *CHILDREN),
    "cdi": percent(sampled, "cdi"),
    "cdi-full-time": percent(sampled, "cdi-full-time"),
    "cdi-part-time": percent(part_time),
    "part-time-women": percent(weighted_share, {"sex": "women"}, "hours", ("part time",)),
    "part-time-men": percent(weighted_share, {"sex": "men"}, "hours", ("part time",)),
    "part-timers-women": percent(weighted_share, {"hours": "part time"}, "sex", ("women",)),
    "above-bac2": percent(sampled, "above-bac2"),
    "census-above-bac2-25-64": percent(above_bac2_in_france, *SCHOOLED),
    "census-above-bac2-25-44": percent(above_bac2_in_france, *CORE),
    "education-ratio-25-64": lambda: ratios("above-bac2", above_bac2_in_france(*SCHOOLED)),
    "education-odds-ratio-25-64": lambda: odds_ratios(
        "above-bac2", above_bac2_in_france(*SCHOOLED)
    ),
    "education-odds-ratio-25-44": lambda: odds_ratios("above-bac2", above_bac2_in_france(*CORE)),
    "education-ratio": education_ratio,
    "education-selection": percent(selected, "above-bac2"),
    "graduates-mturk": percent(sampled_elsewhere, "mturk-graduates"),
}
