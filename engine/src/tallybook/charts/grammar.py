"""The grammar of marks, the same in every chart: solid is measured or computed, open is a bound
(the most or the least there can be), dashed is claimed. The colour of claims is
dashed wherever it is drawn, and nothing else is. So are reference lines; here is also how their
texts stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from tallybook.charts.drawing import ChartError, fixed, px
from tallybook.charts.theme import LINE, colour
from tallybook.pictures.palette import PALETTE

KINDS = ("measured", "bound", "claimed")
DASH = [4, 3]  # px of a dash and of a gap
OPEN = (5, 2)  # px: an open line, and the paper inside it
HALF = 6  # px from the middle of a bar to its edge
HUE = alt.Color("_hue:N", scale=None)  # the colour that a row names
CLAIM = PALETTE["claim"]
LINES: dict[str, dict[str, Any]] = {
    "claimed": {"strokeDash": DASH},
    "bound": {"strokeWidth": OPEN[0]},
}


def kinds_of(rows: pd.DataFrame, hues: Sequence[str], column: str | None = None) -> list[str]:
    """What each row is: as a column names it, or else by its colour. Raises ``ChartError`` for a
    kind that there is not."""
    if column is None:
        return ["claimed" if hue == CLAIM else "measured" for hue in hues]
    kinds = [str(kind) for kind in rows[column]]
    if wrong := [kind for kind in kinds if kind not in KINDS]:
        raise ChartError(f"found a mark of kind {wrong[0]!r}; expected one of: {', '.join(KINDS)}")
    return kinds


def of_kind(base: alt.Chart, kind: str) -> alt.Chart:
    """The rows of ``base`` that are of a kind."""
    rows: alt.Chart = base.transform_filter(f"datum._kind === '{kind}'")
    return rows


def bars(base: alt.Chart, kinds: Sequence[str]) -> list[alt.Chart]:
    """Level bars without places yet: one layer for each kind that occurs."""
    open_: dict[str, Any] = {"size": 2 * HALF - 2, "filled": False, "strokeWidth": 2}
    looks = {
        "measured": {"size": 2 * HALF},
        "bound": open_,
        "claimed": open_ | {"strokeDash": DASH},
    }
    found = [(kind, look) for kind, look in looks.items() if kind in kinds]
    return [of_kind(base, kind).mark_bar(orient="horizontal", **look) for kind, look in found]


def points(base: alt.Chart, kinds: Sequence[str], size: int = 95) -> list[alt.Chart]:
    """Points without places yet: one layer for each kind that occurs."""
    open_: dict[str, Any] = {"filled": False, "fill": PALETTE["paper"], "strokeWidth": 2.5}
    looks = {
        "measured": {"filled": True},
        "bound": open_,
        "claimed": open_ | {"strokeDash": [3, 2]},
    }
    found = [(kind, look) for kind, look in looks.items() if kind in kinds]
    return [of_kind(base, kind).mark_point(size=size, opacity=1, **look) for kind, look in found]


def spans(base: alt.Chart, kinds: Sequence[str]) -> list[alt.Chart]:
    """Lines of intervals without places yet: dashed for claims, one layer for each kind."""
    looks = {
        kind: {"strokeDash": DASH} if kind == "claimed" else {"strokeCap": "round"}
        for kind in kinds
    }
    return [
        of_kind(base, kind).mark_rule(strokeWidth=5, opacity=0.45, **look)
        for kind, look in looks.items()
    ]


def curves(plain: alt.Chart, kinds: Sequence[str]) -> list[alt.Chart]:
    """Lines without places yet, one for each series (``_name``) in ``plain``, which names no
    colours."""
    series = plain.encode(detail=alt.Detail("_name:N"))
    layers = []
    for kind in dict.fromkeys(kinds):
        rows, look = of_kind(series, kind), LINES.get(kind, {})
        layers.append(rows.mark_line(**look).encode(color=HUE))
        if kind == "bound":
            layers.append(rows.mark_line(strokeWidth=OPEN[1], color=PALETTE["paper"]))
    return layers


def strokes(base: alt.Chart, y: str, y2: str) -> alt.Chart:
    """Upright dashed strokes where claims stand, from ``y`` to ``y2`` (columns of pixels)."""
    mark = base.mark_rule(color=CLAIM, strokeWidth=3, strokeDash=DASH)
    drawn: alt.Chart = mark.encode(y=alt.Y(f"{y}:Q", scale=None, axis=None), y2=alt.Y2(f"{y2}:Q"))
    return drawn


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


def values_of(rules: Iterable[Rule], axis: str) -> list[float]:
    """Where rules stand on an axis of numbers."""
    return [float(rule.value) for rule in rules if rule.axis == axis]


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


def at_rule(rule: Rule, text: str, time: bool = False) -> alt.Chart:
    """The place of a rule and its text, as the data of a chart."""
    frame = pd.DataFrame({"at": [rule.value], "text": [text]})
    return alt.Chart(frame.assign(at=pd.to_datetime(frame["at"])) if time else frame)


def upright(
    rules: Sequence[Rule],
    at: Sequence[float],
    full: float,
    scale: alt.Scale,
    top: float,
    foot: float,
) -> list[alt.Chart]:
    """Upright reference lines from ``top`` to ``foot``, each with its text on a line of its own.
    ``at``: see ``stacked``."""
    layers, time = [], scale.type == "time"
    for row, (rule, right) in enumerate(stacked(rules, at, full)):
        base, start = at_rule(rule, rule.text, time), top + row * (LINE + 2)
        x = alt.X("at:T" if time else "at:Q", scale=scale)
        layers += [line.encode(x=x, **fixed(y=start, y2=foot)) for line in drawn(base, rule)]
        side: dict[str, Any] = {"align": "left", "dx": 6} if right else {"align": "right", "dx": -6}
        text = base.mark_text(baseline="middle", color=colour(rule.colour), **side)
        layers.append(text.encode(x=x, **fixed(y=start + LINE / 2), text=alt.Text("text:N")))
    return layers
