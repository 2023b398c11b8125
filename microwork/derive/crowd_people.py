"""Who the workers of three crowds were, 2015 to 2022: sex, age and schooling, for the chapter on
profiles.

The raw file holds counts only: workers of CrowdFlower who told their sex, age and schooling for a
job of 2016, workers of Prolific who took part in an experiment of 2022, and answers to a standing
survey on Mechanical Turk by year. What is left out: years of the survey from 2020 on, as what is
declared there cannot be true from the middle of that year; places; pay. Answers are not persons:
who answered when the survey came again counts again. So the persons behind them stand beside them.
"""

import pandas as pd

from microwork.derive.raw import Files, placed, words

FILES: Files = {"crowdflower-open/workers.csv": {}}
# Prolific states no licence, and so has a table of its own.
TABLES = {f"profile/{name}.csv": {"grade": "A"} for name in ("crowds", "prolific")}
LAST = 2019  # the last year of Mechanical Turk that can be believed
SOURCES = ("Detox-toxicity", "mturk-surveys", "logarithmic-lineups")
TRAITS = {"age_group": "age", "education": "schooling", "english_first": "english first"}
WORDS = {
    "platform": {"MTurk": "Mechanical Turk"},
    "unit": {"worker": "person", "response": "answer"},
    "group": words("crowd_people", "groups"),
}
KEYS = ["platform", "year", "unit", "trait", "group"]


def make(cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per platform, year, trait and group, with the ``count`` of its unit; Prolific apart.

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
    table = placed(found[[*KEYS, "count"]], found["source"], "crowd_people")
    alone = table["platform"] == "Prolific"
    return table[~alone], table[alone]
