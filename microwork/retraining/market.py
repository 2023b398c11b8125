"""Retraining: what sellers of labels say, what they earn, and what speaks against a lasting need of
people."""

from __future__ import annotations

from tallybook.model.numbers import Number

from microwork.retraining.inputs import SHARES, define, fact, published


def change(old: float, new: float) -> float:
    """Relative change in percent. Raises ``ValueError`` unless ``old`` is positive."""
    if old <= 0:
        raise ValueError(f"found a start of {old}; expected a positive one")
    return 100 * (new / old - 1)


def numbers() -> list[Number]:
    """The market numbers of the chapter."""
    images = published(
        "cityscapes-images", "cityscapes-fine", "items", "Street scenes labelled pixel by pixel"
    )
    return [*_sellers(), *_studies(), *_against(), *_raters(), images]


def _sellers() -> list[Number]:
    return [
        define(
            "appen-change",
            lambda: change(fact("appen-rev-2021"), fact("appen-rev-2023")),
            "percent",
            "Change of Appen's revenue, 2021 to 2023",
            "Revenue of 2023 over that of 2021, in US dollars.",
        ),
        define(
            "appen-google",
            lambda: 100 * fact("appen-google-2023") / fact("appen-rev-2023"),
            "percent",
            "Google's share of Appen's revenue, 2023",
            "Quotient.",
        ),
    ]


def _studies() -> list[Number]:
    rows = [
        (
            "studies-ageing",
            "vela-share-degrading",
            "Cases in which a model's errors grow with its age",
        ),
        (
            "studies-drop",
            "wildtime-drop",
            "Mean drop from data of the time of training to later data",
        ),
    ]
    return [published(name, key, "percent", label, SHARES) for name, key, label in rows]


def _against() -> list[Number]:
    points, trained = (
        "percentage points",
        "Models trained by Google's pipelines in four months, more than",
    )
    return [
        published("google-models", "google-models-trained", "items", trained),
        published(
            "model-over-crowd",
            "gilardi-accuracy-gap",
            points,
            "Advantage of a language model over crowd workers",
            SHARES,
        ),
        published(
            "crowd-over-model-cost", "gilardi-ratio", "ratio", "How many times dearer the crowd was"
        ),
        published(
            "tesla-cut",
            "tesla-annotators-cut",
            "persons",
            "Annotators dismissed by Tesla, June 2022",
        ),
        published(
            "timelms-months",
            "timelms-cadence",
            "months",
            "Months between two refreshed language models",
        ),
        published(
            "timelms-tweets",
            "timelms-tweets-per-update",
            "million tweets",
            "New tweets for each of them, none labelled",
        ),
    ]


def _raters() -> list[Number]:
    raters = "Google's search quality raters"
    return [
        published("raters-2018", "google-raters-2018", "persons", f"{raters}, 2018"),
        published("raters-2020", "google-raters-2020", "persons", f"{raters}, 2020, more than"),
    ]
