"""Counts, part 4: all assumptions moved at once.

The centre is the published figure by construction, for the sums were inverted from it. What is
new is the width: how far apart two teams could land with the same registrations and visitors.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from microwork import data
from microwork.counts.inputs import ASSUMPTIONS, INPUTS, assumption, share
from microwork.counts.inversion import implied_share, registrations_sum, visitors_sum
from microwork.intervals import percentiles
from microwork.numbers import Number
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


def priors(folder: Path = DATA) -> dict[str, stats.rv_continuous]:
    """The stated distributions by name of the assumption; shares from 0 to 1."""
    m = assumption("multihoming", folder)
    low, high = share("weekly-share", "low", folder), share("weekly-share", "high", folder)
    half, full = share("working-visitors", "low", folder), share("working-visitors", "high", folder)
    return {
        "multihoming": _triangular(m["low"], m["mode"], m["high"]),
        "weekly-share": _triangular(low, implied_share(folder), high),
        "working-visitors": stats.uniform(half, full - half),
    }


def estimate(circle: str, values: dict[str, np.ndarray], accounts: float, visits: float) -> np.ndarray:
    """One circle (persons) from the values of its assumptions, all arrays of the same shape."""
    m = values["multihoming"]
    match circle:
        case "registered":
            return accounts / m
        case "visitors":
            return visits / m
        case "routine":
            return visits * values["working-visitors"] / m
        case "very active":
            return values["weekly-share"] * accounts / m
    raise ValueError(f"no circle {circle!r}; wanted one of {', '.join(FACTORS)}")


def draws(folder: Path = DATA, size: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """``size`` draws: one column per assumption and one per circle (persons)."""
    rng = np.random.default_rng(seed)
    values = {name: prior.rvs(size=size, random_state=rng) for name, prior in priors(folder).items()}
    accounts, visits = registrations_sum(folder).total, visitors_sum(folder).total
    return pd.DataFrame(values | {circle: estimate(circle, values, accounts, visits) for circle in FACTORS})


def variance_shares(folder: Path = DATA, power: int = 12, seed: int = SEED) -> pd.DataFrame:
    """Which assumption makes each estimate wide: Sobol indices (``scipy.stats.sobol_indices``, Saltelli 2010).

    Columns: circle, factor, first_order (share of the variance that goes if the factor is known),
    total (share that stays if everything else is known); 0 to 1.
    """
    prior = priors(folder)
    accounts, visits = registrations_sum(folder).total, visitors_sum(folder).total
    rows = []
    for circle in ("registered", "routine", "very active"):
        factors = FACTORS[circle]
        if len(factors) == 1:
            rows.append((circle, factors[0], 1.0, 1.0))  # a single factor explains all, and scipy's index needs two
            continue

        def model(x: np.ndarray, circle: str = circle, factors: tuple[str, ...] = factors) -> np.ndarray:
            return estimate(circle, dict(zip(factors, x, strict=True)), accounts, visits)[np.newaxis]

        found = stats.sobol_indices(
            func=model, n=2**power, dists=[prior[name] for name in factors], rng=np.random.default_rng(seed)
        )
        first, total = np.ravel(found.first_order), np.ravel(found.total_order)
        rows += [(circle, name, float(f), float(t)) for name, f, t in zip(factors, first, total, strict=True)]
    return pd.DataFrame(rows, columns=["circle", "factor", "first_order", "total"])


def numbers(drawn: pd.DataFrame) -> list[Number]:
    """Medians with the middle 95 % of the draws, from the table that ``draws`` gives."""
    tables = (INPUTS, ASSUMPTIONS, "counts/platforms")
    centre = "Centred on the published figure by construction; the width is what is new." if registrations_sum().inverted else ""
    not_covered = "Not covered: the registrations and visitors themselves, platforms left out, dead accounts, bots."
    about = {
        "registered": ("Registered, assumptions moved together", "sum of registrations over the divisor"),
        "visitors": ("Monthly visitors, assumptions moved together", "sum of visitors over the divisor"),
        "routine": ("Routine, assumptions moved together", "sum of visitors times the share who do tasks, over the divisor"),
        "very active": (
            "Very active, assumptions moved together",
            "share there weekly times the sum of registrations, over the divisor",
        ),
    }
    found = []
    for circle, (label, formula) in about.items():
        median, low, high = percentiles(drawn[circle].to_numpy())
        varied = ", ".join(FACTORS[circle]).replace("-", " ")
        found.append(
            Number(
                f"counts.mc-{circle.replace(' ', '-')}",
                median,
                "persons",
                label,
                f"Median of the draws: {formula}.",
                tables,
                low,
                high,
                covers=f"95 % of the draws with {varied} as stated. {not_covered} {centre}".strip(),
            )
        )
    median, low, high = percentiles((drawn["registered"] / drawn["routine"]).to_numpy())
    found.append(
        Number(
            "counts.registered-over-routine",
            median,
            "ratio",
            "Registered over routine",
            "Median over the draws of the one over the other; the divisor cancels.",
            tables,
            low,
            high,
            f"95 % of the draws with working visitors as stated. {not_covered} {centre}".strip(),
        )
    )
    for circle, fact in ROUNDED.items():
        above = float((drawn[circle] >= data.value(INPUTS, fact)).mean())
        found.append(
            Number(
                f"counts.mc-{circle.replace(' ', '-')}-above",
                100 * above,
                "percent",
                f"Draws at or above the published {circle} circle",
                "Draws at or above the rounded figure of 2020, over all draws.",
                tables,
                decimals=0,
            )
        )
    table = variance_shares()
    for row in table[table["circle"] != "registered"].itertuples():
        found.append(
            Number(
                f"counts.variance-{row.circle.replace(' ', '-')}-{row.factor}",
                100 * row.first_order,
                "percent",
                f"Variance of the {row.circle} circle due to {row.factor.replace('-', ' ')}",
                "First-order Sobol index of the stated priors.",
                tables,
                decimals=0,
            )
        )
    found.append(Number("counts.draws", len(drawn), "draws", "Draws", "Number of draws, with a fixed seed.", (ASSUMPTIONS,)))
    return found


def _triangular(low: float, mode: float, high: float) -> stats.rv_continuous:
    return stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
