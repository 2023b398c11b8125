"""How solid verdicts are: which turn first, what is said of each, and which measurements carry
most."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from tallybook.claims import measurements
from tallybook.claims.model import Axis, Flip, Judgement
from tallybook.claims.settle import part, shown, span, where_turned
from tallybook.language import gettext as _

Group = tuple[list[str], list[str]]  # measurements, and the claims that rest on each of them


def ordered(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that rest on assumptions: those that the smallest joint change turns first; last those
    that nothing turns. Verdicts that turn alike keep their order."""
    resting = [one for one in judgements if one.flips]
    return sorted(resting, key=lambda one: one.joint.size if one.joint else math.inf)


def turns(judgement: Judgement) -> str:
    """The smallest change that turns a verdict, in a few words."""
    if judgement.joint is None:
        return _("No plausible change turns it.")
    return _("{part} of the way turns it.").format(part=part(judgement.joint))


def brief(flip: Flip) -> str:
    """What we take, what is plausible, and where the verdict turns."""
    one = flip.axis
    least, most = span(one)
    said = _("We take {value}. Plausible: {least} to {most}.").format(
        value=shown(one.value, one.unit), least=least, most=most
    )
    if not flip.turns:
        return f"{said} {_('No value in between turns the verdict.')}"
    return f"{said} {_('The verdict turns {where}.').format(where=where_turned(flip))}"


def stretches(flip: Flip, verdict: str) -> tuple[list[float], list[str]]:
    """Where the verdict turns on the way from the least to the most plausible value, as shares of
    the way; and the verdict of each stretch in between, one more. ``verdict``: at what we take."""
    axis, turning = flip.axis, sorted(flip.turns)
    below = [str(turn.verdict) for turn in turning if turn.at < axis.value]
    above = [str(turn.verdict) for turn in turning if turn.at >= axis.value]
    return [place(axis, turn.at) for turn in turning], [*below, verdict, *above]


def place(axis: Axis, value: float) -> float:
    """How far a value lies on the way from the least to the most plausible one, from 0 to 1."""
    return replace(axis, value=axis.least).share(value)


def carried(judgements: Iterable[Judgement]) -> list[Group]:
    """Measurements that carry the same verdicts, each group with the ids of its claims: those that
    carry most first."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for measurement, claims in measurements.carried(judgements).items():
        groups.setdefault(tuple(claims), []).append(measurement)
    return [(found, list(claims)) for claims, found in groups.items()]
