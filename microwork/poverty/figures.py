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
    drawn, named = [], []
    # The line of M. leaves its room above both, and has its text once.
    words = ("M., if he gave his own wage", "")
    for hue, said, (name, curve) in zip(("s1", "s2"), words, curves.items(), strict=True):
        drawn.append(
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
        )
        named.append({**curve.iloc[NAMED_AT][[UNDER, FACTOR]], "text": name, "hue": colour(hue)})
    named += [{**mark, "hue": colour("ink")} for mark in marks.to_dict("records")]
    named.append(
        {UNDER: BEYOND[0], FACTOR: BEYOND[1], "text": "no gap on this side", "hue": colour("soft")}
    )
    at = {"x": alt.X(f"{UNDER}:Q"), "y": alt.Y(f"{FACTOR}:Q")}
    dots = (
        alt.Chart(marks)
        .mark_point(filled=True, size=90, opacity=1, color=colour("ink"))
        .encode(**at)
    )
    texts = alt.Chart(pd.DataFrame(named)).mark_text(align="left", baseline="bottom", dx=8, dy=-4)
    texts = texts.encode(**at, text="text:N", color=alt.Color("hue:N", scale=None))
    both = drawn[0] + drawn[1] + layered(dots, texts)
    return Drawing(both.broad, both.narrow, table)
