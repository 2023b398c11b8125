"""Drawings of the chapter on the profile of the respondents. They take tables and values; nothing is computed here but places.

The one exception is the arithmetic of the sliders, which has to run in the page: ``ENDS`` holds it as Vega expressions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import PALETTE, Drawing, Rule, colour, drawing, labels, slider
from tallybook.charts.drawing import layered, lines_of, px, width, wrap, x_scale
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain

UNDER, JOB = "percent aged 18 to 24", "percent with a job"  # columns as readers see them

# Ends of a share, in percent, for ``answers`` persons and self-selection up to ``strength``: Wilson's interval, whose ends
# are then freed of self-selection by Bayes. ``datum.z`` is the normal quantile of the level. Plain arithmetic: a test runs it.
ENDS: Mapping[str, str] = {
    "centre": "(datum.share + datum.z * datum.z / (2 * answers)) / (1 + datum.z * datum.z / answers)",
    "half": "datum.z * sqrt(datum.share * (1 - datum.share) / answers + datum.z * datum.z / (4 * answers * answers))"
    " / (1 + datum.z * datum.z / answers)",
    "low": "100 * (datum.centre - datum.half) / (datum.centre - datum.half + (1 - datum.centre + datum.half) * strength)",
    "high": "100 * (datum.centre + datum.half) / (datum.centre + datum.half + (1 - datum.centre - datum.half) / strength)",
}


def candidates(frame: pd.DataFrame, circulating: float, said: float) -> Drawing:
    """A stroke for each number of respondents that can print what was printed.

    ``frame``: columns ``n``, ``money-motive`` and ``all`` (bool). ``circulating``: the number quoted without a source;
    ``said``: the number published as nearly.
    """
    rows = [("can print the share naming money", "money-motive"), ("can print all four fine shares", "all")]
    columns = {name: frame[column].map({True: "yes", False: "no"}) for name, column in rows}
    table = pd.DataFrame({"respondents": frame["n"], **columns})
    ends = (float(frame["n"].min()) - 2, float(frame["n"].max()) + 2)

    def build(narrow: bool) -> alt.LayerChart:
        scale = x_scale(ends, 6, 10, False)
        axis = alt.Axis(title="number of respondents", format=",.0f", tickCount=4 if narrow else 8, grid=False)
        place = alt.X("n:Q", scale=scale, axis=axis)
        top = 2 * (LINE + 6)
        layers, texts = [], []
        for i, (name, column) in enumerate(rows):
            y = top + LINE + i * 76
            texts.append({"x": 0, "y": y - LINE / 2, "text": name, "colour": "found"})
            for passes, hue, weight, tall in ((False, "line", 1, 10), (True, "found", 2.5, 30)):
                strokes = alt.Chart(pd.DataFrame({"n": frame.loc[frame[column] == passes, "n"]}))
                y1, y2 = alt.value(y + 38), alt.value(y + 38 - tall)
                layers.append(strokes.mark_rule(color=colour(hue), strokeWidth=weight).encode(x=place, y=y1, y2=y2))
        height = top + LINE + 76 + 44
        quoted = f"{plain(circulating, 0)}, no source" if narrow else f"{plain(circulating, 0)}, quoted without a source"
        lines = ((circulating, quoted, "s3"), (said, f"said: nearly {plain(said, 0)}", "claim"))
        for j, (value, text, hue) in enumerate(lines):
            line = alt.Chart(pd.DataFrame({"n": [value], "text": [text]}))
            at = LINE / 2 + (1 - j) * (LINE + 4)
            rule = line.mark_rule(color=colour(hue), strokeDash=[4, 3], strokeWidth=2)
            layers.append(rule.encode(x=place, y=alt.value(at), y2=alt.value(height)))
            name = line.mark_text(align="right", dx=-6, color=colour(hue))
            layers.append(name.encode(x=place, y=alt.value(at), text="text:N"))
        return layered(*layers, labels(texts), width=width(narrow), height=height)

    return drawing(build, table)


def first(frame: pd.DataFrame) -> Drawing:
    """How many of a hundred respondents, and of a hundred people in France, have each trait (``first``)."""
    return charts.bars(
        frame, "who", "of a hundred", group="trait", colours="hue", domain=(0, 100), title="people of a hundred",
        show=lambda value: f"{plain(value, 0)} of 100", fmt=".0f",
    )  # fmt: skip


def comparisons(frame: pd.DataFrame) -> Drawing:
    """Shares of the survey with their intervals beside France and another platform, trait by trait (``comparisons``)."""
    frame = frame.rename(columns={"value": "percent"})
    return charts.whiskers(
        frame, "who", "percent", "low", "high", group="trait", colours="kind", domain=(0, 100), title="percent", show=_bare,
        fmt=".0f",
    )  # fmt: skip


def selection(frame: pd.DataFrame, strongest: float, fewest: int, most: int, answered: int) -> Drawing:
    """What each share can be on the platform as self-selection grows; the benchmark stands beside it.

    ``frame``: ``trait``, ``share``, ``benchmark`` (fractions), ``against``, ``z``. Sliders: strength from 1 to ``strongest``,
    persons who answered from ``fewest`` to ``most`` (``answered`` at first).
    """
    params = (
        slider("strength", "Times as ready one group may be", 1, strongest, 0.05, 1),
        slider("answers", "Persons who answered", fewest, most, 1, answered),
    )
    steps = {
        **ENDS,
        "covers": "datum.low <= 100 * datum.benchmark && 100 * datum.benchmark <= datum.high",
        "note": "format(datum.low, '.0f') + ' to ' + format(datum.high, '.0f') + ' %: '"
        " + (datum.covers ? 'may be as in France' : 'still apart')",
    }
    table = frame.assign(share=100 * frame["share"], benchmark=100 * frame["benchmark"]).drop(columns="z")
    table = table.rename(columns={"share": "published, percent", "benchmark": "France, percent", "against": "beside"})
    room = px("00 to 00 %: may be as in France") + 10

    def build(narrow: bool) -> alt.LayerChart:
        names = [row.trait if narrow else f"{row.trait}\n{wrap(row.against, 190)}" for row in frame.itertuples()]
        if narrow:
            names = [f"{name} (beside: {against})" for name, against in zip(names, frame["against"], strict=True)]
        left, right = (8, 8) if narrow else (max(map(px, names)) + 16, room)
        band_text = "band: what the platform can have"
        key = (("mark: as published", "claim", 0), ("diamond: France", "ink", 140), (band_text, "found", 260))
        step = LINE if narrow else 0
        texts = [{"x": 0 if narrow else x, "y": LINE / 2 + i * step, "text": t, "colour": h} for i, (t, h, x) in enumerate(key)]
        tops, ys, notes, height = _places(names, LINE + 2 * step + 14.0, narrow)
        texts += [{"x": 0, "y": y + LINE / 2, "text": t, "colour": "ink"} for y, t in zip(tops, names, strict=True)]
        scale = x_scale((0, 100), left, right, False)
        axis = alt.Axis(title="percent", format=".0f", tickCount=5)
        rows = frame.assign(_y=ys, _note=notes, _share=100 * frame["share"], _benchmark=100 * frame["benchmark"])
        base = alt.Chart(rows).transform_calculate(**steps)
        y = alt.Y("_y:Q", scale=None, axis=None)
        hue = alt.condition("datum.covers", alt.value(PALETTE["soft"]), alt.value(PALETTE["found"]))
        across = alt.X("low:Q", scale=scale, axis=axis)
        band = base.mark_rule(strokeWidth=8, opacity=0.4).encode(x=across, x2="high:Q", y=y, color=hue)
        said = base.mark_tick(orient="vertical", thickness=3, size=22, color=PALETTE["claim"], opacity=1)
        there = base.mark_point(filled=True, shape="diamond", size=110, color=PALETTE["ink"], opacity=1)
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


def _places(names: Sequence[str], top: float, narrow: bool) -> tuple[list[float], list[float], list[float], float]:
    """Where rows with these names stand below ``top``: their upper edges, marks and notes; then where the last one ends.

    Broad: the name at the left of its mark and note. Narrow: the name, under it the note, under that the mark.
    """
    tops, marks, notes = [], [], []
    for name in names:
        tall = lines_of(name) * LINE
        tops.append(top)
        marks.append(top + (tall + LINE + 14 if narrow else tall / 2))
        notes.append(top + (tall + LINE / 2 if narrow else tall / 2))
        top += tall + (LINE + 40 if narrow else 24)
    return tops, marks, notes, top


def same_ages(frame: pd.DataFrame, found: float, under_25: float) -> Drawing:
    """Share with a job that people of the respondents' ages have, by how many of the respondents are under 25.

    ``frame``: ``under_25``, ``expected`` (percent). ``found``: the share with a main job that was published; ``under_25``: the
    share of the country's people of working age who are under 25.
    """
    rules = [
        Rule(found, f"survey: {plain(found, 0)} %", "claim", "y"),
        Rule(under_25, f"as in France: {plain(under_25, 0)} %", "soft", "x"),
    ]
    frame = frame.rename(columns={"under_25": UNDER, "expected": JOB})
    return charts.lines(
        frame, UNDER, JOB, rules=rules, domain=(55, 80), title="percent with a job, at the rates of France",
        x_title="respondents aged 18 to 24, in percent (not published)", fmt=".0f", x_fmt=".0f",
    )  # fmt: skip


def women(frame: pd.DataFrame, half: float, published: float | None = None) -> Drawing:
    """Women among microworkers by survey, against the half (columns ``place``, ``women`` and, if known, ``low``, ``high``).

    ``published``: the share of the survey of 2018, as a line, where it is not itself a row.
    """
    hues = ["claim" if place.startswith("France, Foule") else "found" for place in frame["place"]]
    low, high = ("low", "high") if "low" in frame else (None, None)
    rules = [Rule(half, "half", "soft")] if published is None else [Rule(published, "survey of 2018", "claim")]
    return charts.whiskers(
        frame.assign(hue=hues), "place", "women", low, high, colours="hue", domain=(0, 100), title="women, percent",
        show=lambda value: f"{plain(value, 0)} %", rules=rules, fmt=".0f",
    )  # fmt: skip


def _bare(value: float) -> str:
    """A percentage with one decimal, or none if that is a zero, for whole percentages were printed whole."""
    return charts.number(value, 1).removesuffix(".0") + " %"
