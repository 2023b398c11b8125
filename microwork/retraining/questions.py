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
OLD, NEW = "GPT-3", "GPT-5.4"
HISTORY = "2026-07-03"  # a quiz on two and a half centuries of American history makes up most of this week's questions
COVERS = "Drawing the weeks again. Not other quizzes, other ways to ask, or questions with no choices to pick from."
# What the page draws: one system of each maker that could be read, and GPT-3 in both its years.
DRAWN = ((OLD, 2022), (OLD, 2023), (NEW, 2026))

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


def score(system: str, year: int, how: str = "alone") -> Triple:
    """Questions of a year that a system answers rightly, ``alone`` or ``searched``, in percent, with its interval."""
    frame = weeks(system, year)
    return percent(frame[how], frame["questions"])


def gain(system: str, year: int, without: str = "") -> Triple:
    """What a search adds, in points, paired by question, with its interval. ``without``: a week that is left out."""
    frame = weeks(system, year)
    frame = frame[frame["week"].astype(str) != without]
    return percent(frame["searched"] - frame["alone"], frame["questions"])


def change(how: str) -> Triple:
    """By how many points GPT-3 scores higher in 2023 than in 2022, ``alone`` or ``searched``; weeks of each year drawn apart."""
    early, late = (weeks(OLD, year)[[how, "questions"]].to_numpy(float) for year in (2022, 2023))

    def differs(first: np.ndarray, second: np.ndarray, axis: int = -1) -> np.ndarray:
        """From places of weeks, so that what was right goes with what was asked when a week is drawn."""
        before, after = early[first.astype(int)], late[second.astype(int)]
        points: np.ndarray = share_of(after[..., 0], after[..., 1]) - share_of(before[..., 0], before[..., 1])
        return points

    places = np.arange(len(early)), np.arange(len(late))
    return float(differs(*places)), *bootstrap(places, differs)


def gains() -> pd.DataFrame:
    """What a search adds for each system of 2026: system, points."""
    table = data.table(TABLE)
    systems = sorted(set(table.loc[table["system"] != OLD, "system"]))
    return pd.DataFrame([(system, gain(system, 2026)[0]) for system in systems], columns=["system", "points"])


def _gains() -> Triple:
    points = gains()["points"]
    return float(points.mean()), float(points.min()), float(points.max())


def drawn() -> pd.DataFrame:
    """Two rows per system and year of ``DRAWN``: asked (of whom and when), name, value, low, high (percent right), colour."""
    rows = []
    for system, year in DRAWN:
        for how, name, hue in (("alone", "alone", "soft"), ("searched", "with a search", "found")):
            rows.append((f"{system}, {year}", name, *score(system, year, how), hue))
    return pd.DataFrame(rows, columns=["asked", "name", "value", "low", "high", "colour"])


def numbers() -> list[Number]:
    """The numbers on dated questions."""

    def asked(system: str, year: int) -> int:
        return int(weeks(system, year)["questions"].sum())

    def of(system: str, year: int) -> str:
        return f"n = {asked(system, year)} questions of {len(weeks(system, year))} weeks"

    shares = [("gpt3-2022", OLD, 2022), ("gpt3-2023", OLD, 2023), ("gpt54-2026", NEW, 2026)]
    points = "percentage points"
    added = "Gain of a search over none, in points of the questions answered correctly"
    rest = of(NEW, 2026)
    changes = (("gpt3-change", "alone", "without a search"), ("gpt3-searched-change", "searched", "with a search"))
    return [
        *(define(f"realtimeqa-{name}", partial(score, system, year), "percent",
                 f"Questions on the week’s news answered correctly by {system} without a search, {year}",
                 f"Right answers over questions; {of(system, year)}.", COVERS, 0) for name, system, year in shares),
        define("realtimeqa-gpt54-search-gain", partial(gain, NEW, 2026), points, f"{added}, {NEW}, 2026",
               f"Paired: on the same questions; {rest}.", COVERS),
        define("realtimeqa-gpt54-search-gain-news", partial(gain, NEW, 2026, HISTORY), points,
               f"{added}, {NEW}, 2026, without the week of questions on history",
               f"As the gain, without the week of {HISTORY}.", COVERS),
        define("realtimeqa-gpt3-search-gain", partial(gain, OLD, 2022), points, f"{added}, {OLD}, 2022",
               f"Paired: on the same questions; {of(OLD, 2022)}.", COVERS),
        define("realtimeqa-search-gains", _gains, points, f"{added}, mean over six systems of 2026",
               "Mean of the gains of six systems, on the same questions.",
               "The least and the most of the six systems. Not a sampling error.", 1),
        *(define(f"realtimeqa-{name}", partial(change, how), points,
                 f"Change in the questions answered correctly by {OLD} {words}, 2022 to 2023, in points",
                 "The share of 2023 less that of 2022.", f"{COVERS} Not that the questions of a year may be harder.")
          for name, how, words in changes),
        define("realtimeqa-questions-2026", lambda: asked(NEW, 2026), "items", "Questions of 2026", "Counted in the table."),
    ]  # fmt: skip
