"""Who works on other platforms: women, ages and schooling of whole crowds, and what these let one
expect of one more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends, hundredfold
from microwork.profile.inputs import (
    CROWDS,
    ELSEWHERE,
    PROLIFIC,
    asked,
    assumption,
    elsewhere,
    level,
)
from microwork.profile.neighbours import COUNTRIES, OTHER, WOMEN, counted
from microwork.profile.sample import sampled, with_sampling

Place = tuple[float, int]  # a share (fraction), and the persons that it was found among
Places = dict[str, Place]
Model = Callable[[Sequence[float], Sequence[int], float], Ends]

TURK_ANSWERS = {"platform": "Mechanical Turk", "unit": "answer"}
NOT_TOLD = ("not known",)
DEGREES = ("bachelor", "master", "doctorate")
LAST = 2019  # the last year in which what workers of Mechanical Turk declare can be believed
TURK, GERMAN = "Mechanical Turk, 2015", "Germany, two platforms, 2015"
NEXT = "One more crowd, as predicted"
SAID = "France, Foule Factory, 2018"


def found_in(
    table: str,
    rows: Mapping[str, object],
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
    rows = {"platform": "CrowdFlower", "unit": "person"}
    return found_in(CROWDS, rows, trait, groups, NOT_TOLD)


def on_prolific(trait: str, groups: tuple[str, ...]) -> Place:
    """A share of the participants on Prolific in 2022 who told the trait, and of how many."""
    rows = {"platform": "Prolific", "unit": "person"}
    return found_in(PROLIFIC, rows, trait, groups, NOT_TOLD)


def with_ends(place: Callable[[str, tuple[str, ...]], Place], trait: str, *groups: str) -> Ends:
    """A share in one of the two crowds, and its interval of sampling error, as fractions."""
    return with_sampling(*place(trait, groups))


def turk_answers(trait: str, *groups: str) -> Ends:
    """Share of the answers on Mechanical Turk in ``LAST``, as fractions, with Wilson's ends at the
    fewest persons behind them."""
    return with_sampling(*_behind(trait, *groups))


def _behind(trait: str, *groups: str) -> Place:
    """A share of those answers, and the fewest persons, as an effective number, who can have given
    them, rounded down."""
    share, answers = found_in(CROWDS, {**TURK_ANSWERS, "year": LAST}, trait, groups)
    persons = int(data.row(CROWDS, "Mechanical Turk", LAST, "person", "all", "all")["count"])
    return share, int(intervals.fewest_persons(answers, persons, int(assumption("answers-most"))))


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
    return {f"Mechanical Turk, {LAST}": _behind("sex", "women")} | _other_platforms()


@step
def women_elsewhere() -> Ends:
    """Women in the ``crowds``: all persons together, and the lowest and highest share, as
    fractions."""
    shares, persons = zip(*crowds().values(), strict=True)
    return float(np.average(shares, weights=persons)), min(shares), max(shares)


@step
def next_crowd() -> Ends:
    """Women to expect in one more crowd like these, and the prediction interval, as fractions
    (``intervals.next_place``)."""
    return over(crowds(), intervals.next_place)


def over(places: Places, model: Model) -> Ends:
    """A model over places, as fractions."""
    shares, persons = zip(*places.values(), strict=True)
    return model(shares, persons, level())


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


NUMBERS: Numbers = {
    "crowd-women": percent(with_ends, in_crowdflower, "sex", "women"),
    "crowd-degree": percent(with_ends, in_crowdflower, "schooling", *DEGREES),
    "crowd-under-30": percent(with_ends, in_crowdflower, "age", "under 18", "18 to 30"),
    "crowd-english": percent(with_ends, in_crowdflower, "english first", "yes"),
    "crowd-people": lambda: float(in_crowdflower("sex", ("women",))[1]),
    "mturk-women-2019-answers": percent(turk_answers, "sex", "women"),
    "mturk-degree-2019-answers": percent(turk_answers, "schooling", "bachelor or more"),
    "prolific-women": percent(with_ends, on_prolific, "sex", "women"),
    "prolific-age-25-44": percent(with_ends, on_prolific, "age", "25 to 44"),
    "women-elsewhere": percent(women_elsewhere),
    "women-next-crowd": percent(next_crowd),
    "women-average": percent(lambda: over(crowds(), intervals.average_place)),
    "women-next-by-country": percent(lambda: over(by_country(), intervals.next_place)),
    "women-next-last-answers": percent(lambda: over(by_last_answers(), intervals.next_place)),
    "places": lambda: float(len(crowds())),
    "places-majority": majorities,
}
