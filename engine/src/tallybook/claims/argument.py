"""What a verdict rests on, as a function that a reader may move: in Python, and as plain data from
which a page reckons it again.

The page interpolates the number of each test on its lattice, changes it by the assumptions that
multiply, add or widen, and applies the rules of ``tallybook.claims.rules``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tallybook.claims import rules
from tallybook.claims.assumptions import Model, ends
from tallybook.claims.comparison import Comparison
from tallybook.claims.lattice import Lattice, lattice
from tallybook.claims.model import Axis, Flip, flip_id
from tallybook.claims.rules import Computed, Thresholds
from tallybook.claims.vocabulary import ClaimError, Verdict

KNOT, END = 6, 4  # significant digits of the knots and of the numbers that a page is given
# Steps for one in the natural logarithm of a number; so few keep it to a fifth of a percent.
LOG_STEPS = 800


def settled(
    model: Model, rule: Comparison, assumed: Mapping[str, float]
) -> tuple[Computed, Verdict]:
    """The number of one comparison and its verdict alone, for what is assumed."""
    found = model(**{name: assumed[name] for name in model.names})
    return found, rule.with_limit(assumed.get(model.limit or ""))(found)


@dataclass(frozen=True)
class Case:
    """One comparison: how the number follows from the assumptions, what it is compared with, and
    the number tabled over the assumptions that its model ``takes``."""

    model: Model
    rule: Comparison
    lattice: Lattice

    def settled(self, assumed: Mapping[str, float]) -> tuple[Computed, Verdict]:
        """The number and the verdict of this comparison alone, in Python. Raises ``ClaimError`` in
        a report that was read from a file, which has no functions."""
        if self.model.takes and self.model.base is None:
            number = self.model.number.id
            raise ClaimError(number, "no function", "a report that was computed just now")
        return settled(self.model, self.rule, assumed)


@dataclass(frozen=True)
class Settled:
    """What follows from a setting: what is assumed, by name; value, low and high of each case, its
    verdict, and the verdict of all together, which is not the claim's where that ``stays``."""

    assumed: Mapping[str, float]
    found: tuple[Computed, ...]
    each: tuple[Verdict, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Argument:
    """All comparisons of a claim with the assumptions behind them.

    told: the verdict of texts on the same claim, which joins those of the cases. ``stays``: the
    cases do not test the claim, and only show what follows if its figure is right, so that its
    verdict stays whatever is assumed; ``flips``: where that then changes.
    """

    axes: tuple[Axis, ...]
    cases: tuple[Case, ...]
    thresholds: Thresholds
    told: Verdict | None = None
    stays: bool = False
    flips: tuple[Flip, ...] = ()

    def assumed(self, moved: Mapping[str, float]) -> dict[str, float]:
        """The values of all assumptions by name, if some, by their id, are moved from what we take.

        Raises ``ClaimError`` for an assumption that is not behind the claim, and for a value that
        may not be tried.
        """
        found = {axis.name: axis.value for axis in self.axes}
        known = {axis.id: axis for axis in self.axes}
        for name, value in moved.items():
            place = f"assumption {name!r}"
            if name not in known:
                raise ClaimError(place, "none of that name", f"one of {', '.join(known)}")
            found[known[name].name] = known[name].allowed(value, place)
        return found

    def settled(self, moved: Mapping[str, float]) -> Settled:
        """What follows if some assumptions, by their id, are moved. Raises what ``assumed``
        raises."""
        assumed = self.assumed(moved)
        found = [case.settled(assumed) for case in self.cases]
        each = tuple(verdict for _, verdict in found)
        told = () if self.told is None else (self.told,)
        verdict = rules.together((*each, *told))
        return Settled(assumed, tuple(one for one, _ in found), each, verdict)

    def record(self) -> dict[str, Any]:
        """Everything that a page needs to reckon it, plain; names of assumptions are their ids."""
        figures = any(case.rule.kind == "figure" for case in self.cases)
        return {
            "axes": [_axis(axis) for axis in self.axes],
            "cases": [_case(case) for case in self.cases],
            "told": None if self.told is None else str(self.told),
            "stays": self.stays,
            "thresholds": asdict(self.thresholds) if figures else None,
            "log_steps": LOG_STEPS,
        }


def argument(
    behind: Sequence[Axis],
    pairs: Sequence[tuple[Model, Comparison]],
    told: Verdict | None = None,
    stays: bool = False,
    flips: tuple[Flip, ...] = (),
) -> Argument:
    """The argument behind some comparisons, of which ``behind`` holds all assumptions. Raises
    ``ClaimError`` for a number that bends too much to be tabled."""
    cases = tuple(Case(model, rule, _tabled(model, behind)) for model, rule in pairs)
    return Argument(tuple(behind), cases, pairs[0][1].limits, told, stays, flips)


_TABLED: dict[tuple[object, ...], Lattice] = {}  # several claims rest on the same number


def _tabled(model: Model, behind: Sequence[Axis]) -> Lattice:
    taken = [next(axis for axis in behind if axis.name == name) for name in model.takes]
    given = ends(model.number)
    key = (model.number.id, given, *taken)
    if key not in _TABLED:
        _TABLED[key] = lattice(taken, model.base or (lambda: given))
    return _TABLED[key]


def _axis(axis: Axis) -> dict[str, Any]:
    return {
        "id": axis.id,
        "unit": axis.unit,
        "value": axis.value,
        "range": [axis.least, axis.most],
        "limits": [axis.bottom, axis.top],
        "step": axis.step,
    }


def _case(case: Case) -> dict[str, Any]:
    model, rule, told = case.model, case.rule, case.lattice
    figure, number = rule.kind == "figure", model.number
    ways = ("wider", "plus", "times", "over")  # in the order in which a Model applies them
    return {
        "ratio": number.scale == "ratio",
        "kind": rule.kind,
        "limit": rule.limit,
        "figure": rule.claim.ends if figure else None,
        "said": rule.claim.said if figure else None,
        "share": rule.share,
        "weak": rule.weak,
        "takes": [flip_id(name) for name in model.takes],
        "then": [[way, flip_id(name)] for way in ways for name in getattr(model, way)],
        "limit_axis": None if model.limit is None else flip_id(model.limit),
        "knots": [[_short(x, KNOT) for x in knots] for knots in told.knots],
        "axis_logs": list(told.axis_logs),
        "logs": list(told.logs),
        "steps": [bool(min(ends) > 0) for ends in zip(*told.values, strict=True)],
        "values": [
            _packed(ends, [len(knots) for knots in told.knots])
            for ends in zip(*told.values, strict=True)
        ],
    }


def _packed(ends: Sequence[float], counts: Sequence[int]) -> list[float]:
    """What a page is given of one end at all points, of which ``counts`` lie along each axis.

    If all are positive, it is their logarithm in whole steps, as differences along every axis:
    where the assumptions multiply a number, most of them are nought.
    """
    if min(ends) <= 0:
        return [_short(end, END) for end in ends]
    steps = [round(math.log(end) * LOG_STEPS) for end in ends]
    stride = 1
    for count in reversed(counts):
        steps = [
            step - steps[place - stride] if place // stride % count else step
            for place, step in enumerate(steps)
        ]
        stride *= count
    return [*steps]


def _short(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
