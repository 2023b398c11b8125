"""A classifier of front-page headlines: a model of every two years, tried on every later year.

The headlines of the New York Times that Amber Boydstun's team coded by topic, as RTextTools has
them. Model: tf-idf (sublinear) of the titles and a linear support vector machine with balanced
classes, else as scikit-learn sets them; nothing is tuned. The vocabulary is learnt from the
training items only.
"""

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from microwork.derive.raw import Files, sourced

PACKED = {"compression": "gzip", "sep": ";", "encoding": "latin1"}
FILES: Files = {"rtexttools-NYTimes.csv.gz": PACKED}
TABLES = {"retraining/headline_starts.csv": sourced("rtexttools2020", "NYTimes")}
FIRST = 1996  # first year of the oldest labels
TESTS = range(1998, 2007)


def make(raw: pd.DataFrame) -> pd.DataFrame:
    """The models of every start on every later year."""
    return starts(coded(raw))


def coded(raw: pd.DataFrame) -> pd.DataFrame:
    """The raw file as columns year, month, title, code."""
    date = pd.to_datetime(raw["Date"], format="%d-%b-%y")
    columns = {"year": date.dt.year, "month": date.dt.month}
    return pd.DataFrame(columns | {"title": raw["Title"], "code": raw["Topic.Code"]})


def right(rows: pd.DataFrame, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Whether a model of the training items gives each test item its human code."""
    text, code = rows["title"].to_numpy(), rows["code"].to_numpy()
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True), LinearSVC(class_weight="balanced", random_state=0)
    )
    agrees: np.ndarray = model.fit(text[train], code[train]).predict(text[test]) == code[test]
    return agrees


def starts(rows: pd.DataFrame) -> pd.DataFrame:
    """A model of every two years on the headlines of every later year: right answers by month.

    Columns start (the first of its two years), test (year), month, labels (of the model), n, right.
    All labels of the two years are used, and no number of them is drawn.
    """
    year, month = rows["year"].to_numpy(), rows["month"].to_numpy()
    parts = []
    for test in TESTS:
        part = np.flatnonzero(year == test)
        for start in range(FIRST, test - 1):
            train = np.flatnonzero((year == start) | (year == start + 1))
            told = pd.Series(right(rows, train, part)).groupby(month[part])
            counts = told.agg(n="size", right="sum").rename_axis("month").reset_index()
            parts.append(counts.assign(start=start, test=test, labels=len(train)))
    order = ["start", "test", "month", "labels", "n", "right"]
    return pd.concat(parts)[order].sort_values(order[:3], ignore_index=True)
