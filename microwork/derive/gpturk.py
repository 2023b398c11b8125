"""What an hour of one logged batch on Mechanical Turk brought, for the chapter on pay.

The raw file is of Veselovsky, Horta Ribeiro and West (2023), without ids. Their repository states
no licence, so only quartiles leave it. The time runs from accepting a task to handing it in, breaks
and all.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced

FILES: Files = {"gpturk/gpturk-batch-pay.csv": {}}
PLACE = "data/mechanical_turk/Batch_5083843_batch_results.csv"
TABLES = {"income/batch_pay.csv": sourced("veselovsky2023", PLACE)}
QUANTILES = (0.25, 0.5, 0.75)


def make(log: pd.DataFrame) -> pd.DataFrame:
    """Reward ("$0.90") over logged time of the approved assignments, to the cent."""
    paid = log[log["status"] == "Approved"]
    pay = paid["reward"].str.removeprefix("$").astype(float) / (paid["work_time_s"] / 3600)
    cents = [round(float(pay.quantile(q)), 2) for q in QUANTILES]
    table = pd.DataFrame({"quantile": QUANTILES, "usd_per_hour": cents})
    return table.assign(assignments=len(pay), workers=paid["worker"].nunique())
