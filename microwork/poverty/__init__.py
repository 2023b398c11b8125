"""Poverty: is one microworker in five poor?"""

from microwork.poverty.gap import first
from microwork.poverty.numbers import numbers, relative_risk

__all__ = ["first", "numbers", "relative_risk"]
