"""Pay and time of batches on Mechanical Turk, from what their requesters have published, for the
chapter on pay.

One row a batch: its reward, the middle time from accepting to handing in, and what an hour brings
at that time. One row stands for 689 batches of seven laboratories, of which only medians are
public. No worker is in the table.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.crowd_pay import JOBS

RAW = rawfiles.listed(JOBS)
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
    """The table by its path below ``data/``."""
    frame = rawfiles.read_csv(raw, JOBS, RAW[JOBS])
    return rawfiles.tables(OUTPUTS, batches(frame[frame["platform"] == "MTurk"]), grade="A")
