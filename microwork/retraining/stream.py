"""Retraining: the Elec2 experiment, which runs in the page.

A model of a month is a logistic regression on standardised features, fitted to labels drawn from that month alone and tried
on the months after it, never before. So all calendars of retraining use the same models; they differ only in how old a
model gets.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.builder.kept import kept
from tallybook.data.provenance import step
from tallybook.model.formatting import plain
from tallybook.model.numbers import Number

from microwork.retraining import logistic
from microwork.retraining.inputs import assumption, bootstrap, define, mean

TABLE = "retraining/elec2"
A_DAY, A_WEEK = 48, 7
SERIES = ["nsw_price", "nsw_demand", "vic_price", "vic_demand", "transfer", "up"]
SEED = 19960507
COVERS = (
    "Resampling whole weeks of the stream, after averaging the draws. Not other streams, models or choices of the first month."
)


@step
def stream() -> tuple[np.ndarray, np.ndarray]:
    """Features (rows in order of time, half-hour and five series) and labels ``up`` (0 or 1), unpacked from the table."""
    frame = data.table(TABLE).sort_values("day")
    columns = {}
    for name in SERIES:
        lists = (text.split() for text in frame.loc[frame["series"] == name, "values"])
        columns[name] = np.concatenate([np.full(A_DAY, int(v[0])) if len(v) == 1 else np.array(v, dtype=int) for v in lists])
    half_hour = np.arange(len(columns["up"])) % A_DAY
    features = np.column_stack([half_hour, *(columns[name] for name in SERIES[:-1])]).astype(float)
    return features, columns["up"]


@step
def month() -> int:
    """Rows of a month."""
    return int(assumption("elec2-month")) * A_DAY


def months() -> int:
    """Whole months in the stream; what is left over at its end is tested on, and trains nothing."""
    return len(stream()[1]) // month()


def training_pool(trained: int) -> range:
    """Rows that the model of month ``trained`` (from 0) may learn from."""
    return range(trained * month(), (trained + 1) * month())


def tested_rows(trained: int) -> range:
    """Rows that the model of month ``trained`` is tried on: all later ones."""
    return range((trained + 1) * month(), len(stream()[1]))


@step
@kept
def right_by_day(labels: int = 500, draws: int = 20) -> np.ndarray:
    """Share of right answers by model and day, mean over draws: shape (months, days), empty (nan) up to the model's own month.

    ``labels``: how many labels of its month a model is fitted to. Raises ``ValueError`` unless 2 <= labels <= rows of a month
    and draws >= 1.
    """
    if not 2 <= labels <= month() or draws < 1:
        raise ValueError(f"found {labels} labels and {draws} draws; expected 2 to {month()} labels and at least one draw")
    features, up = stream()
    found = np.full((months(), len(up) // A_DAY), np.nan)
    for trained in range(months()):
        pool, rows = training_pool(trained), tested_rows(trained)
        if not rows:
            continue
        chosen = [np.random.default_rng((SEED, trained, draw)).choice(pool, labels, replace=False) for draw in range(draws)]
        right = _answers(features, up, np.array(chosen), rows) == up[rows.start :]
        found[trained, rows.start // A_DAY :] = right.sum(axis=0).reshape(-1, A_DAY).mean(axis=1) / draws
    return found


def _answers(features: np.ndarray, up: np.ndarray, chosen: np.ndarray, rows: range) -> np.ndarray:
    """What models say of the later rows: one model for each row of ``chosen``. The label its rows share, if there is only one."""
    learned, labels = features[chosen], up[chosen]
    mean, spread = learned.mean(axis=1), learned.std(axis=1)
    spread[spread == 0] = 1.0  # a feature that does not vary tells the labels apart in no way
    answers = np.repeat(labels[:, :1], len(rows), axis=1)
    both = labels.min(axis=1) != labels.max(axis=1)
    if both.any():
        standard = (learned[both] - mean[both, None]) / spread[both, None]
        slopes, intercepts = logistic.fit(standard, labels[both])
        # The line in the features as they are: only half as much work as to standardise the later rows too.
        slopes /= spread[both]
        bounds = (mean[both] * slopes).sum(axis=1) - intercepts
        answers[both] = slopes @ features[rows.start :].T > bounds[:, None]
    return answers


def model_in_use(cadence: int | None, first: int = 0) -> np.ndarray:
    """For each day after month ``first``, the month whose model answers; ``cadence`` in months, ``None`` for never again.

    A day's model is of an earlier month. Raises ``ValueError`` for a cadence below 1.
    """
    if cadence is not None and cadence < 1:
        raise ValueError(f"found a cadence of {cadence} months; expected at least 1")
    a_month = month() // A_DAY
    days = np.arange((first + 1) * a_month, len(stream()[1]) // A_DAY)
    if cadence is None:
        return np.full(len(days), first)
    return first + (days // a_month - first - 1) // cadence * cadence


def daily(cadence: int | None, labels: int = 500, draws: int = 20, first: int = 0) -> np.ndarray:
    """Share of right answers on each day after month ``first`` under a calendar of retraining."""
    models = model_in_use(cadence, first)
    days = np.arange(len(stream()[1]) // A_DAY - len(models), len(stream()[1]) // A_DAY)
    shares: np.ndarray = right_by_day(labels, draws)[models, days]
    return shares


def persistence(first: int = 0) -> np.ndarray:
    """Share of right answers on each day after month ``first`` of the rule: the same as half an hour ago. It needs no model."""
    up = stream()[1]
    same = np.concatenate([[False], up[1:] == up[:-1]])
    shares: np.ndarray = same.reshape(-1, A_DAY).mean(axis=1)[(first + 1) * month() // A_DAY :]
    return shares


def weekly(days: np.ndarray) -> np.ndarray:
    """Means of whole weeks of a daily series; days left over at the end join the last week."""
    weeks = np.array_split(days, range(A_WEEK, len(days) - A_WEEK + 1, A_WEEK))
    return np.array([week.mean() for week in weeks])


def percent(days: np.ndarray) -> tuple[float, float, float]:
    """Mean of a daily series in percent with its interval, by a bootstrap of weeks (half-hours of a week hang together)."""
    low, high = bootstrap((weekly(days),), mean)
    return 100 * float(np.mean(days)), 100 * low, 100 * high


def experiment(cadences: tuple[int | None, ...] = (None, 12, 6, 3, 2, 1), labels: int = 500, draws: int = 20) -> pd.DataFrame:
    """One row per calendar: retrained, models, labels (bought), accuracy, low, high (percent), n (half-hours tested).

    Change ``cadences`` (months; ``None`` is never again) and ``labels`` (bought for each model) at will.
    """
    rows = []
    for cadence in cadences:
        days = daily(cadence, labels, draws)
        models = len(np.unique(model_in_use(cadence)))
        name = "never again" if cadence is None else "every month" if cadence == 1 else f"every {cadence} months"
        rows.append((name, models, models * labels, *percent(days), len(days) * A_DAY))
    return pd.DataFrame(rows, columns=["retrained", "models", "labels", "accuracy", "low", "high", "n"])


def comparison() -> pd.DataFrame:
    """``experiment`` with the rule that repeats the last label as its last row, which buys no label and needs no model."""
    days = persistence()
    rule = ("no model: the last label again", 0, 0, *percent(days), len(days) * A_DAY)
    frame = experiment()
    return pd.concat([frame, pd.DataFrame([rule], columns=frame.columns)], ignore_index=True)


def bought() -> int:
    """Labels bought for each model of the page."""
    return int(assumption("elec2-labels"))


def _daily(cadence: int | None, first: int = 0, part: int = 1) -> np.ndarray:
    """``daily`` with the labels (or one ``part``-th of them) and the draws of the assumptions."""
    return daily(cadence, bought() // part, int(assumption("elec2-draws")), first)


def often_gain(first: float = 0) -> tuple[float, float, float]:
    """Gain of retraining every month over every twelve, in points, from month ``first`` on (rounded), with its interval."""
    return percent(_daily(1, round(first)) - _daily(12, round(first)))


def _tested(first: int) -> str:
    return f"{plain(len(model_in_use(None, first)) * A_DAY, 0)} half-hours tested"


def _how(labels: int, first: int) -> str:
    return f"Mean of {int(assumption('elec2-draws'))} draws, {labels} labels a model; {_tested(first)}."


def numbers() -> list[Number]:
    """The Elec2 numbers of the chapter."""
    names = {2: "two", 3: "three", 6: "six", 12: "twelve"}
    series = [
        ("frozen", lambda: _daily(None), "Accuracy, never retrained"),
        ("monthly", lambda: _daily(1), "Accuracy, retrained every month"),
        ("persistence", persistence, "Accuracy of repeating the last label"),
        ("monthly-few", lambda: _daily(1, part=10), "Accuracy, retrained every month on a tenth of the labels"),
        *((f"every-{name}", partial(_daily, c), f"Accuracy, retrained every {name} months") for c, name in names.items()),
        ("persistence-gain", lambda: persistence() - _daily(1),
         "Gain of repeating the last label over monthly retraining, in points"),
        ("gain-often", lambda: _daily(1) - _daily(12),
         "Gain of retraining every month over every year, in points, in a stream of prices"),
        ("gain-later", lambda: _daily(1, 12) - _daily(None, 12), "Gain of monthly retraining where freezing comes after a year"),
    ]  # fmt: skip
    found = []
    for name, days, label in series:
        unit, paired = ("percentage points", "Paired: on the same days. ") if "gain" in name else ("percent", "")
        text = paired + _how(bought() // 10 if name == "monthly-few" else bought(), 12 if name.endswith("-later") else 0)
        text = f"No model is fitted; {_tested(0)}." if name == "persistence" else text
        found.append(define(f"elec2-{name}", partial(lambda days: percent(days()), days), unit, label, text, COVERS))
    return [
        *found,
        define("elec2-tested", lambda: len(model_in_use(None)) * A_DAY, "items",
               "Half-hours tested", "Days after the first month."),
    ]  # fmt: skip
