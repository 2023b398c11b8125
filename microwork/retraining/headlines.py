"""Retraining: the headline experiment, read from its tables (made by ``microwork.derive.headlines``).

All comparisons of regimes are paired: they are made on the same test headlines, item by item.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.retraining.inputs import bootstrap, define, exact, mean

ITEMS, ACCURACY = "retraining/headline_items", "retraining/headline_accuracy"
PERIODS = {"early": (1998, 2000), "late": (2004, 2006)}
# By how many draws a count of right answers is divided.
DRAWS = {"frozen": 1, "fresh": 1, "all": 1, "control": 10, "spaced": 10, "fresh_200": 10, "all_50": 10}
REGIMES = tuple(DRAWS)[:5]
DEPLOYABLE = REGIMES[:3]  # the two controls use labels of the year under test and after it
PARTS = {
    "fall": "Fall of the frozen model",
    "difficulty": "of which harder headlines",
    "staleness": "of which staleness",
}
SEEN = {"subject": ("", ""), "title": ("-titles", ", titles only")}  # ends of id and label, by the features
COVERS = "Resampling the test headlines. Not other newspapers, other coders, or stories that hang together."


@step
def items(features: str = "subject") -> pd.DataFrame:
    """One row per test headline: article, year and, per regime, the share of draws that give it its human code (0 to 1)."""
    frame = data.table(ITEMS)
    frame = frame[frame["features"] == features].sort_values(["year", "article"], ignore_index=True)
    shares = {regime: frame[regime].astype(float) / draws for regime, draws in DRAWS.items()}
    return frame[["article", "year"]].assign(**shares)


def period(name: str, features: str = "subject") -> pd.DataFrame:
    """``items`` of the early (1998-2000) or of the late years (2004-06). Raises ``KeyError`` for another name."""
    first, last = PERIODS[name]
    frame = items(features)
    return frame[frame["year"].between(first, last)].reset_index(drop=True)


def score(right: np.ndarray) -> tuple[float, float, float]:
    """Accuracy in percent with its interval: exact binomial for single runs (0 or 1), bootstrap for means of draws."""
    right = np.asarray(right, dtype=float)
    if np.isin(right, (0, 1)).all():
        low, high = exact(int(right.sum()), len(right))
    else:
        low, high = bootstrap((right,), mean)
    return 100 * float(right.mean()), 100 * low, 100 * high


def gap(frame: pd.DataFrame, better: str, worse: str) -> tuple[float, float, float]:
    """Paired difference of two regimes on the same items, in percentage points, with its bootstrap interval."""
    differences = (frame[better] - frame[worse]).to_numpy()
    low, high = bootstrap((differences,), mean)
    return 100 * float(differences.mean()), 100 * low, 100 * high


def by_year(features: str = "subject") -> pd.DataFrame:
    """Accuracy of each regime in each year: year, regime, accuracy, low, high (percent), n."""
    rows = []
    for year, part in items(features).groupby("year"):
        for regime in REGIMES:
            value, low, high = score(part[regime].to_numpy())
            rows.append({"year": int(year), "regime": regime, "accuracy": value, "low": low, "high": high, "n": len(part)})
    return pd.DataFrame(rows)


def fall(early: np.ndarray, late: np.ndarray) -> tuple[float, float, float]:
    """Mean of the early items minus mean of the late ones, in points; the two samples are drawn apart."""

    def difference(first: np.ndarray, second: np.ndarray, axis: int = -1) -> np.ndarray:
        points: np.ndarray = first.mean(axis=axis) - second.mean(axis=axis)
        return points

    low, high = bootstrap((early, late), difference)
    return 100 * float(np.mean(early) - np.mean(late)), 100 * low, 100 * high


def decomposition(features: str = "subject", control: str = "control") -> pd.DataFrame:
    """What a fall is made of: rows fall, difficulty, staleness (points, low, high).

    fall = frozen early - frozen late. difficulty = control early - control late: how much harder the later headlines are for
    a model whose labels are of their own time. staleness = fall - difficulty = (control - frozen) late minus early.
    The assumption: what makes a headline harder takes the same number of points from both. It cannot be tested here.
    """
    rows = [(name, *part(name, features, control)) for name in PARTS]
    return pd.DataFrame(rows, columns=["part", "points", "low", "high"])


def part(name: str, features: str = "subject", control: str = "control") -> tuple[float, float, float]:
    """One of the ``PARTS`` of a ``decomposition`` in points, with its interval."""
    compared = {
        "fall": lambda frame: frame["frozen"],
        "difficulty": lambda frame: frame[control],
        "staleness": lambda frame: frame["frozen"] - frame[control],
    }
    return fall(*(compared[name](period(years, features)).to_numpy() for years in PERIODS))


def relative_staleness(features: str = "subject", control: str = "control") -> float:
    """Staleness if difficulty takes the same *share* from both, in points of the late years: the other natural assumption.

    A frozen model that had only met harder headlines would score frozen_early * control_late / control_early; this is how
    far below that it scores.
    """
    early, late = period("early", features), period("late", features)
    expected = early["frozen"].mean() * late[control].mean() / early[control].mean()
    return 100 * float(expected - late["frozen"].mean())


def budget_curve() -> pd.DataFrame:
    """Accuracy of the late years against labels a year: regime, labels_a_year, accuracy, low, high, n.

    Years are weighted by items. "All there are" is entered at the mean number of items a year. The interval is binomial on
    the test items; averaging over draws can only make the truth narrower, so it is wide enough for the items (not for other
    news).
    """
    frame = data.table(ACCURACY)
    rows = frame[frame["regime"].isin(DEPLOYABLE)]
    found = []
    for (regime, budget), part in rows.assign(budget=rows["label_budget"].fillna(0)).groupby(["regime", "budget"]):
        n = int(part["n"].sum())
        right = float((part["accuracy"] * part["n"]).sum()) / 100
        low, high = exact(round(right), n)
        labels = float(budget) or labels_a_year()
        found.append((regime, labels, 100 * right / n, 100 * low, 100 * high, n))
    return pd.DataFrame(found, columns=["regime", "labels_a_year", "accuracy", "low", "high", "n"])


def labels_a_year() -> float:
    """Headlines coded a year, mean over the test years."""
    return float(items()["year"].value_counts().mean())


def numbers() -> list[Number]:
    """The headline numbers of the chapter."""
    return [*_sizes(), *_scores(), *_gaps(), *_parts(), *_budget()]


def _sizes() -> list[Number]:
    def labels(regime: str) -> int:
        return int(data.row(ACCURACY, PERIODS["late"][1], regime, None)["labels"])

    rows = [
        ("n-early",             lambda: len(period("early")),     "Test headlines of 1998-2000"),
        ("n-late",              lambda: len(period("late")),      "Test headlines of 2004-06"),
        ("labels-frozen",       lambda: labels("frozen"),         "Labels of the frozen model"),
        ("labels-fresh-last",   lambda: labels("fresh"),          "Labels of the fresh model for the last year"),
        ("labels-all-last",     lambda: labels("all"),            "Labels of the model that keeps all, for the last year"),
        ("labels-control-last", lambda: labels("control"),        "Labels of the control for the last year, at the least"),
    ]  # fmt: skip
    year = "Headlines coded a year", "Mean over the test years."
    return [
        *(define(f"headlines-{name}", compute, "items", label, "Counted in the tables.") for name, compute, label in rows),
        define("headlines-a-year", labels_a_year, "items", *year, None, 0),
    ]


def _score(name: str, features: str, column: str) -> tuple[float, float, float]:
    return score(period(name, features)[column].to_numpy())


def _scores() -> list[Number]:
    found = []
    for features, (tail, more) in SEEN.items():
        for name, years in {"early": "1998-2000", "late": "2004-06"}.items():
            for regime in REGIMES:
                how = f"Test headlines given their human code, n = {len(period(name, features))}; training: {regime}."
                label, compute = f"Accuracy, {regime}, {years}{more}", partial(_score, name, features, regime)
                found.append(define(f"headlines-{regime}-{name}{tail}", compute, "percent", label, how, COVERS))
    return found


def _gaps() -> list[Number]:
    words = {"fresh_200": "recent labels", "all_50": "as many spread over all years"}
    pairs = {
        "fresh-gain": ("fresh", "frozen"),
        "all-gain": ("all", "frozen"),
        "control-gap": ("control", "frozen"),
        "spaced-gap": ("spaced", "frozen"),
        "all-over-control": ("all", "control"),
        "control-over-fresh": ("control", "fresh"),
        "recent-over-spread": ("fresh_200", "all_50"),
    }
    how = "Paired difference on the same test headlines."
    found = []
    for features, (tail, more) in SEEN.items():
        for name, pair in pairs.items():
            better, worse = (words.get(regime, regime) for regime in pair)
            label = f"Gain of {better} over {worse}, 2004-06, in points{more}"
            compute = partial(lambda features, pair: gap(period("late", features), *pair), features, pair)
            found.append(define(f"headlines-{name}-late{tail}", compute, "percentage points", label, how, COVERS))
    return found


def _parts() -> list[Number]:
    how = "Early minus late; the split assumes that difficulty takes the same points from the frozen model and the control."
    variants = [(features, "control", *ends) for features, ends in SEEN.items()]
    variants.append(("subject", "spaced", "-spaced", ", against the spaced control"))
    found = [
        define(f"headlines-{name}{tail}", partial(part, name, features, control), "percentage points",
               f"{label}, in points{more}", how, COVERS)
        for features, control, tail, more in variants
        for name, label in PARTS.items()
        if (name, control) != ("fall", "spaced")  # the fall does not depend on the control
    ]  # fmt: skip
    text = "As staleness, but difficulty takes the same share, not the same points, from both."
    label = "Staleness under the other assumption, in points"
    return [*found, define("headlines-staleness-relative", relative_staleness, "percentage points", label, text, None, 1)]


def _budget() -> list[Number]:
    def labels(regime: str, budget: int) -> tuple[float, float, float]:
        first, last = PERIODS["late"]
        used = [float(data.row(ACCURACY, year, regime, budget)["labels"]) for year in range(first, last + 1)]
        return float(np.mean(used)), min(used), max(used)

    years = "From the first to the last of the three years."
    found = []
    for regime, budget, name, words in (("fresh", 200, "recent", "two years kept"), ("all", 50, "spread", "every year kept")):
        how = f"Mean of ten draws of {budget} labels a year; n = {len(period('late'))} test headlines of 2004-06."
        compute = partial(_score, "late", "subject", f"{regime}_{budget}")
        label = f"Accuracy, {words}, part of the labels, 2004-06"
        found.append(define(f"headlines-{regime}-{name}-late", compute, "percent", label, how, COVERS))
        label = f"Labels a model learns from, {words}, part of the labels"
        found.append(define(f"headlines-labels-{name}", partial(labels, regime, budget), "items", label, how, years, 0))
    return found
