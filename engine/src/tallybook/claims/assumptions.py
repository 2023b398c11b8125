"""The assumptions behind a test: one function of all of them, and where each turns the verdict.

A claim's model takes its assumptions by name and gives value, low and high of the number that was
compared. Turning points along each axis are found by a scan and bisection
(``scipy.optimize.brentq`` needs a sign, and a verdict has none).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tallybook.claims import rows
from tallybook.claims.model import Axis, Flip, Turn, flip_id
from tallybook.claims.rules import Computed
from tallybook.claims.vocabulary import ClaimError, Verdict
from tallybook.model.numbers import Number

Judge = Callable[[Mapping[str, float]], Verdict]
SCAN = 16  # values tried on each side of an assumption
FINE = 1e-3  # how near a change is found, as a part of the step between two values that were tried
# Of an Axis.
COLUMNS = (
    *("assumption", "unit", "value", "least", "most", "reason", "basis"),
    *("lowest", "highest", "step"),
)
CLOSE = 1e-6  # how near the model comes to the number at the values that are assumed


@dataclass(frozen=True)
class Model:
    """The number that was compared, as a function of all assumptions by name:
    ``model(**assumptions) -> value, low, high``.

    Attributes
    ----------
    number: what the model gives at the values that are assumed.
    base: the function that made the number, of the assumptions that it takes by name; ``None`` if
        it takes none.
    times: assumptions that the result is multiplied by, such as the likeness of a neighbour.
    over: assumptions that the result is divided by.
    plus: assumptions that are added to the result.
    wider: assumptions that widen the range about its value, on the scale of the number.
    limit: the assumption that is the threshold itself, in place of the one that ``tested`` is
        given; it does not change the number.

    Names are those of rows in ``data/<chapter>/flips.csv``, with ``_`` for ``-``.
    """

    number: Number
    base: Callable[..., Computed] | None = field(default=None, compare=False)
    takes: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    limit: str | None = None
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        limit = (self.limit,) if self.limit else ()
        names = (*self.takes, *self.times, *self.over, *self.plus, *self.wider, *limit)
        if len(set(names)) < len(names) or bool(self.takes) != (self.base is not None):
            raise ClaimError(
                f"{self.number.id}: found the assumptions {names}; expected each once, and a base"
                " that takes some"
            )
        object.__setattr__(self, "names", names)

    def __getstate__(self) -> dict[str, Any]:
        """The functions of a chapter cannot be written to a file."""
        return {**self.__dict__, "base": None}

    def refuse_other(self, place: str, assumed: Mapping[str, float]) -> None:
        """Raise ``ClaimError`` unless it gives its number for what is assumed."""
        given, found = self(**assumed), ends(self.number)
        if any(abs(a - b) > CLOSE * max(1.0, abs(b)) for a, b in zip(given, found, strict=True)):
            wanted = f"{self.number.id}, which is {found}"
            raise ClaimError(place, f"{given} for the values that are assumed", wanted)

    def __call__(self, **assumed: float) -> Computed:
        """Value, low and high, in the unit of the number, for values of all assumptions."""
        found = (
            self.base(**{name: assumed[name] for name in self.takes})
            if self.base
            else ends(self.number)
        )
        for name in self.wider:
            found = widened(found, assumed[name], self.number.scale)
        for name in self.plus:
            found = _each(found, lambda end, by=assumed[name]: end + by)  # type: ignore[misc]
        for name in self.times:
            found = _each(found, lambda end, by=assumed[name]: end * by)  # type: ignore[misc]
        for name in self.over:
            found = _each(found, lambda end, by=assumed[name]: end / by)  # type: ignore[misc]
        return found


def ends(number: Number) -> Computed:
    """Value, low and high of a number; the value three times if it has no interval."""
    low, high = number.ends if number.low is not None else (number.value, number.value)
    return number.value, low, high


def widened(found: Computed, factor: float, scale: str) -> Computed:
    """A range whose ends lie ``factor`` times as far from the value: on logs for the scale of
    ratios, where an end allows."""
    value, low, high = found
    if scale == "ratio" and low > 0:
        return value, value * (low / value) ** factor, value * (high / value) ** factor
    return value, value + factor * (low - value), value + factor * (high - value)


def _each(found: Computed, change: Callable[[float], float]) -> Computed:
    value, low, high = map(change, found)
    return value, min(low, high), max(low, high)


def axes(chapter: str, names: Iterable[str]) -> tuple[Axis, ...]:
    """The rows of ``data/<chapter>/flips.csv``.

    Raises ``ClaimError`` for a row that is not there, and for a value outside its range.
    """
    found, place, wanted = [], f"data/{chapter}/flips.csv", list(names)
    if not wanted:
        return ()
    known = {row["flip_id"]: row for row in rows.read(f"{chapter}/flips", wanted_by="a Model")}
    for name in wanted:
        row = known.get(flip_id(name))
        if row is None:
            raise ClaimError(
                f"{place}, column flip_id: found no row {flip_id(name)!r}; expected the assumption"
                f" of a Model, or one of {', '.join(known)}"
            )
        found.append(_sound(Axis(name, **{column: row[column] for column in COLUMNS}), place))
    return tuple(found)


def _sound(axis: Axis, place: str) -> Axis:
    """The axis. Raises ``ClaimError`` if its value lies outside its range, or that outside what can
    be tried."""
    place = f"{place}, {axis.id}"
    if not axis.least <= axis.value <= axis.most or axis.least == axis.most:
        found = f"the value {axis.value:g} in {axis.least:g} to {axis.most:g}"
        raise ClaimError(place, found, "a value within a range")
    if not axis.bottom <= axis.least < axis.most <= axis.top:
        found = f"{axis.bottom:g} to {axis.top:g} in columns lowest and highest"
        raise ClaimError(place, found, f"limits around {axis.least:g} to {axis.most:g}")
    return axis


def turning(known: Sequence[Axis], judge: Judge) -> tuple[Flip, ...]:
    """For each assumption, all values in its range at which the verdict changes while the others
    stay as assumed.

    ``judge`` gives the verdict for values of all assumptions by name.
    """
    ask = _asking(known, judge)
    return tuple(_flip(axis, place, ask, len(known)) for place, axis in enumerate(known))


def _asking(known: Sequence[Axis], judge: Judge) -> Callable[[tuple[float, ...]], Verdict]:
    """The verdict at shares of the way to the ends, one for each axis; a place is judged once."""

    @cache
    def ask(shares: tuple[float, ...]) -> Verdict:
        return judge({axis.name: axis.at(share) for axis, share in zip(known, shares, strict=True)})

    return ask


def _flip(axis: Axis, place: int, ask: Callable[[tuple[float, ...]], Verdict], count: int) -> Flip:
    def alone(share: float) -> Verdict:
        return ask(tuple(share if i == place else 0.0 for i in range(count)))

    found: list[tuple[float, Verdict]] = []
    for side, end in ((-1.0, axis.least), (1.0, axis.most)):
        if end == axis.value:
            continue
        steps = [side * step / SCAN for step in range(SCAN + 1)]
        found += [
            (_between(alone, a, b), alone(b))
            for a, b in itertools.pairwise(steps)
            if alone(a) != alone(b)
        ]
    return Flip(axis, tuple(sorted(Turn(axis.at(share), verdict) for share, verdict in found)))


def _between(asked: Callable[[float], Verdict], first: float, second: float) -> float:
    """Where a verdict changes between two places that have different ones, by bisection: the first
    place past the change."""
    start, fine = asked(first), abs(second - first) * FINE
    while abs(second - first) > fine:
        middle = (first + second) / 2
        first, second = (middle, second) if asked(middle) == start else (first, middle)
    return second
