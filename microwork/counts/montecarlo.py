"""Counts, part 4: all assumptions moved at once.

The ranges are made from the published figures, for the sums were inverted from them, so they cannot
check them. They say how far apart two teams could land with the same registrations and visitors,
given the assumptions that we chose.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
from scipy import stats
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number

from microwork.counts.inputs import assumption, share
from microwork.counts.inversion import implied_share, registrations_sum, visitors_sum
from microwork.intervals import percentiles
from microwork.paths import DATA

DRAWS = 200_000
SEED = 266126  # any number would do; this one is easy to recognise

# Which assumptions each estimate depends on.
FACTORS = {
    "registered": ("multihoming",),
    "visitors": ("multihoming",),
    "routine": ("multihoming", "working-visitors"),
    "very active": ("weekly-share", "multihoming"),
    "weekly workers": ("weekly-share", "working-visitors", "multihoming"),
}
PRIORS = ("multihoming", "weekly-share", "working-visitors")


def prior(name: str, folder: Path = DATA) -> stats.rv_continuous:
    """The stated distribution of one assumption; shares from 0 to 1."""
    match name:
        case "multihoming":
            m = assumption(name, folder)
            return _triangular(m["low"], m["mode"], m["high"])
        case "weekly-share":
            return _triangular(
                share(name, "low", folder), implied_share(folder), share(name, "high", folder)
            )
        case "working-visitors":
            half, full = share(name, "low", folder), share(name, "high", folder)
            return stats.uniform(half, full - half)
    raise ValueError(f"no distribution for {name!r}; expected one of {', '.join(PRIORS)}")


def priors(folder: Path = DATA) -> dict[str, stats.rv_continuous]:
    """The stated distributions by name of the assumption."""
    return {name: prior(name, folder) for name in PRIORS}


def estimate(circle: str, values: dict[str, np.ndarray], folder: Path = DATA) -> np.ndarray:
    """One circle (persons) from the values of its assumptions, all arrays of the same shape."""
    m = values["multihoming"]
    found: np.ndarray
    match circle:
        case "registered":
            found = registrations_sum(folder).total / m
        case "visitors":
            found = visitors_sum(folder).total / m
        case "routine":
            found = visitors_sum(folder).total * values["working-visitors"] / m
        case "very active":
            found = values["weekly-share"] * registrations_sum(folder).total / m
        case "weekly workers":
            found = (
                values["weekly-share"]
                * values["working-visitors"]
                * registrations_sum(folder).total
                / m
            )
        case _:
            raise ValueError(f"no circle {circle!r}; expected one of {', '.join(FACTORS)}")
    return found


def drawn_values(name: str, folder: Path = DATA, size: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """``size`` draws of one assumption, which are the same whichever others are drawn."""
    rng = np.random.default_rng(seed)
    # Each draw takes one random number; those before belong to the assumptions before.
    cast(np.random.PCG64, rng.bit_generator).advance(size * PRIORS.index(name))
    values: np.ndarray = prior(name, folder).rvs(size=size, random_state=rng)
    return values


def drawn_circle(
    circle: str, folder: Path = DATA, size: int = DRAWS, seed: int = SEED
) -> np.ndarray:
    """``size`` draws of one circle (persons), from the assumptions it depends on."""
    return estimate(
        circle, {name: drawn_values(name, folder, size, seed) for name in FACTORS[circle]}, folder
    )


def draws(folder: Path = DATA, size: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """``size`` draws: one column per assumption and one per circle (persons)."""
    values = {name: drawn_values(name, folder, size, seed) for name in PRIORS}
    return pd.DataFrame(values | {circle: estimate(circle, values, folder) for circle in FACTORS})


_ABOUT = {
    "registered": ("Registered", "sum of registrations over the divisor"),
    "visitors": ("Monthly visitors", "sum of visitors over the divisor"),
    "routine": (
        "At work monthly",
        "sum of visitors times the share who do tasks, over the divisor",
    ),
    "very active": (
        "There weekly",
        "share there weekly times the sum of registrations, over the divisor",
    ),
    "weekly workers": ("At work weekly", "the same times the share who do tasks"),
}


def numbers() -> list[Number]:
    """Medians with the middle 95 % of the draws."""
    drawn = step(drawn_circle)
    not_covered = (
        "Not covered: the registrations and visitors themselves, platforms left out, dead accounts,"
        " bots."
    )
    if registrations_sum().inverted:
        not_covered += " Made from the published figures, so it cannot check them."
    found = []
    for circle, (name, formula) in _ABOUT.items():
        label, how = (
            f"{name}, assumptions moved together",
            f"Inference: median of the draws of {formula}.",
        )
        covers = (
            f"95 % of the draws with {_spaced(', '.join(FACTORS[circle]))} as stated. {not_covered}"
        )
        found.append(
            number(
                f"counts.mc-{_hyphened(circle)}",
                partial(lambda circle: percentiles(drawn(circle)), circle),
                "persons",
                label,
                how,
                covers,
            )
        )
    return [
        *found,
        number(
            "counts.draws",
            lambda: len(draws()),
            "draws",
            "Draws",
            "Number of draws, with a fixed seed.",
        ),
    ]


def _hyphened(text: str) -> str:
    return text.replace(" ", "-")


def _spaced(text: str) -> str:
    return text.replace("-", " ")


def _triangular(low: float, mode: float, high: float) -> stats.rv_continuous:
    return stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
