"""Counts, part 4: all assumptions moved at once.

The centre is the published figure by construction, for the sums were inverted from it. What is
new is the width: how far apart two teams could land with the same registrations and visitors.
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

from microwork.counts.inputs import assumption, fact, share
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
}
ROUNDED = {
    "registered": "fr-registered-2020-rounded",
    "visitors": "fr-regular-2020-rounded",
    "routine": "fr-regular-2020-rounded",
    "very active": "fr-very-active-2020-rounded",
}


PRIORS = ("multihoming", "weekly-share", "working-visitors")


def prior(name: str, folder: Path = DATA) -> stats.rv_continuous:
    """The stated distribution of one assumption; shares from 0 to 1."""
    match name:
        case "multihoming":
            m = assumption(name, folder)
            return _triangular(m["low"], m["mode"], m["high"])
        case "weekly-share":
            return _triangular(share(name, "low", folder), implied_share(folder), share(name, "high", folder))
        case "working-visitors":
            half, full = share(name, "low", folder), share(name, "high", folder)
            return stats.uniform(half, full - half)
    raise ValueError(f"no distribution for {name!r}; wanted one of {', '.join(PRIORS)}")


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
        case _:
            raise ValueError(f"no circle {circle!r}; wanted one of {', '.join(FACTORS)}")
    return found


def drawn_values(name: str, folder: Path = DATA, size: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """``size`` draws of one assumption, which are the same whichever others are drawn."""
    rng = np.random.default_rng(seed)
    # Each draw takes one random number; those before belong to the assumptions before.
    cast(np.random.PCG64, rng.bit_generator).advance(size * PRIORS.index(name))
    values: np.ndarray = prior(name, folder).rvs(size=size, random_state=rng)
    return values


def drawn_circle(circle: str, folder: Path = DATA, size: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """``size`` draws of one circle (persons), from the assumptions it depends on."""
    return estimate(circle, {name: drawn_values(name, folder, size, seed) for name in FACTORS[circle]}, folder)


def draws(folder: Path = DATA, size: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """``size`` draws: one column per assumption and one per circle (persons)."""
    values = {name: drawn_values(name, folder, size, seed) for name in PRIORS}
    return pd.DataFrame(values | {circle: estimate(circle, values, folder) for circle in FACTORS})


def sobol(circle: str, folder: Path = DATA, power: int = 12, seed: int = SEED) -> dict[str, tuple[float, float]]:
    """For each assumption of a circle its first-order and total Sobol index (``scipy.stats.sobol_indices``, Saltelli 2010)."""
    factors = FACTORS[circle]
    if len(factors) == 1:
        return {factors[0]: (1.0, 1.0)}  # a single factor explains all, and scipy's index needs two

    def model(x: np.ndarray) -> np.ndarray:
        return estimate(circle, dict(zip(factors, x, strict=True)), folder)[np.newaxis]

    dists = [prior(name, folder) for name in factors]
    found = stats.sobol_indices(func=model, n=2**power, dists=dists, rng=np.random.default_rng(seed))
    pairs = zip(np.ravel(found.first_order).tolist(), np.ravel(found.total_order).tolist(), strict=True)
    return dict(zip(factors, pairs, strict=True))


def variance_shares(folder: Path = DATA, power: int = 12, seed: int = SEED) -> pd.DataFrame:
    """Which assumption makes each estimate wide: Sobol indices.

    Columns: circle, factor, first_order (share of the variance that goes if the factor is known),
    total (share that stays if everything else is known); 0 to 1.
    """
    circles = ("registered", "routine", "very active")
    rows = [(circle, name, *shares) for circle in circles for name, shares in sobol(circle, folder, power, seed).items()]
    return pd.DataFrame(rows, columns=["circle", "factor", "first_order", "total"])


_ABOUT = {
    "registered": ("Registered", "sum of registrations over the divisor"),
    "visitors": ("Monthly visitors", "sum of visitors over the divisor"),
    "routine": ("Routine", "sum of visitors times the share who do tasks, over the divisor"),
    "very active": ("Very active", "share there weekly times the sum of registrations, over the divisor"),
}


def numbers() -> list[Number]:
    """Medians with the middle 95 % of the draws, how many reach the published figures, and what makes the width."""
    drawn, indices = step(drawn_circle), step(sobol)
    not_covered = "Not covered: the registrations and visitors themselves, platforms left out, dead accounts, bots."
    if registrations_sum().inverted:
        not_covered += " Centred on the published figure by construction; the width is what is new."

    def above(circle: str) -> float:
        return 100 * float((drawn(circle) >= fact(ROUNDED[circle])).mean())

    found = []
    for circle, (name, formula) in _ABOUT.items():
        label, how = f"{name}, assumptions moved together", f"Median of the draws: {formula}."
        covers = f"95 % of the draws with {_spaced(', '.join(FACTORS[circle]))} as stated. {not_covered}"
        found.append(number(f"counts.mc-{_hyphened(circle)}", partial(lambda circle: percentiles(drawn(circle)), circle),
                            "persons", label, how, covers))  # fmt: skip
    found.append(
        number("counts.registered-over-routine", lambda: percentiles(drawn("registered") / drawn("routine")),
               "ratio", "Registered over routine", "Median over the draws of the one over the other; the divisor cancels.",
               f"95 % of the draws with working visitors as stated. {not_covered}")
    )  # fmt: skip
    how = "Draws at or above the rounded figure of 2020, over all draws."
    for circle in ROUNDED:
        label = f"Draws at or above the published {circle} circle"
        found.append(number(f"counts.mc-{_hyphened(circle)}-above", partial(above, circle), "percent", label, how, decimals=0))
    how = "First-order Sobol index of the stated priors."
    for circle, name in [(each, name) for each in ("routine", "very active") for name in FACTORS[each]]:
        label = f"Variance of the {circle} circle due to {_spaced(name)}"
        found.append(number(f"counts.variance-{_hyphened(circle)}-{name}",
                            partial(lambda circle, name: 100 * indices(circle)[name][0], circle, name),
                            "percent", label, how, decimals=0))  # fmt: skip
    return [*found, number("counts.draws", lambda: len(draws()), "draws", "Draws", "Number of draws, with a fixed seed.")]


def _hyphened(text: str) -> str:
    return text.replace(" ", "-")


def _spaced(text: str) -> str:
    return text.replace("-", " ")


def _triangular(low: float, mode: float, high: float) -> stats.rv_continuous:
    return stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
