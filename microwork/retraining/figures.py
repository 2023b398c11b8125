"""The charts of the chapter on retraining: headlines, tweets, the stream, and a day's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import PALETTE, Drawing, Rule, bars, drawing, lines, number, whiskers
from tallybook.charts.drawing import axis, extent, labels, layered, tips, width, x_scale
from tallybook.charts.layout import layout, note_layers, text_layers

PERCENT = "\u202f%"
WINDOWS = {1: ("trained on one month", "found"), 12: ("trained on twelve months", "s2")}
NAMES = {"low": "low end", "high": "high end"}  # columns as readers see them


def named(drawn: Drawing, table: pd.DataFrame, names: Mapping[str, str]) -> Drawing:
    """The same drawing with a table for readers: the columns of ``names``, under the names that it
    gives."""
    return replace(drawn, table=table[list(names)].rename(columns=dict(names)))


def headlines(frame: pd.DataFrame) -> Drawing:
    """What fresh labels gain over as many old ones, by the years of the old; columns start, gain,
    low, high (points), years."""
    rows = frame.assign(name=[f"{start}-{(start + 1) % 100:02}" for start in frame["start"]])
    drawn = whiskers(
        rows,
        "name",
        "gain",
        "low",
        "high",
        decimals=1,
        rules=[Rule(0, "no gain", "soft")],
        domain=(-12, 14),
        title="Points gained by fresh labels, by the years of the old ones",
    )
    return named(
        drawn,
        rows,
        {
            "name": "years of the old labels",
            "gain": "gain, points",
            **NAMES,
            "years": "years tested",
        },
    )


def tweets(frame: pd.DataFrame) -> Drawing:
    """How far the score of each model fell until the last quarter, split into what fresh labels
    repair and what they do not.

    Columns: name, fall (percent, negative), repaired, repaired_low, repaired_high (percent of the
        fall; empty if nothing fell).
    """
    rows = frame.assign(
        lost=(-frame["fall"]).clip(lower=0),
        mended=lambda f: (f["lost"] * f["repaired"] / 100).fillna(0),
    )
    notes = [
        "no fall" if pd.isna(row["repaired"]) else _split(row) for row in rows.to_dict("records")
    ]
    domain = extent(rows["lost"], zero=True)

    def build(narrow: bool) -> alt.LayerChart:
        place = layout(list(rows["name"]), notes, None, [], narrow, 26)
        base = alt.Chart(rows.assign(_y=place.y, _zero=0.0))
        scale = x_scale(domain, place.left, place.right, False)
        inner = width(narrow) - place.left - place.right
        x_axis = axis(
            domain,
            inner,
            False,
            None,
            "Fall of the score, percent of the score in the quarter of training",
        )
        y = alt.Y("_y:Q", scale=None, axis=None)
        tip = tips(rows, "name", "lost", "repaired")

        def part(start: str, end: str, hue: str, opacity: float) -> alt.Chart:
            mark = base.mark_bar(orient="horizontal", size=12, color=PALETTE[hue], opacity=opacity)
            bars: alt.Chart = mark.encode(
                x=alt.X(f"{start}:Q", scale=scale, axis=x_axis), x2=f"{end}:Q", y=y, tooltip=tip
            )
            return bars

        key = [
            ("repaired by fresh labels", "found", place.left),
            ("not repaired", "soft", place.left + 180),
        ]
        return layered(
            part("_zero", "mended", "found", 1),
            part("mended", "lost", "soft", 0.45),
            *text_layers(place),
            *note_layers(notes, [PALETTE["ink"]] * len(notes), place),
            labels(
                [{"x": left, "y": 12, "text": text, "colour": hue} for text, hue, left in key],
                bold=True,
            ),
            width=width(narrow),
            height=place.height,
        )

    columns = {
        "name": "trained up to",
        "lost": "fall, percent",
        "repaired": "of it repaired, percent",
    }
    ends = {f"repaired_{end}": name for end, name in NAMES.items()}
    return named(drawing(build), rows, {**columns, **ends})


def _split(row: Mapping[str, Any]) -> str:
    """The text beside a bar: the fall, and how much of it is repaired, with the interval."""
    low, high = number(row["repaired_low"], 0), number(row["repaired_high"], 0)
    return (
        f"{number(row['lost'], 1)}{PERCENT}, {number(row['repaired'], 0)}{PERCENT} ({low} to"
        f" {high}) repaired"
    )


def stream(frame: pd.DataFrame) -> Drawing:
    """Gain of monthly over yearly retraining by first month and window; columns first, window,
    gain, low, high (points)."""
    rows = frame.assign(
        line=frame["window"].map({window: name for window, (name, _) in WINDOWS.items()})
    )
    drawn = lines(
        rows,
        "first",
        "gain",
        "line",
        low="low",
        high="high",
        points=True,
        domain=(-4, 16),
        x_domain=(-0.5, 18.5),
        colours=dict(WINDOWS.values()),
        x_fmt="d",
        rules=[Rule(0, "no gain", "soft", axis="y")],
        title="Points gained by retraining every month instead of every year",
        x_title="Month of the first model",
    )
    return named(
        drawn, rows, {"first": "first month", "line": "model", "gain": "gain, points", **NAMES}
    )


def loads(frame: pd.DataFrame, claimed: float) -> Drawing:
    """Items a day of work in several reports; columns source, items."""
    drawn = bars(
        frame,
        "source",
        "items",
        decimals=0,
        rules=[Rule(claimed, f"claimed quota: {number(claimed, 0)}", "claim")],
        title="Items in a day of seven and a half hours",
    )
    return named(drawn, frame, {"source": "report", "items": "items a day"})
