"""What judges of answers cost, machines and a worker, and how often they agree with workers, for
the chapter on retraining.

    python -m microwork.derive.judges --raw DIR --out data/retraining/

The raw file is the list of evaluators of AlpacaEval (Apache-2.0). One row is left out: it gives an
agreement below one percent beside the bias of a judge that is right two times in three, so that one
of the two is in another unit.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

FILE = "alpaca-eval/evaluators_leaderboard.csv"
PUBLISHED = "src/alpaca_eval/leaderboards/evaluators/evaluators_leaderboard.csv"
RAW = {
    FILE: Raw(
        "db679d719e2a8705333ea2adbc184e77958226de58fe3146a815763e18ec5a3d",
        f"https://github.com/tatsu-lab/alpaca_eval ({PUBLISHED} at cd543a149df8)",
    )
}
OUTPUTS = ("retraining/judges.csv",)
PEOPLE, RULES = ("humans",), ("longest",)
COLUMNS = {
    "Human agreement": "agreement",
    "Price [$/1000 examples]": "usd",
    "Time [seconds/1000 examples]": "seconds",
    "# parsed": "judgements",
}
BATCH = 1000  # judgements that a published price and time are of
LEAST = 1.0  # percent; an agreement below it is no percentage


def judges(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a judge: judge, kind, agreement (percent), usd and seconds (of one judgement, empty
    where none is given)."""
    table = frame.rename(columns={frame.columns[0]: "judge"} | COLUMNS)[
        ["judge", *COLUMNS.values()]
    ]
    table = table[table["agreement"] >= LEAST]
    kind = table["judge"].map(
        lambda name: "worker" if name in PEOPLE else "rule" if name in RULES else "machine"
    )
    table.insert(1, "kind", kind)
    table["agreement"] = table["agreement"].round(4)
    for column in ("usd", "seconds"):
        table[column] = (table[column] / BATCH).round(6)
    return table.sort_values("judge").reset_index(drop=True)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``.

    Raises ``RawError`` if the raw file is missing or another.
    """
    table = judges(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    return {
        OUTPUTS[0]: rawfiles.to_csv(
            table.assign(source_key="alpacaeval2023", locator=PUBLISHED, grade="A")
        )
    }


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
