"""The field between the axes of a chart on two axes, in one of its widths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from tallybook.charts.drawing import along, axis, width, x_range, x_scale
from tallybook.charts.theme import LINE

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
    text above the plot; ``tall``: its height, if not the usual one."""

    level: Axis
    upright: Axis
    narrow: bool
    right: float = 8
    heads: int = 0
    tall: float | None = None

    @property
    def full(self) -> int:
        return width(self.narrow)

    @property
    def height(self) -> float:
        return self.tall or HEIGHT[self.narrow]

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


def _share(value: float | str, scale: alt.Scale) -> float:
    """How far along the x axis a value or a day is, from 0 to 1."""
    low, high = scale.domain
    if scale.type == "time":
        value, low, high = (pd.Timestamp(day).value for day in (value, low, high))
    return along(float(value), low, high, scale.type == "log")
