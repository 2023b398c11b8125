"""Hours of speech that volunteers recorded and checked for Common Voice, by release, for the
chapter on retraining.

The raw file holds the sums that Common Voice publishes with each release (MPL-2.0). Releases that
the next one corrected are left out there. A clip is validated once at least two listeners vote for
it and more for than against.
"""

from __future__ import annotations

from pathlib import Path

from microwork.derive import raw as rawfiles

FILE = "ores/commonvoice.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("retraining/voice.csv",)
COLUMNS = ["release", "date", "language"]
COLUMNS += ["recorded_hours", "validated_hours", "waiting_clips", "languages"]
# All languages, two that stopped, and one that grew.
KEPT = {"ALL": "all", "kab": "Kabyle", "rw": "Kinyarwanda", "ps": "Pashto"}


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    frame = rawfiles.read_csv(raw, FILE, RAW[FILE], dtype={"release": str})
    names = {"total_hours": "recorded_hours", "locales_in_release": "languages"}
    frame = frame.rename(columns=names).assign(language=frame["locale"].map(KEPT))
    place = frame["locale"].map({code: place for place, code in enumerate(KEPT)})
    table = frame.assign(place=place).dropna(subset="place").sort_values(["date", "place"])[COLUMNS]
    table["languages"] = table["languages"].astype("Int64")
    place = "datasets/scripted-speech/"
    return rawfiles.tables(OUTPUTS, table, source_key="commonvoice2026", locator=place, grade="A")
