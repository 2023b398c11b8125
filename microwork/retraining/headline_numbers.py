"""Retraining: the numbers that ``headlines`` gives the report."""

from __future__ import annotations

from functools import partial

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
    equal_labels,
    every_start,
    gap,
    labels_a_year,
    over_starts,
    part,
    period,
    score,
    split,
    start_range,
    topic_shares,
)
from microwork.retraining.inputs import define

YEARS = {"early": "1998-2000", "late": "2004-06"}


def numbers() -> list[Number]:
    """The headline numbers of the chapter."""
    return [*_sizes(), *_scores(), *_equal(), *_gaps(), *_parts(), *_splits()]


def _sizes() -> list[Number]:
    def labels(regime: str) -> int:
        return int(data.row(ACCURACY, PERIODS["late"][1], regime, None)["labels"])

    def recent() -> int:  # the same in each of the three years
        return int(data.row(ACCURACY, PERIODS["late"][1], "fresh", 200)["labels"])

    rows = [
        ("n-early", lambda: len(period("early")), "Test headlines of 1998-2000"),
        ("n-late", lambda: len(period("late")), "Test headlines of 2004-06"),
        ("labels-frozen", lambda: labels("frozen"), "Labels of the frozen model"),
        (
            "labels-all-last",
            lambda: labels("all"),
            "Labels of the model that keeps all, for the last year",
        ),
        ("labels-recent", recent, "Labels of two years, part of what there is, 2004-06"),
    ]
    year = "Headlines coded a year", "Mean over the test years."
    return [
        *(
            define(f"headlines-{name}", compute, "items", label, "Counted in the tables.")
            for name, compute, label in rows
        ),
        define("headlines-a-year", labels_a_year, "items", *year, None, 0),
    ]


def _scores() -> list[Number]:
    found = []
    for features, (tail, more) in SEEN.items():
        for name, years in YEARS.items():
            for regime in REGIMES if name == "late" else REGIMES[:1]:
                how = (
                    f"Test headlines given their human code, n = {len(period(name, features))};"
                    f" training: {regime}."
                )
                label, compute = (
                    f"Accuracy, {regime}, {years}{more}",
                    partial(score, name, features, regime),
                )
                found.append(
                    define(
                        f"headlines-{regime}-{name}{tail}",
                        compute,
                        "percent",
                        label,
                        how,
                        COVERS,
                        0,
                    )
                )
    return found


def _equal() -> list[Number]:
    points, label = (
        "percentage points",
        "Gain of fresh labels over as many old ones, in points, titles only",
    )
    how = "Paired difference on the same test headlines; the two years before the test against {}."
    every = "each two years from 1996 on, wherever the two share no label"
    covers = "Drawing the months of headlines again. Not other newspapers or other coders."

    pooled = (
        f"{how.format(every)} Each test headline counts once for every pair tried on it, so early"
        " starts count most."
    )
    years = "Years of freezing that leave a year to test on"

    return [
        define(
            "headlines-equal-labels-gain",
            equal_labels,
            points,
            f"{label}, 2001-06",
            how.format("1996-97"),
            f"{covers} Not another year of freezing, which stands beside it.",
        ),
        define(
            "headlines-equal-labels-first-year",
            partial(equal_labels, first=2000),
            points,
            f"{label}, 2000-06",
            how.format("1996-97"),
            f"{covers} Not another year of freezing.",
        ),
        define(
            "headlines-equal-labels-mean",
            over_starts,
            points,
            f"{label}, all years of freezing",
            pooled,
            covers,
        ),
        define(
            "headlines-equal-labels-range",
            start_range,
            points,
            f"{label}, over the years of freezing",
            how.format(every),
            "The least and the most of all years of freezing. Not a sampling error.",
            1,
        ),
        define(
            "headlines-equal-labels-starts", lambda: len(every_start()), "items", years, "Counted."
        ),
        define(
            "headlines-equal-labels-won",
            lambda: int((every_start()["gain"] > 0).sum()),
            "items",
            f"{years} and in which fresh labels gain",
            "Counted.",
        ),
    ]


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
        found.append(
            define(f"headlines-{name}-late{tail}", compute, "percentage points", label, how, covers)
        )
    return found


def _parts() -> list[Number]:
    how = (
        "Early minus late; the split assumes that difficulty takes the same points from the frozen"
        " model and the control."
    )
    spaced = "against the control that leaves out the month under test and those beside it"
    found = [
        define(
            f"headlines-{'titles-' if features == 'title' else ''}{name}",
            partial(part, name, features),
            "percentage points",
            f"{label}, in points{more}",
            how,
            COVERS,
        )
        for features, (_, more) in SEEN.items()
        for name, label in PARTS.items()
    ]
    return [
        *found,
        define(
            "headlines-titles-staleness-spaced",
            partial(part, "staleness", "title", "spaced"),
            "percentage points",
            f"{PARTS['staleness']}, in points, titles only, {spaced}",
            how,
            COVERS,
        ),
    ]


def _splits() -> list[Number]:
    how = (
        "Kitagawa's split by topic: the shares of the topics at the mean score, the scores within"
        " topics at the mean share."
    )

    def rise() -> float:
        early, late = topic_shares()
        return late / early

    return [
        define(
            "headlines-titles-staleness-mix",
            partial(split, "staleness", "mix"),
            "percentage points",
            "Part of staleness from the mix of topics, in points, titles only",
            how,
            COVERS,
        ),
        define(
            "headlines-topic-rise",
            rise,
            "ratio",
            "Late over early share of the topic whose share grew most",
            "Headlines of the topic over all headlines of the years, 2004-06 over 1998-2000.",
            None,
            1,
        ),
    ]
