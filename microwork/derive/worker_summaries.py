"""How many summaries that workers handed in a detector took for a machine's, for the chapter on
retraining: four counts.

The raw file is of Veselovsky, Horta Ribeiro and West (2023), without texts, keystrokes and ids. Its
repository states no licence, so only counts leave it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "gpturk/gpturk-summaries.csv"
PUBLISHED = "data/mechanical_turk/processed_responses_with_predictions3.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("retraining/worker_summaries.csv",)
PASTED, TAKEN_FOR = {True: "yes", False: "no"}, {"real": "a worker's", "synthetic": "a machine's"}


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """Summaries by pasted or not and what the detector took them for; also the groups without any.

    Columns copied, predicted.
    """
    groups = pd.MultiIndex.from_product(
        [PASTED.values(), TAKEN_FOR.values()], names=["pasted", "taken_for"]
    )
    named = pd.DataFrame(
        {"pasted": frame["copied"].map(PASTED), "taken_for": frame["predicted"].map(TAKEN_FOR)}
    )
    return named.value_counts().reindex(groups, fill_value=0).rename("summaries").reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    table = counted(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    return rawfiles.tables(
        OUTPUTS, table, source_key="veselovsky2023", locator=PUBLISHED, grade="A"
    )
