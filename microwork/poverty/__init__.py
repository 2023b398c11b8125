"""Poverty: is one microworker in five poor?

The page and the report find here what they need; the work is done in the modules of this package,
one for each step.
"""

from microwork.poverty.numbers import numbers, relative_risk
from microwork.poverty.tables import first
from microwork.poverty.verdicts import judgements

__all__ = ["first", "judgements", "numbers", "relative_risk"]
