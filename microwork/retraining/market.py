"""Retraining: what sellers of labels say, what they earn, and what speaks against a lasting need of
people."""

from __future__ import annotations

from microwork.inputs import Numbers
from microwork.retraining.inputs import fact

NUMBERS: Numbers = {
    "appen-change": lambda: 100 * (fact("appen-rev-2023") / fact("appen-rev-2021") - 1),
    "appen-google": lambda: 100 * fact("appen-google-2023") / fact("appen-rev-2023"),
}
