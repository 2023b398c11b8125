"""The charts on machines in service: a line for each model, and the age of its labels; and speech
that volunteers checked."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import PALETTE, Drawing, Rule, bars, drawing, lines, number
from tallybook.charts.drawing import axis, labels, layered, px, width, x_scale
from tallybook.language import gettext as _
from tallybook.language import ngettext, said

from microwork.retraining.figures import NAMES

# px: from line to line, and above the first line, broad and narrow.
ROW, TOP = 17, {False: 52, True: 94}
ENDS = (2015.6, 2026.9)
# The kinds of rebuilds: mark and text of the key, colour. The last stands out.
KINDS = {
    "library": ("❘", "new software version", "found"),
    "other": ("❘", "other reason", "s2"),
    "labels": ("◆", "new labels from people", "s3"),
}


def first(models: pd.DataFrame, rebuilds: pd.DataFrame) -> Drawing:
    """A line a model from its first build to the day on which it was last seen at work, and a mark
    a rebuild.

    ``models``: name, start, last (of the last build), seen (years with decimals), and the columns
    of the table for readers. ``rebuilds``: name, year (with decimals), kind (of ``KINDS``).
    """
    rows = models.sort_values(["start", "name"], ignore_index=True)
    marks = rebuilds.assign(built=rebuilds["kind"].map(lambda kind: KINDS[kind][1]))

    def build(narrow: bool) -> alt.LayerChart:
        place = {name: TOP[narrow] + ROW * i for i, name in enumerate(rows["name"])}
        ticks = marks.assign(_y=marks["name"].map(place))
        left = max(px(name) for name in rows["name"]) + 10
        scale = x_scale(ENDS, left, 8, False)
        level = axis(ENDS, width(narrow) - left - 8, False, "d", "")
        y = alt.Y("_y:Q", scale=None, axis=None)
        base = alt.Chart(rows.assign(_y=rows["name"].map(place))).encode(y=y)
        served = base.mark_rule(color=PALETTE["line"], strokeWidth=5)
        at_work = base.mark_rule(color=PALETTE["soft"], strokeWidth=1.5)
        names = [{"x": 0, "y": at, "text": name, "colour": "ink"} for name, at in place.items()]
        return layered(
            served.encode(x=alt.X("last:Q", scale=scale, axis=level), x2=alt.X2("seen:Q")),
            at_work.encode(x=alt.X("start:Q", scale=scale), x2=alt.X2("last:Q")),
            *(_marks(ticks[ticks["kind"] == kind], kind, scale) for kind in KINDS),
            labels(names),
            *_key(narrow),
            width=width(narrow),
            height=TOP[narrow] + ROW * len(rows),
        )

    columns = {
        "name": "wiki",
        "first_build": "first build",
        "rebuilds": "rebuilds",
        "renewed": "with new labels from people",
        "last_build": "last build",
        "newest_label": "newest labels",
    }
    return drawing(build).tabled(columns, rows)


def _marks(rows: pd.DataFrame, kind: str, scale: alt.Scale) -> alt.Chart:
    """The rebuilds of one kind: upright ticks, or diamonds for new labels from people."""
    mark: dict[str, Any] = {"shape": "stroke", "angle": 90, "size": 50, "filled": False}
    if kind == "labels":
        mark = {"shape": "diamond", "size": 130, "filled": True}
    hue = PALETTE[KINDS[kind][2]]
    base = alt.Chart(rows).mark_point(color=hue, opacity=1, strokeWidth=1.5, **mark)
    drawn: alt.Chart = base.encode(
        x=alt.X("year:Q", scale=scale), y=alt.Y("_y:Q", scale=None, axis=None)
    )
    return drawn


def _key(narrow: bool) -> list[alt.Chart]:
    """What marks and lines are, in words of their colours above the lines, one a line on a narrow
    drawing."""
    words = [
        ("each line: the model of one wiki", "ink"),
        ("grey band: at work, not rebuilt", "soft"),
        *((said(f"{mark} {_(text)}"), hue) for mark, text, hue in KINDS.values()),
    ]
    places = [(0, 8), (250, 8), (0, 28), (190, 28), (310, 28)]
    if narrow:
        places = [(0, 8 + 17 * i) for i in range(5)]
    rows = [
        {"x": x, "y": y, "text": text, "colour": hue}
        for (text, hue), (x, y) in zip(words, places, strict=True)
    ]
    return [labels(rows, bold=True)]


def ages(frame: pd.DataFrame) -> Drawing:
    """Median age of the newest human labels over time; columns day, year (with decimals), age, low,
    high (years), models. The first and the last age are printed."""
    texts = frame["age"].map(
        lambda age: ngettext("{count} year", "{count} years", age).format(count=number(age, 1))
    )
    ends = frame.index.isin([frame.index[0], frame.index[-1]])
    drawn = lines(
        frame.assign(text=texts.where(ends, "")),
        "year",
        "age",
        low="low",
        high="high",
        points=True,
        marked="text",
        zero=True,
        x_domain=(2016.5, 2027),
        x_fmt="d",
        rules=[Rule(2020.5, "hardly rebuilt since", "soft")],
        title="Median age of newest labels, years",
    )
    return drawn.tabled({"day": "day", "age": "age, years", **NAMES, "models": "models"}, frame)


def voice(frame: pd.DataFrame) -> Drawing:
    """Hours of speech that volunteers validated, by year; columns year, hours."""
    rows = frame.assign(name=frame["year"].astype(str))
    drawn = bars(
        rows, "name", "hours", decimals=-2, title="Hours validated in the year, all languages"
    )
    return drawn.tabled({"name": "year", "hours": "hours validated"}, rows)
