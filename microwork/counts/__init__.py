"""Counts: how many people in France do microwork?"""

from microwork.counts.numbers import labels, numbers, years

__all__ = ["labels", "numbers", "years"]
