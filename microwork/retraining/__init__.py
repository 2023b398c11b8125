"""Retraining: do machines constantly need people to retrain them?"""

from microwork.retraining.ageing import by_year
from microwork.retraining.inputs import named
from microwork.retraining.numbers import numbers
from microwork.retraining.service import lives, others

__all__ = ["by_year", "lives", "named", "numbers", "others"]
