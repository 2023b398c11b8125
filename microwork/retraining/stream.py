"""Retraining: the Elec2 experiment, which runs in the page.

A model of a month is a logistic regression on standardised features, fitted to labels drawn from a
window of months that ends with it, and tried on the months after it, never before. So all calendars
of retraining use the same models; they differ only in how old a model gets. Every month that can
begin is tried as the first: all that leave a year to test on.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.builder.cache.results import kept
from tallybook.claims.rules import Computed
from tallybook.data.provenance import step

from microwork.inputs import Numbers
from microwork.retraining import logistic
from microwork.retraining.inputs import again, assumption, bootstrap, interval

TABLE = "retraining/elec2"
A_DAY, A_WEEK, YEAR = 48, 7, 12  # half-hours, days, months
WINDOWS = (1, YEAR)  # months that a model learns from
SERIES = ["nsw_price", "nsw_demand", "vic_price", "vic_demand", "transfer", "up"]
SEED = 19960507


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


def percent(days: np.ndarray) -> Computed:
    """Mean of a daily series in percent with its interval, by a bootstrap of weeks (half-hours of a
    week hang together)."""
    _, low, high = bootstrap((100 * weekly(days),), np.mean)
    return 100 * float(np.mean(days)), low, high


def bought() -> int:
    """Labels bought for each model of the page."""
    return int(assumption("elec2-labels"))


def daily(cadence: int | None, first: int = 0, window: int = 1) -> np.ndarray:
    """Share of right answers on each day after month ``first`` under a calendar of retraining."""
    models = model_in_use(cadence, first)
    days = np.arange(len(stream()[1]) // A_DAY - len(models), len(stream()[1]) // A_DAY)
    shares: np.ndarray = right_by_day(bought(), int(assumption("elec2-draws")), window)[
        models, days
    ]
    return shares


def often(first: int, window: int = 1) -> np.ndarray:
    """Share of right answers retrained every month less that retrained every twelve, on each day
    after month ``first``."""
    gain: np.ndarray = daily(1, first, window) - daily(YEAR, first, window)
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


def start_range() -> Computed:
    """``both_windows``, and the least and the most of the gains over all first months and
    ``WINDOWS``, in points."""
    found = [gain for window in WINDOWS for gain in means(window).values()]
    return both_windows()[0], min(found), max(found)


def mean_gain(window: int = 1, left: int = YEAR) -> Computed:
    """Mean of the gains over every first month, in points, with its interval: the same weeks are
    drawn again for all of them.

    ``left``: months that a first month must leave to test on, at least twelve.
    """
    return interval(_drawn(window, left))


def both_windows(stream_left: float = YEAR) -> Computed:
    """Mean of ``mean_gain`` over ``WINDOWS``, each of which counts as much, with its interval;
    ``stream_left`` is rounded."""
    return interval(np.mean([_drawn(window, round(stream_left)) for window in WINDOWS], axis=0))


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
    weights = again(len(total), SEED)
    found: np.ndarray = ((weights @ total) / (weights @ count)).mean(axis=1)
    return found


def _gains(name: str, window: int) -> Numbers:
    """Mean, least and most of the gains over every first month."""
    return {
        f"{name}-mean": lambda: mean_gain(window),
        f"{name}-least": lambda: min(means(window).values()),
        f"{name}-most": lambda: max(means(window).values()),
    }


NUMBERS: Numbers = {
    "elec2-frozen": lambda: percent(daily(None)),
    "elec2-monthly": lambda: percent(daily(1)),
    "elec2-monthly-twelfth": lambda: percent(daily(1, YEAR - 1)),
    "elec2-monthly-year": lambda: percent(daily(1, YEAR - 1, YEAR)),
    "elec2-persistence": lambda: percent(persistence()),
    "elec2-persistence-gain": lambda: percent(persistence() - daily(1)),
    "elec2-labels": bought,
    "elec2-gain-both": both_windows,
    "elec2-gain-range": start_range,
    **_gains("elec2-gain", 1),
    **_gains("elec2-gain-year", YEAR),
}
