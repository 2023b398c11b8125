"""What charts on two axes share: the field between the axes, reference lines, shaded spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from tallybook.charts.drawing import (
    along,
    axis,
    fixed,
    from_edge,
    lines_of,
    width,
    wrap,
    x_range,
    x_scale,
)
from tallybook.charts.rules import Rule, Span, beside, drawn, stacked
from tallybook.charts.theme import LINE, colour

HEIGHT = {False: 320, True: 280}  # px, broad and narrow


@dataclass(frozen=True)
class Axis:
    """One axis as it was asked for: the values at its ends, and how they are shown."""

    ends: tuple[Any, Any]
    log: bool = False
    fmt: str | None = None
    title: str = ""
    time: bool = False

    @property
    def kind(self) -> str:
        """The type of its values, as Vega-Lite abbreviates it."""
        return "T" if self.time else "Q"


@dataclass(frozen=True)
class Field:
    """The field of a chart on two axes in one of its widths: its axes, and the pixels that they and
    their labels have. ``right``: pixels at the right that belong to labels; ``heads``: lines of
    text above the plot."""

    level: Axis
    upright: Axis
    narrow: bool
    right: float = 8
    heads: int = 0

    @property
    def full(self) -> int:
        return width(self.narrow)

    @property
    def height(self) -> float:
        return HEIGHT[self.narrow]

    @property
    def top(self) -> float:
        return (LINE + 4) * self.heads

    @property
    def x_scale(self) -> alt.Scale:
        if not self.level.time:
            return x_scale(self.level.ends, 0, self.right, self.level.log)
        days = [pd.Timestamp(end).isoformat() for end in self.level.ends]
        return alt.Scale(type="time", domain=days, range=x_range(0, self.right), nice=False)

    @property
    def y_scale(self) -> alt.Scale:
        kind: Literal["log", "linear"] = "log" if self.upright.log else "linear"
        ends, span = list(self.upright.ends), [self.height, self.top]
        return alt.Scale(type=kind, domain=ends, range=span, nice=False, zero=False)

    def x(self, column: str) -> alt.X:
        """The level axis, for the values of a column."""
        level = self.level
        if level.time:
            count = 4 if self.narrow else 7
            drawn = {"format": level.fmt or "%Y", "tickCount": count, "title": level.title}
        else:
            drawn = axis(level.ends, self.full - self.right, level.log, level.fmt, level.title)
        drawn["grid"] = False
        return alt.X(f"{column}:{level.kind}", scale=self.x_scale, axis=drawn)

    def y(self, column: str) -> alt.Y:
        """The upright axis, for the values of a column; its title stands above it."""
        upright = self.upright
        drawn = axis(
            upright.ends, self.height - self.top, upright.log, upright.fmt, upright.title, each=45
        )
        # It stands above the texts of upright rules, if there are any.
        drawn |= {"titleX": 0, "titleAnchor": None, "titleY": -2 if self.heads else -22}
        return alt.Y(f"{column}:Q", scale=self.y_scale, axis=drawn)

    def pixels(self, values: Iterable[Any], inner: float) -> list[float]:
        """Where values stand on the level axis of ``inner`` pixels, from its left end."""
        return [inner * _share(value, self.x_scale) for value in values]

    def pixel(self, value: float) -> float:
        """Where a value stands on the upright axis, in pixels from the top."""
        share = along(value, *self.upright.ends, self.upright.log)
        return self.height - share * (self.height - self.top)


def heads(rules: Sequence[Rule], spans: Sequence[Span] = ()) -> int:
    """Lines of text above a plot: one for each upright rule, and one that all spans share."""
    return max(sum(1 for rule in rules if rule.axis == "x"), 1 if spans else 0)


def span_layers(spans: Sequence[Span], field: Field) -> list[alt.Chart]:
    """Shaded stretches of the x axis with their text on top."""
    layers = []
    for span in spans:
        frame = pd.DataFrame({"start": [span.start], "end": [span.end], "text": [span.text]})
        if field.level.time:
            frame[["start", "end"]] = frame[["start", "end"]].apply(pd.to_datetime)
        base, hue = alt.Chart(frame), colour(span.colour)
        x = alt.X(f"start:{field.level.kind}", scale=field.x_scale)
        box = base.mark_rect(color=hue, opacity=0.12)
        layers.append(box.encode(x=x, x2=alt.X2("end"), **fixed(y=field.top, y2=field.height)))
        words = base.mark_text(align="left", baseline="middle", color=hue)
        layers.append(words.encode(x=x, **fixed(y=field.top - LINE / 2), text=alt.Text("text:N")))
    return layers


def rule_layers(rules: Sequence[Rule], field: Field) -> list[alt.Chart]:
    """Reference lines with their texts: at the top of an upright line, or left on a level one."""
    level = [rule for rule in rules if rule.axis == "y"]
    upright = [rule for rule in rules if rule.axis == "x"]
    at = field.pixels([rule.value for rule in upright], field.full - field.right - 45)
    layers = [layer for rule in level for layer in _level_rule(rule, field)]
    for row, (rule, right) in enumerate(stacked(upright, at, field.full - 45)):
        layers += _upright_rule(rule, field, row, right)
    return layers


def _level_rule(rule: Rule, field: Field) -> list[alt.Chart]:
    text = wrap(rule.text, field.full - field.right - 55)
    base, y, count = _at(rule, text), alt.Y("at:Q", scale=field.y_scale), lines_of(text)
    over = field.pixel(float(rule.value)) > field.top + LINE * count
    shift = {"baseline": "bottom", "dy": -LINE * (count - 1) - 4}
    look: dict[str, Any] = shift if over else {"baseline": "top", "dy": 5}
    words = base.mark_text(color=colour(rule.colour), lineBreak="\n", align="left", dx=4, **look)
    across = fixed(x=0, x2=from_edge(field.right))
    line = [mark.encode(**across, y=y) for mark in drawn(base, rule)]
    return [*line, words.encode(**fixed(x=0), y=y, text=alt.Text("text:N"))]


def _upright_rule(rule: Rule, field: Field, row: int, right: bool) -> list[alt.Chart]:
    """``row``: how many upright rules have their text above this one's; ``right``: whether its own
    stands at the right of the line."""
    base = _at(rule, rule.text, field.level.time)
    x, start = alt.X(f"at:{field.level.kind}", scale=field.x_scale), row * (LINE + 4)
    words = base.mark_text(color=colour(rule.colour), baseline="middle", **beside(right, 6))
    upright = fixed(y=start + 2, y2=field.height)
    line = [mark.encode(x=x, **upright) for mark in drawn(base, rule)]
    return [*line, words.encode(x=x, **fixed(y=start + LINE / 2), text=alt.Text("text:N"))]


def _at(rule: Rule, text: str, time: bool = False) -> alt.Chart:
    """The place of a rule and its text, as the data of a chart."""
    frame = pd.DataFrame({"at": [rule.value], "text": [text]})
    return alt.Chart(frame.assign(at=pd.to_datetime(frame["at"])) if time else frame)


def _share(value: float | str, scale: alt.Scale) -> float:
    """How far along the x axis a value or a day is, from 0 to 1."""
    low, high = scale.domain
    if scale.type == "time":
        value, low, high = (pd.Timestamp(day).value for day in (value, low, high))
    return along(float(value), low, high, scale.type == "log")
