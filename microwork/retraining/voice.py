"""Retraining: speech that volunteers record and check for Common Voice: what is supplied, not what
a machine needs."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.retraining.inputs import define, fact

TABLE, ALL = "retraining/voice", "all"


@step
def releases(language: str = ALL) -> pd.DataFrame:
    """Releases in order of time: date, validated_hours, waiting_clips.

    Raises ``ValueError`` for an unknown language.
    """
    table = data.table(TABLE)
    rows = table[(table["language"] == language) & table["validated_hours"].notna()]
    if rows.empty:
        raise ValueError(
            f"found no hours in {language!r}; expected one of"
            f" {', '.join(sorted(set(table['language'])))}"
        )
    rows = rows.assign(date=pd.to_datetime(rows["date"])).sort_values("date")
    return rows[["date", "validated_hours", "waiting_clips"]].reset_index(drop=True)


def validated(year: int, language: str = ALL) -> float:
    """Hours validated in a year; those between two releases are spread evenly over the days between
    them.

    Raises ``ValueError`` for a year that does not lie within the releases.
    """
    frame = releases(language)
    ends = pd.to_datetime([f"{year}-01-01", f"{year + 1}-01-01"])
    if ends[0] < frame["date"].iloc[0] or ends[1] > frame["date"].iloc[-1]:
        raise ValueError(f"found the year {year}; expected one from the first release to the last")
    known = frame["date"].to_numpy().astype("datetime64[D]").astype(int)
    first, last = np.interp(
        ends.to_numpy().astype("datetime64[D]").astype(int),
        known,
        frame["validated_hours"].to_numpy(float),
    )
    return float(last - first)


def by_year() -> pd.DataFrame:
    """Hours validated by whole year, all languages: year, hours."""
    dates = releases()["date"]
    years = range(dates.iloc[0].year + 1, dates.iloc[-1].year)
    return pd.DataFrame([(year, validated(year)) for year in years], columns=["year", "hours"])


def _waiting() -> int:
    return int(releases()["waiting_clips"].iloc[-1])


def _count(language: str = ALL) -> int:
    return len(releases(language))


def numbers() -> list[Number]:
    """The numbers on Common Voice."""
    label = "Hours of speech that volunteers validated for Common Voice"
    how = "Hours between two releases are spread evenly over the days between them."

    def since(language: str) -> float:
        return sum(validated(year, language) for year in range(2022, 2026))

    return [
        *(
            define(
                f"voice-validated-{year}",
                partial(validated, year),
                "hours",
                f"{label} in {year}",
                how,
                None,
                -2,
            )
            for year in (2021, 2024, 2025)
        ),
        define(
            "voice-waiting",
            _waiting,
            "items",
            "Clips of Common Voice that wait for votes, March 2026",
            "As published for the last release.",
            None,
            -5,
        ),
        define(
            "voice-releases", _count, "items", "Releases of Common Voice that we read", "Counted."
        ),
        define(
            "voice-malagasy",
            lambda: int(fact("voice-malagasy")),
            "items",
            "Releases of Common Voice with Malagasy",
            "Looked for in the list of languages of each release.",
        ),
        define(
            "voice-kinyarwanda-2021",
            partial(validated, 2021, "Kinyarwanda"),
            "hours",
            f"{label} in Kinyarwanda in 2021",
            how,
            None,
            0,
        ),
        define(
            "voice-kinyarwanda-since",
            lambda: since("Kinyarwanda"),
            "hours",
            f"{label} in Kinyarwanda, 2022 to 2025",
            how,
            None,
            0,
        ),
        define(
            "voice-pashto-2025",
            partial(validated, 2025, "Pashto"),
            "hours",
            f"{label} in Pashto in 2025",
            how,
            None,
            -2,
        ),
    ]
