"""With whom women live: on Mechanical Turk, and in France in mid-life."""

from __future__ import annotations

from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.profile.inputs import HOMES, MTURK_HOMES, percent
from microwork.profile.neighbours import COUNTRIES, US
from microwork.profile.sample import with_sampling
from microwork.profile.standing import SAMPLE, WEIGHTED, weighted_share

CHILDREN = ("couple with children", "one parent with children")
# Groups of women, as couple or not and persons at home: those who most likely have a family to look after, and those who may.
LIKELY = (("yes", "3 or more"),)
THREE = (("yes", "3 or more"), ("no", "3 or more"))
POSSIBLE = (*THREE, ("no", "2"))
FAMILY = (
    "The value counts women with at least two others at home. The lower end counts only those in a couple with at least one "
    "more person; the upper end adds women without a partner who live with one other person."
)
COVERS = (
    "Covers what the household can be and the chance of drawing these women, at 95 % (Wilson). Does not cover who chose to "
    "answer, nor whether the others at home are children."
)


@step
def living(groups: tuple[tuple[str, str], ...], country: str | None = None) -> tuple[float, float, float]:
    """Share of the women of Mechanical Turk in these groups (couple, persons at home), and its interval of sampling error.

    ``country``: of these women only. All are fractions.
    """
    wanted = {} if country is None else {"country": country}
    everyone = int(data.rows(MTURK_HOMES, wanted)["workers"].sum())
    having = sum(
        int(data.rows(MTURK_HOMES, {**wanted, "couple": couple, "at_home": home})["workers"].sum()) for couple, home in groups
    )
    return with_sampling(having / everyone, everyone)


@step
def family(*countries: str) -> tuple[float, float, float]:
    """Women with a family on Mechanical Turk: at least two others at home, and the least and the most it can be (fractions).

    The value is that of all countries unless one alone is named; the ends are the lowest and highest of those named.
    """
    value = living(THREE, countries[0] if len(countries) == 1 else None)[0]
    return value, min(living(LIKELY, one)[1] for one in countries), max(living(POSSIBLE, one)[2] for one in countries)


def in_mid_life(*homes: str) -> tuple[float, float, float]:
    """Share of French women aged thirty to forty-nine in these types of household, with sampling error, as fractions."""
    return weighted_share({}, "home", homes, HOMES)


def numbers() -> list[Number]:
    """Numbers of this topic."""
    return [
        percent("mturk-women-family", lambda: family(*COUNTRIES),
            "women with a family, of the women on Mechanical Turk in 2015, lowest to highest country", FAMILY, COVERS, 0),
        percent("mturk-women-family-us", lambda: family(US), "women with a family, of the American women there", FAMILY, COVERS,
            0),
        percent("mid-life-children", lambda: in_mid_life(*CHILDREN),
            "women aged thirty to forty-nine in a household with children, France, 2018", WEIGHTED, SAMPLE, 0),
    ]  # fmt: skip
