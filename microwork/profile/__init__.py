"""Profile: who are they?"""

from microwork.profile.numbers import numbers
from microwork.profile.tables import readiness

__all__ = ["numbers", "readiness"]
