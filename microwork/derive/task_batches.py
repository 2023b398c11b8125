"""Pay and time of batches on Mechanical Turk, from what their requesters have published, for the
chapter on pay.

One row a batch: its reward, the middle time from accepting to handing in, and what an hour brings
at that time. One row stands for 689 batches of seven laboratories, of which only medians are
public. No worker is in the table.
"""

import pandas as pd

from microwork.derive.crowd_pay import JOBS
from microwork.derive.raw import Files, placed

FILES: Files = {JOBS: {}}
TABLES = {"income/task_batches.csv": {"grade": "A"}}
COUNTED = {"Stewart-7300": "median of many"}


def make(jobs: pd.DataFrame) -> pd.DataFrame:
    """One row per batch ("batch 01-pilot") of Mechanical Turk, from its first to its last year
    ("2016", or "2012-2015"); assignments, and pay in USD."""
    jobs = jobs[jobs["platform"] == "MTurk"]
    years = jobs["year"].astype(str).str.split("-")
    names = jobs["batch_or_job"].str.removeprefix("batch ")
    table = pd.DataFrame(
        {
            "batch": names.str.replace(r"[^A-Za-z0-9]+", "-", regex=True).str.strip("-"),
            "first_year": years.str[0].astype(int),
            "last_year": years.str[-1].astype(int),
            "counted": jobs["source"].map(COUNTED).fillna("one batch"),
            "usd_a_task": jobs["reward"],
            "seconds": jobs["seconds_median"].astype(int),
            "usd_per_hour": jobs["implied_hourly"],
            "assignments": jobs["n"],
            "workers": jobs["workers"],
        }
    )
    return placed(table, jobs["source"], "task_batches").sort_values(["source_key", "batch"])
