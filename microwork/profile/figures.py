"""Drawings of the chapter on the profile of the respondents. They take tables and values; nothing
is computed here but places.

The one exception is the arithmetic of the sliders, which has to run in the page: ``ENDS`` holds it
as Vega expressions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import PALETTE, Drawing, Rule, drawing, labels, slider
from tallybook.charts.drawing import layered, lines_of, px, width, wrap, x_scale
from tallybook.charts.grammar import strokes
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain

from microwork.figures import text

# Ends of a share, in percent, for ``answers`` persons and self-selection up to ``strength``:
# Wilson's interval, whose ends are then freed of self-selection by Bayes. ``datum.z`` is the normal
# quantile of the level. Plain arithmetic: a test runs it.
ENDS: Mapping[str, str] = {
    "centre": (
        "(datum.share + datum.z * datum.z / (2 * answers)) / (1 + datum.z * datum.z / answers)"
    ),
    "half": (
        "datum.z * sqrt(datum.share * (1 - datum.share) / answers + datum.z * datum.z / (4 *"
        " answers * answers)) / (1 + datum.z * datum.z / answers)"
    ),
    "low": (
        "100 * (datum.centre - datum.half) / (datum.centre - datum.half + (1 - datum.centre +"
        " datum.half) * strength)"
    ),
    "high": (
        "100 * (datum.centre + datum.half) / (datum.centre + datum.half + (1 - datum.centre -"
        " datum.half) / strength)"
    ),
    # The strength at which the nearer end reaches France.
    "odds": "datum.benchmark / (1 - datum.benchmark)",
    "closes": (
        "max((datum.centre - datum.half) / (1 - datum.centre + datum.half) / datum.odds, datum.odds"
        " * (1 - datum.centre - datum.half) / (datum.centre + datum.half))"
    ),
}


# What the drawing of ``selection`` shows, with the colour and the place of its text.
KEY = (
    ("dashed: as published", "claim", 0),
    ("diamond: France", "ink", 150),
    ("band: what the platform can have", "found", 270),
)


def readiness(frame: pd.DataFrame) -> Drawing:
    """How many times as ready to answer each group would have to be to make its gap to France
    (``tables.readiness``)."""
    return charts.whiskers(
        frame,
        "trait",
        "times",
        "low",
        "high",
        domain=(0.9, 3.1),
        title="times as ready to answer",
        decimals=1,
        rules=[Rule(1, "as ready as others", "soft")],
        fmt=".1f",
    )


def selection(
    frame: pd.DataFrame, strongest: float, fewest: int, most: int, answered: int
) -> Drawing:
    """What each share can be on the platform as self-selection grows; the benchmark stands beside
    it.

    ``frame``: ``trait``, ``share``, ``benchmark`` (fractions), ``against``, ``z``. Sliders:
    strength from 1 to ``strongest``, persons who answered from ``fewest`` to ``most`` (``answered``
    at first).
    """
    params = (
        slider("strength", "Times as ready one group may be", 1, strongest, 0.05, 1),
        slider("answers", "Persons who answered", fewest, most, 1, answered),
    )
    steps = {
        **ENDS,
        "covers": "datum.low <= 100 * datum.benchmark && 100 * datum.benchmark <= datum.high",
        "note": (
            "format(datum.low, '.0f') + ' to ' + format(datum.high, '.0f') + ' %: '"
            " + (datum.covers ? 'may be as in France' : 'apart below × ' +"
            " format(datum.closes, '.1f'))"
        ),
    }
    table = frame.assign(share=100 * frame["share"], benchmark=100 * frame["benchmark"])
    names = {"share": "published, percent", "benchmark": "France, percent", "against": "beside"}
    table = table.drop(columns="z").rename(columns=names)

    def build(narrow: bool) -> alt.LayerChart:
        return _selection(frame, steps, narrow)

    return drawing(build, table).add_params(*params)


def _selection(frame: pd.DataFrame, steps: Mapping[str, str], narrow: bool) -> alt.LayerChart:
    """The drawing of ``selection``; ``steps``: what the page computes, by name."""
    names = [
        f"{row.trait} (beside: {row.against})"
        if narrow
        else f"{row.trait}\n{wrap(row.against, 190)}"
        for row in frame.itertuples()
    ]
    room = px("00 to 00 %: may be as in France") + 10
    left, right = (8, 8) if narrow else (max(map(px, names)) + 16, room)
    step = LINE if narrow else 0
    texts = [
        text(0 if narrow else x, LINE / 2 + i * step, words, hue)
        for i, (words, hue, x) in enumerate(KEY)
    ]
    tops, ys, notes, height = _places(names, LINE + 2 * step + 14.0, narrow)
    texts += [text(0, y + LINE / 2, name, "ink") for y, name in zip(tops, names, strict=True)]
    at_row = {"_y": ys, "_top": [y - 11 for y in ys], "_foot": [y + 11 for y in ys]}
    at_row |= {f"_{part}": 100 * frame[part] for part in ("share", "benchmark")}
    base = alt.Chart(frame.assign(_note=notes, **at_row)).transform_calculate(**steps)
    scale = x_scale((0, 100), left, right, False)
    y = alt.Y("_y:Q", scale=None, axis=None)
    hue = alt.condition("datum.covers", alt.value(PALETTE["soft"]), alt.value(PALETTE["found"]))
    across = alt.X("low:Q", scale=scale, axis=alt.Axis(title="percent", format=".0f", tickCount=5))
    at = alt.value(0) if narrow else alt.value(alt.expr("width - 4"))
    band = base.mark_rule(strokeWidth=8, opacity=0.4)
    said = strokes(base, "_top", "_foot")
    there = base.mark_point(filled=True, shape="diamond", size=110, color=PALETTE["ink"], opacity=1)
    note = base.mark_text(align="left" if narrow else "right", baseline="middle")
    layers = [
        band.encode(x=across, x2="high:Q", y=y, color=hue),
        said.encode(x=alt.X("_share:Q", scale=scale)),
        there.encode(x=alt.X("_benchmark:Q", scale=scale), y=y),
        note.encode(x=at, y=alt.Y("_note:Q", scale=None, axis=None), text="note:N", color=hue),
        labels(texts),
    ]
    return layered(*layers, width=width(narrow), height=height)


def _places(
    names: Sequence[str], top: float, narrow: bool
) -> tuple[list[float], list[float], list[float], float]:
    """Where rows with these names stand below ``top``: their upper edges, marks and notes; then
    where the last one ends.

    Broad: the name at the left of its mark and note. Narrow: the name, under it the note, under
        that the mark.
    """
    tops, marks, notes = [], [], []
    for name in names:
        tall = lines_of(name) * LINE
        tops.append(top)
        marks.append(top + (tall + LINE + 14 if narrow else tall / 2))
        notes.append(top + (tall + LINE / 2 if narrow else tall / 2))
        top += tall + (LINE + 40 if narrow else 24)
    return tops, marks, notes, top


def women(frame: pd.DataFrame, half: float, said: float) -> Drawing:
    """Women among microworkers by platform, against what was said of France (columns ``place``,
    ``women``, ``low``, ``high``).

    ``half``, ``said``: percent. The first row is the survey behind what was said, the last what the
    others let one expect.
    """
    looks = (("found", "soft"), ("measured", "unknown"))
    hues, kinds = ([others] * (len(frame) - 1) + [last] for others, last in looks)
    return charts.whiskers(
        frame.assign(hue=hues, kind=kinds),
        "place",
        "women",
        "low",
        "high",
        colours="hue",
        kinds="kind",
        domain=(0, 100),
        title="women, percent",
        show=lambda value: f"{plain(value, 0)} %",
        fmt=".0f",
        rules=[Rule(said, f"said of France: {plain(said, 0)} %"), Rule(half, "half", "soft")],
    )
