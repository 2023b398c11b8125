"""Counts: what the page shows in tables."""

from __future__ import annotations

import pandas as pd
from tallybook import data

LABELS = "counts/labels"


def labels() -> pd.DataFrame:
    """What the largest figure was called, in order of publication: the whole ``counts/labels``."""
    return data.table(LABELS).sort_values("order", ignore_index=True)
