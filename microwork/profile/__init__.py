"""Profile: who are they?"""

from microwork.profile.numbers import numbers

__all__ = ["numbers"]
