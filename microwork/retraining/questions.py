"""Retraining: questions on the news of the week, put to language models in that week, alone and with a search.

The questions are the quizzes of newspapers (RealTime QA, Kasai et al. 2023), so that nobody labels anything. A model that is
asked in the week of the news cannot have learnt it. All comparisons of alone and searched are paired: on the same questions.
Intervals draw whole weeks again, since a week's questions come from one or two quizzes, and some weeks are easier than others.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.retraining.inputs import bootstrap, define

TABLE = "retraining/dated_questions"
NEW, YEAR = "GPT-5.4", 2026
HISTORY = "2026-07-03"  # a quiz on two and a half centuries of American history makes up most of this week's questions
COVERS = "Drawing the weeks again. Not other quizzes, other ways to ask, or questions with no choices to pick from."

Triple = tuple[float, float, float]


@step
def weeks(system: str, year: int) -> pd.DataFrame:
    """The weeks of a system in a year, in order: week, questions, alone, searched (right answers).

    Raises ``ValueError`` if the system was not asked in that year.
    """
    table = data.table(TABLE)
    rows = table[(table["system"] == system) & table["week"].astype(str).str.startswith(str(year))].sort_values("week")
    if rows.empty:
        raise ValueError(f"found no week of {system!r} in {year}; expected one of {', '.join(sorted(set(table['system'])))}")
    names = {"right_alone": "alone", "right_searched": "searched"}
    return rows.rename(columns=names)[["week", "questions", *names.values()]].reset_index(drop=True)


def share_of(right: np.ndarray, asked: np.ndarray, axis: int = -1) -> np.ndarray:
    """Right answers (or a difference of two) over questions, in percent, from counts by week."""
    found: np.ndarray = 100 * right.sum(axis=axis) / asked.sum(axis=axis)
    return found


def percent(right: np.ndarray, asked: np.ndarray) -> Triple:
    """``share_of`` with its interval, whole weeks drawn again."""
    samples = np.asarray(right, dtype=float), np.asarray(asked, dtype=float)
    return float(share_of(*samples)), *bootstrap(samples, share_of, paired=True)


def score(system: str, year: int) -> Triple:
    """Questions of a year that a system alone answers rightly, in percent, with its interval."""
    frame = weeks(system, year)
    return percent(frame["alone"], frame["questions"])


def gain(system: str, year: int, without: str = "") -> Triple:
    """What a search adds, in points, paired by question, with its interval. ``without``: a week that is left out."""
    frame = weeks(system, year)
    frame = frame[frame["week"].astype(str) != without]
    return percent(frame["searched"] - frame["alone"], frame["questions"])


def gains() -> pd.DataFrame:
    """What a search adds for each system of 2026: system, points."""
    systems = sorted(set(data.table(TABLE)["system"]))
    return pd.DataFrame([(system, gain(system, YEAR)[0]) for system in systems], columns=["system", "points"])


def _gains() -> Triple:
    points = gains()["points"]
    return float(points.mean()), float(points.min()), float(points.max())


def numbers() -> list[Number]:
    """The numbers on dated questions."""

    def asked() -> int:
        return int(weeks(NEW, YEAR)["questions"].sum())

    rest, points = f"n = {asked()} questions of {len(weeks(NEW, YEAR))} weeks", "percentage points"
    added = "Gain of a search over none, in points of the questions answered correctly"
    return [
        define("realtimeqa-gpt54-2026", partial(score, NEW, YEAR), "percent",
               f"Questions on the week’s news answered correctly by {NEW} without a search, {YEAR}",
               f"Right answers over questions; {rest}.", COVERS, 0),
        define("realtimeqa-gpt54-search-gain", partial(gain, NEW, YEAR), points, f"{added}, {NEW}, {YEAR}",
               f"Paired: on the same questions; {rest}.", COVERS),
        define("realtimeqa-gpt54-search-gain-news", partial(gain, NEW, YEAR, HISTORY), points,
               f"{added}, {NEW}, {YEAR}, without the week of questions on history",
               f"As the gain, without the week of {HISTORY}.", COVERS),
        define("realtimeqa-search-gains", _gains, points, f"{added}, mean over six systems of {YEAR}",
               "Mean of the gains of six systems, on the same questions.",
               "The least and the most of the six systems. Not a sampling error.", 1),
        define("realtimeqa-questions-2026", asked, "items", f"Questions of {YEAR}", "Counted in the table."),
    ]  # fmt: skip
