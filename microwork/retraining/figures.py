"""The charts of the chapter on retraining: headlines, tweets, and a day's work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import PALETTE, Drawing, Rule, bars, drawing, number, whiskers
from tallybook.charts.drawing import axis, extent, labels, layered, width, x_scale
from tallybook.charts.layout import layout, note_layers, text_layers
from tallybook.language import gettext as _

PERCENT = "\u202f%"
NAMES = {"low": "low end", "high": "high end"}  # columns as readers see them
NO_GAIN = Rule(0, "no gain", "soft")


def headlines(frame: pd.DataFrame) -> Drawing:
    """What fresh labels gain over as many others; columns name and group (of the others), gain,
    low, high (points), years, first, last (years that names have holes for)."""
    said = [_(one.name).format(first=one.first, last=one.last) for one in frame.itertuples()]
    frame = frame.drop(columns=["first", "last"]).assign(name=said)
    drawn = whiskers(
        frame,
        *("name", "gain", "low", "high"),
        group="group",
        decimals=1,
        rules=[NO_GAIN],
        domain=(-12, 14),
        title="Points gained by the newest labels",
    )
    names = {"group": "beside as many", "name": "years of the other labels"}
    return drawn.tabled({**names, "gain": "gain, points", **NAMES, "years": "years tested"}, frame)


def tweets(frame: pd.DataFrame) -> Drawing:
    """How far the score of each model fell until the last quarter, split into what fresh labels
    repair and what they do not.

    Columns: name, fall (percent, negative), repaired, repaired_low, repaired_high (percent of the
        fall; empty if nothing fell).
    """
    rows = frame.assign(
        lost=(-frame["fall"]).clip(lower=0),
        mended=lambda f: (f["lost"] * f["repaired"] / 100).fillna(0),
        _zero=0.0,
    )
    names = {
        "name": "trained up to",
        "lost": "fall, percent",
        "repaired": "of it repaired, percent",
    }
    ends = {f"repaired_{end}": name for end, name in NAMES.items()}
    return drawing(lambda narrow: _falls(rows, narrow)).tabled({**names, **ends}, rows)


def _falls(rows: pd.DataFrame, narrow: bool) -> alt.LayerChart:
    """A bar for each fall in ``rows`` of ``tweets``, in two parts, and its text beside it."""
    notes = [_split(row) for row in rows.to_dict("records")]
    place = layout(list(rows["name"]), notes, None, [], narrow, 26)
    base, domain = alt.Chart(rows.assign(_y=place.y)), extent(rows["lost"], zero=True)
    scale = x_scale(domain, place.left, place.right, False)
    title = "Fall of the score, percent of the score in the quarter of training"
    x_axis = axis(domain, width(narrow) - place.left - place.right, False, None, title)

    def part(start: str, end: str, hue: str, opacity: float) -> alt.Chart:
        mark = base.mark_bar(orient="horizontal", size=12, color=PALETTE[hue], opacity=opacity)
        drawn: alt.Chart = mark.encode(
            x=alt.X(f"{start}:Q", scale=scale, axis=x_axis),
            x2=alt.X2(f"{end}:Q"),
            y=alt.Y("_y:Q", scale=None, axis=None),
        )
        return drawn

    key = [
        {"x": place.left, "y": 12, "text": "repaired by fresh labels", "colour": "found"},
        {"x": place.left + 180, "y": 12, "text": "not repaired", "colour": "soft"},
    ]
    return layered(
        part("_zero", "mended", "found", 1),
        part("mended", "lost", "soft", 0.45),
        *text_layers(place),
        *note_layers(notes, [PALETTE["ink"]] * len(notes), place),
        labels(key, bold=True),
        width=width(narrow),
        height=place.height,
    )


def _split(row: Mapping[str, Any]) -> str:
    """The text beside a bar: the fall, and how much of it is repaired, with the interval."""
    if pd.isna(row["repaired"]):
        return _("no fall")
    lost, whole = number(row["lost"], 1), number(row["repaired"], 0)
    low, high = number(row["repaired_low"], 0), number(row["repaired_high"], 0)
    return _("{fall}, {repaired} ({low} to {high}) repaired").format(
        fall=lost + PERCENT, repaired=whole + PERCENT, low=low, high=high
    )


def loads(frame: pd.DataFrame, claimed: float) -> Drawing:
    """Items a day of work in several reports, each of which gives the most or the least; columns
    source, items."""
    rules = [Rule(claimed, _("claimed quota: {count}").format(count=number(claimed, 0)), "claim")]
    title = "Items in a day of seven and a half hours"
    rows = frame.assign(kind="bound")
    drawn = bars(rows, "source", "items", kinds="kind", decimals=0, rules=rules, title=title)
    return drawn.tabled({"source": "report", "items": "items a day"}, frame)
