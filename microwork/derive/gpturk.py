"""How many summaries that the workers of one batch on Mechanical Turk handed in a detector took for
a machine's, for the chapter on retraining.

The raw file is of Veselovsky, Horta Ribeiro and West (2023), without texts, keystrokes and ids.
Their repository states no licence, so only counts leave it.
"""

import pandas as pd

from microwork.derive.raw import Files, counted, sourced

FILES: Files = {"gpturk/gpturk-summaries.csv": {}}
PLACE = "data/mechanical_turk/processed_responses_with_predictions3.csv"
TABLES = {"retraining/worker_summaries.csv": sourced("veselovsky2023", PLACE)}
PASTED, TAKEN_FOR = {True: "yes", False: "no"}, {"real": "a worker's", "synthetic": "a machine's"}


def make(summaries: pd.DataFrame) -> pd.DataFrame:
    """Summaries by pasted or not and what the detector took them for, also the groups without
    any."""
    pasted, taken_for = summaries["copied"].map(PASTED), summaries["predicted"].map(TAKEN_FOR)
    named = pd.DataFrame({"pasted": pasted, "taken_for": taken_for})
    groups = {"pasted": PASTED.values(), "taken_for": TAKEN_FOR.values()}
    return counted(named, "summaries", groups)
