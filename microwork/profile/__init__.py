"""Profile: who are they?

The page and the report find here what they need; the work is done in the modules of this package,
one for each step.
"""

from microwork.profile.numbers import numbers
from microwork.profile.tables import readiness

__all__ = ["numbers", "readiness"]
