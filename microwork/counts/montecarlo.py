"""Counts, part 4: all assumptions moved at once.

The ranges are made from the published figures, for the sums were inverted from them, so they cannot
check them. They say how far apart two teams could land with the same registrations and visitors,
given the assumptions that we chose.
"""

from __future__ import annotations

from functools import partial
from typing import cast

import numpy as np
import pandas as pd
from scipy import stats
from tallybook.data.provenance import step

from microwork.counts.inputs import assumption, share
from microwork.counts.inversion import of_registered, registrations_sum, visitors_sum
from microwork.inputs import Numbers
from microwork.intervals import Ends, percentiles

DRAWS = 200_000
SEED = 266126  # any number would do; this one is easy to recognise
PRIORS = ("multihoming", "weekly-share", "working-visitors")

# Which sum each estimate is made from, and the shares of it that count; all are over the divisor.
CIRCLES = {
    "registered": (registrations_sum, ()),
    "visitors": (visitors_sum, ()),
    "routine": (visitors_sum, ("working-visitors",)),
    "very active": (registrations_sum, ("weekly-share",)),
    "weekly workers": (registrations_sum, ("weekly-share", "working-visitors")),
}


def prior(name: str) -> stats.rv_continuous:
    """The stated distribution of one of ``PRIORS``; shares from 0 to 1."""
    if name == "multihoming":
        m = assumption(name)
        return _triangular(m["low"], m["mode"], m["high"])
    low, high = share(name, "low"), share(name, "high")
    if name == "weekly-share":
        return _triangular(low, of_registered("very active"), high)
    return stats.uniform(low, high - low)


def drawn_values(name: str, size: int = DRAWS) -> np.ndarray:
    """``size`` draws of one assumption, which are the same whichever others are drawn."""
    rng = np.random.default_rng(SEED)
    # Each draw takes one random number; those before belong to the assumptions before.
    cast(np.random.PCG64, rng.bit_generator).advance(size * PRIORS.index(name))
    values: np.ndarray = prior(name).rvs(size=size, random_state=rng)
    return values


@step
def drawn_circle(circle: str, size: int = DRAWS) -> np.ndarray:
    """``size`` draws of one circle (persons), from the assumptions it depends on."""
    summed, shares = CIRCLES[circle]
    found: np.ndarray = summed().total / drawn_values("multihoming", size)
    for name in shares:
        found = found * drawn_values(name, size)
    return found


def draws(size: int = DRAWS) -> pd.DataFrame:
    """``size`` draws: one column per assumption and one per circle (persons)."""
    values = {name: drawn_values(name, size) for name in PRIORS}
    return pd.DataFrame(values | {circle: drawn_circle(circle, size) for circle in CIRCLES})


def middle(circle: str) -> Ends:
    """Median of the draws of a circle, and the middle 95 % of them."""
    return percentiles(drawn_circle(circle))


def _triangular(low: float, mode: float, high: float) -> stats.rv_continuous:
    return stats.triang((mode - low) / (high - low), loc=low, scale=high - low)


NUMBERS: Numbers = {
    "mc-registered": partial(middle, "registered"),
    "mc-visitors": partial(middle, "visitors"),
    "mc-routine": partial(middle, "routine"),
    "mc-very-active": partial(middle, "very active"),
    "mc-weekly-workers": partial(middle, "weekly workers"),
    "draws": lambda: len(draws()),
}
