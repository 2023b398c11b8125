"""Charts on two axes without lines: histograms, points, and the pyramid of ages."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from tallybook.charts.drawing import (
    Drawing,
    Rule,
    Span,
    drawing,
    extent,
    labels,
    layered,
    lines_of,
    px,
    tips,
    values_of,
    width,
    wrap,
    x_scale,
)
from tallybook.charts.marks import HUE, Axis, Field, heads, rule_layers, span_layers
from tallybook.charts.theme import LINE, PALETTE, colour


def histogram(
    df: pd.DataFrame,
    start: str,
    end: str,
    count: str,
    *,
    hue: str = "found",
    rules: Sequence[Rule] = (),
    spans: Sequence[Span] = (),
    log: bool = False,
    title: str = "",
    x_title: str = "",
    fmt: str | None = None,
    x_fmt: str | None = None,
) -> Drawing:
    """Bins that are counted already: one row per bin, from ``start`` to ``end``; ``log`` makes the
    x axis logarithmic."""
    upright = Axis(extent(df[count], zero=True), fmt=fmt, title=title)
    level = Axis(
        extent([*df[start], *df[end], *values_of(rules, "x")], log, pad=0), log, x_fmt, x_title
    )

    def build(narrow: bool) -> alt.LayerChart:
        field = Field(level, upright, narrow, heads=heads(rules, spans))
        bar = alt.Chart(df).mark_bar(
            color=colour(hue), opacity=0.55, stroke=PALETTE["paper"], strokeWidth=0.5
        )
        drawn = bar.encode(
            x=field.x(start),
            x2=f"{end}:Q",
            y=field.y(count),
            y2=alt.datum(0),
            tooltip=tips(df, start, end, count),
        )
        layers = [*span_layers(spans, field), drawn, *rule_layers(rules, field)]
        return layered(*layers, width=field.full, height=field.height)

    return drawing(build, df)


def scatter(
    df: pd.DataFrame,
    x: str,
    y: str,
    label: str | None = None,
    *,
    low: str | None = None,
    high: str | None = None,
    colours: str | None = None,
    rules: Sequence[Rule] = (),
    domain: tuple[float, float] | None = None,
    x_domain: tuple[float, float] | None = None,
    log: bool = False,
    x_log: bool = False,
    zero: bool = False,
    title: str = "",
    x_title: str = "",
    fmt: str | None = None,
    x_fmt: str | None = None,
) -> Drawing:
    """Points; those with a text in the column ``label`` are named beside the point (leave the
    others empty).

    ``low, high``: columns with an interval of ``y``. ``colours``: column of palette names.
    """
    held = [c for c in (y, low, high) if c]
    domain = domain or extent([*df[held].to_numpy().ravel(), *values_of(rules, "y")], log, zero)
    ends = x_domain or extent([*df[x], *values_of(rules, "x")], x_log)
    level, upright = Axis(ends, x_log, x_fmt, x_title), Axis(domain, log, fmt, title)
    rows = df.reset_index(drop=True)
    rows = rows.assign(
        _hue=[colour(str(c)) for c in rows[colours]] if colours else PALETTE["found"]
    )

    def build(narrow: bool) -> alt.LayerChart:
        field = Field(level, upright, narrow, heads=heads(rules))
        base = alt.Chart(rows).encode(x=field.x(x), color=HUE)
        layers = rule_layers(rules, field)
        if low and high:
            line = base.mark_rule(opacity=0.5, strokeWidth=2)
            layers.append(line.encode(y=alt.Y(f"{low}:Q", scale=field.y_scale), y2=f"{high}:Q"))
        dot = base.mark_point(filled=True, size=60, opacity=0.8)
        layers.append(dot.encode(y=field.y(y), tooltip=tips(rows, label, x, y, low, high)))
        if label:
            layers += _names(rows, x, y, label, field)
        return layered(*layers, width=field.full, height=field.height)

    return drawing(build, df)


def pyramid(
    df: pd.DataFrame,
    age: str,
    left: str,
    right: str,
    *,
    left_text: str,
    right_text: str,
    colours: tuple[str, str] = ("s1", "s2"),
    highlight: tuple[float, float] | None = None,
    highlight_text: str = "",
    title: str = "",
    fmt: str = "~s",
) -> Drawing:
    """A pyramid of ages: ``left`` and ``right`` are counts (or shares) by year of age; a range of
    ages may be marked.

    Ages are numbers (the first age of each class); the classes must be equally wide. ``highlight``:
    first age, and the age after the last, of a range that is drawn darker between two lines, with
    ``highlight_text`` above the chart.
    """
    ages = sorted(df[age])
    wide = float(ages[1] - ages[0]) if len(ages) > 1 else 1.0
    most = float(max(df[left].max(), df[right].max())) * 1.02
    rows = df.sort_values(age).reset_index(drop=True)
    inside = (
        rows[age].ge(highlight[0]) & rows[age].lt(highlight[1])
        if highlight
        else pd.Series(True, index=rows.index)
    )
    rows = rows.assign(
        _end=rows[age] + wide, _left=-rows[left], _weight=inside.map({True: 0.85, False: 0.4})
    )

    def build(narrow: bool) -> alt.LayerChart:
        full, text = width(narrow), wrap(highlight_text, width(narrow) - 40)
        top = 24 + (lines_of(text) * LINE + 4 if highlight else 0)
        height = 360 + top
        y_scale = alt.Scale(
            domain=[ages[0], ages[-1] + wide], range=[height, top], nice=False, zero=False
        )
        y = alt.Y(f"{age}:Q", scale=y_scale, axis=alt.Axis(title=None, tickCount=8, grid=False))
        scale = x_scale((-most, most), 0, 8, False)
        marks = alt.Axis(
            title=title,
            labelExpr=f"format(abs(datum.value), '{fmt}')",
            tickCount=4 if narrow else 6,
            grid=False,
        )
        base = alt.Chart(rows)
        layers = [
            base.mark_bar().encode(
                x=alt.X(f"{column}:Q", scale=scale, axis=marks),
                x2=alt.datum(0),
                y=y,
                y2="_end:Q",
                color=alt.value(colour(hue)),
                opacity=alt.Opacity("_weight:Q", scale=None),
                tooltip=tips(rows, age, left, right),
            )
            for column, hue in (("_left", colours[0]), (right, colours[1]))
        ]
        for name, hue, dx in ((left_text, colours[0], -8), (right_text, colours[1], 8)):
            side = alt.Chart(pd.DataFrame({"at": [0], "text": [name]})).mark_text(
                align="left" if dx > 0 else "right", dx=dx, baseline="middle", color=colour(hue)
            )
            layers.append(side.encode(x=alt.X("at:Q", scale=scale), y=alt.value(10), text="text:N"))
        if highlight:
            layers.append(_edges(highlight, y_scale))
            layers.append(labels([{"x": 0, "y": 24 + LINE / 2, "text": text, "colour": "claim"}]))
        return layered(*layers, width=full, height=height)

    return drawing(build, df)


def _edges(ages: tuple[float, float], scale: alt.Scale) -> alt.Chart:
    """Two lines across a pyramid, which hold a range of ages between them."""
    line = alt.Chart(pd.DataFrame({"at": list(ages)})).mark_rule(
        color=PALETTE["claim"], strokeDash=[4, 3], strokeWidth=2
    )
    edges: alt.Chart = line.encode(y=alt.Y("at:Q", scale=scale))
    return edges


def _names(rows: pd.DataFrame, x: str, y: str, label: str, field: Field) -> list[alt.Chart]:
    """Names beside points, at the left of those that stand near the right edge."""
    named = rows[rows[label].fillna("").astype(str).str.strip() != ""]
    low, high = field.level.ends
    share = [
        math.log(v / low) / math.log(high / low) if field.level.log else (v - low) / (high - low)
        for v in named[x]
    ]
    inner = field.full - 40
    right = [s * inner + px(str(t)) + 12 <= inner for s, t in zip(share, named[label], strict=True)]
    layers = []
    for dx, keep in ((8, right), (-8, [not r for r in right])):
        part = named[keep]
        if len(part):
            text = alt.Chart(part).mark_text(
                align="left" if dx > 0 else "right", dx=dx, baseline="middle"
            )
            layers.append(text.encode(x=field.x(x), y=field.y(y), text=f"{label}:N", color=HUE))
    return layers
