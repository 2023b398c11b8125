"""The day that a build is told to carry."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from tallybook.errors import TallybookError

VARIABLE = "SOURCE_DATE_EPOCH"


class ClockError(TallybookError):
    """The environment names no day."""


def told() -> date | None:
    """The day in ``SOURCE_DATE_EPOCH``; ``None`` if it is not set. Raises ``ClockError`` if it is
    no number of seconds."""
    stamp = os.environ.get(VARIABLE)
    if not stamp:
        return None
    try:
        return day(stamp)
    except (ValueError, OverflowError, OSError):
        wanted = "seconds since 1970 as a whole number, such as 1764000000"
        place = f"the environment variable {VARIABLE}"
        raise ClockError(place, repr(stamp), wanted) from None


def day(stamp: str | int) -> date:
    """The day of a number of seconds since 1970."""
    return datetime.fromtimestamp(int(stamp), UTC).date()
