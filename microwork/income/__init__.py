"""Income: what does it pay?"""

from microwork.income.numbers import numbers
from microwork.income.tables import comparison, hourly_cases

__all__ = ["comparison", "hourly_cases", "numbers"]
