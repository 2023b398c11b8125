"""What seven open CrowdFlower jobs of 2015 paid and how long they took, for the chapter on pay:
sums by group of workers.

The raw file has sums over workers, made from reports that the laboratory which ran the jobs has
published. Its repositories state no licence, so nothing below a group's sum is published: a job's
workers are split by country (Venezuela or another) and by whether the platform kept their work or
removed it. Time is on pages only, from opening a page to handing it in.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

CELLS, JOBS = "crowdflower-open/pay_cells.csv", "crowdflower-open/pay.csv"
RAW = rawfiles.listed(CELLS, JOBS)
OUTPUTS = ("income/crowd_pay.csv",)
PEOPLE = {"VEN": "Venezuela", "other": "others"}
STANDING = {"trusted": "kept", "untrusted": "removed"}
SOURCES = {
    "SuLab-verification": (
        "sulab2015verification",
        "data/job_710587_full_with_untrusted_id.tsv and crowdflower/README.md",
    ),
    "SuLab-cid": (
        "sulab2015relations",
        "crowd_only/data/crowdflower, full reports, and the settings in the notebooks",
    ),
}
SUMS = ["worker_jobs", "pages", "judgments", "seconds"]
SUMS += ["first_page_seconds", "first_page_judgments"]


def paid(cells: pd.DataFrame, jobs: pd.DataFrame) -> pd.DataFrame:
    """One row per job, group of countries and standing.

    ``cells``: columns job, date, country_group, trust, usd_per_row and ``SUMS``. ``jobs``: columns
    batch_or_job ("job 1"), source, open_or_restricted ("open, contributor level 3"), reward_unit
    ("per page of 6 rows"). Returns columns job, date, people, standing, level (1 to 3, of the
    workers who were let in), judgments_a_page, usd_a_judgment, ``SUMS``, source_key, locator.
    Raises ``KeyError`` for a job without pay.
    """
    known = jobs.assign(job=jobs["batch_or_job"].str.removeprefix("job ")).set_index("job")
    of = known.loc[cells["job"].astype(str)].reset_index()
    table = pd.DataFrame(
        {
            "job": of["job"],
            "date": cells["date"].to_numpy(),
            "people": cells["country_group"].map(PEOPLE).to_numpy(),
            "standing": cells["trust"].map(STANDING).to_numpy(),
            "level": of["open_or_restricted"].str.extract(r"level (\d)", expand=False).astype(int),
            "judgments_a_page": (
                of["reward_unit"].str.extract(r"page of (\d+) rows", expand=False).astype(int)
            ),
            "usd_a_judgment": cells["usd_per_row"].to_numpy(),
        }
    )
    table = table.assign(**{name: cells[name].to_numpy() for name in SUMS})
    keys = [SOURCES[source] for source in of["source"]]
    table = table.assign(source_key=[key for key, _ in keys], locator=[place for _, place in keys])
    return table.sort_values(["date", "job", "people", "standing"], ignore_index=True)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    cells, jobs = (rawfiles.read_csv(raw, name, RAW[name]) for name in (CELLS, JOBS))
    table = paid(cells, jobs[jobs["platform"] == "CrowdFlower"])
    return rawfiles.tables(OUTPUTS, table, grade="A")
