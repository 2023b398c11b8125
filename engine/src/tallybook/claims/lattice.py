"""A number as a table over its assumptions, from which a page interpolates it.

The knots of an axis are chosen so that straight lines between them follow the number: few where it
is straight, more where it bends, and two side by side where it jumps. Libraries for adaptive
sampling need a smooth function, and those for interpolation knots that somebody else has chosen.
"""

from __future__ import annotations

import itertools
import math
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import prod

from tallybook.claims.model import Axis
from tallybook.claims.rules import Computed
from tallybook.claims.vocabulary import ClaimError

Point = tuple[float, ...]
Ask = Callable[[Point], Computed]
Scales = tuple[tuple[bool, ...], tuple[bool, bool, bool]]  # whether axes, and ends, are on logs

SCAN = 8  # equal parts of an axis that are tried first
ALONE = 16  # the same of an only axis, which costs less
NEAR = 0.003  # how far a straight line may be from the number, as a part of it
FAR = 0.005  # how far it may be at a setting drawn at random
FEW = 2  # axes up to which every cell is tried
ROUNDS = 40  # times that knots are added where such a setting fails
TRIALS = 60  # settings that are drawn each time
MOST = 6000  # points; more are too heavy for a page
SHORT = 1 / 128  # part of an axis below which a bend counts as a jump
JUMP = 1e-5  # part of an axis between the two knots of a jump


@dataclass(frozen=True)
class Lattice:
    """A number over its assumptions.

    knots: of each axis, from the least up. values: value, low and high at each point; the last axis
    runs fastest, and without axes there is one point. axis_logs: whether an axis is straight on
    logs; logs: whether value, low and high are.
    """

    knots: tuple[tuple[float, ...], ...]
    values: tuple[Computed, ...]
    axis_logs: tuple[bool, ...]
    logs: tuple[bool, bool, bool]

    def at(self, point: Sequence[float]) -> Computed:
        """Value, low and high by straight lines between the knots around a point."""
        weights: dict[int, float] = {0: 1.0}
        for knots, x, on_logs in zip(self.knots, point, self.axis_logs, strict=True):
            first = _cell(knots, x)
            part = _part(knots[first], x, knots[first + 1], on_logs)
            weights = {
                place * len(knots) + first + side: weight * (part if side else 1 - part)
                for place, weight in weights.items()
                for side in (0, 1)
            }
        found = [
            _back(sum(w * _scaled(self.values[place][i], on) for place, w in weights.items()), on)
            for i, on in enumerate(self.logs)
        ]
        return found[0], found[1], found[2]


def _cell(knots: Sequence[float], x: float) -> int:
    """The place of the last knot that is not above x, and never the last of all."""
    return min(max(bisect_right(knots, x) - 1, 0), len(knots) - 2)


def _part(a: float, x: float, b: float, on_logs: bool) -> float:
    return math.log(x / a) / math.log(b / a) if on_logs else (x - a) / (b - a)


def _scaled(value: float, on_logs: bool) -> float:
    return math.log(value) if on_logs else value


def _back(value: float, on_logs: bool) -> float:
    return math.exp(value) if on_logs else value


def lattice(axes: Sequence[Axis], compute: Callable[..., Computed]) -> Lattice:
    """The lattice of a function of assumptions by name, which gives value, low and high.

    Raises ``ClaimError`` if it needs more than ``MOST`` points.
    """
    return _Making(tuple(axes), compute).made()


class _Making:
    """A lattice in the making: the number at each point that was asked for, and the knots of each
    axis."""

    def __init__(self, axes: tuple[Axis, ...], compute: Callable[..., Computed]) -> None:
        names = [axis.name for axis in axes]
        self.axes = axes
        self.ask: Ask = cache(lambda point: compute(**dict(zip(names, point, strict=True))))
        self.anchors = sorted(itertools.product(*map(_anchors, axes)))
        self.names = ", ".join(axis.id for axis in axes)
        # Logs where they are possible, unless the number bends less without them.
        plain: Scales = ((False,) * len(axes), (False, False, False))
        self.axis_logs, self.logs = min((self._logs(), plain), key=self._bend)
        self.knots = [self._along(place) for place in range(len(axes))]

    def _logs(self) -> Scales:
        """Logs for each axis, and for value, low and high, wherever they are possible."""
        known = [self.ask(anchor) for anchor in self.anchors]
        on = [min(one[i] for one in known) > 0 for i in range(3)]
        factors = tuple(axis.unit == "times" and axis.bottom > 0 for axis in self.axes)
        return factors, (on[0], on[1], on[2])

    def _bend(self, scales: Scales) -> float:
        """How far the number is from straight lines, over all axes."""
        self.axis_logs, self.logs = scales
        total = 0.0
        for place, axis in enumerate(self.axes):
            line = _Line(self, place, self.anchors)
            for a, b in itertools.pairwise(sorted({axis.bottom, axis.value, axis.top})):
                total += 0 if axis.step else line.off(a, line.middle(a, b), b)
        return total

    def made(self) -> Lattice:
        draw = random.Random(len(self.axes))
        for _ in range(ROUNDS):
            found = self._table()
            tried = [*self._middles(), *(self._anywhere(draw) for _ in range(TRIALS))]
            far = max(tried, key=lambda point: _far(found.at(point), self.ask(point)))
            if _far(found.at(far), self.ask(far)) <= FAR:
                return found
            self._refine(far)
        expected = "assumptions that bend it less, or a step in column step"
        raise ClaimError(
            self.names, f"a number that {ROUNDS} further knots do not follow", expected
        )

    def _middles(self) -> list[Point]:
        """The middle of each cell of a lattice of one or two axes, which has few."""
        if len(self.axes) > FEW:
            return []
        sides = []
        for axis, knots in zip(self.axes, self.knots, strict=True):
            jump = 2 * JUMP * (axis.top - axis.bottom)
            between = [(a + b) / 2 for a, b in itertools.pairwise(knots) if b - a > jump]
            sides.append(knots if axis.step else between)
        return list(itertools.product(*sides))

    def _anywhere(self, draw: random.Random) -> Point:
        return tuple(axis.stepped(draw.uniform(axis.bottom, axis.top)) for axis in self.axes)

    def _table(self) -> Lattice:
        if (points := prod(map(len, self.knots))) > MOST:
            raise ClaimError(self.names, f"{points} points for a panel", f"at most {MOST}")
        knots = tuple(map(tuple, self.knots))
        values = tuple(map(self.ask, itertools.product(*knots)))
        return Lattice(knots, values, self.axis_logs, self.logs)

    def _refine(self, far: Point) -> None:
        """Add knots about a point where the lattice failed, on the axis along which it fails
        most."""
        around: dict[int, tuple[float, float]] = {}
        for place, (knots, x) in enumerate(zip(self.knots, far, strict=True)):
            if not self.axes[place].step and x not in knots:
                first = _cell(knots, x)
                around[place] = (knots[first], knots[first + 1])
        lines = {place: _Line(self, place, [far]) for place in around}
        most = max(
            around,
            key=lambda place: lines[place].off(around[place][0], far[place], around[place][1]),
        )
        a, b = around[most]
        more = {*lines[most].between(a, far[most]), *lines[most].between(far[most], b)}
        self.knots[most] = sorted({*self.knots[most], *more})

    def _along(self, place: int) -> list[float]:
        """The knots of one axis, by what the number does along it through the anchors."""
        axis = self.axes[place]
        if axis.step:
            return _anchors(axis)
        line = _Line(self, place, self.anchors)
        count = ALONE if len(self.axes) == 1 else SCAN
        even = [line.middle(axis.bottom, axis.top, i / count) for i in range(1, count)]
        tried = sorted({axis.bottom, axis.least, axis.value, axis.most, axis.top, *even})
        found = {axis.bottom, axis.value, axis.top}
        for a, b in itertools.pairwise(tried):
            found.update(line.between(a, b))
        return line.needed(sorted(found), {axis.bottom, axis.value, axis.top})


def _anchors(axis: Axis) -> list[float]:
    """Values of an axis through which the others are looked at: its ends and what we take, or every
    one that a step allows."""
    if not axis.step:
        return sorted({axis.bottom, axis.value, axis.top})
    below = round((axis.value - axis.bottom) / axis.step)
    above = round((axis.top - axis.value) / axis.step)
    return [axis.value + i * axis.step for i in range(-below, above + 1)]


class _Line:
    """What the number does along one axis, through some points."""

    def __init__(self, making: _Making, place: int, points: list[Point]) -> None:
        others = sorted({(one[:place], one[place + 1 :]) for one in points})
        self.along = cache(lambda x: [making.ask((*before, x, *after)) for before, after in others])
        self.on_logs, self.logs = making.axis_logs[place], making.logs
        span = making.axes[place].top - making.axes[place].bottom
        self.short, self.jump = SHORT * span, JUMP * span

    def middle(self, a: float, b: float, part: float = 0.5) -> float:
        """The place at a part of the way."""
        return float(a * (b / a) ** part) if self.on_logs else a + part * (b - a)

    def off(self, a: float, x: float, b: float) -> float:
        """How far a straight line from a to b is from the number at x."""
        part = _part(a, x, b, self.on_logs)
        worst = 0.0
        for one, other, real in zip(self.along(a), self.along(b), self.along(x), strict=True):
            guess = [
                _back((1 - part) * _scaled(p, on) + part * _scaled(q, on), on)
                for p, q, on in zip(one, other, self.logs, strict=True)
            ]
            worst = max(worst, _far((guess[0], guess[1], guess[2]), real))
        return worst

    def between(self, a: float, b: float) -> Iterator[float]:
        """Knots from a to b that follow the number; two side by side where it jumps."""
        yield from (a, b)
        middle = self.middle(a, b)
        if self.off(a, middle, b) <= NEAR:
            return
        if b - a > self.short:
            yield from self.between(a, middle)
            yield from self.between(middle, b)
            return
        while b - a > self.jump:
            middle = (a + b) / 2
            a, b = (a, middle) if self.along(middle) != self.along(a) else (middle, b)
        yield from (a, b)

    def needed(self, knots: list[float], keep: set[float]) -> list[float]:
        """The knots without those that a straight line between their neighbours gives as well."""
        found = [knots[0]]
        for place, knot in enumerate(knots[1:-1], start=1):
            after = knots[place + 1]
            between = [one for one in knots if found[-1] < one < after]
            if knot in keep or any(self.off(found[-1], one, after) > NEAR for one in between):
                found.append(knot)
        return [*found, knots[-1]]


def _far(guess: Computed, true: Computed) -> float:
    """How far a guess is off, as a part of each number, or of the width of the range where the
    number is nearly nought."""
    width = abs(true[2] - true[1])
    return max(abs(a - b) / max(abs(b), width / 4, 1e-12) for a, b in zip(guess, true, strict=True))
