"""Retraining: the headline experiment, read from its tables (made by
``microwork.derive.headlines``).

All comparisons of regimes are paired: they are made on the same test headlines. The title alone is
the main case; the subject line was written by the coder who chose the topic. Intervals draw whole
months again, since the news of a month hang together, and the draws of training items, where a
regime has draws.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

from microwork.retraining.inputs import RESAMPLES, SEED

ITEMS, ACCURACY, DRAWN = (
    "retraining/headline_items",
    "retraining/headline_accuracy",
    "retraining/headline_draws",
)
STARTS = "retraining/headline_starts"
FROZEN, FIRST, LAST = (
    1996,
    2001,
    2006,
)  # the first year of the frozen labels; the test years after the early ones
# years from the first of the frozen labels to the first headlines whose fresh labels are all others
APART = 4
PERIODS = {"early": (1998, 2000), "late": (2004, 2006)}
# By how many draws a count of right answers is divided.
DRAWS = {
    "frozen": 1,
    "fresh": 1,
    "all": 1,
    "control": 50,
    "spaced": 50,
    "fresh_200": 50,
    "all_50": 50,
}
REGIMES = tuple(DRAWS)[:4]
PARTS = {
    "fall": "Fall of the frozen model",
    "difficulty": "of which harder headlines",
    "staleness": "of which staleness",
}
SEEN = {
    "title": ("-titles", ", titles only"),
    "subject": ("", ", with the subject line"),
}  # ends of id and label
COVERS = (
    "Drawing the months of headlines again, and the training items where they are drawn. Not other"
    " newspapers or other coders."
)
MONTHS = (
    "Drawing the months of headlines again. Not the fifty draws of labels, other newspapers or"
    " other coders."
)

Triple = tuple[float, float, float]


@step
def items(features: str = "title") -> pd.DataFrame:
    """One row per test headline: article, year, month (from year 0), topic and, per regime, the
    share of draws that give it its human code (0 to 1; NaN where a regime was not tried)."""
    frame = data.table(ITEMS)
    frame = frame[frame["features"] == features].sort_values(["year", "article"], ignore_index=True)
    shares = {regime: frame[regime].astype(float) / draws for regime, draws in DRAWS.items()}
    month = 12 * frame["year"].astype(int) + frame["month"].astype(int)
    return frame[["article", "year", "topic"]].assign(month=month, **shares)


def period(name: str, features: str = "title") -> pd.DataFrame:
    """``items`` of the early (1998-2000) or of the late years (2004-06).

    Raises ``KeyError`` for another name.
    """
    first, last = PERIODS[name]
    frame = items(features)
    return frame[frame["year"].between(first, last)].reset_index(drop=True)


class Sums(NamedTuple):
    """Headlines and their summed values by topic: each of shape (1 + resamples, topics); row 0 is
    the data as they are."""

    n: np.ndarray
    total: np.ndarray

    def mean(self) -> np.ndarray:
        """Mean value of a headline, for the data and each resample."""
        means: np.ndarray = self.total.sum(axis=1) / self.n.sum(axis=1)
        return means


def again(count: int, stream: int) -> np.ndarray:
    """How often each of ``count`` things is drawn, with replacement: shape (1 + resamples, count);
    in row 0 each once."""
    rng = np.random.default_rng((SEED, stream))
    drawn = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)
    return np.vstack([np.ones((1, count), dtype=int), drawn])


def sums(frame: pd.DataFrame, values: pd.Series, topics: list[int], stream: int = 0) -> Sums:
    """``Sums`` of a value of each headline, months drawn again.

    ``stream``: periods that differ in it are drawn apart.
    """
    rows = frame.assign(value=values, one=1.0)
    wide = rows.pivot_table(
        index="month", columns="topic", values=["one", "value"], aggfunc="sum", fill_value=0.0
    )
    weights = again(len(wide), stream)
    n, total = (
        weights @ wide[name].reindex(columns=topics, fill_value=0.0).to_numpy(float)
        for name in ("one", "value")
    )
    return Sums(n, total)


def interval(points: np.ndarray) -> Triple:
    """Row 0, and the 2.5th and 97.5th percentile of the others, times a hundred."""
    low, high = np.percentile(points[1:], (2.5, 97.5))
    return 100 * float(points[0]), 100 * float(low), 100 * float(high)


def luck(features: str, regime: str, name: str) -> np.ndarray:
    """By how much the mean of fifty draws of training items would differ, were they drawn again (0
    to 1; row 0 is none).

    ``features`` and ``name`` of a period as in ``period``; zero for regimes without draws, or whose
    draws are not kept.
    """
    table = data.table(DRAWN)
    right = (
        table[(table["features"] == features) & (table["regime"] == regime)]
        .sort_values("draw")[name]
        .to_numpy(float)
    )
    if not right.size:
        return np.zeros(1 + RESAMPLES)
    share = right / len(period(name, features))
    spread: np.ndarray = again(len(share), 7) @ share / len(share) - share.mean()
    return spread


def score(name: str, features: str, regime: str) -> Triple:
    """Accuracy of a regime in a period, in percent, with its interval."""
    frame = period(name, features)
    found = sums(frame, frame[regime], sorted(frame["topic"].unique())).mean()
    return interval(found + luck(features, regime, name))


def gap(name: str, features: str, better: str, worse: str) -> Triple:
    """Paired difference of two regimes on the same headlines of a period, in percentage points,
    with its interval."""
    frame = period(name, features)
    found = sums(frame, frame[better] - frame[worse], sorted(frame["topic"].unique())).mean()
    return interval(found + luck(features, better, name) - luck(features, worse, name))


@step
def paired() -> pd.DataFrame:
    """Every frozen model beside the fresh one, on titles of the same month: start, test, month, n,
    frozen, fresh.

    ``frozen`` and ``fresh``: right answers of ``n``. The frozen model has the labels of the years
    ``start`` and start + 1, the fresh one those of the two years before ``test``. Months in which
    both are one model are left out.
    """
    frame = data.table(STARTS)[["start", "test", "month", "n", "right"]].astype(int)
    fresh = frame[frame["test"] == frame["start"] + 2]
    fresh = fresh[["test", "month", "right"]].rename(columns={"right": "fresh"})
    old = frame[frame["test"] > frame["start"] + 2].rename(columns={"right": "frozen"})
    return old.merge(fresh, on=["test", "month"], validate="many_to_one")


def by_months(rows: pd.DataFrame) -> Triple:
    """What fresh labels gain on ``rows`` of ``paired``, in points, with its interval; whole months
    are drawn again."""
    months = rows.groupby(["test", "month"])[["n", "frozen", "fresh"]].sum()
    weights = again(len(months), 0)
    gain = (months["fresh"] - months["frozen"]).to_numpy(float)
    return interval((weights @ gain) / (weights @ months["n"].to_numpy(float)))


def equal_labels(start: int = FROZEN, first: int = FIRST) -> Triple:
    """Gain of fresh labels over as many of the years ``start`` and start + 1, in points, on titles
    of ``first`` to 2006.

    Raises ``ValueError`` if there is no such model, or no year in which the two models differ.
    """
    frame = paired()
    rows = frame[(frame["start"] == start) & (frame["test"] >= first)]
    if rows.empty:
        raise ValueError(
            f"found labels of {start} and tests from {first}; expected tests three or more years"
            f" later, to {LAST}"
        )
    return by_months(rows)


def every_start() -> pd.DataFrame:
    """``equal_labels`` for each two years of frozen labels: start, gain, low, high (points), years
    (tested).

    Tested from the first year for which the two models share no label.
    """
    starts = range(FROZEN, LAST - APART + 1)
    rows = [
        (start, *equal_labels(start, start + APART), LAST - start - APART + 1) for start in starts
    ]
    return pd.DataFrame(rows, columns=["start", "gain", "low", "high", "years"])


def over_starts(apart: float = APART, years: float = 1) -> Triple:
    """Mean gain of fresh labels over all pairs of models without a common label, each pair in each
    test year, in points.

    ``apart``: years from the first of the old labels to the first test; ``years``: tested at the
    least for a start. Both rounded.
    """
    return _over_starts(round(apart), round(years))


@step
def _over_starts(apart: int, years: int) -> Triple:
    return by_months(_without_common_labels(apart, years))


def start_range() -> Triple:
    """Mean, least and most of the gains over all years of freezing, in points."""
    each = every_start()["gain"]
    return over_starts()[0], float(each.min()), float(each.max())


def _without_common_labels(apart: int, years: int) -> pd.DataFrame:
    """Rows of ``paired`` whose test lies ``apart`` years or more after the start, for starts with
    so many years of tests."""
    frame = paired()
    return frame[
        (frame["test"] >= frame["start"] + apart) & (frame["start"] <= LAST - apart - years + 1)
    ]


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


def both(values: Callable[[pd.DataFrame], pd.Series], features: str) -> tuple[Sums, Sums]:
    """``Sums`` of a value in the early and in the late years, on the topics of both, months drawn
    apart."""
    frames = [period(name, features) for name in PERIODS]
    topics = sorted(set(frames[0]["topic"]) | set(frames[1]["topic"]))
    early, late = (
        sums(frame, values(frame), topics, stream) for stream, frame in enumerate(frames)
    )
    return early, late


def value_of(name: str, control: str) -> Callable[[pd.DataFrame], pd.Series]:
    """What falls from the early to the late years in one of the ``PARTS``."""
    compared: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
        "fall": lambda frame: frame["frozen"],
        "difficulty": lambda frame: frame[control],
        "staleness": lambda frame: frame["frozen"] - frame[control],
    }
    return compared[name]


def chance(name: str, features: str, control: str) -> np.ndarray:
    """What the draws of the control add to one of the ``PARTS``, early minus late (0 to 1)."""
    sign = {"fall": 0, "difficulty": 1, "staleness": -1}[name]
    added: np.ndarray = sign * (luck(features, control, "early") - luck(features, control, "late"))
    return added


def part(name: str, features: str = "title", control: str = "control") -> Triple:
    """One of the ``PARTS`` in points, with its interval.

    fall = frozen early - frozen late. difficulty = control early - control late: how much harder
    the later headlines are for a model whose labels are of their own time. staleness = fall -
    difficulty = (control - frozen) late minus early. The assumption: what makes a headline harder
    takes the same number of points from both. It cannot be tested here.
    """
    early, late = both(value_of(name, control), features)
    return interval(early.mean() - late.mean() + chance(name, features, control))


def split(name: str, which: str, features: str = "title") -> Triple:
    """The ``kitagawa`` part (``mix`` or ``within``) of one of the ``PARTS``, in points.

    The chance of the draws is entered in the part within topics.
    """
    mix, within = kitagawa(*both(value_of(name, "control"), features))
    return interval(mix if which == "mix" else within + chance(name, features, "control"))


def decomposition(features: str = "title", control: str = "control") -> pd.DataFrame:
    """What a fall is made of: rows fall, difficulty, staleness; part, points, low, high (see
    ``part``)."""
    rows = [(name, *part(name, features, control)) for name in PARTS]
    return pd.DataFrame(rows, columns=["part", "points", "low", "high"])


def topic_shares() -> tuple[float, float]:
    """Share of the early and of the late headlines (0 to 1) in the topic whose share grew most."""
    early, late = (period(name)["topic"].value_counts(normalize=True) for name in PERIODS)
    topic = late.sub(early, fill_value=0).idxmax()
    return float(early.get(topic, 0.0)), float(late[topic])


def labels_a_year() -> float:
    """Headlines coded a year, mean over the test years."""
    return float(items()["year"].value_counts().mean())
