"""Retraining: what sellers of labels say, what they earn, and what speaks against a lasting need of people."""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number

from microwork.retraining.inputs import SHARES, define, fact, published


def surveys() -> pd.DataFrame:
    """Surveys on how often models are retrained: who asked, year, n (empty if not given), percent, what was asked."""
    wanted = {
        "appen-quarterly-2020": ("Appen", "models updated at least quarterly"),
        "appen-quarterly-2020-restated": ("Appen, a year later, of the same year", "models updated at least quarterly"),
        "appen-quarterly-2021": ("Appen", "models updated at least quarterly"),
        "appen-quarterly-2022": ("Appen", "retrained more often than quarterly"),
        "appen-external-data-2022": ("Appen", "buy training data from outside"),
        "scale-regular-retrain-2022": ("Scale AI", "several models in production, regularly retrained"),
    }
    rows = []
    for key, (who, what) in wanted.items():
        row = data.fact(SHARES, key)
        found = {"who asked": who, "year": int(str(row["period"])[:4]), "question": what}
        rows.append(found | {"percent": float(row["value"]), "n": row["n"], "grade": row["grade"]})
    return pd.DataFrame(rows)


def change(old: float, new: float) -> float:
    """Relative change in percent. Raises ``ValueError`` unless ``old`` is positive."""
    if old <= 0:
        raise ValueError(f"found a start of {old}; expected a positive one")
    return 100 * (new / old - 1)


def numbers() -> list[Number]:
    """The market numbers of the chapter."""
    return [*_sellers(), *_surveys(), *_against(), *_raters(), *_pixels()]


def _sellers() -> list[Number]:
    return [
        define("appen-change", lambda: change(fact("appen-rev-2021"), fact("appen-rev-2023")), "percent",
               "Change of Appen's revenue, 2021 to 2023", "Revenue of 2023 over that of 2021, in US dollars."),
        define("appen-google", lambda: 100 * fact("appen-google-2023") / fact("appen-rev-2023"), "percent",
               "Google's share of Appen's revenue, 2023", "Quotient."),
    ]  # fmt: skip


def _surveys() -> list[Number]:
    rows = [
        ("survey-2020", "appen-quarterly-2020", "Updating at least quarterly, Appen's survey of 2020"),
        ("survey-2020-restated", "appen-quarterly-2020-restated", "The same, as restated a year later"),
        ("survey-2021", "appen-quarterly-2021", "Updating at least quarterly, Appen's survey of 2021"),
        ("survey-2022", "appen-quarterly-2022", "Retraining more often than quarterly, Appen's survey of 2022"),
        ("survey-outside", "appen-external-data-2022", "Buying training data from outside, Appen's survey of 2022"),
        ("survey-scale", "scale-regular-retrain-2022", "Models in production and regularly retrained, Scale's survey of 2022"),
        ("studies-ageing", "vela-share-degrading", "Cases in which a model's errors grow with its age"),
        ("studies-drop", "wildtime-drop", "Mean drop from data of the time of training to later data"),
    ]
    return [published(name, key, "percent", label, SHARES) for name, key, label in rows]


def _against() -> list[Number]:
    gain = "Gain of labels chosen by the model over labels drawn at random"
    points, trained = "percentage points", "Models trained by Google's pipelines in four months, more than"
    return [
        published("google-models", "google-models-trained", "items", trained),
        published("model-over-crowd", "gilardi-accuracy-gap", points, "Advantage of a language model over crowd workers", SHARES),
        published("crowd-over-model-cost", "gilardi-ratio", "ratio", "How many times dearer the crowd was"),
        published("active-low", "alexa-active-learning-gain-low", "percent", f"{gain}, at the least", SHARES),
        published("active-high", "alexa-active-learning-gain-high", "percent", f"{gain}, at the most", SHARES),
        published("tesla-cut", "tesla-annotators-cut", "persons", "Annotators dismissed by Tesla, June 2022"),
        published("timelms-months", "timelms-cadence", "months", "Months between two refreshed language models"),
        published("timelms-tweets", "timelms-tweets-per-update", "million tweets", "New tweets for each of them, none labelled"),
    ]


def _raters() -> list[Number]:
    raters = "Google's search quality raters"
    return [
        published("raters-2018", "google-raters-2018", "persons", f"{raters}, 2018"),
        published("raters-2020", "google-raters-2020", "persons", f"{raters}, 2020, more than"),
        published("raters-2022", "google-raters-2022", "persons", f"{raters}, 2022"),
        published("google-tests", "google-quality-tests-2018", "items", "Search quality tests with raters, 2018"),
        define("appen-relevance", lambda: 100 * fact("appen-relevance-2019") / fact("appen-rev-2019"), "percent",
               "Share of Appen's revenue from judging search and content, 2019", "Quotient, in Australian dollars.", None, 0),
        published("google-launches", "google-launches-2018", "items", "Changes launched in Google Search, 2018"),
    ]  # fmt: skip


def _pixels() -> list[Number]:
    return [
        published("cityscapes-images", "cityscapes-fine", "items", "Images of Cityscapes, labelled pixel by pixel"),
        published("cityscapes-minutes", "cityscapes-fine-min", "minutes", "Minutes to label one of them"),
    ]
