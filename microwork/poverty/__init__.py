"""Poverty: is one microworker in five poor?

The page and the report find here what they need; the work is done in the modules of this package, one for each step.
"""

from microwork.poverty.figures import ratio
from microwork.poverty.inputs import survey
from microwork.poverty.numbers import numbers, relative_risk
from microwork.poverty.tables import eights, grid, grid_in_words, readings, slider_inputs
from microwork.poverty.verdicts import judgements

__all__ = [
    "eights",
    "grid",
    "grid_in_words",
    "judgements",
    "numbers",
    "ratio",
    "readings",
    "relative_risk",
    "slider_inputs",
    "survey",
]
