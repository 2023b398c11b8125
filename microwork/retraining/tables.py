"""Retraining: rows of the chart of headlines."""

from __future__ import annotations

import pandas as pd

from microwork.retraining import headlines


def beside_as_many() -> pd.DataFrame:
    """What the newest labels gain over as many others, for a chart: group, name (of the others),
    gain, low, high (points), years, first and last (tested; for names with holes for them).
    Others are those of two years, as in ``every_start``, or some of each year so far."""
    old, (first, last) = headlines.every_start(), headlines.PERIODS["late"]
    names = [f"{start}-{(start + 1) % 100:02}" for start in old["start"]]
    old = old.assign(group="Beside as many labels of two old years", name=names)
    spread = ("Beside as many labels of all years so far", "tested {first} to {last}")
    row = (*spread, *headlines.score("late", "title", *headlines.FEW), last - first + 1)
    columns = ["group", "name", "gain", "low", "high", "years"]
    both = pd.concat([old[columns], pd.DataFrame([row], columns=columns)], ignore_index=True)
    return both.assign(first=first, last=last)
