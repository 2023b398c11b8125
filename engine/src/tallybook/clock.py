"""The day that a build is told to carry."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def told() -> date | None:
    """The day in ``SOURCE_DATE_EPOCH``; ``None`` if it is not set."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    return day(stamp) if stamp else None


def day(stamp: str | int) -> date:
    """The day of a number of seconds since 1970."""
    return datetime.fromtimestamp(int(stamp), UTC).date()
