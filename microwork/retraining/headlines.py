"""Retraining: the headline experiment, read from its tables (made by ``microwork.derive.headlines``).

All comparisons of regimes are paired: they are made on the same test headlines, item by item.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from microwork import data
from microwork.numbers import Number
from microwork.retraining.inputs import bootstrap, exact, mean

ITEMS, ACCURACY = "retraining/headline_items", "retraining/headline_accuracy"
PERIODS = {"early": (1998, 2000), "late": (2004, 2006)}
# By how many draws a count of right answers is divided.
DRAWS = {"frozen": 1, "fresh": 1, "all": 1, "control": 10, "spaced": 10, "fresh_200": 10, "all_50": 10}
REGIMES = tuple(DRAWS)[:5]
DEPLOYABLE = REGIMES[:3]  # the two controls use labels of the year under test and after it
COVERS = "Resampling the test headlines. Not other newspapers, other coders, or stories that hang together."


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
        return first.mean(axis=axis) - second.mean(axis=axis)

    low, high = bootstrap((early, late), difference)
    return 100 * float(np.mean(early) - np.mean(late)), 100 * low, 100 * high


def decomposition(features: str = "subject", control: str = "control") -> pd.DataFrame:
    """What a fall is made of: rows fall, difficulty, staleness (points, low, high).

    fall = frozen early - frozen late. difficulty = control early - control late: how much harder the later headlines are for
    a model whose labels are of their own time. staleness = fall - difficulty = (control - frozen) late minus early.
    The assumption: what makes a headline harder takes the same number of points from both. It cannot be tested here.
    """
    early, late = period("early", features), period("late", features)
    lag = {name: (frame[control] - frame["frozen"]).to_numpy() for name, frame in (("early", early), ("late", late))}
    parts = {
        "fall": fall(early["frozen"].to_numpy(), late["frozen"].to_numpy()),
        "difficulty": fall(early[control].to_numpy(), late[control].to_numpy()),
        "staleness": fall(-lag["early"], -lag["late"]),
    }
    return pd.DataFrame([{"part": part, "points": v, "low": low, "high": high} for part, (v, low, high) in parts.items()])


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


def _number(name: str, parts: tuple[float, float, float], label: str, how: str, unit: str = "percent") -> Number:
    value, low, high = parts
    return Number(f"retraining.headlines-{name}", value, unit, label, how, (ITEMS,), low, high, COVERS)


def _sizes() -> list[Number]:
    frame = data.table(ACCURACY)
    full = frame[frame["label_budget"].isna()]
    last = full[full["year"] == full["year"].max()].set_index("regime")["labels"]
    counts = {
        "n-early": (len(period("early")), "Test headlines of 1998-2000"),
        "n-late": (len(period("late")), "Test headlines of 2004-06"),
        "labels-frozen": (int(last["frozen"]), "Labels of the frozen model"),
        "labels-fresh-last": (int(last["fresh"]), "Labels of the fresh model for the last year"),
        "labels-all-last": (int(last["all"]), "Labels of the model that keeps all, for the last year"),
        "labels-control-last": (int(last["control"]), "Labels of the control for the last year, at the least"),
    }
    found = [
        Number(f"retraining.headlines-{name}", value, "items", label, "Counted in the tables.", (ACCURACY, ITEMS))
        for name, (value, label) in counts.items()
    ]
    text = "Mean over the test years."
    return [
        *found,
        Number("retraining.headlines-a-year", labels_a_year(), "items", "Headlines coded a year", text, (ITEMS,), decimals=0),
    ]


def _scores() -> list[Number]:
    words = {"early": "1998-2000", "late": "2004-06"}
    found = []
    for features, tail in {"subject": "", "title": "-titles"}.items():
        for name, years in words.items():
            frame = period(name, features)
            for regime in REGIMES:
                label = f"Accuracy, {regime}, {years}" + (", titles only" if tail else "")
                how = f"Test headlines given their human code, n = {len(frame)}; training: {regime}."
                found.append(_number(f"{regime}-{name}{tail}", score(frame[regime].to_numpy()), label, how))
    return found


_WORDS = {"fresh_200": "recent labels", "all_50": "as many spread over all years"}


def _gaps() -> list[Number]:
    pairs = {
        "fresh-gain-late": ("fresh", "frozen"),
        "all-gain-late": ("all", "frozen"),
        "control-gap-late": ("control", "frozen"),
        "spaced-gap-late": ("spaced", "frozen"),
        "all-over-control-late": ("all", "control"),
        "control-over-fresh-late": ("control", "fresh"),
        "recent-over-spread-late": ("fresh_200", "all_50"),
    }
    frames = {"": period("late"), "-titles": period("late", "title")}
    return [
        _number(
            name + tail,
            gap(frame, better, worse),
            f"Gain of {_WORDS.get(better, better)} over {_WORDS.get(worse, worse)}, 2004-06, in points"
            + (", titles only" if tail else ""),
            "Paired difference on the same test headlines.",
            "percentage points",
        )
        for tail, frame in frames.items()
        for name, (better, worse) in pairs.items()
    ]


def _parts() -> list[Number]:
    found = []
    variants = {"": ("subject", "control"), "-titles": ("title", "control"), "-spaced": ("subject", "spaced")}
    for tail, (features, control) in variants.items():
        for row in decomposition(features, control).itertuples():
            if row.part == "fall" and tail == "-spaced":
                continue  # the fall does not depend on the control
            label = {
                "fall": "Fall of the frozen model",
                "difficulty": "of which harder headlines",
                "staleness": "of which staleness",
            }
            text = (
                "Early minus late; the split assumes that difficulty takes the same points from the frozen model and the control."
            )
            more = {"": "", "-titles": ", titles only", "-spaced": ", against the spaced control"}[tail]
            parts = (row.points, row.low, row.high)
            found.append(_number(f"{row.part}{tail}", parts, f"{label[row.part]}, in points{more}", text, "percentage points"))
    value = relative_staleness()
    text = "As staleness, but difficulty takes the same share, not the same points, from both."
    label = "Staleness under the other assumption, in points"
    return [
        *found,
        Number("retraining.headlines-staleness-relative", value, "percentage points", label, text, (ITEMS,), decimals=1),
    ]


def _budget() -> list[Number]:
    rows = data.table(ACCURACY)
    frame = period("late")
    found = []
    for regime, budget, name, words in (("fresh", 200, "recent", "two years kept"), ("all", 50, "spread", "every year kept")):
        column = f"{regime}_{budget}"
        how = f"Mean of ten draws of {budget} labels a year; n = {len(frame)} test headlines of 2004-06."
        label = f"Accuracy, {words}, part of the labels, 2004-06"
        found.append(_number(f"{regime}-{name}-late", score(frame[column].to_numpy()), label, how))
        used = rows[(rows["regime"] == regime) & (rows["label_budget"] == budget)]["labels"].astype(float)
        ends = (float(used.min()), float(used.max()))
        label = f"Labels a model learns from, {words}, part of the labels"
        years = "From the first to the last of the three years."
        number = f"retraining.headlines-labels-{name}"
        found.append(Number(number, float(used.mean()), "items", label, how, (ACCURACY,), *ends, years, 0))
    return found
