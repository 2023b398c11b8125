"""Counts: how many people microwork in France?"""

from microwork.counts.labour_index import demand
from microwork.counts.montecarlo import draws
from microwork.counts.numbers import labels, numbers
from microwork.counts.sensitivity import funnel, swings
from microwork.counts.tracker import years

__all__ = ["demand", "draws", "funnel", "labels", "numbers", "swings", "years"]
