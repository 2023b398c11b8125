"""Retraining: the headline experiment, read from its tables (made by
``microwork.derive.headlines``).

All comparisons of regimes are paired: they are made on the same test headlines. The title alone is
the main case; the subject line was written by the coder who chose the topic. Intervals draw whole
months again, since the news of a month hang together, and the draws of training items, where a
regime has draws. The mean over all pairs of models draws their training sets again as well.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.retraining.inputs import RESAMPLES, SEED, again, interval

ITEMS, ACCURACY = "retraining/headline_items", "retraining/headline_accuracy"
DRAWN, STARTS = "retraining/headline_draws", "retraining/headline_starts"
# The first year of the frozen labels; the test years after the early ones.
FROZEN, FIRST, LAST = 1996, 2001, 2006
# Years from the first of the frozen labels to the first headlines with other fresh labels alone.
APART = 4
FRESH = 2  # years from the first of the fresh labels to the year under test
PERIODS = {"early": (1998, 2000), "late": (2004, 2006)}
# By how many draws a count of right answers is divided.
DRAWS = dict.fromkeys(("frozen", "fresh", "all"), 1) | dict.fromkeys(
    ("control", "spaced", "fresh_200", "all_50"), 50
)
REGIMES = ("frozen", "fresh", "all", "control")
# Regimes with equally few labels: of the last two years, and of each year so far.
FEW = ("fresh_200", "all_50")
# How often the frozen model and the control count in each; the last two add up to the first.


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


def sums(frame: pd.DataFrame, values: pd.Series, topics: list[int], stream: int = 0) -> Sums:
    """``Sums`` of a value of each headline, months drawn again.

    ``stream``: periods that differ in it are drawn apart.
    """
    rows = frame.assign(value=values, one=1.0)
    wide = rows.pivot_table(
        index="month", columns="topic", values=["one", "value"], aggfunc="sum", fill_value=0.0
    )
    weights = again(len(wide), SEED, stream)
    n, total = (
        weights @ wide[name].reindex(columns=topics, fill_value=0.0).to_numpy(float)
        for name in ("one", "value")
    )
    return Sums(n, total)


def luck(features: str, regime: str, name: str) -> np.ndarray:
    """By how much the mean of fifty draws of training items would differ, were they drawn again (0
    to 1; row 0 is none).

    ``features`` and ``name`` of a period as in ``period``; zero for regimes without draws, or whose
    draws are not kept.
    """
    table = data.table(DRAWN)
    drawn = table[(table["features"] == features) & (table["regime"] == regime)]
    if drawn.empty:
        return np.zeros(1 + RESAMPLES)
    share = drawn.sort_values("draw")[name].to_numpy(float) / len(period(name, features))
    spread: np.ndarray = again(len(share), SEED, 7) @ share / len(share) - share.mean()
    return spread


def score(name: str, features: str, regime: str, less: str = "") -> Bounded:
    """Accuracy of a regime in a period, in percent, with its interval; or, in points, that less the
    accuracy of another regime on the same headlines."""
    frame = period(name, features)
    values, chance = frame[regime], luck(features, regime, name)
    if less:
        values, chance = values - frame[less], chance - luck(features, less, name)
    return interval(sums(frame, values, sorted(frame["topic"].unique())).mean() + chance)


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


def by_months(rows: pd.DataFrame) -> Bounded:
    """What fresh labels gain on ``rows`` of ``paired``, in points, with its interval; whole months
    are drawn again."""
    months = rows.groupby(["test", "month"])[["n", "frozen", "fresh"]].sum()
    weights = again(len(months), SEED, 0)
    gain = (months["fresh"] - months["frozen"]).to_numpy(float)
    return interval((weights @ gain) / (weights @ months["n"].to_numpy(float)))


def by_training_sets(rows: pd.DataFrame) -> Bounded:
    """The same, with training sets drawn again: the old ones, and years of tests, of which each has
    the labels of its own fresh model.

    The two are drawn apart and crossed, as by Owen, Annals of Applied Statistics 1 (2007), 386-411.
    Draws that leave no pair of models are left out.
    """
    pairs = rows.groupby(["start", "test"], as_index=False)[["n", "frozen", "fresh"]].sum()
    weights = np.ones((1 + RESAMPLES, len(pairs)))
    for stream, drawn in enumerate(("start", "test")):
        places, sets = pd.factorize(pairs[drawn])
        weights *= again(len(sets), SEED, 8 + stream)[:, places]
    gain = weights @ (pairs["fresh"] - pairs["frozen"]).to_numpy(float)
    tested = weights @ pairs["n"].to_numpy(float)
    return interval(gain[tested > 0] / tested[tested > 0])


def equal_labels(start: int = FROZEN, first: int = FIRST) -> Bounded:
    """Gain of fresh labels over as many of the years ``start`` and start + 1, in points, on titles
    of ``first`` to 2006.
    """
    frame = paired()
    rows = frame[(frame["start"] == start) & (frame["test"] >= first)]
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


def beside_as_many() -> pd.DataFrame:
    """What the newest labels gain over as many others, for a chart: group, name (of the others),
    gain, low, high (points), years, first and last (tested; for names with holes for them).
    Others are those of two years, as in ``every_start``, or some of each year so far."""
    old, (first, last) = every_start(), PERIODS["late"]
    names = [f"{start}-{(start + 1) % 100:02}" for start in old["start"]]
    old = old.assign(group="Beside as many labels of two old years", name=names)
    spread = ("Beside as many labels of all years so far", "tested {first} to {last}")
    row = (*spread, *score("late", "title", *FEW), last - first + 1)
    columns = ["group", "name", "gain", "low", "high", "years"]
    both = pd.concat([old[columns], pd.DataFrame([row], columns=columns)], ignore_index=True)
    return both.assign(first=first, last=last)


def apart() -> pd.DataFrame:
    """``paired`` without the models that have a label in common."""
    frame = paired()
    return frame[frame["test"] >= frame["start"] + APART]


@step
def over_starts() -> Bounded:
    """Mean gain of fresh labels over all pairs of models without a common label, each pair in each
    test year, in points; training sets are drawn again."""
    return by_training_sets(apart())


def points_a_year() -> Bounded:
    """What fresh labels gain on old ones for each year between them, in points, over the same
    pairs; training sets are drawn again."""
    frame = apart()
    years = frame["test"] - FRESH - frame["start"]
    return by_training_sets(frame.assign(n=frame["n"] * years))


def start_range() -> Bounded:
    """Mean, least and most of the gains over all years of freezing, in points."""
    each = every_start()["gain"]
    return over_starts()[0], float(each.min()), float(each.max())


def topic_rise() -> float:
    """Late over early share of the headlines, for the topic whose share grew most."""
    early, late = (period(name)["topic"].value_counts(normalize=True) for name in PERIODS)
    topic = late.sub(early, fill_value=0).idxmax()
    return float(late[topic] / early.get(topic, 0.0))


def labels_in_last_year(regime: str, budget: int | None = None) -> int:
    """Labels that a model of the last test year learnt from, all or so many a year."""
    return int(data.row(ACCURACY, LAST, regime, budget)["labels"])


def _scores() -> Numbers:
    return {
        f"headlines-{regime}-{name}-titles": partial(score, name, "title", regime)
        for name, regimes in {"early": REGIMES[:1], "late": REGIMES}.items()
        for regime in regimes
    }


NUMBERS: Numbers = {
    "headlines-labels-frozen": lambda: labels_in_last_year("frozen"),
    "headlines-labels-all-last": lambda: labels_in_last_year("all"),
    "headlines-labels-recent": lambda: labels_in_last_year("fresh", 200),
    "headlines-a-year": lambda: float(items()["year"].value_counts().mean()),
    **_scores(),
    "headlines-equal-labels-gain": equal_labels,
    "headlines-equal-labels-first-year": lambda: equal_labels(first=2000),
    "headlines-equal-labels-mean": over_starts,
    "headlines-points-a-year": points_a_year,
    "headlines-equal-labels-range": start_range,
    "headlines-equal-labels-starts": lambda: len(every_start()),
    "headlines-equal-labels-won": lambda: int((every_start()["gain"] > 0).sum()),
    "headlines-all-gain-late-titles": lambda: score("late", "title", "all", "frozen"),
    "headlines-recent-over-spread-late-titles": lambda: score("late", "title", *FEW),
    "headlines-topic-rise": topic_rise,
}
