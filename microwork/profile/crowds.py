"""Who works on other platforms: women, ages and schooling of whole crowds, and what these let one
expect of one more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number

from microwork import intervals
from microwork.profile.inputs import (
    CROWDS,
    ELSEWHERE,
    PROLIFIC,
    asked,
    assumption,
    elsewhere,
    hundredfold,
    level,
    percent,
)
from microwork.profile.neighbours import COUNTRIES, OTHER, WOMEN, counted
from microwork.profile.sample import sampled, with_sampling

Place = tuple[float, int]  # a share (fraction), and the persons that it was found among
Places = dict[str, Place]
Model = Callable[[Sequence[float], Sequence[int], float], tuple[float, float, float]]

CROWDFLOWER = {"platform": "CrowdFlower", "unit": "person"}
PROLIFIC_PEOPLE = {"platform": "Prolific", "unit": "person"}
TURK_ANSWERS = {"platform": "Mechanical Turk", "unit": "answer"}
TURK_PEOPLE = {"platform": "Mechanical Turk", "unit": "person"}
NOT_TOLD = ("not known",)
DEGREES = ("bachelor", "master", "doctorate")
UNDER_30 = ("under 18", "18 to 30")
LAST = 2019  # the last year in which what workers of Mechanical Turk declare can be believed
TURK, GERMAN = "Mechanical Turk, 2015", "Germany, two platforms, 2015"
NEXT = "One more crowd, as predicted"
SAID = "France, Foule Factory, 2018"

PERSONS = (
    "Covers the chance of drawing these persons, at 95 % (Wilson), as if they were a random draw. "
)
VOLUNTEERS = (
    "Does not cover who took the job and chose to tell, nor how that platform differs from others."
)
RANGE = (
    "Covers how far these crowds differ, from the lowest share to the highest. "
    "Does not cover sampling, nor who chose to answer, nor another crowd."
)
AHEAD = (
    "Covers how far these crowds differ and the chance of drawing these workers. Does not cover who"
    " chose to answer, nor a crowd of another kind."
)
ONCE = (
    "Each platform is one crowd, with all its workers, by its first survey of persons by people"
    " outside the team; two German ones that were counted together are one."
)
ENDS = (
    "Mean of a random-effects model over crowds, on log odds; the ends are those of its prediction"
    " interval at 95 %."
)
ANSWERS = (
    "Answers of women over all answers of that year. Some workers answered more than once, so the"
    " interval is Wilson’s at the fewest persons who can have given them (effective number by Kish,"
    " at most one answer in thirty days). Another copy of the same survey, with more answers, gives"
    " nearly the same share."
)


def found_in(
    table: str,
    rows: dict[str, object],
    trait: str,
    groups: tuple[str, ...],
    left_out: tuple[str, ...] = (),
) -> Place:
    """The share with a trait, and the number of persons or answers that it is a share of.

    ``table``: ``CROWDS`` or ``PROLIFIC``; ``rows``: which platform, year and unit; ``groups``: what
    counts; ``left_out``: who told nothing, and does not count at all. Raises ``DataError`` for rows
    that are not there.
    """
    told = data.rows(table, {**rows, "trait": trait})
    told = told[~told["group"].isin(left_out)]
    everyone = int(told["count"].sum())
    return float(told.loc[told["group"].isin(groups), "count"].sum()) / everyone, everyone


def in_crowdflower(trait: str, groups: tuple[str, ...]) -> Place:
    """A share of the workers of CrowdFlower in 2016 who told the trait, and of how many."""
    return found_in(CROWDS, {**CROWDFLOWER}, trait, groups, NOT_TOLD)


def on_prolific(trait: str, groups: tuple[str, ...]) -> Place:
    """A share of the participants on Prolific in 2022 who told the trait, and of how many."""
    return found_in(PROLIFIC, {**PROLIFIC_PEOPLE}, trait, groups, NOT_TOLD)


@step
def turk_answers(
    trait: str, groups: tuple[str, ...], year: int = LAST
) -> tuple[float, float, float]:
    """Share of the answers on Mechanical Turk in a year, as fractions, with Wilson's ends at the
    fewest persons behind them."""
    share, answers = found_in(CROWDS, {**TURK_ANSWERS, "year": year}, trait, groups)
    return with_sampling(share, behind(answers, year))


def behind(answers: int, year: int) -> int:
    """The fewest persons, as an effective number, who can have given the answers on Mechanical Turk
    in a year, rounded down."""
    persons = int(data.row(CROWDS, "Mechanical Turk", year, "person", "all", "all")["count"])
    return int(intervals.fewest_persons(answers, persons, int(assumption("answers-most"))))


@step
def crowds() -> Places:
    """Women among the workers of each crowd that people outside the team counted, and the number of
    persons, by crowd."""
    women, everyone = counted(*WOMEN)
    return {TURK: (women / everyone, everyone)} | _other_platforms()


def _other_platforms() -> Places:
    return {
        GERMAN: (elsewhere("zew-women"), asked("zew-women", ELSEWHERE)),
        "CrowdFlower, 2016": in_crowdflower("sex", ("women",)),
        "Prolific, 2022": on_prolific("sex", ("women",)),
    }


@step
def by_country() -> Places:
    """``crowds``, with Mechanical Turk as three crowds: the United States, India, and elsewhere."""
    women = {country: counted(*WOMEN, country) for country in COUNTRIES}
    turk = {
        f"{place.capitalize() if place == OTHER else place}, {TURK}": (a / b, b)
        for place, (a, b) in women.items()
    }
    return turk | _other_platforms()


@step
def by_last_answers() -> Places:
    """``crowds``, with Mechanical Turk by its answers of the last year that can be believed, on the
    fewest persons behind."""
    share, answers = found_in(CROWDS, {**TURK_ANSWERS, "year": LAST}, "sex", ("women",))
    return {f"Mechanical Turk, {LAST}": (share, behind(answers, LAST))} | _other_platforms()


@step
def women_elsewhere() -> tuple[float, float, float]:
    """Women in the ``crowds``: all persons together, and the lowest and highest share, as
    fractions."""
    shares, persons = zip(*crowds().values(), strict=True)
    return float(np.average(shares, weights=persons)), min(shares), max(shares)


@step
def next_crowd(ready: float = 1) -> tuple[float, float, float]:
    """Women to expect in one more crowd like these, and the prediction interval, as fractions
    (``intervals.next_place``).

    ``ready``: how many times as ready to answer women were; this self-selection is undone.
    """
    return over(crowds(), intervals.next_place, ready)


@step
def average_crowd(ready: float = 1) -> tuple[float, float, float]:
    """Women in the average of these crowds, and its interval, as fractions
    (``intervals.average_place``).

    ``ready``: as in ``next_crowd``.
    """
    return over(crowds(), intervals.average_place, ready)


def over(places: Places, model: Model, ready: float = 1) -> tuple[float, float, float]:
    """A model over places, freed of self-selection: value, low and high, as fractions."""
    shares, persons = zip(*places.values(), strict=True)
    return model([intervals.undo_selection(one, ready) for one in shares], persons, level())


def surveys() -> pd.DataFrame:
    """Shares of women among microworkers: ``place``, ``women``, ``low``, ``high`` (percent).

    First the survey of the claimants, then the ``crowds``, most women first, with Wilson's
    interval; last what the crowds let one expect in one more.
    """
    ranked = sorted(crowds().items(), key=lambda item: -item[1][0])
    found = [
        (SAID, sampled("women")),
        *((place, with_sampling(*one)) for place, one in ranked),
        (NEXT, next_crowd()),
    ]
    return pd.DataFrame(
        [(place, *hundredfold(ends)) for place, ends in found],
        columns=["place", "women", "low", "high"],
    )


def majorities() -> float:
    """In how many of the ``crowds`` most are women."""
    return float(sum(women > assumption("half") / 100 for women, _ in crowds().values()))


def numbers() -> list[Number]:
    """Numbers of this topic."""
    return [*_crowdflower(), *_others(), *_women()]


def _crowdflower() -> list[Number]:
    told = "Workers of one job of 2016 who told it, each once. The file names no country."
    covers = PERSONS + VOLUNTEERS
    return [
        percent(
            "crowd-women",
            lambda: with_sampling(*in_crowdflower("sex", ("women",))),
            "women on CrowdFlower, 2016",
            told,
            covers,
            0,
        ),
        percent(
            "crowd-degree",
            lambda: with_sampling(*in_crowdflower("schooling", DEGREES)),
            "with a bachelor, master or doctorate on CrowdFlower, 2016",
            told + " A “professional” degree is not counted.",
            covers,
            0,
        ),
        percent(
            "crowd-under-30",
            lambda: with_sampling(*in_crowdflower("age", UNDER_30)),
            "in the bands of ages up to thirty on CrowdFlower, 2016",
            told + " The next band begins at thirty, too, so people of thirty may be in either.",
            covers,
            0,
        ),
        percent(
            "crowd-english",
            lambda: with_sampling(*in_crowdflower("english first", ("yes",))),
            "with English as first language on CrowdFlower, 2016",
            told,
            covers,
            0,
        ),
        number(
            "profile.crowd-people",
            lambda: float(in_crowdflower("sex", ("women",))[1]),
            "persons",
            "workers of CrowdFlower who told their sex, 2016",
            "Counted. About one in seven workers of the job told nothing.",
        ),
    ]


def _others() -> list[Number]:
    again = (
        "Covers the chance of drawing these persons, at 95 %, however often each answered. "
        + VOLUNTEERS
    )
    told = "Participants of one experiment who told it, each once."
    return [
        percent(
            "mturk-women-2019-answers",
            lambda: turk_answers("sex", ("women",)),
            "answers of women on Mechanical Turk, 2019",
            ANSWERS,
            again,
            0,
        ),
        percent(
            "mturk-degree-2019-answers",
            lambda: turk_answers("schooling", ("bachelor or more",)),
            "answers of people with a bachelor degree or more on Mechanical Turk, 2019",
            ANSWERS.replace("Answers of women", "Answers of such people"),
            again,
            0,
        ),
        percent(
            "prolific-women",
            lambda: with_sampling(*on_prolific("sex", ("women",))),
            "women on Prolific, 2022",
            told,
            PERSONS + VOLUNTEERS,
            0,
        ),
        percent(
            "prolific-age-25-44",
            lambda: with_sampling(*on_prolific("age", ("25 to 44",))),
            "aged twenty-five to forty-four on Prolific, 2022",
            told,
            PERSONS + VOLUNTEERS,
            0,
        ),
    ]


def _women() -> list[Number]:
    return [
        percent(
            "women-elsewhere",
            women_elsewhere,
            "women in other crowds, all together, and the lowest and highest crowd",
            "Women over persons. " + ONCE,
            RANGE,
            0,
        ),
        percent(
            "women-next-crowd",
            next_crowd,
            "women to expect in one more crowd, from others",
            f"{ONCE} {ENDS}",
            AHEAD,
            0,
        ),
        percent(
            "women-average",
            average_crowd,
            "women in the average of these crowds",
            ONCE
            + " Mean of a random-effects model over crowds, on log odds, with Hartung’s and Knapp’s"
            " ends at 95 %.",
            "Covers how far these crowds differ and the chance of drawing these workers. Does not"
            " cover who chose to answer, nor how many people each crowd has.",
            0,
        ),
        percent(
            "women-next-by-country",
            lambda: over(by_country(), intervals.next_place),
            "women to expect in one more crowd, with Mechanical Turk as three",
            "As women-next-crowd, but with the United States, India and other countries as crowds"
            " of their own. " + ENDS,
            AHEAD,
            0,
        ),
        percent(
            "women-next-last-answers",
            lambda: over(by_last_answers(), intervals.next_place),
            "women to expect in one more crowd, with Mechanical Turk by its answers of 2019",
            "As women-next-crowd, but with the last answers on Mechanical Turk that can be"
            " believed. " + ENDS,
            AHEAD,
            0,
        ),
        number(
            "profile.places",
            lambda: float(len(crowds())),
            "items",
            "crowds elsewhere with a share of women",
            ONCE + " Counted.",
        ),
        number(
            "profile.places-majority",
            majorities,
            "items",
            "crowds elsewhere with a majority of women",
            "Counted.",
        ),
    ]
