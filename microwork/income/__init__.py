"""Income: what does it pay?

The page and the report find here what they need; the work is done in the modules of this package,
one for each step.
"""

from microwork.income.numbers import numbers
from microwork.income.tables import comparison, hourly_cases

__all__ = ["comparison", "hourly_cases", "numbers"]
