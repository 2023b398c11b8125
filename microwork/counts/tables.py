"""Counts: what the page shows in tables and sliders."""

from __future__ import annotations

from typing import Any

import pandas as pd
from tallybook import data

from microwork.counts.inputs import assumption, fact
from microwork.counts.inversion import CIRCLES, of_registered, registrations_sum, visitors_sum
from microwork.counts.sensitivity import OUTSIDE, mean_platform, missing_count, outside_share

LABELS = "counts/labels"


def labels() -> pd.DataFrame:
    """What the largest figure was called, in order of publication: the whole ``counts/labels``."""
    return data.table(LABELS).sort_values("order", ignore_index=True)


def slider_inputs() -> dict[str, dict[str, Any]]:
    """What a reader needs to move the assumptions: ``sums``, ``published`` circles, and ``ranges``
    (low, start, high)."""
    m, working, absent = map(assumption, ("multihoming", "working-visitors", "missing-platforms"))
    outside = [*map(outside_share, OUTSIDE)]
    start = round(100 * of_registered("very active"), 1)
    return {
        "sums": {
            "accounts": registrations_sum().total,
            "visits": visitors_sum().total,
            "absent": missing_count() * mean_platform(),
        },
        "published": {circle: fact(name) for circle, name in CIRCLES.items()},
        "ranges": {
            "divisor": (m["low"], m["mode"], m["high"]),
            "active": (float(int(min(outside))), start, max(outside)),
            "working": (working["low"], working["high"], working["high"]),
            "absent": (0.0, 0.0, absent["high"]),
        },
    }
