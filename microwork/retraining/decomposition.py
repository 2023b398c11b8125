"""Retraining: what of a model's fall on headlines is its age, and what is that they grew harder."""

from __future__ import annotations

from functools import partial

import numpy as np
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.retraining import headlines
from microwork.retraining.headlines import Sums
from microwork.retraining.inputs import interval

PARTS = {"fall": (1, 0), "difficulty": (0, 1), "staleness": (1, -1)}


def kitagawa(early: Sums, late: Sums) -> tuple[np.ndarray, np.ndarray]:
    """The fall of a mean from early to late, split into a part of the mix of topics and a part
    within topics.

    Kitagawa (1955): differences of one kind at the average of the other, so that both parts add up
    to the fall and no order is preferred. Where a period has no headline of a topic, its value is
    taken from the other: all of it is then mix.
    """
    shares = [one.n / one.n.sum(axis=1, keepdims=True) for one in (early, late)]
    known = [
        np.divide(one.total, one.n, out=np.full_like(one.total, np.nan), where=one.n > 0)
        for one in (early, late)
    ]
    values = [
        np.nan_to_num(np.where(np.isnan(one), other, one)) for one, other in (known, known[::-1])
    ]
    mix: np.ndarray = ((shares[0] - shares[1]) * (values[0] + values[1]) / 2).sum(axis=1)
    within: np.ndarray = ((values[0] - values[1]) * (shares[0] + shares[1]) / 2).sum(axis=1)
    return mix, within


def part(name: str, features: str = "title", control: str = "control") -> Bounded:
    """One of the ``PARTS`` in points, with its interval.

    fall = frozen early - frozen late. difficulty = control early - control late: how much harder
    the later headlines are for a model whose labels are of their own time. staleness = fall -
    difficulty = (control - frozen) late minus early. The assumption: what makes a headline harder
    takes the same number of points from both. It cannot be tested here.
    """
    early, late = _compared(name, features, control)
    return interval(early.mean() - late.mean() + _chance(name, features, control))


def split(name: str, which: str) -> Bounded:
    """The ``kitagawa`` part (``mix`` or ``within``) of one of the ``PARTS``, in points.

    The chance of the draws is entered in the part within topics.
    """
    mix, within = kitagawa(*_compared(name, "title", "control"))
    return interval(mix if which == "mix" else within + _chance(name, "title", "control"))


def _compared(name: str, features: str, control: str) -> tuple[Sums, Sums]:
    """What falls from the early to the late years in one of the ``PARTS``, on the topics of both
    and with months drawn apart."""
    frames = [headlines.period(each, features) for each in headlines.PERIODS]
    topics = sorted(set(frames[0]["topic"]) | set(frames[1]["topic"]))
    frozen, other = PARTS[name]
    early, late = (
        headlines.sums(frame, frozen * frame["frozen"] + other * frame[control], topics, stream)
        for stream, frame in enumerate(frames)
    )
    return early, late


def _chance(name: str, features: str, control: str) -> np.ndarray:
    """What the draws of the control add to one of the ``PARTS``, early minus late (0 to 1)."""
    early, late = (headlines.luck(features, control, each) for each in headlines.PERIODS)
    added: np.ndarray = PARTS[name][1] * (early - late)
    return added


NUMBERS: Numbers = {
    **{f"headlines-titles-{name}": partial(part, name) for name in PARTS},
    **{f"headlines-{name}": partial(part, name, "subject") for name in ("fall", "staleness")},
    "headlines-titles-staleness-spaced": lambda: part("staleness", control="spaced"),
    "headlines-titles-staleness-mix": lambda: split("staleness", "mix"),
}
