"""Profile: who are they?

The page and the report find here what they need; the work is done in the modules of this package, one for each step.
"""

from microwork.profile.numbers import numbers
from microwork.profile.tables import age_ranges, comparisons, first, published, selection, sliders, strength, women_since
from microwork.profile.verdicts import judgements

__all__ = [
    "age_ranges", "comparisons", "first", "judgements", "numbers", "published", "selection", "sliders", "strength", "women_since",
]  # fmt: skip
