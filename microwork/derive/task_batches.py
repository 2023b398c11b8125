"""Pay and time of batches on Mechanical Turk, from what their requesters have published, for the
chapter on pay.

One row a batch: its reward, the middle time from accepting to handing in, and what an hour brings
at that time. One row stands for 689 batches of seven laboratories, of which only medians are
public. No worker is in the table.

    python -m microwork.derive.task_batches --raw DIR --out data/income/
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.crowd_pay import JOBS
from microwork.derive.raw import Raw

RAW = {
    JOBS: Raw(
        "03527d12693c1d92a3355254d067c9ae270b4c7342456a219087e1d641cd386d",
        "https://github.com/UKPLab/argument-reasoning-comprehension-task (mturk, *.output.csv at "
        "929f584), "
        "https://github.com/dmetaxak/crowdworker_experience (mturkexperiencebias/mturk_exp*.csv "
        "at 1468cff) and "
        "https://github.com/neil-stewart/7300_MTurk (analysis.pdf at 23b67c3), reward and median "
        "time by batch",
    )
}
OUTPUTS = ("income/task_batches.csv",)
SOURCES = {
    "UKP-argument": ("habernal2018", "mturk, files *.output.csv"),
    "dmetaxak": ("metaxa2017", "mturkexperiencebias/mturk_exp*.csv"),
    "Stewart-7300": ("stewart2015code", "analysis.pdf, medians of pay, time and pay per hour"),
}
MANY = "Stewart-7300"  # its row is the median over many batches


def batches(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per batch.

    ``frame``: columns year ("2016", or "2012-2015"), source, batch_or_job ("batch 01-pilot"),
    reward (USD), seconds_median, n (assignments), workers, implied_hourly (USD). Returns columns
    batch, first_year, last_year, counted (one batch, or the median of many), usd_a_task, seconds,
    usd_per_hour, assignments, workers, source_key, locator.
    """
    years = frame["year"].astype(str).str.split("-")
    keys = [SOURCES[source] for source in frame["source"]]
    table = pd.DataFrame(
        {
            "batch": (
                frame["batch_or_job"]
                .str.removeprefix("batch ")
                .str.replace(r"[^A-Za-z0-9]+", "-", regex=True)
                .str.strip("-")
            ),
            "first_year": years.str[0].astype(int),
            "last_year": years.str[-1].astype(int),
            "counted": [
                "median of many" if source == MANY else "one batch" for source in frame["source"]
            ],
            "usd_a_task": frame["reward"],
            "seconds": frame["seconds_median"].astype(int),
            "usd_per_hour": frame["implied_hourly"],
            "assignments": frame["n"],
            "workers": frame["workers"],
        }
    ).assign(source_key=[key for key, _ in keys], locator=[place for _, place in keys])
    return table.sort_values(["source_key", "batch"], ignore_index=True)


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``. Raises ``RawError`` if the raw file is missing or
    another.
    """
    frame = rawfiles.read_csv(raw, JOBS, RAW[JOBS])
    return {
        OUTPUTS[0]: rawfiles.to_csv(batches(frame[frame["platform"] == "MTurk"]).assign(grade="A"))
    }


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
