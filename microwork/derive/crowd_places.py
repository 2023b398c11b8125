"""Where the workers of open CrowdFlower jobs were, 2014 and 2015, for the chapter on outsourcing.

The raw file is a count of workers and judgments by job and country, made from reports that the
requesters of the jobs have published. Most of their repositories state no licence, so nothing below
a country's sum is published. A job counts as open if its judgments come from 16 countries or more
on several continents; jobs that were shut to all but a few countries are left out, as they say
nothing of place. Eighteen jobs of two days in March 2015 have few workers each and stand as one.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "crowdflower-open/places.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("outsourcing/crowd_places.csv",)
# Batches of several jobs, in which each worker counts once: name in the raw file -> (name, first
# and last month, jobs).
POOLED = {
    "POOL Crowdcomputer-R": ("march-2015", "2015-03", "2015-03", 18),
    "POOL SuLab-Aug2015": ("august-2015", "2015-08", "2015-08", 5),
    "POOL SuLab-all": ("april-to-august-2015", "2015-04", "2015-08", 12),
}
SMALL = "Crowdcomputer-R"  # its jobs count as one batch
NOT_KNOWN = {"??": "not known"}
SOURCES = {
    "BYU-newsgroups": ("byunlp2014", "results/untrusted/full.csv.zip"),
    "POOL Crowdcomputer-R": ("crowdcomputer2015", "output/*.zip"),
    "SuLab-verification": ("sulab2015verification", "data/job_710587_full_with_untrusted_id.tsv"),
    "SuLab-cid": ("sulab2015relations", "crowd_only/data/crowdflower, full reports"),
    "SuLab-cid (worker summary)": (
        "sulab2015relations",
        "crowd_only/data/crowdflower, worker summaries",
    ),
    "POOL SuLab-Aug2015": ("sulab2015relations", "crowd_only/data/crowdflower, jobs of August"),
    "POOL SuLab-all": ("sulab2015relations", "crowd_only/data/crowdflower, and the job of 4 April"),
}


def places(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per batch and country, open batches only.

    ``frame``: columns job, date (day, two days, month or span of months), source,
    open_or_restricted, country (ISO 3166 alpha-3), workers (persons), judgments (rows answered; not
    known for batches of several jobs). Returns columns batch, first_month, last_month, jobs,
    country, workers, judgments, source_key, locator.
    """
    kept = frame[(frame["open_or_restricted"] == "open") & (frame["source"] != SMALL)]
    rows = [_row(each) for each in kept.to_dict("records")]
    table = pd.DataFrame(rows).astype({"judgments": "Int64"})
    return table.sort_values(["first_month", "last_month", "batch", "country"], ignore_index=True)


def _row(raw: dict[str, object]) -> dict[str, object]:
    month = str(raw["date"])[:7]
    batch, first, last, jobs = POOLED.get(str(raw["job"]), (str(raw["job"]), month, month, 1))
    key, locator = SOURCES[str(raw["job"]) if jobs > 1 else str(raw["source"])]
    named = {"batch": batch, "first_month": first, "last_month": last, "jobs": jobs}
    named["country"] = NOT_KNOWN.get(str(raw["country"]), raw["country"])
    return named | {
        "workers": raw["workers"],
        "judgments": raw["judgments"],
        "source_key": key,
        "locator": locator,
    }


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    table = places(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    return rawfiles.tables(OUTPUTS, table, grade="A")
