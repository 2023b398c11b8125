"""Charts on two axes: lines, named where they end, and points."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from tallybook.charts import grammar
from tallybook.charts.drawing import (
    ChartError,
    Drawing,
    drawing,
    extent,
    fixed,
    from_edge,
    hues_of,
    layered,
    lines_of,
    px,
    wrap,
)
from tallybook.charts.field import Axis, Field
from tallybook.charts.grammar import HUE, Rule, drawn, values_of
from tallybook.charts.layout import end_labels, names_beside
from tallybook.charts.theme import LINE, SERIES, colour


def lines(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str | None = None,
    *,
    low: str | None = None,
    high: str | None = None,
    colours: Mapping[str, str] | None = None,
    bounds: Collection[str] = (),
    rules: Sequence[Rule] = (),
    domain: tuple[float, float] | None = None,
    x_domain: tuple[float, float] | None = None,
    log: bool = False,
    zero: bool = False,
    points: bool = False,
    marked: str | None = None,
    title: str = "",
    x_title: str = "",
    fmt: str | None = None,
    x_fmt: str | None = None,
    height: float | None = None,
) -> Drawing:
    """One line per series, named where it ends; a band from ``low`` to ``high`` if these columns
    are given.

    ``x``: a column of numbers or of dates. ``colours``: series -> palette name (default: s1 to s4
    in order of appearance). ``bounds``: the series that are the most or the least there can be.
    ``rules``: reference lines on either axis. ``points``
    marks every value; ``marked`` is a column of texts beside some of them, empty elsewhere.
    ``height`` of the field: pixels.
    Raises ``ChartError`` with more than four series and no colours.
    """
    frame, hues = _series(df, series, colours, bounds)
    kinds = [*frame["_kind"]]
    held = [column for column in (y, low, high) if column]
    domain = domain or extent([*frame[held].to_numpy().ravel(), *values_of(rules, "y")], log, zero)
    time = pd.api.types.is_datetime64_any_dtype(frame[x])
    ends = x_domain or ((frame[x].min(), frame[x].max()) if time else extent(frame[x], pad=0))
    level, upright = Axis(ends, False, x_fmt, x_title, time), Axis(domain, log, fmt, title)

    def build(narrow: bool) -> alt.LayerChart:
        texts = {n: wrap(n, 104 if narrow else 170) for n in hues}
        right = max((px(t) for t in texts.values()), default=0) + 10 if series else 8
        field = Field(level, upright, narrow, right, heads(rules), height)
        plain = alt.Chart(frame).encode(x=field.x(x))
        base = plain.encode(color=HUE)
        layers: list[alt.Chart] = []
        if low and high:
            band = alt.Y(f"{low}:Q", scale=field.y_scale)
            area = base.encode(detail=alt.Detail("_name:N")).mark_area(opacity=0.18)
            layers.append(area.encode(y=band, y2=alt.Y2(f"{high}:Q")))
        layers += [curve.encode(y=field.y(y)) for curve in grammar.curves(plain, kinds)]
        if points:
            layers += [mark.encode(y=field.y(y)) for mark in grammar.points(base, kinds, 50)]
        layers += rule_layers(rules, field)
        if marked:
            layers += names_beside(frame, x, y, marked, field)
        if series:
            layers.append(end_labels(frame, x, y, texts, field))
        return layered(*layers, width=field.full, height=field.height)

    return drawing(build, df)


def scatter(
    df: pd.DataFrame,
    x: str,
    y: str,
    label: str | None = None,
    *,
    colours: str | None = None,
    rules: Sequence[Rule] = (),
    log: bool = False,
    title: str = "",
    x_title: str = "",
    fmt: str | None = None,
    x_fmt: str | None = None,
) -> Drawing:
    """Points; those with a text in the column ``label`` are named beside the point (leave the
    others empty). ``colours``: column of palette names."""
    level = Axis(extent([*df[x], *values_of(rules, "x")]), False, x_fmt, x_title)
    room = 0.15 if label else 0.04  # for names above the highest points
    upright = Axis(extent([*df[y], *values_of(rules, "y")], log, pad=room), log, fmt, title)
    rows = df.reset_index(drop=True).assign(_hue=hues_of(df, colours))

    def build(narrow: bool) -> alt.LayerChart:
        field = Field(level, upright, narrow, heads=heads(rules))
        base = alt.Chart(rows).encode(x=field.x(x), color=HUE)
        dot = base.mark_point(filled=True, size=60, opacity=0.8)
        layers = rule_layers(rules, field)
        layers.append(dot.encode(y=field.y(y)))
        if label:
            layers += names_beside(rows, x, y, label, field)
        return layered(*layers, width=field.full, height=field.height)

    return drawing(build, df)


def _series(
    df: pd.DataFrame, series: str | None, colours: Mapping[str, str] | None, bounds: Collection[str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The frame with name, kind and colour of each row's series, and the colours by name."""
    frame = df.assign(_name=df[series].astype(str) if series else "")
    names = list(dict.fromkeys(frame["_name"]))
    if colours is None:
        if len(names) > len(SERIES):
            expected = f"at most {len(SERIES)}, or colours= for each"
            raise ChartError(f"found {len(names)} series; expected {expected}")
        colours = dict(zip(names, SERIES if series else ("found",), strict=False))
    if missing := [n for n in names if n not in colours]:
        expected = f"one for each of: {', '.join(names)}"
        raise ChartError(f"no colour for the series {missing[0]!r}; expected {expected}")
    hues = {n: colour(colours[n]) for n in names}
    frame = frame.assign(_hue=frame["_name"].map(hues))
    kinds = grammar.kinds_of(frame, list(frame["_hue"]))
    bound = frame["_name"].isin(list(bounds))
    return frame.assign(_kind=pd.Series(kinds, frame.index).mask(bound, "bound")), hues


def heads(rules: Sequence[Rule]) -> int:
    """Lines of text above a plot: one for each upright rule."""
    return sum(1 for rule in rules if rule.axis == "x")


def rule_layers(rules: Sequence[Rule], field: Field) -> list[alt.Chart]:
    """Reference lines with their texts: at the top of an upright line, or left on a level one."""
    level = [rule for rule in rules if rule.axis == "y"]
    upright = [rule for rule in rules if rule.axis == "x"]
    at = field.pixels([rule.value for rule in upright], field.full - field.right - 45)
    layers = [layer for rule in level for layer in _level_rule(rule, field)]
    return layers + grammar.upright(upright, at, field.full - 45, field.x_scale, 2, field.height)


def _level_rule(rule: Rule, field: Field) -> list[alt.Chart]:
    text = wrap(rule.text, field.full - field.right - 55)
    base, y, count = grammar.at_rule(rule, text), alt.Y("at:Q", scale=field.y_scale), lines_of(text)
    over = field.pixel(float(rule.value)) > field.top + LINE * count
    shift = {"baseline": "bottom", "dy": -LINE * (count - 1) - 4}
    look: dict[str, Any] = shift if over else {"baseline": "top", "dy": 5}
    words = base.mark_text(color=colour(rule.colour), lineBreak="\n", align="left", dx=4, **look)
    across = fixed(x=0, x2=from_edge(field.right))
    line = [mark.encode(**across, y=y) for mark in drawn(base, rule)]
    return [*line, words.encode(**fixed(x=0), y=y, text=alt.Text("text:N"))]
