"""The charts of the poverty chapter. Shares are in percent."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd
from tallybook.charts import Drawing, Rule, bars, colour, lines
from tallybook.charts.drawing import layered

from microwork.poverty.gap import FACTOR, UNDER
from microwork.poverty.tables import BELOW

BEYOND = (20, 2.65)  # a place beyond both contours
HUES = ("s1", "s2")  # of the two contours
NAMED_AT = 3  # the point of a contour beside which its line is named


def first(frame: pd.DataFrame) -> Drawing:
    """The poverty line and who falls under it, at both lines; the columns of ``tables.first``."""
    return bars(
        frame,
        "who",
        BELOW,
        group="line",
        colours="colour",
        domain=(0, 25),
        decimals=0,
        unit=" %",
        title="Share of people below the line, percent",
    )


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
    at = {"x": alt.X(f"{UNDER}:Q"), "y": alt.Y(f"{FACTOR}:Q")}
    dots = alt.Chart(marks).mark_point(filled=True, size=90, opacity=1, color=colour("ink"))
    texts = alt.Chart(_named(curves, marks))
    texts = texts.mark_text(align="left", baseline="bottom", dx=8, dy=-4)
    texts = texts.encode(**at, text="text:N", color=alt.Color("hue:N", scale=None))
    both = drawn[0] + drawn[1] + layered(dots.encode(**at), texts)
    return Drawing(both.broad, both.narrow, table)


def _named(curves: Mapping[str, pd.DataFrame], marks: pd.DataFrame) -> pd.DataFrame:
    """The texts of the map, with place and colour: contours, marks, and the side without a gap."""
    named = [
        {**curve.iloc[NAMED_AT][[UNDER, FACTOR]], "text": name, "hue": colour(hue)}
        for hue, (name, curve) in zip(HUES, curves.items(), strict=True)
    ]
    named += [{**mark, "hue": colour("ink")} for mark in marks.to_dict("records")]
    beyond = {"text": "no gap on this side", "hue": colour("soft")}
    return pd.DataFrame([*named, dict(zip((UNDER, FACTOR), BEYOND, strict=True)) | beyond])
