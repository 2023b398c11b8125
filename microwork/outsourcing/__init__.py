"""Outsourcing: where does the work go?"""

from microwork.outsourcing.numbers import numbers

__all__ = ["numbers"]
