"""With whom women live: on Mechanical Turk, and in France in mid-life."""

from __future__ import annotations

from tallybook import data
from tallybook.data.provenance import step

from microwork.inputs import Numbers, percent
from microwork.intervals import Ends
from microwork.profile.inputs import HOMES, MTURK_HOMES
from microwork.profile.neighbours import US
from microwork.profile.sample import with_sampling
from microwork.profile.standing import weighted_share

CHILDREN = ("couple with children", "one parent with children")
# Groups of women, as couple or not and persons at home: those who most likely have a family to look
# after, and those who may.
LIKELY = (("yes", "3 or more"),)
THREE = (("yes", "3 or more"), ("no", "3 or more"))
POSSIBLE = (*THREE, ("no", "2"))


def counted(groups: tuple[tuple[str, str], ...], country: str) -> tuple[float, int]:
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
    strict, middle, wide = (counted(groups, country) for groups in (LIKELY, THREE, POSSIBLE))
    return middle[0], with_sampling(*strict)[1], with_sampling(*wide)[2]


def in_mid_life(*homes: str) -> Ends:
    """Share of French women aged thirty to forty-nine in these types of household, with sampling
    error, as fractions."""
    return weighted_share({}, "home", homes, HOMES)


NUMBERS: Numbers = {
    "mturk-women-family-us": percent(family, US),
    "mid-life-children": percent(in_mid_life, *CHILDREN),
}
