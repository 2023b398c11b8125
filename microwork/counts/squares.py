"""The first picture of the chapter on counts: groups inside groups, as squares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import Drawing, colour
from tallybook.charts.drawing import drawing, labels, layered, width, wrap
from tallybook.charts.grammar import DASH
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain

from microwork.figures import text

SIDE, LEAD = 300, 18  # px: of the largest square, and from a square to its text
INSET = 9  # px from square to square, so that dashes do not lie on dashes and look solid
AT = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}


def nested(groups: Sequence[tuple[str, float]], other: tuple[str, float]) -> Drawing:
    """Published figures of groups, each inside the one before, as squares whose areas are the
    figures; all of them are claimed.

    ``groups``: who is counted and how many, the largest first. ``other``: a figure that stands
    beside the smallest, and has no square of its own.
    """

    def build(narrow: bool) -> alt.LayerChart:
        whole = width(True) - INSET if narrow else SIDE
        squares = places([count for _, count in groups], whole)
        dashed = alt.Chart(pd.DataFrame(squares)).mark_rect(
            filled=False, stroke=colour("claim"), strokeWidth=2, strokeDash=DASH
        )
        # On a narrow drawing the texts of the smaller squares stand in the largest one.
        beside = squares[1 if narrow else 0]["x2"] + LEAD
        room = (whole if narrow else width(narrow)) - beside
        words = [
            wrap(who, whole - 2 * INSET if narrow and not i else room)
            for i, (who, _) in enumerate(groups)
        ]
        words[-1] += "\n" + wrap(f"{other[0]}: {plain(other[1], 0)}", room)
        numbers, says, leads = [], [], []
        for square, (_, count), said in zip(squares, groups, words, strict=True):
            inside = narrow and square is squares[0]
            x, y = (INSET if inside else beside), square["y"] + (LINE if inside else LINE / 3)
            numbers.append(text(x, y, plain(count, 0), "claim"))
            says.append(text(x, y + LINE, said, "ink"))
            leads += [] if inside else [{"x": square["x2"] + 3, "x2": beside - 6, "y": y}]
        lines = alt.Chart(pd.DataFrame(leads)).mark_rule(color=colour("line"))
        layers = (
            dashed.encode(**AT, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")),
            lines.encode(**AT, x2=alt.X2("x2:Q")),
            labels(numbers, bold=True),
            labels(says),
        )
        return layered(*layers, width=width(narrow), height=whole + 2)

    return drawing(build, pd.DataFrame([*groups, other], columns=["what is counted", "published"]))


def places(counts: Sequence[float], whole: float) -> list[dict[str, Any]]:
    """Where squares stand (pixels), each inside the one before near its lower left corner, with
    areas as the counts. ``whole``: the side of the first."""
    found = []
    for place, count in enumerate(counts):
        side, left = whole * math.sqrt(count / counts[0]), 1 + place * INSET
        foot = 1 + whole - place * INSET
        found.append({"x": left, "x2": left + side, "y": foot - side, "y2": foot})
    return found
