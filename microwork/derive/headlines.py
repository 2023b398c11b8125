"""A classifier of front-page headlines, frozen, refreshed or kept up, year by year.

The headlines of the New York Times that Amber Boydstun's team coded by topic, as RTextTools has
them. Model: tf-idf (sublinear) and a linear support vector machine with balanced classes, else as
scikit-learn sets them; nothing is tuned. The vocabulary is learnt from the training items only. It
fits about twenty thousand models, which takes some ten minutes.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from microwork.derive.raw import Files, sourced

PACKED = {"compression": "gzip", "sep": ";", "encoding": "latin1"}
FILES: Files = {"rtexttools-NYTimes.csv.gz": PACKED}
SOURCE = sourced("rtexttools2020", "NYTimes")
MADE = ("items", "accuracy", "draws", "starts")
TABLES = {f"retraining/headline_{name}.csv": SOURCE for name in MADE}
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
SCORES = ["year", "regime", "label_budget", "labels", "accuracy"]
EARLY, LATE = (1998, 2000), (2004, 2006)  # the years that the chapter compares
Split = tuple[np.ndarray, np.ndarray]
Answers = dict[str, np.ndarray]


def make(raw: pd.DataFrame) -> list[pd.DataFrame]:
    """Each tested headline, the accuracies, the draws, and the models of every start."""
    rows = coded(raw)
    answers: dict[str, Answers] = {
        seen: {regime: tried(rows, seen, regime) for regime in regimes}
        for seen, regimes in FEATURES.items()
    }
    some = limited(rows, MAIN)
    tested = answers | {MAIN: answers[MAIN] | {name: some[name] for name in PAIRED}}
    table = pd.concat(items(rows, seen, found) for seen, found in tested.items())
    early, late = (table["year"].between(*years) for years in (EARLY, LATE))
    table[[*PAIRED]] = table[[*PAIRED]].where(late)
    # With the subject line only the years that are compared.
    table = table[early | late | (table["features"] == MAIN)]
    table = table.astype(dict.fromkeys(("spaced", *PAIRED), "Int64"))
    drawn = pd.concat([draws(rows, seen, found) for seen, found in answers.items()])
    return [table, accuracy(rows, answers[MAIN], some), drawn, starts(rows)]


def coded(raw: pd.DataFrame) -> pd.DataFrame:
    """The raw file as columns article, year, month, title, subject (title and subject line),
    code."""
    date = pd.to_datetime(raw["Date"], format="%d-%b-%y")
    return pd.DataFrame(
        {
            "article": raw["Article_ID"],
            "year": date.dt.year,
            "month": date.dt.month,
            "title": raw["Title"],
            "subject": raw["Title"] + " " + raw["Subject"],
            "code": raw["Topic.Code"],
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
    item is of the tested month or of one beside it.
    """
    tested = np.flatnonzero(year == test)
    if regime in ("frozen", "fresh", "all"):
        spans = {"frozen": FROZEN, "fresh": (test - 2, test - 1), "all": (year.min(), test - 1)}
        first, last = spans[regime]
        yield np.flatnonzero((year >= first) & (year <= last)), tested
        return
    size = int(((year >= FROZEN[0]) & (year <= FROZEN[1])).sum())
    near = np.flatnonzero(np.abs(year - test) <= 1)
    rng = np.random.default_rng((*seed, test))
    if regime == "control":
        sizes = map(len, np.array_split(tested, min(FOLDS, len(tested))))
        fold = rng.permutation(np.concatenate([np.full(n, i) for i, n in enumerate(sizes)]))
        parts = [tested[fold == number] for number in range(fold.max() + 1)]
        pairs = [(np.setdiff1d(near, part), part) for part in parts]
    else:
        time = 12 * year + month
        pairs = [
            (near[np.abs(time[near] - t) > 1], tested[time[tested] == t])
            for t in np.unique(time[tested])
        ]
    for pool, part in pairs:
        yield rng.choice(pool, min(size, len(pool)), replace=False), part


def thinned(
    train: np.ndarray, year: np.ndarray, budget: int, rng: np.random.Generator
) -> np.ndarray:
    """Of each year's training items, ``budget`` at random (all where there are fewer)."""
    parts = [train[year[train] == y] for y in np.unique(year[train])]
    kept = [rng.choice(part, min(budget, len(part)), replace=False) for part in parts]
    return np.concatenate(kept)


def right(rows: pd.DataFrame, seen: str, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Whether a model of the training items gives each test item its human code, from the title
    alone or with the subject line (``seen``)."""
    text, code = rows[seen].to_numpy(), rows["code"].to_numpy()
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True), LinearSVC(class_weight="balanced", random_state=0)
    )
    agrees: np.ndarray = model.fit(text[train], code[train]).predict(text[test]) == code[test]
    return agrees


def dates(rows: pd.DataFrame) -> Split:
    """Year and month of each headline."""
    return rows["year"].to_numpy(), rows["month"].to_numpy()


def tried(rows: pd.DataFrame, seen: str, regime: str) -> np.ndarray:
    """Whether each draw of a regime gives each headline its human code: draws x headlines, 0 or 1
    (0 in years without test). There is one draw where all training items are used."""
    found = np.zeros((CONTROL_DRAWS if regime in DRAWN else 1, len(rows)), dtype=int)
    for draw, answers in enumerate(found):
        for test in TESTS:
            for train, part in splits(*dates(rows), test, regime, (SEED, draw)):
                answers[part] = right(rows, seen, train, part)
    return found


def items(rows: pd.DataFrame, seen: str, answers: Answers) -> pd.DataFrame:
    """One row per test headline: how many draws of each regime in ``answers`` (see ``tried``) were
    right; month, topic."""
    kept = rows[["article", "year", "month"]].assign(topic=rows["code"], features=seen)
    table = kept.assign(**{regime: found.sum(axis=0) for regime, found in answers.items()})
    return table[table["year"].isin(TESTS)].sort_values(["year", "article"], ignore_index=True)


def draws(rows: pd.DataFrame, seen: str, answers: Answers) -> pd.DataFrame:
    """One row per drawn regime and draw: right answers in the early and in the late years."""
    early, late = (rows["year"].between(*years).to_numpy() for years in (EARLY, LATE))
    return pd.DataFrame(
        [
            (seen, regime, draw, found[early].sum(), found[late].sum())
            for regime in DRAWN
            if regime in answers
            for draw, found in enumerate(answers[regime])
        ],
        columns=["features", "regime", "draw", "early", "late"],
    )


def starts(rows: pd.DataFrame, seen: str = MAIN) -> pd.DataFrame:
    """A model of every two years on the headlines of every later year: right answers by month.

    Columns start (the first of its two years), test (year), month, labels (of the model), n, right.
    All labels of the two years are used, and no number of them is drawn.
    """
    year, month = dates(rows)
    parts = []
    for test in TESTS:
        part = np.flatnonzero(year == test)
        for start in range(FROZEN[0], test - 1):
            train = np.flatnonzero((year == start) | (year == start + 1))
            told = pd.Series(right(rows, seen, train, part)).groupby(month[part])
            counts = told.agg(n="size", right="sum").rename_axis("month").reset_index()
            parts.append(counts.assign(start=start, test=test, labels=len(train)))
    order = ["start", "test", "month", "labels", "n", "right"]
    return pd.concat(parts)[order].sort_values(order[:3], ignore_index=True)


def accuracy(rows: pd.DataFrame, answers: Answers, some: Answers) -> pd.DataFrame:
    """Accuracy of the late years by year, regime and budget (percent of ``n`` headlines, mean over
    draws), the last with all labels there are.

    ``labels``: training items of a model (of the smallest one, where a regime has several in a
    year).
    """
    year, month = dates(rows)
    found: list[tuple[int, str, int | None, int, float]] = []
    for test in range(LATE[0], LATE[1] + 1):
        for regime in REGIMES[:4]:
            trains = [train for train, _ in splits(year, month, test, regime)]
            for budget in () if regime in DRAWN else BUDGETS:
                labels = len(thinned(trains[0], year, budget, np.random.default_rng(0)))
                share = some[f"{regime}_{budget}"][:, year == test].mean()
                found.append((test, regime, budget, labels, share))
            share = answers[regime][:, year == test].mean()
            found.append((test, regime, None, min(map(len, trains)), share))
    table = pd.DataFrame(found, columns=SCORES).astype({"label_budget": "Int64"})
    n = table["year"].map(rows["year"].value_counts())
    return table.assign(accuracy=(100 * table["accuracy"]).round(6), n=n)


def limited(rows: pd.DataFrame, seen: str) -> Answers:
    """As ``tried``, for each budget of each regime that is not drawn, by ``regime_budget``: in the
    late years alone."""
    year, month = dates(rows)
    found = {}
    for regime, budget in product(REGIMES[:3], BUDGETS):
        answers = np.zeros((BUDGET_DRAWS, len(rows)), dtype=int)
        for test in range(LATE[0], LATE[1] + 1):
            [(train, part)] = splits(year, month, test, regime)
            for draw in range(BUDGET_DRAWS):
                rng = np.random.default_rng((SEED, test, budget, draw))
                answers[draw, part] = right(rows, seen, thinned(train, year, budget, rng), part)
        found[f"{regime}_{budget}"] = answers
    return found
