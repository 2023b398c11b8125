"""Who the workers of two crowds were, 2015 to 2019: sex, age and schooling, for the chapter on
profiles; and where those of open CrowdFlower jobs were, for that on outsourcing.

What is declared on Mechanical Turk cannot be true from the middle of 2020: those years are left
out. Answers are not persons, as who answered again counts again: the persons stand beside them.
Most requesters state no licence, so nothing below a country's sum is published. Jobs that were shut
to all but a few countries are left out, as they say nothing of place. Eighteen jobs of two days in
March 2015 have few workers each and stand as one.
"""

import pandas as pd

from microwork.derive.raw import Files, placed, words

FILES: Files = {f"crowdflower-open/{name}.csv": {} for name in ("workers", "places")}
MADE = ("profile/crowds", "outsourcing/crowd_places")
TABLES = {f"{name}.csv": {"grade": "A"} for name in MADE}
LAST = 2019  # the last year of Mechanical Turk that can be believed
SOURCES = ("Detox-toxicity", "mturk-surveys")
TRAITS = {"age_group": "age", "education": "schooling", "english_first": "english first"}
WORDS = {
    "platform": {"MTurk": "Mechanical Turk"},
    "unit": {"worker": "person", "response": "answer"},
    "group": words("crowd_people", "groups"),
}
KEYS = ["platform", "year", "unit", "trait", "group"]
# Batches of several jobs, in which each worker counts once: name in the raw file -> (name, first
# and last month, jobs).
POOLED = {
    "POOL Crowdcomputer-R": ("march-2015", "2015-03", "2015-03", 18),
    "POOL SuLab-Aug2015": ("august-2015", "2015-08", "2015-08", 5),
    "POOL SuLab-all": ("april-to-august-2015", "2015-04", "2015-08", 12),
}
SMALL = "Crowdcomputer-R"  # its jobs count as one batch
NOT_KNOWN = {"??": "not known"}


def make(workers: pd.DataFrame, jobs: pd.DataFrame) -> list[pd.DataFrame]:
    """Two crowds, and the places."""
    return [people(workers), places(jobs)]


def people(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per platform, year, trait and group, with the ``count`` of its unit.

    ``cells``: one row a cell, with its traits in columns of their own; one without any is of
    something else. Cells of Mechanical Turk have one trait each, and those of its workers none but
    a country: a worker who answered from two countries counts twice.
    """
    turk = cells["platform"] == "MTurk"
    used = cells[cells["source"].isin(SOURCES) & (~turk | (cells["year"] <= LAST))]
    used = used.assign(all=used["unit"].map({"worker": "all"}).where(turk)).rename(columns=TRAITS)
    traits = ["sex", *TRAITS.values(), "all"]
    rows = used.melt(["platform", "year", "unit", "source", "n"], traits, "trait", "group")
    rows = rows.replace(WORDS).dropna(subset="group").sort_values(KEYS)
    found = rows.groupby([*KEYS, "source"])["n"].sum().rename("count").reset_index()
    return placed(found[[*KEYS, "count"]], found["source"], "crowd_people")


def places(cells: pd.DataFrame) -> pd.DataFrame:
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
    table = placed(table, kept["source"].where(table["jobs"] == 1, kept["job"]), "crowd_people")
    return table.sort_values(["first_month", "last_month", "batch", "country"], ignore_index=True)
