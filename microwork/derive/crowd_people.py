"""Who the workers of three crowds were, 2015 to 2022: sex, age and schooling, for the chapter on
profiles.

The raw file holds counts only: workers of CrowdFlower who told their sex, age and schooling for a
job of 2016, workers of Prolific who took part in an experiment of 2022, and answers to a standing
survey on Mechanical Turk by year. What is left out: years of the survey from 2020 on, as what is
declared there cannot be true from the middle of that year; places; pay. Answers are not persons:
who answered when the survey came again counts again. So the persons behind them stand beside them.
"""

import pandas as pd

from microwork.derive.raw import Files, placed

FILES: Files = {"crowdflower-open/workers.csv": {}}
# Prolific states no licence, and so has a table of its own.
TABLES = {f"profile/{name}.csv": {"grade": "A"} for name in ("crowds", "prolific")}
LAST = 2019  # the last year of Mechanical Turk that can be believed
TRAITS = {
    "sex": "sex",
    "age_group": "age",
    "education": "schooling",
    "english_first": "english first",
}
MISSING = "not known"
GROUPS = {
    "sex": {"female": "women", "male": "men", "not female": "men or not known"},
    "age": {
        "18-30": "18 to 30",
        "30-45": "30 to 45",
        "45-60": "45 to 60",
        "Over 60": "over 60",
        "Under 18": "under 18",
        "18-24": "18 to 24",
        "25-44": "25 to 44",
        "45-64": "45 to 64",
        "65-89": "65 to 89",
        "under 18 (implausible)": "under 18",
        "90+ (implausible)": "90 or over",
    },
    "schooling": {
        "bachelors": "bachelor",
        "masters": "master",
        "hs": "high school",
        "some": "some schooling",
        "bachelor or higher": "bachelor or more",
        "below bachelor": "less than bachelor",
    },
}
# Tag in the raw file -> key of the source and place in it.
SOURCES = {
    "Detox-toxicity": ("jigsaw2016workers", "data/toxicity_worker_demographics.tsv"),
    "mturk-surveys": ("ipeirotis2026tracker", "docs/homage-video/data"),
    "logarithmic-lineups": ("robinson2022prolific", "data/prolific-export.csv"),
}
PLATFORMS = {"MTurk": "Mechanical Turk"}
UNITS = {"worker": "person", "response": "answer"}


KEYS = ["platform", "year", "unit", "trait", "group"]


def make(cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The crowds, and that of Prolific alone."""
    table = people(cells)
    alone = table["platform"] == "Prolific"
    return table[~alone], table[alone]


def people(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per platform, year, trait and group, with the ``count`` of its unit.

    ``cells``: one row a cell, with its trait in one of the columns of ``TRAITS``; one without any
    is of something else. Cells of Mechanical Turk have one trait each, and those of its workers
    none but a country: a worker who answered from two countries counts twice.
    """
    turk = cells["platform"] == "MTurk"
    used = cells[cells["source"].isin(SOURCES) & (~turk | (cells["year"] <= LAST))]
    used = used.assign(all=used["unit"].map({"worker": "all"}).where(turk))
    parts = [_by_trait(used, column, trait) for column, trait in (TRAITS | {"all": "all"}).items()]
    return pd.concat(parts).sort_values(KEYS, ignore_index=True)


def _by_trait(cells: pd.DataFrame, column: str, trait: str) -> pd.DataFrame:
    told = cells[cells[column].notna()]
    rows = told.assign(
        platform=told["platform"].replace(PLATFORMS),
        unit=told["unit"].map(UNITS),
        trait=trait,
        group=told[column].replace({**GROUPS.get(trait, {}), "missing": MISSING}),
    )
    found = rows.groupby([*KEYS, "source"])["n"].sum().rename("count").reset_index()
    return placed(found[[*KEYS, "count"]], found["source"], SOURCES)
