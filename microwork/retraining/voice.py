"""Retraining: speech that volunteers record and check for Common Voice: what is supplied, not what
a machine needs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

from microwork.inputs import Numbers


@step
def releases(language: str = "all") -> pd.DataFrame:
    """Releases in order of time: date, validated_hours, waiting_clips."""
    table = data.table("retraining/voice")
    rows = table[(table["language"] == language) & table["validated_hours"].notna()]
    if rows.empty:
        known = ", ".join(sorted(set(table["language"])))
        raise ValueError(f"found no hours in {language!r}; expected one of {known}")
    rows = rows.assign(date=pd.to_datetime(rows["date"])).sort_values("date", ignore_index=True)
    return rows[["date", "validated_hours", "waiting_clips"]]


def validated(year: int, language: str = "all") -> float:
    """Hours validated in a year; those between two releases are spread evenly over the days between
    them. Raises ``ValueError`` for a year that does not lie within the releases."""
    frame = releases(language)
    ends = pd.to_datetime([f"{year}-01-01", f"{year + 1}-01-01"])
    if ends[0] < frame["date"].iloc[0] or ends[1] > frame["date"].iloc[-1]:
        raise ValueError(f"found the year {year}; expected one from the first release to the last")
    at, known = (
        days.to_numpy().astype("datetime64[D]").astype(int) for days in (ends, frame["date"])
    )
    first, last = np.interp(at, known, frame["validated_hours"].to_numpy(float))
    return float(last - first)


def by_year() -> pd.DataFrame:
    """Hours validated by whole year, all languages: year, hours."""
    dates = releases()["date"]
    years = range(dates.iloc[0].year + 1, dates.iloc[-1].year)
    return pd.DataFrame([(year, validated(year)) for year in years], columns=["year", "hours"])


NUMBERS: Numbers = {
    "voice-validated-2021": lambda: validated(2021),
    "voice-validated-2024": lambda: validated(2024),
    "voice-validated-2025": lambda: validated(2025),
    "voice-waiting": lambda: int(releases()["waiting_clips"].iloc[-1]),
    "voice-releases": lambda: len(releases()),
    "voice-kinyarwanda-2021": lambda: validated(2021, "Kinyarwanda"),
    "voice-kinyarwanda-since": lambda: sum(
        validated(year, "Kinyarwanda") for year in range(2022, 2026)
    ),
    "voice-pashto-2025": lambda: validated(2025, "Pashto"),
}
