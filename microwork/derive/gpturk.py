"""What an hour of one logged batch on Mechanical Turk brought, for the chapter on pay, and how many
summaries that its workers handed in a detector took for a machine's, for that on retraining.

The raw files are of Veselovsky, Horta Ribeiro and West (2023), without texts, keystrokes and ids.
Their repository states no licence, so only quartiles and counts leave them. The time runs from
accepting a task to handing it in, breaks and all.
"""

import pandas as pd

from microwork.derive.raw import Files, counted, sourced

FILES: Files = {f"gpturk/gpturk-{name}.csv": {} for name in ("batch-pay", "summaries")}
PLACES = ("Batch_5083843_batch_results.csv", "processed_responses_with_predictions3.csv")
LOG, ANSWERS = (sourced("veselovsky2023", f"data/mechanical_turk/{name}") for name in PLACES)
TABLES = {"income/batch_pay.csv": LOG, "retraining/worker_summaries.csv": ANSWERS}
QUANTILES = (0.25, 0.5, 0.75)
PASTED, TAKEN_FOR = {True: "yes", False: "no"}, {"real": "a worker's", "synthetic": "a machine's"}


def make(log: pd.DataFrame, summaries: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reward ("$0.90") over logged time of the approved assignments, to the cent; summaries by
    pasted or not and what the detector took them for, also the groups without any."""
    paid = log[log["status"] == "Approved"]
    pay = paid["reward"].str.removeprefix("$").astype(float) / (paid["work_time_s"] / 3600)
    cents = [round(float(pay.quantile(q)), 2) for q in QUANTILES]
    table = pd.DataFrame({"quantile": QUANTILES, "usd_per_hour": cents})
    pasted, taken_for = summaries["copied"].map(PASTED), summaries["predicted"].map(TAKEN_FOR)
    named = pd.DataFrame({"pasted": pasted, "taken_for": taken_for})
    groups = {"pasted": PASTED.values(), "taken_for": TAKEN_FOR.values()}
    hourly = table.assign(assignments=len(pay), workers=paid["worker"].nunique())
    return hourly, counted(named, "summaries", groups)
