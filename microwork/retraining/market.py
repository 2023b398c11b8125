"""Retraining: what sellers of labels say, what they earn, and what speaks against a lasting need of
people."""

from __future__ import annotations

from microwork.inputs import Numbers
from microwork.retraining.inputs import SHARES, fact, published

NUMBERS: Numbers = {
    "appen-change": lambda: 100 * (fact("appen-rev-2023") / fact("appen-rev-2021") - 1),
    "appen-google": lambda: 100 * fact("appen-google-2023") / fact("appen-rev-2023"),
    "studies-ageing": published("vela-share-degrading", SHARES),
    "studies-drop": published("wildtime-drop", SHARES),
    "google-models": published("google-models-trained"),
    "model-over-crowd": published("gilardi-accuracy-gap", SHARES),
    "crowd-over-model-cost": published("gilardi-ratio"),
    "tesla-cut": published("tesla-annotators-cut"),
    "timelms-months": published("timelms-cadence"),
    "timelms-tweets": published("timelms-tweets-per-update"),
    "raters-2018": published("google-raters-2018"),
    "raters-2020": published("google-raters-2020"),
    "cityscapes-images": published("cityscapes-fine"),
}
