"""Where the workers of open CrowdFlower jobs were, 2014 and 2015, for the chapter on outsourcing.

The raw file is a count of workers and judgments by job and country, made from reports that the
requesters of the jobs have published. Most of their repositories state no licence, so nothing below
a country's sum is published. A job counts as open if its judgments come from 16 countries or more
on several continents; jobs that were shut to all but a few countries are left out, as they say
nothing of place. Eighteen jobs of two days in March 2015 have few workers each and stand as one.
"""

import pandas as pd

from microwork.derive.raw import Files, placed

FILES: Files = {"crowdflower-open/places.csv": {}}
TABLES = {"outsourcing/crowd_places.csv": {"grade": "A"}}
# Batches of several jobs, in which each worker counts once: name in the raw file -> (name, first
# and last month, jobs).
POOLED = {
    "POOL Crowdcomputer-R": ("march-2015", "2015-03", "2015-03", 18),
    "POOL SuLab-Aug2015": ("august-2015", "2015-08", "2015-08", 5),
    "POOL SuLab-all": ("april-to-august-2015", "2015-04", "2015-08", 12),
}
SMALL = "Crowdcomputer-R"  # its jobs count as one batch
NOT_KNOWN = {"??": "not known"}


def make(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per batch and country (ISO 3166 alpha-3) of the open batches: workers, and judgments,
    which are not known for batches of several jobs."""
    kept = cells[(cells["open_or_restricted"] == "open") & (cells["source"] != SMALL)]
    months = kept["date"].str[:7]
    batches = [
        POOLED.get(job, (job, month, month, 1))
        for job, month in zip(kept["job"].astype(str), months, strict=True)
    ]
    table = pd.DataFrame(batches, kept.index, ["batch", "first_month", "last_month", "jobs"])
    table["country"] = kept["country"].replace(NOT_KNOWN)
    table = table.join(kept[["workers", "judgments"]]).astype({"judgments": "Int64"})
    table = placed(table, kept["source"].where(table["jobs"] == 1, kept["job"]), "crowd_places")
    return table.sort_values(["first_month", "last_month", "batch", "country"], ignore_index=True)
