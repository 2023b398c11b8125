"""What judges of answers cost, machines and a worker, and how often they agree with workers, for
the chapter on retraining.

The raw file is the list of evaluators of AlpacaEval (Apache-2.0). One row is left out: it gives an
agreement below one percent beside the bias of a judge that is right two times in three, so that one
of the two is in another unit.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "alpaca-eval/evaluators_leaderboard.csv"
PUBLISHED = "src/alpaca_eval/leaderboards/evaluators/evaluators_leaderboard.csv"
RAW = rawfiles.listed(FILE)
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
    """The table by its path below ``data/``."""
    table = judges(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    return rawfiles.tables(
        OUTPUTS, table, source_key="alpacaeval2023", locator=PUBLISHED, grade="A"
    )
