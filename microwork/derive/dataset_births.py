"""When data sets of images were made, and how finely they are labelled, for the chapter on
retraining: counts only, as Papers with Code states no licence.

The finest label of a data set follows from the names of the tasks for which it was made.
"""

import re

import pandas as pd

from microwork.derive.raw import Files, counted, sourced, words

FILES: Files = {"pwc-dataset-births/birth_edgelist.csv": {}}
PLACE = "Dataset_Curation/Data/Derivative_Datasets/birth_edgelist.csv"
TABLES = {"retraining/dataset_births.csv": sourced("koch2021", PLACE)}
# From fine to coarse: words in the name of a task, and names that have such a word and mean
# something else.
LABELS = words("dataset_births", "labels")
OTHERS = words("dataset_births", "other meanings")
REST = "other"
PERIODS = {"to 2015": 2015, "2016-2018": 2018, "2019-2021": 2021}  # each with its last year
NO_DATE = "no date"


def label(task: str) -> str:
    """How finely an image is labelled for a task: the first of ``LABELS`` whose words are in its
    name, else "other"."""
    for name, named in LABELS.items():
        if re.search(named, task) and not re.search(OTHERS[name], task):
            return name
    return REST


def make(births: pd.DataFrame) -> pd.DataFrame:
    """Data sets of images by period and finest label; also the groups without any. ``births``: a
    row a data set and task, with columns name, task, date, Images."""
    order = [*LABELS, REST]
    images = births[births["Images"]]
    finest = images["task"].map(label).map(order.index).groupby(images["name"]).min()
    year = pd.to_datetime(images.groupby("name")["date"].first()).dt.year
    period = pd.cut(year, [0, *PERIODS.values()], labels=[*PERIODS]).astype(object).fillna(NO_DATE)
    table = pd.DataFrame({"period": period, "label": finest.map(dict(enumerate(order)))})
    return counted(table, "datasets", {"period": [*PERIODS, NO_DATE], "label": order})
