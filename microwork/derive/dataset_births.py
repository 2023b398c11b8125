"""When data sets of images were made, and how finely they are labelled, for the chapter on
retraining: counts only.

The raw file lists the tasks for which 1,367 data sets were made, as Koch and others (2021) took it
from Papers with Code. It states no licence, so no data set is named. The finest label of a data set
follows from the names of its tasks.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

FILE = "pwc-dataset-births/birth_edgelist.csv"
PUBLISHED = "Dataset_Curation/Data/Derivative_Datasets/birth_edgelist.csv"
RAW = rawfiles.listed(FILE)
OUTPUTS = ("retraining/dataset_births.csv",)
# From fine to coarse: words in the name of a task, and names that have such a word and mean
# something else.
LABELS = {
    "by pixel": (
        (
            r"Segmentation|Parsing|Matting|Salient Object|Saliency Detection|Shadow"
            r" Detection|Boundary Detection"
        ),
        r"Text Segmentation|Action Segmentation",
    ),
    "by box or point": (
        r"Detection|Object Localization|Landmark Localization|Tracking|Pose|Keypoint|Counting|Face"
        r" Alignment|Gaze|Person Search"
        r"|Document Layout|Referring Expression Comprehension",
        r"Anomaly|DeepFake|Fake News|Attack|Humor",
    ),
    "by image": (
        r"Classif|Categori|Recogni|Identif|Verification|Retrieval|Question|Captioning|Diagnosis|Age"
        r" Estimation|Gender|Zero-Shot"
        r"|Few-Shot|Scene Understanding|Bird",
        r"^$",
    ),
}
REST = "other"
PERIODS = {"to 2015": (1900, 2015), "2016-2018": (2016, 2018), "2019-2021": (2019, 2021)}
NO_DATE = "no date"


def label(task: str) -> str:
    """How finely an image is labelled for a task: the first of ``LABELS`` whose words are in its
    name, else "other"."""
    for name, (words, but) in LABELS.items():
        if re.search(words, task) and not re.search(but, task):
            return name
    return REST


def period(year: float) -> str:
    """The period of a year; "no date" if it is missing."""
    return next((name for name, (first, last) in PERIODS.items() if first <= year <= last), NO_DATE)


def births(frame: pd.DataFrame) -> pd.DataFrame:
    """Data sets of images by period and finest label; also the groups without any.

    Columns name, task, date, Images.
    """
    order = [*LABELS, REST]
    images = frame[frame["Images"]]
    finest = images["task"].map(lambda task: order.index(label(task))).groupby(images["name"]).min()
    year = pd.to_datetime(images.groupby("name")["date"].first()).dt.year
    table = pd.DataFrame(
        {"period": year.map(period), "label": finest.map(lambda place: order[place])}
    )
    groups = pd.MultiIndex.from_product([[*PERIODS, NO_DATE], order], names=["period", "label"])
    return table.value_counts().reindex(groups, fill_value=0).rename("datasets").reset_index()


def derive(raw: Path) -> dict[str, str]:
    """The table by its path below ``data/``."""
    table = births(rawfiles.read_csv(raw, FILE, RAW[FILE]))
    return rawfiles.tables(OUTPUTS, table, source_key="koch2021", locator=PUBLISHED, grade="A")
