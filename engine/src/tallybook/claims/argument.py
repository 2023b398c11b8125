"""What a verdict rests on, as a function that a reader may move: in Python, and as plain data from
which a page reckons it again.

The page interpolates the number of each test on its lattice, changes it by the assumptions that
multiply, add or widen, and applies the rules of ``tallybook.claims.rules``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from tallybook.claims import rules
from tallybook.claims.assumptions import Model, axes, ends
from tallybook.claims.comparison import Comparison
from tallybook.claims.lattice import Lattice, lattice
from tallybook.claims.model import Axis, Flip
from tallybook.claims.rules import Computed, Thresholds
from tallybook.claims.vocabulary import ClaimError, Verdict

KNOT, END = 6, 4  # significant digits of the knots and of the numbers that a page is given
LOG_STEPS = (
    2000  # a number that is given by its natural logarithm is given in so many steps for one
)


@dataclass(frozen=True)
class Case:
    """One comparison: how the number follows from the assumptions, and what it is compared with.

    Attributes
    ----------
    number: id of the number; ``unit`` and ``scale``: its own.
    kind: ``figure``, ``above`` or ``below``; ``limit``: the threshold; ``figure`` and ``said``: the
        published figure, and what it can mean as it was rounded (see ``rules.quantity``).
    share: whether distances are points; ``weak``: whether no firm verdict follows.
    takes: the assumptions that are the axes of the lattice; ``times``, ``over``, ``plus``,
        ``wider`` and ``limit_axis``: see ``Model``.
    compute: value, low and high in Python; ``None`` in a report that was read from a file.
    """

    number: str
    unit: str
    scale: str
    kind: str
    limit: float | None
    figure: tuple[float, float] | None
    said: tuple[float, float] | None
    share: bool
    weak: bool
    takes: tuple[str, ...]
    times: tuple[str, ...]
    over: tuple[str, ...]
    plus: tuple[str, ...]
    wider: tuple[str, ...]
    limit_axis: str | None
    lattice: Lattice
    compute: Callable[..., Computed] | None = field(default=None, compare=False)
    rule: Comparison | None = field(default=None, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """Functions of a chapter cannot be written to a file; a page does without them."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return kept | {"compute": None, "rule": None}

    def settled(self, assumed: Mapping[str, float]) -> tuple[Computed, Verdict]:
        """The number and the verdict of this comparison alone, in Python. Raises ``ClaimError`` in
        a report that was read from a file."""
        if self.compute is None or self.rule is None:
            raise ClaimError(self.number, "no function", "a report that was computed just now")
        found = self.compute(**assumed)
        return found, self.rule.with_limit(assumed.get(self.limit_axis or ""))(found)


@dataclass(frozen=True)
class Settled:
    """What follows from a setting: value, low and high of each case, its verdict, and the verdict
    of all together, which is not the claim's where that ``stays``."""

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
            axis = known[name]
            if not axis.bottom <= value <= axis.top:
                raise ClaimError(place, f"{value:g}", f"{axis.bottom:g} to {axis.top:g}")
            found[axis.name] = axis.stepped(value)
        return found

    def settled(self, moved: Mapping[str, float]) -> Settled:
        """What follows if some assumptions, by their id, are moved. Raises what ``assumed``
        raises."""
        assumed = self.assumed(moved)
        found = [case.settled(assumed) for case in self.cases]
        each = tuple(verdict for _, verdict in found)
        told = () if self.told is None else (self.told,)
        return Settled(tuple(one for one, _ in found), each, rules.together((*each, *told)))

    def record(self) -> dict[str, Any]:
        """Everything that a page needs to reckon it, plain; names of assumptions are their ids."""
        return {
            "axes": [_axis(axis) for axis in self.axes],
            "cases": [_case(case) for case in self.cases],
            "told": None if self.told is None else str(self.told),
            "stays": self.stays,
            "thresholds": asdict(self.thresholds),
            "log_steps": LOG_STEPS,
        }


def argument(
    chapter: str,
    pairs: Iterable[tuple[Model, Comparison]],
    told: Verdict | None = None,
    stays: bool = False,
) -> Argument:
    """The argument behind some comparisons. Raises ``ClaimError`` for a number that bends too much
    to be tabled."""
    pairs = list(pairs)
    behind = axes(chapter, dict.fromkeys(name for model, _ in pairs for name in model.names))
    cases = tuple(_of(model, rule, behind) for model, rule in pairs)
    return Argument(behind, cases, pairs[0][1].limits, told, stays)


_TABLED: dict[tuple[object, ...], Lattice] = {}  # several claims rest on the same number


def _of(model: Model, rule: Comparison, behind: Sequence[Axis]) -> Case:
    taken = [next(axis for axis in behind if axis.name == name) for name in model.takes]
    given = ends(model.number)
    key = (model.number.id, given, *taken)
    if key not in _TABLED:
        _TABLED[key] = lattice(taken, model.base or (lambda: given))
    figure = rule.kind == "figure"
    return Case(
        model.number.id,
        model.number.unit,
        model.number.scale,
        rule.kind,
        rule.limit,
        rule.claim.ends if figure else None,
        rule.claim.said if figure else None,
        rule.share,
        rule.weak,
        model.takes,
        model.times,
        model.over,
        model.plus,
        model.wider,
        model.limit,
        _TABLED[key],
        lambda **assumed: model(**assumed),
        rule,
    )


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
    told = case.lattice
    plain = ("number", "unit", "scale", "kind", "limit", "figure", "said", "share", "weak")
    ops = ("wider", "plus", "times", "over")
    return {
        **{name: getattr(case, name) for name in plain},
        "takes": [_id(name) for name in case.takes],
        # In the order in which a Model applies them.
        "then": [[op, _id(name)] for op in ops for name in getattr(case, op)],
        "limit_axis": None if case.limit_axis is None else _id(case.limit_axis),
        "knots": [[_short(x, KNOT) for x in knots] for knots in told.knots],
        "axis_logs": list(told.axis_logs),
        "logs": list(told.logs),
        "values": [
            _packed([point[i] for point in told.values], logs) for i, logs in enumerate(told.logs)
        ],
    }


def _packed(ends: list[float], logs: bool) -> list[float]:
    """What a page is given of one end at all points: on logs, whole steps from point to point,
    which are short."""
    if not logs:
        return [_short(end, END) for end in ends]
    steps = [round(math.log(end) * LOG_STEPS) for end in ends]
    return [steps[0], *(b - a for a, b in itertools.pairwise(steps))]


def _id(name: str) -> str:
    return name.replace("_", "-")


def _short(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
