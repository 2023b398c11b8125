"""Hours of speech that volunteers recorded and checked for Common Voice, by release, for the
chapter on retraining.

    python -m microwork.derive.common_voice --raw DIR --out data/retraining/

The raw file holds the sums that Common Voice publishes with each release (MPL-2.0). Releases that
the next one corrected are left out there. A clip is validated once at least two listeners vote for
it and more for than against.
"""

from __future__ import annotations

import sys
from pathlib import Path

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "ores/commonvoice.csv"
HOME = (
    "https://github.com/common-voice/cv-dataset (datasets/scripted-speech/cv-corpus-*.json at"
    " d93bea708ce1)"
)
RAW = {
    FILE: Raw(
        "423c70aec3ae6513f4f783c90ffcffb4a3ccf015e533e353c81b44ec3d0528a1",
        f"{HOME}, one row a release and language",
    )
}
OUTPUTS = ("retraining/voice.csv",)
COLUMNS = [
    "release",
    "date",
    "language",
    "recorded_hours",
    "validated_hours",
    "waiting_clips",
    "languages",
]
KEPT = {
    "ALL": "all",
    "kab": "Kabyle",
    "rw": "Kinyarwanda",
    "ps": "Pashto",
}  # two that stopped, and one that grew


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``. Raises ``RawError`` (see ``raw.read``)."""
    frame = rawfiles.read_csv(raw, FILE, RAW[FILE], dtype={"release": str})
    names = {"total_hours": "recorded_hours", "locales_in_release": "languages"}
    frame = frame.rename(columns=names).assign(language=frame["locale"].map(KEPT))
    place = frame["locale"].map({code: place for place, code in enumerate(KEPT)})
    table = frame.assign(place=place).dropna(subset="place").sort_values(["date", "place"])[COLUMNS]
    table["languages"] = table["languages"].astype("Int64")
    table = table.assign(
        source_key="commonvoice2026", locator="datasets/scripted-speech/", grade="A"
    )
    return {OUTPUTS[0]: rawfiles.to_csv(table)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
