"""Counts: how many people microwork in France?

The page and the report find here what they need; the work is done in the modules of this package,
one for each step.
"""

from microwork.counts.context import funnel
from microwork.counts.crowd import chain
from microwork.counts.growth import annual_growth
from microwork.counts.labour_index import demand
from microwork.counts.montecarlo import draws, priors
from microwork.counts.numbers import numbers
from microwork.counts.sensitivity import missing_platforms, outside_shares, swings
from microwork.counts.tables import labels, slider_inputs
from microwork.counts.tracker import years
from microwork.counts.verdicts import judgements

__all__ = [
    "annual_growth",
    "chain",
    "demand",
    "draws",
    "funnel",
    "judgements",
    "labels",
    "missing_platforms",
    "numbers",
    "outside_shares",
    "priors",
    "slider_inputs",
    "swings",
    "years",
]
