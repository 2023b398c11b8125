"""How many summaries that workers handed in a detector took for a machine's, for the chapter on
retraining: four counts.

    python -m microwork.derive.worker_summaries --raw DIR --out data/retraining/

The raw file is of Veselovsky, Horta Ribeiro and West (2023), without texts, keystrokes and ids. Its
repository states no licence, so only counts leave it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "gpturk/gpturk-summaries.csv"
PUBLISHED = "data/mechanical_turk/processed_responses_with_predictions3.csv"
RAW = {
    FILE: Raw(
        "3da03c5d23a9d0d70f0854f0fb047ec14280729b07f7a29fd64244d4050833ed",
        f"https://github.com/epfl-dlab/GPTurk ({PUBLISHED} at e5c5679bbe19), three columns of it",
    )
}
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
    """The table by its path below ``data/``.

    Raises ``RawError`` if the raw file is missing or another.
    """
    table = counted(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    return {
        OUTPUTS[0]: rawfiles.to_csv(
            table.assign(source_key="veselovsky2023", locator=PUBLISHED, grade="A")
        )
    }


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
