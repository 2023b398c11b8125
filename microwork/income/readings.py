"""What follows from the mean alone, and what the bounds become if the words behind the figures are read another way."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from tallybook.model.numbers import Computed, Number, Row

from microwork.income import bounds
from microwork.income.hours import full_week
from microwork.income.inputs import NOT_COVERED, assumption, declared, fact, share
from microwork.income.rival import COVERS, NEEDED

ENDS = ("low", "high")
CEILING, TOP = "an hour’s ceiling, of the minimum wage", "the best-paid’s mean, of the cap"


def ends(name: str, divisor: float = 100) -> tuple[float, float]:
    """Least and largest reading of a word in the table of assumptions; percent come out as shares unless ``divisor`` is one."""
    row = assumption(name)
    return float(row["low"]) / divisor, float(row["high"]) / divisor


def ceiling(half: float, mean: float | None = None) -> float:
    """Most an hour can bring on average (EUR) if a share ``half`` (0 to 1) has the published hours or more."""
    return bounds.hourly_at_most(fact("mean-income") if mean is None else mean, fact("median-hours"), half)


def top(over: float, under: float | None = None, mean: float | None = None) -> tuple[float, float]:
    """What the best-paid share ``over`` must average (EUR per month), the others as rich and as poor as they can be.

    ``under``: share below the lower level of the rival survey; ``mean``: mean income. As published unless given.
    """
    under = share("rival-under-five") if under is None else under
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.top_needed(fact("mean-income") if mean is None else mean, [under, 1 - under - over], [0.0, low], [low, high])


def smallest_top() -> float:
    """Least share of people (0 to 1) above the higher level: all of them at the platform's cap, the others at their most."""
    return bounds.share_over_needed(
        fact("mean-income"),
        fact("rival-level-high"),
        fact("platform-cap"),
        [share("rival-under-five")],
        [fact("rival-level-low")],
    )


def curves(points: int = 41) -> pd.DataFrame:
    """Both bounds as their word is read from a fifth less than it says to a fifth more.

    Columns: series; reading (percent of what the word says), value (percent of the threshold: the gross minimum wage by the
    hour for the ceiling, the platform's cap for what the best-paid must average, the others at their most), low and high (the
    same for the least and the largest reading of the mean).
    """
    means = ends("mean-read", 1)
    words = {
        CEILING: (1 - share("under-three-hours"), ceiling, fact("smic-gross-2018")),
        TOP: (share("rival-over-ten"), lambda over, mean=None: top(over, mean=mean)[0], fact("platform-cap")),
    }
    rows = []
    for name, (said, bound, threshold) in words.items():
        for reading in np.linspace(0.8, 1.2, points):
            found = [bound(said * reading, mean) / threshold * 100 for mean in (None, *means)]
            rows.append((name, reading * 100, *found))
    return pd.DataFrame(rows, columns=["series", "reading", "value", "low", "high"])


def _top_at(end: int) -> Computed:
    """Middle, least and most of what the best-paid must average (EUR per month) at one end of what one in ten can stand for."""
    low, high = top(ends("tenth-read")[end])
    return (low + high) / 2, low, high


def _ceiling_range() -> tuple[float, float, float]:
    """The ceiling as published, its least and its largest over all readings (EUR per hour)."""
    found = [ceiling(half, mean) for half, mean in itertools.product(ends("half-read"), ends("mean-read", 1))]
    return ceiling(1 - share("under-three-hours")), min(found), max(found)


def _top_range() -> tuple[float, float, float]:
    """Middle of what the best-paid tenth must average as published, and the least and the most over all readings."""
    readings = itertools.product(ends("tenth-read"), ends("two-thirds-read"), ends("mean-read", 1))
    found = [end for over, under, mean in readings for end in top(over, under, mean)]
    return sum(top(share("rival-over-ten"))) / 2, min(found), max(found)


_MARKOV = "The mean income divided by it (Markov's inequality): if more people earned it, the mean would be higher."
_NUMBERS: tuple[Row, ...] = (
    ("can-earn-net-smic", lambda: bounds.share_earning(fact("smic-net-month-2018"), fact("mean-income")) * 100, "percent",
     "respondents who can earn the net minimum wage, at most", _MARKOV, None, 1),
    ("can-earn-line-60", lambda: bounds.share_earning(fact("poverty-line-60"), fact("mean-income")) * 100, "percent",
     "respondents who can earn the amount of the poverty line, at most", _MARKOV, None, 1),
    ("cap-full-week", lambda: bounds.hourly(fact("platform-cap"), full_week()), "EUR per hour",
     "most an hour can bring in a month of full days, under the platform's cap",
     "The promised cap divided by the hours of such a month.", None, 2),
    ("hourly-ceiling-readings", _ceiling_range, "EUR per hour", "that bound over all readings of half and of the mean",
     "The bound, with its least and largest over the ends of both.",
     f"covers what the words half and on average can stand for; {NOT_COVERED}"),
    ("half-least", lambda: ends("half-read", 1)[0], "percent", "least that half can stand for", "Our reading.", None, 0),
    ("half-most", lambda: ends("half-read", 1)[1], "percent", "most that half can stand for", "Our reading.", None, 0),
    ("hourly-ceiling-45", lambda: ceiling(ends("half-read")[0]), "EUR per hour",
     "that bound if forty-five percent work three hours or more", "The bound with that share for the published half.", None, 2),
    ("hourly-ceiling-55", lambda: ceiling(ends("half-read")[1]), "EUR per hour",
     "that bound if fifty-five percent work three hours or more", "The bound with that share for the published half.", None, 2),
    ("top-tenth-8", lambda: _top_at(0), "EUR per month", "what the best-paid must average if they are eight percent",
     "The published mean less what the others earn, divided by that share.", NEEDED, 0),
    ("top-tenth-12", lambda: _top_at(1), "EUR per month", "what the best-paid must average if they are twelve percent",
     "The published mean less what the others earn, divided by that share.", NEEDED, 0),
    ("top-tenth-readings", _top_range, "EUR per month", "what the best-paid tenth must average over all readings",
     "Least and most over the ends of one in ten, two thirds and the mean.",
     f"covers what these words can stand for and everything the others can earn; {COVERS}"),
    ("smallest-top-at-cap", lambda: smallest_top() * 100, "percent",
     "least share of people over the higher level of the rival survey, for the published mean under the cap",
     "All of them at the cap, everybody else at the most that is allowed.", None, 1),
)  # fmt: skip


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
