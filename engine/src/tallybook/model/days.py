"""The one place where a day becomes text."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from tallybook import language


def in_words(day: date, pattern: str = "d MMMM y") -> str:
    """A day in the language that is written; ``pattern`` as Unicode has it."""
    if day.day == 1 and language.now().startswith("fr"):
        pattern = pattern.replace("d ", "d'er' ", 1)  # 1er mai
    return format_date(day, pattern, locale=language.now())
