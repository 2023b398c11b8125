"""Drawings of the workers of open jobs: countries in falling order, and one country by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, colour
from tallybook.charts.drawing import Align, drawing, labels, layered, px, width
from tallybook.charts.theme import LINE
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.model.formatting import plain
from tallybook.model.numbers import Number

from microwork.figures import texts

HEIGHT = 280  # px from the foot of the columns to the top of the tallest
FOOT = LINE + 12  # px under the columns, for what they are
GAP = 0.25  # of the room of a column
LOW = 4 * LINE  # px; the name of a column that is lower stands beside a stem over it


def strip(frame: pd.DataFrame) -> Drawing:
    """A column for each country, the most workers first, with names beside those that have one.

    ``frame``: columns country, workers (persons), percent (of all workers; missing where a country
    is not named), colour (palette name), in falling order of workers. High columns with a name must
    be a line apart in height.
    """
    rows = frame.reset_index(drop=True)
    rows.insert(2, "label", [_label(row) for row in rows.itertuples()])
    rows = rows.drop(columns="percent")

    def build(narrow: bool) -> alt.LayerChart:
        full = width(narrow)
        room = full / len(rows)
        tall = HEIGHT * rows["workers"] / rows["workers"].max()
        bars = rows.assign(
            _x=[room * place for place in rows.index],
            _end=[room * (place + 1 - GAP) for place in rows.index],
            _top=LINE + HEIGHT - tall,
            _hue=[colour(name) for name in rows["colour"]],
        )
        at = {
            "x": alt.X("_x:Q", scale=None, axis=None),
            "x2": alt.X2("_end:Q"),
            "y": alt.Y("_top:Q", scale=None, axis=None),
            "y2": alt.datum(LINE + HEIGHT),
            "color": alt.Color("_hue:N", scale=None),
        }
        drawn = alt.Chart(bars).mark_rect(opacity=1).encode(**at)
        words, stems = _names(bars, full)
        foot = {
            "x": 0,
            "y": LINE + HEIGHT + FOOT / 2,
            "text": "one column for each country, the most workers first",
            "colour": "soft",
        }
        layers = [drawn, *_stems(stems), *words, labels([foot])]
        return layered(*layers, width=full, height=LINE + HEIGHT + FOOT)

    return drawing(build, rows).tabled({"country": "country", "workers": "workers"})


def _label(row: Any) -> str:
    """A country with its percentage or, below one in a hundred, its workers."""
    if pd.isna(row.percent):
        return ""
    country, workers = _(row.country), int(row.workers)
    if row.percent >= 1:
        said = _("{country}: {percent}\u202f%")
        return said.format(country=country, percent=plain(row.percent, 0))
    said = ngettext("{country}: {count} worker", "{country}: {count} workers", workers)
    return said.format(country=country, count=workers)


def _names(bars: pd.DataFrame, full: float) -> tuple[list[alt.Chart], pd.DataFrame]:
    """Names beside the tops of high columns, and beside stems over low ones, with these stems.

    A stem further to the right is lower, so that no name covers another.
    """
    placed: dict[Align, list[dict[str, object]]] = {"left": [], "right": []}
    named = bars[bars["label"] != ""]
    high = LINE + HEIGHT - named["_top"] > LOW
    stems = int((~high).sum())
    ends = []
    for row, beside in zip(named.to_dict("records"), high, strict=True):
        at = row["_end"] if beside else (row["_x"] + row["_end"]) / 2
        y = row["_top"] + LINE / 2
        if not beside:
            y = LINE + HEIGHT - LOW * stems / 2 - LINE / 2
            ends.append({"x": at, "from": y - LINE / 2, "to": row["_top"] - 2, "hue": row["_hue"]})
            stems -= 1
        side: Align = "left" if at + 6 + px(row["label"]) <= full else "right"
        x = at + 6 if side == "left" else at - 6
        placed[side].append({"x": x, "y": y, "text": row["label"], "colour": row["colour"]})
    texts = [labels(part, align=side) for side, part in placed.items() if part]
    return texts, pd.DataFrame(ends)


def _stems(stems: pd.DataFrame) -> list[alt.Chart]:
    if stems.empty:
        return []
    mark = alt.Chart(stems).mark_rule(strokeWidth=1.5)
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("from:Q", scale=None, axis=None)
    return [mark.encode(x=x, y=y, y2=alt.Y2("to:Q"), color=alt.Color("hue:N", scale=None))]


def since(frame: pd.DataFrame) -> Drawing:
    """Workers of Mechanical Turk outside the United States; columns year, place, percent. Each line
    says where it ends."""
    last = frame.groupby("place")["percent"].transform("last")
    said = [
        _("{country}: {percent}\u202f%").format(country=_(place), percent=plain(share, 1))
        for place, share in zip(frame["place"], last, strict=True)
    ]
    rows = frame.assign(place=said)
    hues = {"India": "s2", "Venezuela": "found"}
    drawn = charts.lines(
        rows,
        "year",
        "percent",
        "place",
        colours={
            name: hues.get(place, "soft") for name, place in zip(said, frame["place"], strict=True)
        },
        points=True,
        zero=True,
        title="percent of the workers of Mechanical Turk, outside the United States",
        fmt=".0f",
        x_fmt="d",
    )
    heads = {"year": "year", "place": "country", "percent": "percent of the workers"}
    return drawn.tabled(heads, frame)


def months(rows: Sequence[tuple[str, Number]]) -> Drawing:
    """One country's share of the workers of open jobs by month: (month and jobs, number)."""
    frame = pd.DataFrame(
        [(name, n.value, n.low, n.high) for name, n in rows],
        columns=["month", "percent", "low", "high"],
    )
    drawn = charts.whiskers(
        frame,
        "month",
        "percent",
        "low",
        "high",
        zero=True,
        show=texts(number for _, number in rows),
        title="percent of the workers of open jobs who were in Venezuela",
        fmt=".0f",
    )
    heads = {"month": "month", "percent": "percent of the workers", "low": "low", "high": "high"}
    return drawn.tabled(heads)
