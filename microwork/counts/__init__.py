"""Counts: how many people microwork in France?

The page and the report find here what they need; the work is done in the modules of this package,
one for each step.
"""

from microwork.counts.context import funnel
from microwork.counts.labour_index import demand
from microwork.counts.montecarlo import draws
from microwork.counts.numbers import numbers
from microwork.counts.sensitivity import swings
from microwork.counts.tables import labels
from microwork.counts.tracker import years

__all__ = ["demand", "draws", "funnel", "labels", "numbers", "swings", "years"]
