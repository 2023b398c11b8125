"""Drawings of the chapter on the profile of the respondents. They take tables and values; nothing
is computed here but places."""

from __future__ import annotations

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule
from tallybook.charts.drawing import in_pixels, layered, width, wrap
from tallybook.charts.grammar import HUE
from tallybook.language import gettext as _
from tallybook.language import said
from tallybook.model.numbers import Number

from microwork.figures import counted, text, told

TOP, HEIGHT = 34, 300  # px above and of the field of the slope
MOST, LEAST = 66.0, 20.0  # percent at the ends of that field
ROOM = {False: (110, 270), True: (58, 128)}  # px left and right of it, broad and narrow
HUES = ("s2", "found", "found", "found")  # of the traits: the flat line stands out


def strip(ours: Number, elsewhere: pd.DataFrame, published: float) -> Drawing:
    """Women among microworkers: our answer for France, then other platforms.

    ``ours``: the answer, in percent; ``elsewhere``: columns place, women, low and high (percent);
    ``published``: percent, of one French platform.
    """
    france = pd.DataFrame(
        [("Our estimate for France", ours.value, ours.low, ours.high, "found")],
        columns=["place", "women", "low", "high", "hue"],
    )
    others = elsewhere.assign(hue="soft")
    drawn = charts.whiskers(
        pd.concat([france, others], ignore_index=True),
        "place",
        "women",
        "low",
        "high",
        colours="hue",
        domain=(15, 75),
        title="women, percent",
        show=lambda value: charts.number(value, 0, "percent"),
        fmt=".0f",
        rules=[
            Rule(
                published,
                _("the press: {share}").format(share=charts.number(published, 0, "percent")),
            )
        ],
    )
    return drawn.tabled({"place": "place", "women": "women, percent", "low": "low", "high": "high"})


def hundred(ours: Number, said: Number) -> Drawing:
    """A hundred microworkers, as many filled as are women by our answer."""
    return counted([("are women", ours)], [told(said)], 100, "of a hundred people")


def slope(frame: pd.DataFrame) -> Drawing:
    """Each trait as a line from its share among people in France to that among the respondents
    (``respondents.slope``, in percent)."""
    rows = frame.assign(
        y=frame["france"].map(_height),
        y2=frame["survey"].map(_height),
        _hue=[charts.colour(hue) for hue in HUES],
    )

    def build(narrow: bool) -> alt.LayerChart:
        left, right = ROOM[narrow]
        start, end = left, width(narrow) - right
        placed = alt.Chart(rows.assign(x=start, x2=end)).encode(color=HUE)
        line = placed.mark_rule(strokeWidth=3).encode(**in_pixels(), x2="x2:Q", y2="y2:Q")
        dots = placed.mark_point(filled=True, size=80, opacity=1)
        heads = [text(start, 10, _("France"), "soft"), text(end, 10, _("Survey of 2018"), "soft")]
        return layered(
            line,
            *(dots.encode(**at) for at in (in_pixels(), in_pixels("x2", "y2"))),
            charts.labels(heads, "center"),
            *_told(rows, start, end, right),
            width=width(narrow),
            height=TOP + HEIGHT,
        )

    names = {"trait": "trait", "france": "France, percent", "survey": "survey, percent"}
    return charts.drawing(build, frame).tabled(names)


def _height(percent: float) -> float:
    """Where a share stands in the slope, in pixels from the top."""
    return TOP + HEIGHT * (MOST - percent) / (MOST - LEAST)


def _told(rows: pd.DataFrame, start: float, end: float, room: float) -> list[alt.Chart]:
    """The shares at the left ends of the lines, and at the right ends what they are shares of."""
    left, right = [], []
    for row, hue in zip(rows.itertuples(), HUES, strict=True):
        here, there = (charts.number(value, 0, "percent") for value in (row.france, row.survey))
        named = wrap(said(f"{there} {_(row.trait)}"), room - 16)
        left.append(text(start - 12, row.y, here, hue))
        right.append(text(end + 12, row.y2, named, hue))
    return [charts.labels(left, "right"), charts.labels(right)]
