"""Poverty: is one microworker in five poor?

The page and the report find here what they need; the work is done in the modules of this package,
one for each step.
"""

from microwork.poverty.numbers import numbers, relative_risk
from microwork.poverty.tables import first

__all__ = ["first", "numbers", "relative_risk"]
