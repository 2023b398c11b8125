"""All published figures on pay in one model: the incomes and hours that one crowd can have, by
linear programming.

A person has a monthly income and weekly hours. The figures say how many people lie in which part of
that plane. A part is a rectangle, cut off where an hour would bring a person more than it can. What
people in a part have on average lies in it too, so every mean that is possible is reached with
people at its corners. The programme over all corners is therefore exact: it needs no form of
distribution and no grid.

Incomes are EUR a month, hours are hours a week, pay is EUR an hour, shares run from 0 to 1.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import optimize
from tallybook.data.provenance import step

from microwork.income import bounds
from microwork.income.inputs import assumption, ends, fact, share, shares

Ends = tuple[float, float]
AS_SAID, STRETCHED = "as we read the words", "read as widely as we can"
SHARES = ("under_five", "over_ten", "over_rare", "under_three")
NAMES = {
    "mean": "mean income",
    "under_five": "share under the lower level",
    "over_ten": "share over the higher level",
    "over_rare": "share over the level that few reach",
    "under_three": "share under three hours",
    "cap": "most that anybody earns",
    "pay": "most that an hour brings anybody",
}


class Corners(NamedTuple):
    """Corners of all parts of the plane: income, hours, and for each share whether its corner
    counts (0 or 1)."""

    income: np.ndarray
    hours: np.ndarray
    counts: dict[str, np.ndarray]


class Figures(NamedTuple):
    """What the figures say, each from least to most; a mean or share that is None is left open.

    ``cap``: most that anybody earns in a month; ``pay``: most that an hour of all time brings
    anybody (either may be infinite, not both).
    """

    mean: Ends | None
    under_five: Ends | None
    over_ten: Ends | None
    over_rare: Ends | None
    under_three: Ends | None
    cap: float
    pay: float


def said() -> Figures:
    """The figures as published: a mean of whole euros, “few” as we read it, and what an hour brings
    at most as was claimed.

    The claim on pay is that tasks are priced on the gross minimum wage and that as much time goes
    unpaid.
    """
    return Figures(
        ends("mean-read"),
        _exactly(share("rival-under-five")),
        _exactly(share("rival-over-ten")),
        (0.0, assumption("few-read", "mode") / 100),
        _exactly(share("under-three-hours")),
        fact("platform-cap"),
        bounds.effective_pay(fact("smic-gross-2018"), fact("unpaid-ratio"), 1.0),
    )


def _exactly(value: float) -> Ends:
    return value, value


def widest() -> Figures:
    """The same, each word read as widely as it can be (the table of assumptions); cap and pay as
    published."""
    return said()._replace(
        under_five=shares("two-thirds-read"),
        over_ten=shares("tenth-read"),
        over_rare=(0.0, shares("few-read")[1]),
        under_three=shares("half-read"),
    )


def strictest() -> Figures:
    """The same, each word read so that the least money and the most hours are left."""
    return said()._replace(
        under_five=_exactly(shares("two-thirds-read")[1]),
        over_ten=_exactly(shares("tenth-read")[0]),
        over_rare=(0.0, shares("few-read")[0]),
        under_three=_exactly(shares("half-read")[0]),
    )


def corners(cap: float, pay: float) -> Corners:
    """The corners of each part of the plane, cut where an hour brings more than ``pay``.

    Nobody works more than the longest published week. Raises ``ValueError`` if nothing keeps
    incomes finite.
    """
    month = pay * bounds.WEEKS_A_MONTH  # EUR a month for each hour a week
    longest = fact("long-hours-high")
    cap = min(cap, month * longest)
    if not math.isfinite(cap):
        raise ValueError("found no most of an income or of an hour; expected one of them")
    levels = [0.0, fact("rival-level-low"), fact("rival-level-high"), fact("rival-rare"), cap]
    weeks = [0.0, fact("median-hours"), longest]
    found = [
        (income, hours, *group)
        for i, j in np.ndindex(4, 2)
        for group in [(i == 0, i >= 2, i == 3, j == 0)]
        for income, hours in _cut(levels[i], levels[i + 1], weeks[j], weeks[j + 1], month)
    ]
    income, hours, *counts = np.array(found, dtype=float).T
    return Corners(income, hours, dict(zip(SHARES, counts, strict=True)))


def _cut(low: float, high: float, short: float, long: float, month: float) -> Iterator[Ends]:
    """Corners (income, hours) of a rectangle of incomes and hours below the line income = month
    * hours."""
    if low > high:
        return
    if math.isinf(month):
        yield from itertools.product((low, high), (short, long))
        return
    for hours in (short, long):
        yield from ((income, hours) for income in (low, high) if income <= month * hours)
        if low <= month * hours <= high:
            yield month * hours, hours
    yield from (
        (income, income / month) for income in (low, high) if short <= income / month <= long
    )


def _rows(of: Figures, at: Corners) -> tuple[np.ndarray, np.ndarray]:
    """The figures as inequalities on the shares of people at the corners: ``rows @ people <=
    limits``."""
    held = [(of.mean, at.income), *((getattr(of, name), at.counts[name]) for name in SHARES)]
    pairs = [(row, ends) for ends, row in held if ends is not None]
    rows = [sign * row for row, _ in pairs for sign in (1, -1)]
    limits = [limit for _, (least, most) in pairs for limit in (most, -least)]
    return np.array(rows).reshape(len(rows), at.income.size), np.array(limits)


def _least(cost: np.ndarray, **constraints: np.ndarray) -> float | None:
    """The least of a linear programme, whose constraints are named as ``optimize.linprog`` names
    them; None if nothing meets them."""
    found = optimize.linprog(cost, **constraints)
    if found.status not in (0, 2):
        raise RuntimeError(f"found {found.message!r}; expected a solution, or that there is none")
    return round(float(found.fun), 9) if found.status == 0 else None


def _least_and_most(cost: np.ndarray, **constraints: np.ndarray) -> Ends | None:
    least, most = (_least(sign * cost, **constraints) for sign in (1, -1))
    return None if least is None or most is None else (least, -most)


@step
def extreme(of: Figures, name: str) -> Ends | None:
    """Least and most of the mean income (``mean``) or of a share that the figures allow; None if
    they contradict each other."""
    at = corners(of.cap, of.pay)
    rows, limits = _rows(of, at)
    cost = at.income if name == "mean" else at.counts[name]
    everybody = np.ones((1, cost.size))
    return _least_and_most(cost, A_ub=rows, b_ub=limits, A_eq=everybody, b_eq=np.ones(1))


@step
def pay(of: Figures) -> Ends | None:
    """Least and most of all income over all hours (EUR an hour); None if the figures contradict
    each other.

    A ratio of two linear functions becomes a linear programme if everything is divided by the hours
    (Charnes and Cooper 1962, Naval Research Logistics Quarterly 9, 181-186).
    """
    at = corners(of.cap, of.pay)
    rows, limits = _rows(of, at)
    cost = np.append(at.income, 0.0)
    same = np.vstack(
        [np.append(at.hours * bounds.WEEKS_A_MONTH, 0.0), np.append(np.ones(at.income.size), -1.0)]
    )
    return _least_and_most(
        cost,
        A_ub=np.column_stack([rows, -limits]),
        b_ub=np.zeros(limits.size),
        A_eq=same,
        b_eq=np.eye(2)[0],
    )


def stretch(near: Figures, far: Figures) -> float:
    """Least part (0 to 1 and beyond) of the way from near to far readings at which no figure
    contradicts another.

    All readings go that part of their way at once. Mean, cap and pay stay as they are. Raises
    ``ValueError`` if no way leads there.
    """
    at = corners(near.cap, near.pay)
    (rows, limits), (_, others) = _rows(near, at), _rows(far._replace(mean=near.mean), at)
    found = _least(
        np.append(np.zeros(at.income.size), 1.0),
        A_ub=np.column_stack([rows, limits - others]),
        b_ub=limits,
        A_eq=np.append(np.ones(at.income.size), 0.0)[None, :],
        b_eq=np.ones(1),
    )
    if found is None:
        raise ValueError("found figures that contradict each other however far words are stretched")
    return found


def without(name: str) -> Figures:
    """The figures as published, one of them left out."""
    left: dict[str, Any] = {name: math.inf if name in ("cap", "pay") else None}
    return said()._replace(**left)


def would_be(name: str) -> Ends | None:
    """What one figure would have to be if all others are as published; None if no value would do.

    For ``cap`` the most is infinite. Raises ``ValueError`` for ``pay``, should there be a value of
    it that would do.
    """
    left = without(name)
    if name not in ("cap", "pay"):
        return extreme(left, name)
    if extreme(left, "mean") is None:
        return None
    if name == "pay" or left.mean is None:
        raise ValueError(
            "found a limit on pay that would do; expected none, for hours bind no published figure"
        )
    (least, _), anything = left.mean, left._replace(mean=None)

    def short(cap: float) -> float:
        return (extreme(anything._replace(cap=cap), "mean") or (0.0, 0.0))[1] - least

    most = bounds.WEEKS_A_MONTH * left.pay * fact("long-hours-high")
    return round(optimize.brentq(short, said().cap, most), 6), math.inf


def table() -> pd.DataFrame:
    """What each figure would have to be, if all others are as published, and what an hour could
    then bring at most.

    Columns: figure, said (the most it says), least, most, pay (EUR an hour). Shares are in percent.
    All three are missing where no value would do, and most alone where there is none.
    """
    rows = []
    for name in NAMES:
        unit, value = 100 if name in SHARES else 1, getattr(said(), name)
        needed = would_be(name) or (math.nan, math.nan)
        rows.append(
            {
                "figure": NAMES[name],
                "said": unit * (value[1] if isinstance(value, tuple) else value),
                "least": unit * needed[0],
                "most": unit * needed[1] if math.isfinite(needed[1]) else math.nan,
                "pay": (pay(without(name)) or needed)[1],
            }
        )
    return pd.DataFrame(rows)


def region(points: int = 25) -> pd.DataFrame:
    """The most that an hour can bring by the mean income: where a line ends, the figures allow no
    larger mean.

    Columns: series, mean (EUR a month), pay (EUR an hour).
    """
    rows = []
    for series, figures in ((AS_SAID, said()), (STRETCHED, widest())):
        for mean in np.linspace(*certain(extreme(figures._replace(mean=None), "mean")), points):
            if found := pay(figures._replace(mean=_exactly(mean))):
                rows.append((series, mean, found[1]))
    return pd.DataFrame(rows, columns=["series", "mean", "pay"])


def certain(found: Ends | None) -> Ends:
    """Least and most of something; ``ValueError`` where the figures contradict each other."""
    if found is None:
        raise ValueError("found figures that contradict each other; expected some that agree")
    return found
