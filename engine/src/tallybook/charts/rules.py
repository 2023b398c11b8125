"""Reference lines and shaded stretches, and how their texts stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tallybook.charts.drawing import px
from tallybook.charts.grammar import DASH, OPEN
from tallybook.charts.theme import colour


@dataclass(frozen=True)
class Rule:
    """A reference line: at ``value``, with ``text``, in a colour of the palette (a claim unless
    said). ``axis`` is the axis it stands on: ``x`` draws an upright line, ``y`` a level one. On an
    axis of time ``value`` is a day. ``bound``: the most or the least there can be."""

    value: float | str
    text: str
    colour: str = "claim"
    axis: str = "x"
    bound: bool = False


@dataclass(frozen=True)
class Span:
    """A stretch of the x axis that is shaded, with ``text`` at its top."""

    start: float | str
    end: float | str
    text: str
    colour: str = "soft"


def values_of(rules: Iterable[Rule], axis: str) -> list[float]:
    """Where rules stand on an axis of numbers."""
    return [float(rule.value) for rule in rules if rule.axis == axis]


def beside(right: bool, gap: float) -> dict[str, Any]:
    """How a text stands at a place: at the right of it or at the left, with a gap in pixels."""
    return {"align": "left" if right else "right", "dx": gap if right else -gap}


def stacked(rules: Sequence[Rule], at: Sequence[float], full: float) -> list[tuple[Rule, bool]]:
    """Upright rules in the order of their texts from the top, and whether each text stands at the
    right of its line. No line runs through another's text if one side has room for all. ``at``:
    pixels from the left edge, of ``full``."""
    wide = [px(rule.text) + 14 for rule in rules]
    right = [place + room <= full for place, room in zip(at, wide, strict=True)]
    left = [place >= room for place, room in zip(at, wide, strict=True)]
    order = list(range(len(rules)))
    if all(right) or all(left):
        order.sort(key=lambda i: at[i], reverse=not all(right))
        right = [all(right)] * len(rules)
    return [(rules[i], right[i]) for i in order]


def drawn(base: alt.Chart, rule: Rule) -> list[alt.Chart]:
    """The marks of a reference line: solid, or dashed for a claim, or open for a bound."""
    if rule.bound:
        edges = zip((rule.colour, "paper"), OPEN, strict=True)
        return [base.mark_rule(color=colour(hue), strokeWidth=wide) for hue, wide in edges]
    dash = DASH if rule.colour == "claim" else alt.Undefined
    return [base.mark_rule(color=colour(rule.colour), strokeWidth=2, strokeDash=dash)]
