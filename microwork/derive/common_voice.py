"""Hours of speech that volunteers recorded and checked for Common Voice, by release, for the
chapter on retraining: the sums that are published with each release (MPL-2.0).
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

FILES: Files = {"ores/commonvoice.csv": {"dtype": {"release": str}}}
TABLES = {"retraining/voice.csv": sourced("commonvoice2026", "datasets/scripted-speech/")}
COLUMNS = ["release", "date", "language"]
COLUMNS += ["recorded_hours", "validated_hours", "waiting_clips", "languages"]
NAMES = {"total_hours": "recorded_hours", "locales_in_release": "languages"}
# All languages, two that stopped, and one that grew.
KEPT = {"ALL": "all", "kab": "Kabyle", "rw": "Kinyarwanda", "ps": "Pashto"}


def make(releases: pd.DataFrame) -> pd.DataFrame:
    """One row a release and language, in the order of ``KEPT``."""
    rows = releases[releases["locale"].isin(KEPT)].rename(columns=NAMES)
    rows = rows.assign(
        language=rows["locale"].map(KEPT), place=rows["locale"].map([*KEPT].index)
    ).astype({"languages": "Int64"})
    return rows.sort_values(["date", "place"])[COLUMNS]
