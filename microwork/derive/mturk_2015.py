"""How often each worker of Mechanical Turk was seen in the survey of 2015: from one row an answer
to one row a count.

The raw file states no licence, so only aggregates leave it: how many workers gave one answer, how
many gave two, and so on.
"""

import pandas as pd

from microwork.derive import mturk_people
from microwork.derive.raw import sourced

FILES = mturk_people.FILES
TABLES = {"counts/mturk_2015.csv": sourced("mturktracker2015", "demo.rda, answers by worker")}


def make(answers: pd.DataFrame) -> pd.DataFrame:
    """How many workers gave so many answers."""
    times = answers.groupby("worker").size().rename("times")
    return times.value_counts().sort_index().rename("workers").reset_index()
