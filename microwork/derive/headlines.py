"""A classifier of front-page headlines, frozen, refreshed or kept up, year by year: the headline
experiment.

The headlines are those of the New York Times that Amber Boydstun's team coded by topic, as shipped
with RTextTools.
Model: tf-idf (sublinear) and a linear support vector machine with balanced classes, scikit-learn's
defaults otherwise; nothing is tuned. The vocabulary is learnt from the training items only.

It fits about twenty thousand models, which takes some ten minutes.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import KFold
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

SCORES = ["year", "regime", "label_budget", "labels", "accuracy", "n"]
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
    full = {seen: items(rows, seen, found) for seen, found in answers.items()}
    some = limited(rows, MAIN)
    table = used_items(pd.concat(full.values(), ignore_index=True))
    paired = some[["article", *PAIRED]].assign(features=MAIN)
    table = table.merge(paired, on=["article", "features"], how="left", validate="one_to_one")
    table = table.astype(dict.fromkeys(("spaced", *PAIRED), "Int64"))
    drawn = pd.concat([draws(rows, seen, found) for seen, found in answers.items()])
    return [table, scores(full[MAIN], some, rows), drawn, starts(rows)]


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
    item is of the tested month or of one beside it. Raises ``ValueError`` for another regime.
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
        fold = np.empty(len(tested), dtype=int)
        for number, (_, part) in enumerate(KFold(min(FOLDS, len(tested))).split(tested)):
            fold[part] = number
        fold = rng.permutation(fold)
        parts = [tested[fold == number] for number in range(fold.max() + 1)]
        pairs = [(np.setdiff1d(near, part), part) for part in parts]
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
    kept = [rng.choice(part, min(budget, len(part)), replace=False) for part in parts]
    return np.concatenate(kept)


def right(rows: pd.DataFrame, seen: str, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Whether a model of the training items gives each test item its human code, from the title
    alone or with the subject line (``seen``).

    Raises ``ValueError`` if an item is in both.
    """
    if np.intersect1d(train, test).size:
        raise ValueError("found a test item among the training items")
    text, code = rows[seen].to_numpy(), rows["code"].to_numpy()
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True), LinearSVC(class_weight="balanced", random_state=0)
    )
    agrees: np.ndarray = model.fit(text[train], code[train]).predict(text[test]) == code[test]
    return agrees


def dates(rows: pd.DataFrame) -> Split:
    """Year and month of each headline."""
    return rows["year"].to_numpy(), rows["month"].to_numpy()


def draws_of(regime: str) -> int:
    """How many times the training items of a regime are drawn: once where all are used."""
    return CONTROL_DRAWS if regime in DRAWN else 1


def tried(rows: pd.DataFrame, seen: str, regime: str) -> np.ndarray:
    """Whether each draw of a regime gives each headline its human code: draws x headlines, 0 or 1
    (0 in years without test)."""
    found = np.zeros((draws_of(regime), len(rows)), dtype=int)
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


def accuracy(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Accuracy of the late years by year and regime (share of ``n`` headlines, mean over draws),
    with all labels there are.

    ``labels``: training items of a model (of the smallest one, where a regime has several in a
    year).
    """
    found = []
    for year, part in table[table["year"].between(*LATE)].groupby("year"):
        for regime in REGIMES[:4]:
            share = part[regime].sum() / (draws_of(regime) * len(part))
            labels = min(len(train) for train, _ in splits(*dates(rows), year, regime))
            found.append((year, regime, None, labels, share, len(part)))
    return pd.DataFrame(found, columns=SCORES)


def limited(rows: pd.DataFrame, seen: str) -> pd.DataFrame:
    """One row per headline of the late years and, for each budget, how many of ``BUDGET_DRAWS``
    were right, as ``regime_budget`` for each regime that could be run."""
    names = [f"{regime}_{budget}" for regime in REGIMES[:3] for budget in BUDGETS]
    found = {name: np.zeros(len(rows), dtype=int) for name in names}
    for regime in REGIMES[:3]:
        for test in range(LATE[0], LATE[1] + 1):
            [(train, part)] = splits(*dates(rows), test, regime)
            for budget in BUDGETS:
                for draw in range(BUDGET_DRAWS):
                    rng = np.random.default_rng((SEED, test, budget, draw))
                    some = thinned(train, dates(rows)[0], budget, rng)
                    found[f"{regime}_{budget}"][part] += right(rows, seen, some, part)
    table = rows[["article", "year"]].assign(**found)
    return table[table["year"].between(*LATE)].sort_values(["year", "article"], ignore_index=True)


def budgets(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Accuracy by year, regime and budget from ``limited``; the columns of ``accuracy``."""
    found = []
    for test, part in table.groupby("year"):
        for regime in REGIMES[:3]:
            [(train, _)] = splits(*dates(rows), test, regime)
            for budget in BUDGETS:
                labels = len(thinned(train, dates(rows)[0], budget, np.random.default_rng(0)))
                share = part[f"{regime}_{budget}"].sum() / (BUDGET_DRAWS * len(part))
                found.append((test, regime, budget, labels, share, len(part)))
    return pd.DataFrame(found, columns=SCORES)


def used_items(table: pd.DataFrame) -> pd.DataFrame:
    """What the chapter reads: with the subject line only the years that are compared."""
    compared = table["year"].between(*EARLY) | table["year"].between(*LATE)
    return table[compared | (table["features"] == "title")]


def scores(full: pd.DataFrame, some: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """``accuracy`` and ``budgets`` in one table, in percent, in order."""
    table = pd.concat([accuracy(full, rows), budgets(some, rows)], ignore_index=True)
    table["accuracy"] = (100 * table["accuracy"]).round(6)
    table = table.astype({"label_budget": "Int64", "regime": pd.CategoricalDtype(REGIMES)})
    return table.sort_values(["year", "regime", "label_budget"])
