"""Poverty: is one microworker in five poor?"""

from microwork.poverty.numbers import numbers

__all__ = ["numbers"]
