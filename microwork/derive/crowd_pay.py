"""What tasks on two platforms paid and how long they took, for the chapter on pay: seven open
CrowdFlower jobs of 2015, and batches on Mechanical Turk.

The laboratory that ran the jobs states no licence, so nothing below a group's sum is published: a
job's workers are split by country (Venezuela or another) and by whether the platform kept their
work or removed it. One batch stands for 689 of seven laboratories, which published medians alone.
Another is the log of Veselovsky, Horta Ribeiro and West (2023), who state no licence either; its
time runs from accepting a task to handing it in, breaks and all.
"""

import pandas as pd

from microwork.derive.raw import Files, placed

NAMES = (
    "crowdflower-open/pay_cells.csv",
    "crowdflower-open/pay.csv",
    "gpturk/gpturk-batch-pay.csv",
)
FILES: Files = {name: {} for name in NAMES}
TABLES = {f"income/{name}.csv": {"grade": "A"} for name in ("crowd_pay", "task_batches")}
COUNTED = {"Stewart-7300": "median of many"}
PEOPLE = {"VEN": "Venezuela", "other": "others"}
STANDING = {"trusted": "kept", "untrusted": "removed"}
SUMS = ["worker_jobs", "pages", "judgments", "seconds"]
SUMS += ["first_page_seconds", "first_page_judgments"]


def make(
    cells: pd.DataFrame, jobs: pd.DataFrame, log: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The jobs of CrowdFlower, and the batches of Mechanical Turk."""
    return crowd_pay(cells, jobs), pd.concat([task_batches(jobs), logged_batch(log)])


def crowd_pay(cells: pd.DataFrame, jobs: pd.DataFrame) -> pd.DataFrame:
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


def task_batches(jobs: pd.DataFrame) -> pd.DataFrame:
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
    return placed(table, jobs["source"], "crowd_pay").sort_values(["source_key", "batch"])


def logged_batch(log: pd.DataFrame) -> pd.DataFrame:
    """One row: the middle pay ("$0.90"), the middle time and the middle pay over time, to the cent,
    of the approved assignments of a batch of 2023."""
    paid = log[log["status"] == "Approved"]
    usd = paid["reward"].str.removeprefix("$").astype(float)
    table = pd.DataFrame(
        {
            "batch": ["Batch-5083843"],
            "first_year": 2023,
            "last_year": 2023,
            "counted": "one batch",
            "usd_a_task": usd.median(),
            "seconds": int(paid["work_time_s"].median()),
            "usd_per_hour": round((usd / (paid["work_time_s"] / 3600)).median(), 2),
            "assignments": len(paid),
            "workers": paid["worker"].nunique(),
        }
    )
    place = "data/mechanical_turk/Batch_5083843_batch_results.csv"
    return table.assign(source_key="veselovsky2023", locator=place)
