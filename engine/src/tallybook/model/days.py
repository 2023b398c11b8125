"""The one place where a day or a month becomes text."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel.dates import format_date

from tallybook import language

DAY, MONTH = "d MMMM y", "MMMM y"  # as Unicode writes patterns
_DATED = re.compile(r"(?<![\w-])\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\w-])")
_DAY_OF = "day of "  # so begins a unit whose values are days of one month


def in_words(day: date, pattern: str = DAY) -> str:
    """A day in the language that is written; ``pattern`` as Unicode has it."""
    if day.day == 1 and language.now().startswith("fr"):
        pattern = re.sub("^d ", "d'er' ", pattern)  # 1er mai
    return language.said(format_date(day, pattern, locale=language.now()))


def dated(text: str) -> str:
    """A text with its days and months in words: "July 2014" for "2014-07". All else stays."""
    return _DATED.sub(_dated, text)


def is_date(text: str) -> bool:
    """Whether a text is a day or a month and nothing else."""
    return bool(_DATED.fullmatch(text))


def _dated(found: re.Match[str]) -> str:
    if len(found[0]) > len("2014-07"):
        return in_words(date.fromisoformat(found[0]))
    return in_words(date.fromisoformat(f"{found[0]}-01"), MONTH)


def of_unit(value: float, unit: str) -> str:
    """The day that a value is in a unit such as "day of January 2020"; nothing in any other."""
    try:
        month = datetime.strptime(unit.removeprefix(_DAY_OF), "%B %Y")
    except ValueError:
        return ""
    return in_words(month.replace(day=int(value)).date()) if unit.startswith(_DAY_OF) else ""
