"""Retraining: the numbers that ``headlines`` gives the report."""

from __future__ import annotations

from functools import partial

import numpy as np
from tallybook import data
from tallybook.model.numbers import Number

from microwork.retraining.headlines import (
    ACCURACY,
    COVERS,
    MONTHS,
    PARTS,
    PERIODS,
    REGIMES,
    SEEN,
    Triple,
    gap,
    labels_a_year,
    part,
    period,
    relative_staleness,
    score,
    split,
    topic_shares,
)
from microwork.retraining.inputs import define

YEARS = {"early": "1998-2000", "late": "2004-06"}


def numbers() -> list[Number]:
    """The headline numbers of the chapter."""
    return [*_sizes(), *_scores(), *_gaps(), *_parts(), *_splits(), *_budget()]


def _sizes() -> list[Number]:
    def labels(regime: str) -> int:
        return int(data.row(ACCURACY, PERIODS["late"][1], regime, None)["labels"])

    rows = [
        ("n-early",             lambda: len(period("early")),     "Test headlines of 1998-2000"),
        ("n-late",              lambda: len(period("late")),      "Test headlines of 2004-06"),
        ("labels-frozen",       lambda: labels("frozen"),         "Labels of the frozen model"),
        ("labels-all-last",     lambda: labels("all"),            "Labels of the model that keeps all, for the last year"),
        ("labels-control-last", lambda: labels("control"),        "Labels of the control for the last year, at the least"),
    ]  # fmt: skip
    year = "Headlines coded a year", "Mean over the test years."
    return [
        *(define(f"headlines-{name}", compute, "items", label, "Counted in the tables.") for name, compute, label in rows),
        define("headlines-a-year", labels_a_year, "items", *year, None, 0),
    ]


def _scores() -> list[Number]:
    found = []
    for features, (tail, more) in SEEN.items():
        for name, years in YEARS.items():
            for regime in REGIMES if name == "late" else REGIMES[:1]:
                how = f"Test headlines given their human code, n = {len(period(name, features))}; training: {regime}."
                label, compute = f"Accuracy, {regime}, {years}{more}", partial(score, name, features, regime)
                found.append(define(f"headlines-{regime}-{name}{tail}", compute, "percent", label, how, COVERS, 0))
    return found


def _gaps() -> list[Number]:
    words = {"fresh_200": "recent labels", "all_50": "as many spread over all years"}
    pairs = {
        "fresh-gain": ("fresh", "frozen"),
        "all-gain": ("all", "frozen"),
        "control-gap": ("control", "frozen"),
        "recent-over-spread": ("fresh_200", "all_50"),
    }
    how, (tail, more) = "Paired difference on the same test headlines.", SEEN["title"]
    found = []
    for name, pair in pairs.items():
        better, worse = (words.get(regime, regime) for regime in pair)
        label = f"Gain of {better} over {worse}, 2004-06, in points{more}"
        covers = MONTHS if name == "recent-over-spread" else COVERS
        compute = partial(gap, "late", "title", *pair)
        found.append(define(f"headlines-{name}-late{tail}", compute, "percentage points", label, how, covers))
    return found


def _parts() -> list[Number]:
    how = "Early minus late; the split assumes that difficulty takes the same points from the frozen model and the control."
    spaced = "against the control that leaves out the month under test and those beside it"
    found = [
        define(f"headlines-{'titles-' if features == 'title' else ''}{name}", partial(part, name, features),
               "percentage points", f"{label}, in points{more}", how, COVERS)
        for features, (_, more) in SEEN.items()
        for name, label in PARTS.items()
    ]  # fmt: skip
    text = "As staleness, but difficulty takes the same share, not the same points, from both."
    return [
        *found,
        define("headlines-titles-staleness-spaced", partial(part, "staleness", "title", "spaced"), "percentage points",
               f"{PARTS['staleness']}, in points, titles only, {spaced}", how, COVERS),
        define("headlines-titles-staleness-relative", relative_staleness, "percentage points",
               "Staleness under the other assumption, in points, titles only", text, None, 1),
    ]  # fmt: skip


def _splits() -> list[Number]:
    how = "Kitagawa's split by topic: the shares of the topics at the mean score, the scores within topics at the mean share."
    topic = "Share of headlines in the topic whose share grew most, {}"
    counted = "Headlines of that topic over all headlines of the years."

    def rise() -> float:
        early, late = topic_shares()
        return late / early

    def shares(place: int) -> float:
        return 100 * topic_shares()[place]

    whose = {"fall": ("", "fall of the frozen model"), "staleness": ("staleness-", "staleness")}
    which = {"mix": "from the mix of topics", "within": "within topics"}
    return [
        *(define(f"headlines-titles-{lead}{end}", partial(split, name, end), "percentage points",
                 f"Part of the {words} {place}, in points, titles only", how, COVERS)
          for name, (lead, words) in whose.items()
          for end, place in which.items()),
        *(define(f"headlines-topic-{name}", partial(shares, i), "percent", topic.format(years), counted, None, 1)
          for i, (name, years) in enumerate(YEARS.items())),
        define("headlines-topic-rise", rise, "ratio", "Its late share over its early one", "Quotient.", None, 1),
    ]  # fmt: skip


def _budget() -> list[Number]:
    def labels(regime: str, budget: int) -> Triple:
        first, last = PERIODS["late"]
        used = [float(data.row(ACCURACY, year, regime, budget)["labels"]) for year in range(first, last + 1)]
        return float(np.mean(used)), min(used), max(used)

    years = "From the first to the last of the three years."
    found = []
    for regime, budget, name, words in (("fresh", 200, "recent", "two years kept"), ("all", 50, "spread", "every year kept")):
        how = f"Mean of fifty draws of {budget} labels a year; n = {len(period('late'))} test headlines of 2004-06."
        compute = partial(score, "late", "title", f"{regime}_{budget}")
        label = f"Accuracy, {words}, part of the labels, 2004-06, titles only"
        found.append(define(f"headlines-{regime}-{name}-late-titles", compute, "percent", label, how, MONTHS))
        label = f"Labels a model learns from, {words}, part of the labels"
        found.append(define(f"headlines-labels-{name}", partial(labels, regime, budget), "items", label, how, years, 0))
    return found
