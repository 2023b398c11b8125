"""Retraining: the Elec2 experiment, which runs in the page.

A model of a month is a logistic regression on standardised features, fitted to labels drawn from a
window of months that ends with it, and tried on the months after it, never before. So all calendars
of retraining use the same models; they differ only in how old a model gets. Every month that can
begin is tried as the first: all that leave a year to test on.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.data.provenance import step
from tallybook.model.formatting import plain
from tallybook.model.numbers import Number

from microwork.retraining import logistic
from microwork.retraining.inputs import RESAMPLES, assumption, bootstrap, define, mean

Triple = tuple[float, float, float]
TABLE = "retraining/elec2"
A_DAY, A_WEEK, YEAR = 48, 7, 12  # half-hours, days, months
WINDOWS = (1, YEAR)  # months that a model learns from
SERIES = ["nsw_price", "nsw_demand", "vic_price", "vic_demand", "transfer", "up"]
SEED = 19960507
COVERS = (
    "Resampling whole weeks of the stream, after averaging the draws. Not other streams, models or"
    " choices of the first month."
)


@step
def stream() -> tuple[np.ndarray, np.ndarray]:
    """Features (rows in order of time, half-hour and five series) and labels ``up`` (0 or 1),
    unpacked from the table."""
    frame = data.table(TABLE).sort_values("day")
    columns = {}
    for name in SERIES:
        lists = (text.split() for text in frame.loc[frame["series"] == name, "values"])
        columns[name] = np.concatenate(
            [np.full(A_DAY, int(v[0])) if len(v) == 1 else np.array(v, dtype=int) for v in lists]
        )
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


def training_pool(trained: int, window: int = 1) -> range:
    """Rows that the model of month ``trained`` (from 0) may learn from: so many months, of which it
    is the last."""
    return range((trained - window + 1) * month(), (trained + 1) * month())


def tested_rows(trained: int) -> range:
    """Rows that the model of month ``trained`` is tried on: all later ones."""
    return range((trained + 1) * month(), len(stream()[1]))


@step
@kept
def right_by_day(labels: int = 500, draws: int = 20, window: int = 1) -> np.ndarray:
    """Share of right answers by model and day, mean over draws: shape (months, days), empty (nan)
    up to the model's own month.

    ``labels``: how many labels a model is fitted to; ``window``: months that they are drawn from.
    Models whose window would begin before the stream are empty. Raises ``ValueError`` unless 2 <=
    labels <= rows of a month, draws >= 1 and window >= 1.
    """
    if not 2 <= labels <= month() or draws < 1 or window < 1:
        got = f"found {labels} labels, {draws} draws and a window of {window} months"
        raise ValueError(
            f"{got}; expected 2 to {month()} labels, and at least one draw and one month"
        )
    features, up = stream()
    found = np.full((months(), len(up) // A_DAY), np.nan)
    for trained in range(window - 1, months()):
        pool, rows = training_pool(trained, window), tested_rows(trained)
        if not rows:
            continue
        chosen = [
            np.random.default_rng((SEED, trained, draw)).choice(pool, labels, replace=False)
            for draw in range(draws)
        ]
        right = _answers(features, up, np.array(chosen), rows) == up[rows.start :]
        found[trained, rows.start // A_DAY :] = (
            right.sum(axis=0).reshape(-1, A_DAY).mean(axis=1) / draws
        )
    return found


def _answers(features: np.ndarray, up: np.ndarray, chosen: np.ndarray, rows: range) -> np.ndarray:
    """What models say of the later rows: one model for each row of ``chosen``.

    The label its rows share, if there is only one.
    """
    learned, labels = features[chosen], up[chosen]
    mean, spread = learned.mean(axis=1), learned.std(axis=1)
    spread[spread == 0] = 1.0  # a feature that does not vary tells the labels apart in no way
    answers = np.repeat(labels[:, :1], len(rows), axis=1)
    both = labels.min(axis=1) != labels.max(axis=1)
    if both.any():
        standard = (learned[both] - mean[both, None]) / spread[both, None]
        slopes, intercepts = logistic.fit(standard, labels[both])
        # The line in the features as they are: only half as much work as to standardise the later
        # rows too.
        slopes /= spread[both]
        bounds = (mean[both] * slopes).sum(axis=1) - intercepts
        answers[both] = slopes @ features[rows.start :].T > bounds[:, None]
    return answers


def model_in_use(cadence: int | None, first: int = 0) -> np.ndarray:
    """For each day after month ``first``, the month whose model answers; ``cadence`` in months,
    ``None`` for never again.

    A day's model is of an earlier month. Raises ``ValueError`` for a cadence below 1.
    """
    if cadence is not None and cadence < 1:
        raise ValueError(f"found a cadence of {cadence} months; expected at least 1")
    a_month = month() // A_DAY
    days = np.arange((first + 1) * a_month, len(stream()[1]) // A_DAY)
    if cadence is None:
        return np.full(len(days), first)
    return first + (days // a_month - first - 1) // cadence * cadence


def daily(
    cadence: int | None, labels: int = 500, draws: int = 20, first: int = 0, window: int = 1
) -> np.ndarray:
    """Share of right answers on each day after month ``first`` under a calendar of retraining."""
    models = model_in_use(cadence, first)
    days = np.arange(len(stream()[1]) // A_DAY - len(models), len(stream()[1]) // A_DAY)
    shares: np.ndarray = right_by_day(labels, draws, window)[models, days]
    return shares


def persistence(first: int = 0) -> np.ndarray:
    """Share of right answers on each day after month ``first`` of the rule: the same as half an
    hour ago.

    It needs no model.
    """
    up = stream()[1]
    same = np.concatenate([[False], up[1:] == up[:-1]])
    shares: np.ndarray = same.reshape(-1, A_DAY).mean(axis=1)[(first + 1) * month() // A_DAY :]
    return shares


def weekly(days: np.ndarray) -> np.ndarray:
    """Means of whole weeks of a daily series; days left over at the end join the last week."""
    weeks = np.array_split(days, range(A_WEEK, len(days) - A_WEEK + 1, A_WEEK))
    return np.array([week.mean() for week in weeks])


def percent(days: np.ndarray) -> Triple:
    """Mean of a daily series in percent with its interval, by a bootstrap of weeks (half-hours of a
    week hang together)."""
    low, high = bootstrap((weekly(days),), mean)
    return 100 * float(np.mean(days)), 100 * low, 100 * high


def bought() -> int:
    """Labels bought for each model of the page."""
    return int(assumption("elec2-labels"))


def _daily(cadence: int | None, first: int = 0, window: int = 1) -> np.ndarray:
    """``daily`` with the labels and the draws of the assumptions."""
    return daily(cadence, bought(), int(assumption("elec2-draws")), first, window)


def often(first: int, window: int = 1) -> np.ndarray:
    """Share of right answers retrained every month less that retrained every twelve, on each day
    after month ``first``."""
    gain: np.ndarray = _daily(1, first, window) - _daily(YEAR, first, window)
    return gain


def firsts(window: int = 1, left: int = YEAR) -> range:
    """First months that leave a whole window to learn from, and so many months to test on."""
    return range(window - 1, months() - left)


def gains(window: int = 1) -> pd.DataFrame:
    """Gain of retraining every month over every twelve, for every first month: first, window, gain,
    low, high (points)."""
    rows = [(first, window, *percent(often(first, window))) for first in firsts(window)]
    return pd.DataFrame(rows, columns=["first", "window", "gain", "low", "high"])


@step
def means(window: int) -> dict[int, float]:
    """The gain of ``gains`` without its interval, by first month."""
    return {first: 100 * float(often(first, window).mean()) for first in firsts(window)}


def start_range() -> Triple:
    """``both_windows``, and the least and the most of the gains over all first months and
    ``WINDOWS``, in points."""
    found = [gain for window in WINDOWS for gain in means(window).values()]
    return both_windows()[0], min(found), max(found)


def mean_gain(window: int = 1, left: int = YEAR) -> Triple:
    """Mean of the gains over every first month, in points, with its interval: the same weeks are
    drawn again for all of them.

    ``left``: months that a first month must leave to test on, at least twelve.
    """
    return _interval(_drawn(window, left))


def both_windows(left: float = YEAR) -> Triple:
    """Mean of ``mean_gain`` over ``WINDOWS``, each of which counts as much, with its interval;
    ``left`` is rounded."""
    return _interval(np.mean([_drawn(window, round(left)) for window in WINDOWS], axis=0))


def _interval(gains: np.ndarray) -> Triple:
    """In points: the first of some means, and the 2.5th and 97.5th percentile of the others."""
    low, high = np.percentile(gains[1:], (2.5, 97.5))
    return 100 * float(gains[0]), 100 * float(low), 100 * float(high)


@step
def _drawn(window: int, left: int) -> np.ndarray:
    """Mean gain over first months (0 to 1), shape (1 + resamples,): for the stream as it is, and
    for its weeks drawn again."""
    days = len(stream()[1]) // A_DAY
    starts = firsts(window, left)
    gain = np.full((len(starts), days), np.nan)
    for row, first in zip(gain, starts, strict=True):
        each = often(first, window)
        row[days - len(each) :] = each
    weeks = range(0, days, A_WEEK)
    total = np.array([np.nansum(gain[:, day : day + A_WEEK], axis=1) for day in weeks])
    count = np.array([np.isfinite(gain[:, day : day + A_WEEK]).sum(axis=1) for day in weeks])
    drawn = np.random.default_rng(SEED).multinomial(
        len(total), np.full(len(total), 1 / len(total)), RESAMPLES
    )
    weights = np.vstack([np.ones((1, len(total)), dtype=int), drawn])
    found: np.ndarray = ((weights @ total) / (weights @ count)).mean(axis=1)
    return found


def numbers() -> list[Number]:
    """The Elec2 numbers of the chapter."""
    how = (
        f"Mean of {int(assumption('elec2-draws'))} draws, {bought()} labels a model; {{}}"
        " half-hours tested."
    )
    tested, later = (plain(len(model_in_use(None, first)) * A_DAY, 0) for first in (0, YEAR - 1))
    series = [
        ("frozen", lambda: _daily(None), "Accuracy, never retrained"),
        ("monthly", lambda: _daily(1), "Accuracy, retrained every month"),
        (
            "monthly-twelfth",
            lambda: _daily(1, YEAR - 1),
            "Accuracy, retrained every month, from the twelfth month on",
        ),
        ("monthly-year", lambda: _daily(1, YEAR - 1, YEAR), "The same, trained on twelve months"),
        ("persistence", persistence, "Accuracy of repeating the last label"),
        (
            "persistence-gain",
            lambda: persistence() - _daily(1),
            "Gain of repeating the last label over monthly retraining, in points",
        ),
    ]
    found = []
    for name, days, label in series:
        unit, paired = (
            ("percentage points", "Paired: on the same days. ")
            if "gain" in name
            else ("percent", "")
        )
        text = (
            f"No model is fitted; {tested} half-hours tested."
            if name == "persistence"
            else paired
            + how.format(later if name in ("monthly-twelfth", "monthly-year") else tested)
        )
        found.append(
            define(
                f"elec2-{name}",
                partial(lambda days: percent(days()), days),
                unit,
                label,
                text,
                COVERS,
            )
        )
    labels = define(
        "elec2-labels", bought, "items", "Labels that each model learns from", "Set by us."
    )
    every = define(
        "elec2-gain-range",
        start_range,
        "percentage points",
        "Gain of retraining every month over every year, in points, over first months and windows",
        "Paired: on the same days; all first months that leave a year, trained on one month and on"
        " twelve.",
        "The least and the most of all first months and both windows. Not a sampling error.",
        1,
    )
    both = define(
        "elec2-gain-both",
        both_windows,
        "percentage points",
        "Gain of retraining every month over every year, in points, mean over first months and"
        " windows",
        "Paired: on the same days; the mean over first months for each window, and of the two.",
        "Resampling whole weeks of the stream, the same for all starts. Not other streams or"
        " models.",
        1,
    )
    return [
        *found,
        labels,
        both,
        every,
        *_gains("elec2-gain", 1, "one month"),
        *_gains("elec2-gain-year", YEAR, "twelve months"),
    ]


def _gains(name: str, window: int, words: str) -> list[Number]:
    """Mean, least and most of the gains over every first month."""
    label = (
        f"Gain of retraining every month over every year, in points, trained on {words} of prices"
    )
    starts = firsts(window)
    how = (
        f"Paired: on the same days; first months {starts[0]} to {starts[-1]} of the stream,"
        f" {bought()} labels a model."
    )
    weeks = (
        "Resampling whole weeks of the stream, the same for all first months. Not other streams or"
        " models."
    )

    def end(method: str) -> float:
        return float(getattr(gains(window)["gain"], method)())

    points = "percentage points"
    return [
        define(
            f"{name}-mean",
            partial(mean_gain, window),
            points,
            f"{label}: mean over first months",
            how,
            weeks,
            1,
        ),
        define(
            f"{name}-least",
            partial(end, "min"),
            points,
            f"{label}: least of all first months",
            how,
            None,
            1,
        ),
        define(
            f"{name}-most",
            partial(end, "max"),
            points,
            f"{label}: most of all first months",
            how,
            None,
            1,
        ),
    ]
