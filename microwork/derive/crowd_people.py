"""Who the workers of three crowds were, 2015 to 2022: sex, age and schooling, for the chapter on
profiles.

The raw file holds counts only: workers of CrowdFlower who told their sex, age and schooling for a
job of 2016, workers of Prolific who took part in an experiment of 2022, and answers to a standing
survey on Mechanical Turk by year. What is left
out: years of the survey from 2020 on, as what is declared there cannot be true from the middle of
that year; places; pay. Answers are not persons: who answered when the survey came again counts
again. So the persons behind them stand beside them.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "crowdflower-open/workers.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("profile/crowds.csv", "profile/prolific.csv")
ALONE = "Prolific"  # states no licence, and so has a table of its own
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


def people(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per platform, year, trait and group.

    ``frame``: columns platform, year, source, unit (worker or response), sex, age_group, education,
    english_first, n, one row a cell; a cell without any of the four traits is of something else.
    Cells of Mechanical Turk have one trait each, and those of its workers none but a country: a
    worker who answered from two countries counts twice. Returns columns platform, year, unit,
    trait, group, count (of the unit), source_key, locator.
    """
    used = frame[
        frame["source"].isin(SOURCES) & ((frame["platform"] != "MTurk") | (frame["year"] <= LAST))
    ]
    parts = [_by_trait(used, column, trait) for column, trait in TRAITS.items()]
    turk = used[(used["platform"] == "MTurk") & (used["unit"] == "worker")]
    parts.append(_by_trait(turk.assign(all="all"), "all", "all"))
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["platform", "year", "unit", "trait", "group"], ignore_index=True)


def _by_trait(frame: pd.DataFrame, column: str, trait: str) -> pd.DataFrame:
    told = frame[frame[column].notna()]
    names = told[column].replace({**GROUPS.get(trait, {}), "missing": MISSING})
    rows = told.assign(
        platform=told["platform"].replace(PLATFORMS),
        unit=told["unit"].map(UNITS),
        trait=trait,
        group=names,
        source_key=told["source"].map(lambda tag: SOURCES[tag][0]),
        locator=told["source"].map(lambda tag: SOURCES[tag][1]),
    )
    keys = ["platform", "year", "unit", "trait", "group", "source_key", "locator"]
    counted = rows.groupby(keys)["n"].sum().rename("count").reset_index()
    return counted[[*keys[:5], "count", *keys[5:]]]


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    table = people(rawfiles.read_csv(raw, FILE, RAW[FILE])).assign(grade="A")
    alone = table["platform"] == ALONE
    return rawfiles.tables(OUTPUTS, table[~alone], table[alone])
