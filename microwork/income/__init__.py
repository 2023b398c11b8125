"""Income: what does microwork pay?"""

from microwork.income.numbers import numbers

__all__ = ["numbers"]
