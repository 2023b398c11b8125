"""Charts on two axes: lines, named where they end, and points."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from tallybook.charts import grammar
from tallybook.charts.drawing import (
    ChartError,
    Drawing,
    drawing,
    extent,
    hues_of,
    labels,
    layered,
    lines_of,
    px,
    wrap,
)
from tallybook.charts.grammar import HUE
from tallybook.charts.marks import Axis, Field, heads, rule_layers, span_layers
from tallybook.charts.names import Room
from tallybook.charts.rules import Rule, Span, values_of
from tallybook.charts.theme import LINE, SERIES, colour
from tallybook.pictures.palette import PALETTE


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
    spans: Sequence[Span] = (),
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
) -> Drawing:
    """One line per series, named where it ends; a band from ``low`` to ``high`` if these columns
    are given.

    ``x``: a column of numbers or of dates. ``colours``: series -> palette name (default: s1 to s4
    in order of appearance). ``bounds``: the series that are the most or the least there can be.
    ``rules``: reference lines on either axis; ``spans``: shaded stretches of the x axis. ``points``
    marks every value; ``marked`` is a column of texts beside some of them, empty elsewhere.
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
        field = Field(level, upright, narrow, right, heads(rules, spans))
        plain = alt.Chart(frame).encode(x=field.x(x))
        base = plain.encode(color=HUE)
        layers = span_layers(spans, field)
        if low and high:
            band = alt.Y(f"{low}:Q", scale=field.y_scale)
            area = base.encode(detail=alt.Detail("_name:N")).mark_area(opacity=0.18)
            layers.append(area.encode(y=band, y2=alt.Y2(f"{high}:Q")))
        layers += [curve.encode(y=field.y(y)) for curve in grammar.curves(plain, kinds)]
        if points:
            layers += [mark.encode(y=field.y(y)) for mark in grammar.points(base, kinds, 50)]
        layers += rule_layers(rules, field)
        if marked:
            layers += _names(frame, x, y, marked, field)
        if series:
            layers.append(_end_labels(frame, x, y, texts, field))
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
    x_log: bool = False,
    title: str = "",
    x_title: str = "",
    fmt: str | None = None,
    x_fmt: str | None = None,
) -> Drawing:
    """Points; those with a text in the column ``label`` are named beside the point (leave the
    others empty). ``colours``: column of palette names."""
    level = Axis(extent([*df[x], *values_of(rules, "x")], x_log), x_log, x_fmt, x_title)
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
            layers += _names(rows, x, y, label, field)
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


def _end_labels(
    frame: pd.DataFrame, x: str, y: str, texts: Mapping[str, str], field: Field
) -> alt.Chart:
    """Names of series beside the ends of their lines, pushed apart where they would overlap."""
    last = frame.dropna(subset=[y]).sort_values(x, kind="stable").groupby("_name").last()
    ends, hues = last[y].astype(float), last["_hue"]
    palette = {value: name for name, value in PALETTE.items()}
    order = sorted(texts.items(), key=lambda pair: -ends[pair[0]])
    places = [field.pixel(ends[n]) for n, _ in order]
    tall = [lines_of(t) * LINE for _, t in order]
    for _ in range(3):  # down, then up if the last one left the drawing
        for i in range(1, len(places)):
            places[i] = max(places[i], places[i - 1] + (tall[i - 1] + tall[i]) / 2)
        over = places[-1] + tall[-1] / 2 - field.height - LINE
        if over > 0:
            places[-1] -= over
            for i in range(len(places) - 2, -1, -1):
                places[i] = min(places[i], places[i + 1] - (tall[i] + tall[i + 1]) / 2)
    rows = [
        {"x": 0, "y": p - (lines_of(t) - 1) * LINE / 2, "text": t, "colour": palette[hues[n]]}
        for (n, t), p in zip(order, places, strict=True)
    ]
    return labels(rows, from_right=field.right - 8)


def _names(rows: pd.DataFrame, x: str, y: str, label: str, field: Field) -> list[alt.Chart]:
    """Names beside points, where they cover neither points nor each other if there is room."""
    inner = field.full - field.right - 40
    room, at = Room(inner + field.right, -LINE / 2), field.pixels(rows[x], inner)
    heights = [field.pixel(float(value)) for value in rows[y]]
    points = pd.DataFrame({"x": at, "y": heights})
    lines = points.groupby([*rows["_name"]]) if "_name" in rows else []
    for _, line in lines:
        # A line takes the places between its points as well.
        count = 1 + int((line["x"].max() - line["x"].min()) / 4)
        steps = [line["x"].min() + 4 * i for i in range(count)]
        between = pd.DataFrame({"x": steps, "y": np.interp(steps, line["x"], line["y"])})
        points = pd.concat([points, between])
    for left, top in points.itertuples(index=False):
        room.point(left, top)
    layers = []
    for i, (left, top, text) in enumerate(zip(at, heights, rows[label].fillna(""), strict=True)):
        if str(text).strip():
            align, dx, dy = room.name(left, top, str(text), 8) or ("left", 8, 0)
            mark = alt.Chart(rows.iloc[[i]]).mark_text(align=align, dx=dx, dy=dy, baseline="middle")
            layers.append(
                mark.encode(x=field.x(x), y=field.y(y), text=alt.Text(f"{label}:N"), color=HUE)
            )
    return layers
