"""What seven open CrowdFlower jobs of 2015 paid and how long they took, for the chapter on pay:
sums by group of workers.

The raw file has sums over workers, made from reports that the laboratory which ran the jobs has
published. Its repositories state no licence, so nothing below a group's sum is published: a job's
workers are split by country (Venezuela or another) and by whether the platform kept their work or
removed it. Time is on pages only, from opening a page to handing it in.

    python -m microwork.derive.crowd_pay --raw DIR --out data/income/
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

CELLS, JOBS = "crowdflower-open/pay_cells.csv", "crowdflower-open/pay.csv"
HOMES = (
    "https://github.com/SuLab/crowdflower_relation_verification "
    "(data/job_710587_full_with_untrusted_id.tsv and "
    "crowdflower/README.md at 554e033) and https://github.com/SuLab/crowd_cid_relex "
    "(crowd_only/data/crowdflower, full "
    "reports, and the settings in the notebooks, at e7462d0)"
)
RAW = {
    CELLS: Raw(
        "9f3c6b6e2e7b78c604f7e93a406aecbed79450b155302ba5b5f9552ce7016cfe",
        f"{HOMES}, summed over workers",
    ),
    JOBS: Raw(
        "03527d12693c1d92a3355254d067c9ae270b4c7342456a219087e1d641cd386d",
        f"{HOMES}, pay and rows of a page",
    ),
}
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
SUMS = [
    "worker_jobs",
    "pages",
    "judgments",
    "seconds",
    "first_page_seconds",
    "first_page_judgments",
]


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
    """The table by its path below ``data/``. Raises ``RawError`` if a raw file is missing or
    another.
    """
    cells, jobs = (rawfiles.read_csv(raw, name, RAW[name]) for name in (CELLS, JOBS))
    table = paid(cells, jobs[jobs["platform"] == "CrowdFlower"])
    return {OUTPUTS[0]: rawfiles.to_csv(table.assign(grade="A"))}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
