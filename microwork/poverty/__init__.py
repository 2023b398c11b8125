"""Poverty: is one microworker in five poor?

The page and the report find here what they need; the work is done in the modules of this package, one for each step.
"""

from microwork.poverty.figures import ratio
from microwork.poverty.inputs import survey
from microwork.poverty.numbers import numbers, relative_risk
from microwork.poverty.tables import first, grid, grid_in_words, since, slider_inputs
from microwork.poverty.verdicts import judgements

__all__ = [
    "first",
    "grid",
    "grid_in_words",
    "judgements",
    "numbers",
    "ratio",
    "relative_risk",
    "since",
    "slider_inputs",
    "survey",
]
