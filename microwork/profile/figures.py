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
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain

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
}


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
            " + (datum.covers ? 'may be as in France' : 'still apart')"
        ),
    }
    table = frame.assign(share=100 * frame["share"], benchmark=100 * frame["benchmark"]).drop(
        columns="z"
    )
    table = table.rename(
        columns={"share": "published, percent", "benchmark": "France, percent", "against": "beside"}
    )
    room = px("00 to 00 %: may be as in France") + 10

    def build(narrow: bool) -> alt.LayerChart:
        names = [
            row.trait if narrow else f"{row.trait}\n{wrap(row.against, 190)}"
            for row in frame.itertuples()
        ]
        if narrow:
            names = [
                f"{name} (beside: {against})"
                for name, against in zip(names, frame["against"], strict=True)
            ]
        left, right = (8, 8) if narrow else (max(map(px, names)) + 16, room)
        band_text = "band: what the platform can have"
        key = (
            ("mark: as published", "claim", 0),
            ("diamond: France", "ink", 140),
            (band_text, "found", 260),
        )
        step = LINE if narrow else 0
        texts = [
            {"x": 0 if narrow else x, "y": LINE / 2 + i * step, "text": t, "colour": h}
            for i, (t, h, x) in enumerate(key)
        ]
        tops, ys, notes, height = _places(names, LINE + 2 * step + 14.0, narrow)
        texts += [
            {"x": 0, "y": y + LINE / 2, "text": t, "colour": "ink"}
            for y, t in zip(tops, names, strict=True)
        ]
        scale = x_scale((0, 100), left, right, False)
        axis = alt.Axis(title="percent", format=".0f", tickCount=5)
        rows = frame.assign(
            _y=ys, _note=notes, _share=100 * frame["share"], _benchmark=100 * frame["benchmark"]
        )
        base = alt.Chart(rows).transform_calculate(**steps)
        y = alt.Y("_y:Q", scale=None, axis=None)
        hue = alt.condition("datum.covers", alt.value(PALETTE["soft"]), alt.value(PALETTE["found"]))
        across = alt.X("low:Q", scale=scale, axis=axis)
        band = base.mark_rule(strokeWidth=8, opacity=0.4).encode(
            x=across, x2="high:Q", y=y, color=hue
        )
        said = base.mark_tick(
            orient="vertical", thickness=3, size=22, color=PALETTE["claim"], opacity=1
        )
        there = base.mark_point(
            filled=True, shape="diamond", size=110, color=PALETTE["ink"], opacity=1
        )
        note = base.mark_text(align="left" if narrow else "right", baseline="middle")
        at = alt.value(0) if narrow else alt.value(alt.expr("width - 4"))
        layers = [
            band,
            said.encode(x=alt.X("_share:Q", scale=scale), y=y),
            there.encode(x=alt.X("_benchmark:Q", scale=scale), y=y),
            note.encode(x=at, y=alt.Y("_note:Q", scale=None, axis=None), text="note:N", color=hue),
            labels(texts),
        ]
        return layered(*layers, width=width(narrow), height=height)

    return drawing(build, table).add_params(*params)


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
    hues = ["claim", *["found"] * (len(frame) - 2), "soft"]
    return charts.whiskers(
        frame.assign(hue=hues),
        "place",
        "women",
        "low",
        "high",
        colours="hue",
        domain=(0, 100),
        title="women, percent",
        show=lambda value: f"{plain(value, 0)} %",
        fmt=".0f",
        rules=[Rule(said, f"said of France: {plain(said, 0)} %"), Rule(half, "half", "soft")],
    )
