"""What judges of answers cost, machines and a worker, and how often they agree with workers, for
the chapter on retraining: the evaluators of AlpacaEval (Apache-2.0).

One row is left out: it gives an agreement below one percent beside the bias of a judge that is
right two times in three, so that one of the two is in another unit.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced, words

FILES: Files = {"alpaca-eval/evaluators_leaderboard.csv": {}}
PLACE = "src/alpaca_eval/leaderboards/evaluators/evaluators_leaderboard.csv"
TABLES = {"retraining/judges.csv": sourced("alpacaeval2023", PLACE)}
KINDS = {"humans": "worker", "longest": "rule"}  # all others are machines
COLUMNS = words("judges", "columns")
BATCH = 1000  # judgements that a published price and time are of
LEAST = 1.0  # percent; an agreement below it is no percentage


def make(listed: pd.DataFrame) -> pd.DataFrame:
    """One row a judge: kind, agreement (percent), usd and seconds (of one judgement, empty where
    none is given)."""
    names = {listed.columns[0]: "judge"} | COLUMNS
    table = listed.rename(columns=names)[[*names.values()]]
    table = table[table["agreement"] >= LEAST]
    table.insert(1, "kind", table["judge"].map(KINDS).fillna("machine"))
    table[["usd", "seconds"]] = (table[["usd", "seconds"]] / BATCH).round(6)
    return table.round({"agreement": 4}).sort_values("judge")
