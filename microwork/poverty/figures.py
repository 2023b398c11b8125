"""The charts of the poverty chapter. Shares are in percent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import Drawing, Rule, colour, lines, number
from tallybook.charts.drawing import layered
from tallybook.language import gettext as _
from tallybook.model.formatting import plain

from microwork.poverty.gap import FACTOR, UNDER

BOLD: dict[str, Any] = {"baseline": "bottom", "dy": -8, "fontWeight": "bold"}
# Where the two sides of the first picture are named.
PLACES = [
    (0.53, 35, "above: poor less often than France"),
    (0.503, 6, "below: poor more often than France"),
]
BEYOND = (20, 2.65)  # a place beyond both contours
HUES = ("s1", "s2")  # of the two contours
NAMED_AT = 3  # the point of a contour beside which its line is named


def first(frame: pd.DataFrame) -> Drawing:
    """How far incomes must be declared too low to leave no gap to France, from the lower line to
    the usual one; the columns of ``tables.first``."""
    drawn = lines(
        frame,
        "line",
        "percent",
        low="low",
        high="high",
        colours={"": "found"},
        domain=(0, 40),
        x_domain=(0.5, 0.6),
        x_fmt=".2f",
        title="All incomes declared too low by, percent",
        x_title="Poverty line, in parts of the median",
    )
    ends = frame.iloc[[0, -1]].assign(
        said=[f"{number(v, 0)} %" for v in frame["percent"].iloc[[0, -1]]]
    )
    at = {"x": alt.X("line:Q"), "y": alt.Y("percent:Q")}
    dots = alt.Chart(ends).mark_point(filled=True, size=90, opacity=1, color=colour("found"))
    texts = [
        mark.encode(**at, text=alt.Text("said:N"))
        for mark in (
            alt.Chart(ends.iloc[[0]]).mark_text(align="left", dx=10, **BOLD),
            alt.Chart(ends.iloc[[1]]).mark_text(align="right", dx=-10, **BOLD),
        )
    ]
    places = pd.DataFrame(PLACES, columns=["line", "percent", "said"])
    areas = (
        alt.Chart(places)
        .mark_text(align="left", color=colour("soft"))
        .encode(**at, text=alt.Text("said:N"))
    )
    both = drawn + layered(dots.encode(**at), *texts, areas)
    heads = {"line": "poverty line, part of the median", "percent": "declared too low by, percent"}
    return both.tabled(heads | {"low": "low", "high": "high"}, frame)


def gap(
    curves: Mapping[str, pd.DataFrame], marks: pd.DataFrame, stated: float, table: pd.DataFrame
) -> Drawing:
    """The map: where the respondents are as often poor as people with such jobs, by understatement
    and by jobs.

    ``curves``: the contour at each of two lines by the name of the line (``gap.contour``).
    ``marks``: points on them (``gap.marks``). ``stated``: the understatement of M., percent.
    ``table``: what the reader gets.
    """
    # The line of M. leaves its room above both, and has its text once.
    words = ("M., if he gave his own wage", "")
    drawn = [
        lines(
            curve,
            UNDER,
            FACTOR,
            low="low",
            high="high",
            colours={"": hue},
            rules=[Rule(stated, said, "soft")],
            domain=(1, 3.1),
            x_domain=(0, 40),
            fmt=".1f",
            title=FACTOR,
            x_title=UNDER,
        )
        for hue, said, curve in zip(HUES, words, curves.values(), strict=True)
    ]
    said = [
        _(text).format(percent=plain(under, 0))
        for text, under in zip(marks["text"], marks[UNDER], strict=True)
    ]
    marks = marks.assign(text=said)
    at = {"x": alt.X(f"{UNDER}:Q"), "y": alt.Y(f"{FACTOR}:Q")}
    dots = alt.Chart(marks).mark_point(filled=True, size=90, opacity=1, color=colour("ink"))
    texts = alt.Chart(_named(curves, marks))
    texts = texts.mark_text(align="left", baseline="bottom", dx=8, dy=-4)
    texts = texts.encode(**at, text=alt.Text("text:N"), color=alt.Color("hue:N", scale=None))
    both = drawn[0] + drawn[1] + layered(dots.encode(**at), texts)
    return both.tabled({name: name for name in table} | {"line": "poverty line"}, table)


def _named(curves: Mapping[str, pd.DataFrame], marks: pd.DataFrame) -> pd.DataFrame:
    """The texts of the map, with place and colour: contours, marks, and the side without a gap."""
    named = [
        {**curve.iloc[NAMED_AT][[UNDER, FACTOR]], "text": name, "hue": colour(hue)}
        for hue, (name, curve) in zip(HUES, curves.items(), strict=True)
    ]
    named += [{**mark, "hue": colour("ink")} for mark in marks.to_dict("records")]
    beyond = {"text": "no gap on this side", "hue": colour("soft")}
    return pd.DataFrame([*named, dict(zip((UNDER, FACTOR), BEYOND, strict=True)) | beyond])
