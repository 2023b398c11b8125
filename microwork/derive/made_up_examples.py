"""A classifier that learns from examples labelled by people, or from as many made up by GPT-4:
macro-F1 by task and draw.

The examples are those of Møller and others (2024). GPT-4 made its own from the seeds, a tenth of
the labelled texts; the seeds are in neither set here, nor is a test text that stands in a training
set. The classifier is multinomial naive Bayes (Manning, Raghavan and Schütze 2008, section 13.2)
with one count added and all classes taken as equally likely. It gives the same on every machine:
its logarithms are rounded to whole numbers, so that sums are exact, and of classes that come out
even the first in the alphabet is taken.
"""

from decimal import Decimal
from functools import cache, partial

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import f1_score

from microwork.derive.raw import Files, sourced

FILES: Files = {"worker-vs-gpt/worker-vs-gpt.csv": {"dtype": str}}
TABLES = {"retraining/made_up_examples.csv": sourced("moller2024", "data")}
MAKERS = ("human", "gpt4")
SEEDS = "base.json"
DRAWS, SEED = 100, 20240317
# Letters of Latin-1 alone, as what Unicode calls a letter changes with its version.
WORD = r"[a-zà-öø-ÿ0-9]+"
UNIT = 2**20  # parts of a natural logarithm


@cache
def logarithm(count: int) -> int:
    """Natural logarithm of a positive integer in parts of ``UNIT``, to the nearest, exact on every
    machine (``decimal``)."""
    return int((Decimal(count).ln() * UNIT).to_integral_value())


def counts(texts: list[str]) -> csr_matrix:
    """How often each text has each word: texts x words in the order of the alphabet."""
    words = CountVectorizer(token_pattern=WORD, dtype=np.int64)
    found: csr_matrix = words.fit_transform(texts)
    return found


def told(
    words: csr_matrix, codes: np.ndarray, train: np.ndarray, test: np.ndarray, classes: int
) -> np.ndarray:
    """The class (0, 1, ...) given to each test item. ``words``: of all items; ``codes``: their
    classes; the rest: places.

    Words that no training item has are not looked at.
    """
    learnt = words[train]
    seen = np.flatnonzero(np.asarray(learnt.sum(axis=0)).ravel())
    heard = [learnt[codes[train] == c][:, seen].sum(axis=0) for c in range(classes)]
    sums = np.array([np.asarray(words).ravel() for words in heard]) + 1
    weights = np.vectorize(logarithm, otypes=[np.int64])(sums)
    weights -= np.array([[logarithm(int(total))] for total in sums.sum(axis=1)])
    best: np.ndarray = np.asarray(words[test][:, seen] @ weights.T).argmax(axis=1)
    return best


def drawn(
    pool: np.ndarray, codes: np.ndarray, size: int | dict[int, int], rng: np.random.Generator
) -> np.ndarray:
    """Some places of ``pool`` without replacement: so many in all, or so many of each class."""
    if isinstance(size, int):
        return rng.choice(pool, size, replace=False)
    return np.concatenate(
        [rng.choice(pool[codes[pool] == c], n, replace=False) for c, n in size.items()]
    )


def usable(task: pd.DataFrame) -> pd.DataFrame:
    """The items of a task (part, file, label, text) that are learnt from or tried, each text once
    in a part."""
    kept = task[task["file"] != SEEDS].drop_duplicates(["part", "text"])
    learnt = set(task.loc[task["part"] != "test", "text"])
    return kept[(kept["part"] != "test") | ~kept["text"].isin(learnt)].reset_index(drop=True)


def tried(task: pd.DataFrame, draws: int = DRAWS) -> pd.DataFrame:
    """One row a draw of the examples and of the test items: macro-F1 in percent of each maker's
    examples, in two mixes.

    Columns draw, examples, tested, human, gpt4 (as many examples of each class from both),
    examples_own, human_own, gpt4_own (as many in all, in each maker's own mix of classes). Test
    items are drawn with replacement, as many of each class as there are.
    """
    codes, labels = pd.factorize(task["label"], sort=True)
    words, classes = counts(task["text"].tolist()), len(labels)
    score = partial(f1_score, labels=range(classes), average="macro", zero_division=0)
    place = {part: np.flatnonzero(task["part"] == part) for part in (*MAKERS, "test")}
    test = [place["test"][codes[place["test"]] == c] for c in range(classes)]
    there = [np.bincount(codes[place[maker]], minlength=classes) for maker in MAKERS]
    alike = {c: int(min(n)) for c, n in enumerate(zip(*there, strict=True))}
    sizes: dict[str, int | dict[int, int]] = {"": alike, "_own": int(min(map(sum, there)))}
    rows = []
    for draw in range(draws):
        rng = np.random.default_rng((SEED, draw))
        again = np.concatenate([rng.choice(part, len(part)) for part in test])
        row: dict[str, float] = {"draw": draw, "tested": len(again)}
        for mix, size in sizes.items():
            row[f"examples{mix}"] = size if isinstance(size, int) else sum(size.values())
            for maker in MAKERS:
                given = told(words, codes, drawn(place[maker], codes, size, rng), again, classes)
                row[maker + mix] = round(100 * score(codes[again], given), 4)
        rows.append(row)
    measured = [f"{name}{mix}" for mix in sizes for name in ("examples", *MAKERS)]
    return pd.DataFrame(rows)[["draw", "tested", *measured]]


def make(examples: pd.DataFrame) -> pd.DataFrame:
    """The draws of every task."""
    found = {name: tried(usable(task)) for name, task in examples.groupby("task")}
    return pd.concat(found, names=["task"]).reset_index("task")
