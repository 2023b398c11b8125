"""What seven open CrowdFlower jobs of 2015 paid and how long they took, for the chapter on pay:
sums by group of workers.

The raw file has sums over workers, made from reports that the laboratory which ran the jobs has
published. Its repositories state no licence, so nothing below a group's sum is published: a job's
workers are split by country (Venezuela or another) and by whether the platform kept their work or
removed it. Time is on pages only, from opening a page to handing it in.
"""

import pandas as pd

from microwork.derive.raw import Files, placed

JOBS = "crowdflower-open/pay.csv"
FILES: Files = {"crowdflower-open/pay_cells.csv": {}, JOBS: {}}
TABLES = {"income/crowd_pay.csv": {"grade": "A"}}
PEOPLE = {"VEN": "Venezuela", "other": "others"}
STANDING = {"trusted": "kept", "untrusted": "removed"}
SUMS = ["worker_jobs", "pages", "judgments", "seconds"]
SUMS += ["first_page_seconds", "first_page_judgments"]


def make(cells: pd.DataFrame, jobs: pd.DataFrame) -> pd.DataFrame:
    """One row per job, group of countries and standing, with the ``level`` (1 to 3) of the workers
    who were let in. ``jobs`` has batch_or_job ("job 1"), open_or_restricted ("open, contributor
    level 3") and reward_unit ("per page of 6 rows"). Raises ``KeyError`` for a job without pay."""
    jobs = jobs[jobs["platform"] == "CrowdFlower"]
    known = jobs.assign(job=jobs["batch_or_job"].str.removeprefix("job ")).set_index("job")
    of = known.loc[cells["job"].astype(str)].reset_index()
    table = pd.DataFrame(
        {
            "job": of["job"],
            "date": cells["date"],
            "people": cells["country_group"].map(PEOPLE),
            "standing": cells["trust"].map(STANDING),
            "level": of["open_or_restricted"].str.extract(r"level (\d)")[0].astype(int),
            "judgments_a_page": of["reward_unit"].str.extract(r"page of (\d+) rows")[0].astype(int),
            "usd_a_judgment": cells["usd_per_row"],
            **cells[SUMS],
        }
    )
    table = placed(table, of["source"], "crowd_pay")
    return table.sort_values(["date", "job", "people", "standing"], ignore_index=True)
