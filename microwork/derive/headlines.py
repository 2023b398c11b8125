"""A classifier of front-page headlines, frozen, refreshed or kept up, year by year: the headline
experiment.

The headlines are those of the New York Times that Amber Boydstun's team coded by topic, as shipped
with RTextTools.
Model: tf-idf (sublinear) and a linear support vector machine with balanced classes, scikit-learn's
defaults otherwise; nothing is tuned. The vocabulary is learnt from the training items only.

It fits about twenty thousand models, which takes some ten minutes.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from microwork.derive import raw as rawfiles

FILE = "rtexttools-NYTimes.csv.gz"
RAW = rawfiles.listed(FILE)
OUTPUTS = tuple(
    f"retraining/headline_{name}.csv" for name in ("items", "accuracy", "draws", "starts")
)

FROZEN = (1996, 1997)
TESTS = range(1998, 2007)
REGIMES = ("frozen", "fresh", "all", "control", "spaced")
DRAWN = REGIMES[3:]  # whose training items are drawn at random
# The coder's subject line beside the title, or the title alone, and what is tried on each.
FEATURES = {"subject": REGIMES[:4], "title": REGIMES}
MAIN = "title"
BUDGETS = (25, 50, 100, 150, 200)  # labels a year, beside "all there are"
# About as many labels in all, of two years and of every year: kept item by item.
PAIRED = ("fresh_200", "all_50")
FOLDS, CONTROL_DRAWS, BUDGET_DRAWS, SEED = 10, 50, 50, 20190831

SCORES = ["year", "regime", "label_budget", "labels", "accuracy", "n"]
EARLY, LATE = (1998, 2000), (2004, 2006)  # the years that the chapter compares
Split = tuple[np.ndarray, np.ndarray]


def read(content: bytes) -> pd.DataFrame:
    """The raw file (uncompressed bytes) as a frame: article, year, month, title, subject (title and
    subject line), code."""
    frame = pd.read_csv(io.BytesIO(content), sep=";", encoding="latin1")
    date = pd.to_datetime(frame["Date"], format="%d-%b-%y")
    return pd.DataFrame(
        {
            "article": frame["Article_ID"],
            "year": date.dt.year,
            "month": date.dt.month,
            "title": frame["Title"],
            "subject": frame["Title"] + " " + frame["Subject"],
            "code": frame["Topic.Code"],
        }
    )


def splits(
    year: np.ndarray, month: np.ndarray, test: int, regime: str, seed: tuple[int, ...] = (SEED,)
) -> Iterator[Split]:
    """Places of training and of test items, (train, test), for one test year under one regime; each
    item is tested once.

    frozen: all of 1996-97. fresh: the two years before. all: every earlier year. control: as many
    as the frozen set, drawn from the year before, the same and the year after without the fold
    under test (ten folds). spaced: the same, but the folds are the twelve months, and no training
    item is of the tested month or of one beside it. Raises ``ValueError`` for another regime.
    """
    tested = np.flatnonzero(year == test)
    if regime in ("frozen", "fresh", "all"):
        years = {"frozen": FROZEN, "fresh": (test - 2, test - 1), "all": (year.min(), test - 1)}[
            regime
        ]
        yield np.flatnonzero((year >= years[0]) & (year <= years[1])), tested
        return
    size = int(((year >= FROZEN[0]) & (year <= FROZEN[1])).sum())
    near = np.flatnonzero(np.abs(year - test) <= 1)
    rng = np.random.default_rng((*seed, test))
    if regime == "control":
        fold = np.empty(len(tested), dtype=int)
        for number, (_, part) in enumerate(KFold(min(FOLDS, len(tested))).split(tested)):
            fold[part] = number
        fold = rng.permutation(fold)
        pairs = [
            (np.setdiff1d(near, tested[fold == f]), tested[fold == f])
            for f in range(fold.max() + 1)
        ]
    elif regime == "spaced":
        time = 12 * year + month
        pairs = [
            (near[np.abs(time[near] - t) > 1], tested[time[tested] == t])
            for t in np.unique(time[tested])
        ]
    else:
        raise ValueError(f"regime: found {regime!r}; expected one of {', '.join(REGIMES)}")
    for pool, part in pairs:
        yield rng.choice(pool, min(size, len(pool)), replace=False), part


def thinned(
    train: np.ndarray, year: np.ndarray, budget: int, rng: np.random.Generator
) -> np.ndarray:
    """Of each year's training items, ``budget`` at random (all where there are fewer)."""
    parts = [train[year[train] == y] for y in np.unique(year[train])]
    return np.concatenate(
        [rng.choice(part, min(budget, len(part)), replace=False) for part in parts]
    )


def right(text: np.ndarray, code: np.ndarray, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Whether a model of the training items gives each test item its human code.

    Raises ``ValueError`` if an item is in both.
    """
    if np.intersect1d(train, test).size:
        raise ValueError("found a test item among the training items")
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True), LinearSVC(class_weight="balanced", random_state=0)
    )
    agrees: np.ndarray = model.fit(text[train], code[train]).predict(text[test]) == code[test]
    return agrees


def draws_of(regime: str) -> int:
    """How many times the training items of a regime are drawn: once where all are used."""
    return CONTROL_DRAWS if regime in DRAWN else 1


def tried(frame: pd.DataFrame, features: str, regime: str) -> np.ndarray:
    """Whether each draw of a regime gives each headline its human code: draws x headlines, 0 or 1
    (0 in years without test)."""
    year, month, code, text = (
        frame[name].to_numpy() for name in ("year", "month", "code", features)
    )
    found = np.zeros((draws_of(regime), len(frame)), dtype=int)
    for draw, answers in enumerate(found):
        for test in TESTS:
            for train, part in splits(year, month, test, regime, (SEED, draw)):
                answers[part] = right(text, code, train, part)
    return found


def items(frame: pd.DataFrame, features: str, answers: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row per test headline: how many draws of each regime in ``answers`` (see ``tried``) were
    right; month, topic."""
    kept = frame[["article", "year", "month"]].assign(topic=frame["code"], features=features)
    table = kept.assign(**{regime: found.sum(axis=0) for regime, found in answers.items()})
    return table[table["year"].isin(TESTS)].sort_values(["year", "article"]).reset_index(drop=True)


def draws(frame: pd.DataFrame, features: str, answers: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row per drawn regime and draw: right answers in the early and in the late years."""
    year = frame["year"].to_numpy()
    rows = []
    for regime in (name for name in DRAWN if name in answers):
        for draw, found in enumerate(answers[regime]):
            early, late = (
                int(found[(year >= first) & (year <= last)].sum()) for first, last in (EARLY, LATE)
            )
            rows.append((features, regime, draw, early, late))
    return pd.DataFrame(rows, columns=["features", "regime", "draw", "early", "late"])


def starts(frame: pd.DataFrame, features: str = MAIN) -> pd.DataFrame:
    """A model of every two years on the headlines of every later year: right answers by month.

    Columns start (the first of its two years), test (year), month, labels (of the model), n, right.
    All labels of the two years are used, and no number of them is drawn.
    """
    year, month, code, text = (
        frame[name].to_numpy() for name in ("year", "month", "code", features)
    )
    rows = []
    for test in TESTS:
        part = np.flatnonzero(year == test)
        for start in range(FROZEN[0], test - 1):
            train = np.flatnonzero((year == start) | (year == start + 1))
            answers = right(text, code, train, part)
            for one in np.unique(month[part]):
                inside = month[part] == one
                rows.append((start, test, one, len(train), inside.sum(), answers[inside].sum()))
    table = pd.DataFrame(rows, columns=["start", "test", "month", "labels", "n", "right"])
    return table.sort_values(["start", "test", "month"], ignore_index=True)


def accuracy(table: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Accuracy of the late years by year and regime (share of ``n`` headlines, mean over draws),
    with all labels there are.

    ``labels``: training items of a model (of the smallest one, where a regime has several in a
    year).
    """
    dates = frame["year"].to_numpy(), frame["month"].to_numpy()
    rows = []
    for year, part in table[table["year"].between(*LATE)].groupby("year"):
        for regime in REGIMES[:4]:
            share = part[regime].sum() / (draws_of(regime) * len(part))
            labels = min(len(train) for train, _ in splits(*dates, year, regime))
            rows.append((year, regime, None, labels, share, len(part)))
    return pd.DataFrame(rows, columns=SCORES)


def limited(frame: pd.DataFrame, features: str) -> pd.DataFrame:
    """One row per headline of the late years and, for each budget, how many of ``BUDGET_DRAWS``
    were right.

    Columns article, year and ``regime_budget``, for each regime that could be run.
    """
    year, month, code, text = (
        frame[name].to_numpy() for name in ("year", "month", "code", features)
    )
    found = {
        f"{regime}_{budget}": np.zeros(len(frame), dtype=int)
        for regime in REGIMES[:3]
        for budget in BUDGETS
    }
    for regime in REGIMES[:3]:
        for test in range(LATE[0], LATE[1] + 1):
            [(train, part)] = splits(year, month, test, regime)
            for budget in BUDGETS:
                for draw in range(BUDGET_DRAWS):
                    some = thinned(
                        train, year, budget, np.random.default_rng((SEED, test, budget, draw))
                    )
                    found[f"{regime}_{budget}"][part] += right(text, code, some, part)
    table = frame[["article", "year"]].assign(**found)
    return (
        table[table["year"].between(*LATE)].sort_values(["year", "article"]).reset_index(drop=True)
    )


def budgets(table: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Accuracy by year, regime and budget from ``limited``; the columns of ``accuracy``."""
    year, month = frame["year"].to_numpy(), frame["month"].to_numpy()
    rows = []
    for test, part in table.groupby("year"):
        for regime in REGIMES[:3]:
            [(train, _)] = splits(year, month, test, regime)
            for budget in BUDGETS:
                labels = len(thinned(train, year, budget, np.random.default_rng(0)))
                share = part[f"{regime}_{budget}"].sum() / (BUDGET_DRAWS * len(part))
                rows.append((test, regime, budget, labels, share, len(part)))
    return pd.DataFrame(rows, columns=SCORES)


def used_items(table: pd.DataFrame) -> pd.DataFrame:
    """What the chapter reads: with the subject line only the years that are compared."""
    compared = table["year"].between(*EARLY) | table["year"].between(*LATE)
    return table[compared | (table["features"] == "title")]


def scores(full: pd.DataFrame, some: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """``accuracy`` and ``budgets`` in one table, in percent, in order."""
    table = pd.concat([accuracy(full, frame), budgets(some, frame)], ignore_index=True)
    table = table.assign(
        label_budget=table["label_budget"].astype("Int64"),
        accuracy=(100 * table["accuracy"]).round(6),
    )
    order = ["year", "regime", "label_budget"]
    return table.sort_values(
        order, key=lambda column: column.map(REGIMES.index) if column.name == "regime" else column
    )


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    frame = read(gzip.decompress(rawfiles.read(raw, FILE, RAW[FILE])))
    answers = {
        f: {regime: tried(frame, f, regime) for regime in regimes}
        for f, regimes in FEATURES.items()
    }
    full = {features: items(frame, features, found) for features, found in answers.items()}
    some = limited(frame, MAIN)
    table = used_items(pd.concat(full.values(), ignore_index=True))
    paired = some[["article", *PAIRED]].assign(features=MAIN)
    table = table.merge(paired, on=["article", "features"], how="left", validate="one_to_one")
    counts = {name: table[name].astype("Int64") for name in ("spaced", *PAIRED)}
    drawn = pd.concat(
        [draws(frame, features, found) for features, found in answers.items()], ignore_index=True
    )
    made = (table.assign(**counts), scores(full[MAIN], some, frame), drawn, starts(frame))
    named = {"source_key": "rtexttools2020", "locator": "NYTimes", "grade": "A"}
    return rawfiles.tables(OUTPUTS, *made, **named)
