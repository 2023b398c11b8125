"""The charts of the chapter on retraining: lives of models, the age of labels, and what fresh ones
gain."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import PALETTE, Drawing, drawing, number
from tallybook.charts.drawing import axis, extent, fixed, labels, layered, px, width, x_scale
from tallybook.charts.layout import layout, text_layers
from tallybook.charts.rows import ROW as Y
from tallybook.language import gettext as _
from tallybook.language import said
from tallybook.model.formatting import show
from tallybook.model.numbers import Number

from microwork.figures import text

# px: from line to line, above the first line, and above the other services.
ROW, TOP, GAP = 19, 94, 34
ENDS = (2015.6, 2026.9)
# The kinds of rebuilds: mark and text of the key, colour. The last stands out.
KINDS = {
    "other": ("❘", "retrained without new labels", "soft"),
    "labels": ("◆", "with new labels from people", "found"),
}
SHOWN = 12  # wikis with a line each
Marks = tuple[pd.DataFrame, pd.DataFrame]


def grid(every: Number, renewed: Number) -> Drawing:
    """A tick for each of ``every`` rebuild; the first, as many as ``renewed``, stand out."""
    said = {
        "soft": _("{count} times Wikimedia retrained a model").format(count=show(every)),
        "found": _("{count} of these with new labels from people").format(count=show(renewed)),
    }
    table = pd.DataFrame({"what": [*said.values()], "times": [every.value, renewed.value]})
    cut = int(renewed.value)

    def build(narrow: bool) -> alt.LayerChart:
        row = 60 if narrow else 120
        step, count = (width(narrow) - 8) / row, int(every.value)
        ticks = [f"M{step * (i % row + 0.5):.1f},{40 + 8 * (i // row)}v5" for i in range(count)]
        foot, base = 40 + 8 * math.ceil(count / row), alt.Chart(table[:1]).encode(**fixed(x=0, y=0))
        look: dict[str, Any] = {"size": 4, "strokeWidth": 2.2, "filled": False}
        marks = [
            base.mark_point(shape="".join(part), color=PALETTE[hue], opacity=shade, **look)
            for part, hue, shade in ((ticks[cut:], "soft", 0.5), (ticks[:cut], "found", 1))
        ]
        words = [text(0, y, said[hue], hue) for y, hue in zip((8, 26), said, strict=True)]
        return layered(*marks, labels(words, bold=True), width=width(narrow), height=foot)

    return drawing(build, table)


def first(wikis: Marks, others: Marks, told: tuple[str, str, str]) -> Drawing:
    """A line a model from its first build to the day on which it was last seen at work, and a mark
    a rebuild: ``SHOWN`` wikis, those with new labels first and then those with most rebuilds; all
    the rest as one line; and other services below.

    ``wikis`` and ``others``: models (name, start, last build, seen: years with decimals; rebuilds,
    renewed) and their marks (name, year, kind of ``KINDS``). ``told``: a name, and what is said in
    words of its last diamond, in full and in short for a narrow drawing.
    """
    order = wikis[0].sort_values(["renewed", "rebuilds", "name"], ascending=False)
    shown, rest = order[:SHOWN].sort_values(["start", "name"]), order[SHOWN:]
    more = _("{count} more like these").format(count=number(len(rest), 0))
    last = wikis[1].loc[wikis[1]["name"].isin(rest["name"]), "year"].max()
    one = {"name": more, "start": rest["start"].min(), "last": last, "seen": rest["seen"].max()}
    rows = pd.concat([shown, pd.DataFrame([one]), others[0]], ignore_index=True)
    marks = pd.concat([wikis[1].replace({"name": dict.fromkeys(rest["name"], more)}), others[1]])
    below = SHOWN + 1

    def build(narrow: bool) -> alt.LayerChart:
        at = [TOP + ROW * i + (GAP if i >= below else 0) for i in range(len(rows))]
        place = dict(zip(rows["name"], at, strict=True))
        left = max(px(name) for name in place) + 10
        scale = x_scale(ENDS, left, 8, False)
        room = width(narrow) - left - 8
        level = axis(ENDS, room, False, "d", "")
        inside = {end: rows[end].clip(lower=ENDS[0]) for end in ("start", "last")}
        base = alt.Chart(rows.assign(_y=at, **inside)).encode(y=Y)
        served = base.mark_rule(color=PALETTE["line"], strokeWidth=5)
        at_work = base.mark_rule(color=PALETTE["line"], strokeWidth=1.5)
        names = [{"x": 0, "y": y, "text": name, "colour": "ink"} for name, y in place.items()]
        heading = {"x": 0, "y": at[below] - 20, "text": _("Other services"), "colour": "ink"}
        ticks = marks.assign(_y=marks["name"].map(place))
        return layered(
            served.encode(x=alt.X("last:Q", scale=scale, axis=level), x2=alt.X2("seen:Q")),
            at_work.encode(x=alt.X("start:Q", scale=scale), x2=alt.X2("last:Q")),
            _years(level["values"], scale, TOP - 18),
            *_noted(ticks[ticks["name"] == told[0]], told[1 + narrow], scale, room),
            *(_marks(ticks[ticks["kind"] == kind], kind, scale) for kind in KINDS),
            labels(names),
            labels([heading], bold=True),
            _key(),
            width=width(narrow),
            height=at[-1] + ROW,
        )

    columns = {"name": "model", "rebuilds": "rebuilds", "renewed": "with new labels from people"}
    return drawing(build).tabled(columns, pd.concat([wikis[0], others[0]], ignore_index=True))


def _years(years: list[float], scale: alt.Scale, y: float) -> alt.Chart:
    """The years of the axis once more, above the lines."""
    frame = pd.DataFrame({"year": years, "text": [f"{year:.0f}" for year in years]})
    text = alt.Chart(frame).mark_text(baseline="middle", color=PALETTE["soft"])
    drawn: alt.Chart = text.encode(
        x=alt.X("year:Q", scale=scale), text=alt.Text("text:N"), **fixed(y=y)
    )
    return drawn


def _marks(rows: pd.DataFrame, kind: str, scale: alt.Scale) -> alt.Chart:
    """The rebuilds of one kind: upright ticks, or diamonds for new labels from people."""
    mark: dict[str, Any] = {"shape": "stroke", "angle": 90, "size": 50, "filled": False}
    if kind == "labels":
        mark = {"shape": "diamond", "size": 130, "filled": True}
    hue = PALETTE[KINDS[kind][2]]
    base = alt.Chart(rows).mark_point(color=hue, opacity=1, strokeWidth=1.5, **mark)
    drawn: alt.Chart = base.encode(x=alt.X("year:Q", scale=scale), y=Y)
    return drawn


def _noted(rows: pd.DataFrame, text: str, scale: alt.Scale, room: float) -> list[alt.Chart]:
    """What is said of the last diamond in ``rows``, at its right, on paper of its own. ``room``:
    pixels of the axis."""
    last = rows[rows["kind"] == "labels"].tail(1).assign(text=text)
    last["end"] = last["year"] + (px(text) + 14) / room * (ENDS[1] - ENDS[0])
    base = alt.Chart(last).encode(x=alt.X("year:Q", scale=scale), y=Y)
    paper = base.mark_rule(color=PALETTE["paper"], strokeWidth=14).encode(x2=alt.X2("end:Q"))
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 11, "fontWeight": "bold"}
    told = base.mark_text(color=PALETTE[KINDS["labels"][2]], **style)
    return [paper, told.encode(text=alt.Text("text:N"))]


def _key() -> alt.Chart:
    """What marks and lines are, in words of their colours above the lines."""
    words = [(said(f"{mark} {_(kind)}"), hue) for mark, kind, hue in KINDS.values()]
    words.append(("grey band: at work, not retrained", "soft"))
    return labels([text(0, 8 + 18 * i, *one) for i, one in enumerate(words)], bold=True)


def headlines(frame: pd.DataFrame) -> Drawing:
    """Headlines that an old and a fresh model get right, by year; columns name, old, fresh."""
    points = {
        "old": ("labels of 1996-97", "soft"),
        "fresh": ("labels of the two years before", "found"),
    }
    title = "Headlines given the right topic, percent"
    columns = list(points)
    rows = frame.assign(_low=frame[columns].min(axis=1), _high=frame[columns].max(axis=1))
    domain = extent(rows[columns].to_numpy().ravel())

    def build(narrow: bool) -> alt.LayerChart:
        place = layout(list(rows["name"]), [""] * len(rows), None, [], narrow, 20 * len(points))
        base, scale = alt.Chart(rows.assign(_y=place.y)), x_scale(domain, place.left, 12, False)
        level = axis(domain, width(narrow) - place.left - 12, False, None, title)
        line = base.mark_rule(color=PALETTE["line"], strokeWidth=4)
        key = [
            {"x": place.left, "y": 8 + 19 * i, "text": said(f"● {_(text)}"), "colour": hue}
            for i, (text, hue) in enumerate(points.values())
        ]
        dots = [
            base.mark_point(size=95, filled=True, opacity=1, color=PALETTE[hue]).encode(
                x=alt.X(f"{column}:Q", scale=scale), y=Y
            )
            for column, (_text, hue) in points.items()
        ]
        return layered(
            line.encode(x=alt.X("_low:Q", scale=scale, axis=level), x2=alt.X2("_high:Q"), y=Y),
            *dots,
            *text_layers(place),
            labels(key, bold=True),
            width=width(narrow),
            height=place.height,
        )

    names = {column: text for column, (text, _hue) in points.items()}
    return drawing(build).tabled({"name": "", **names}, frame)
