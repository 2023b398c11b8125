"""The charts of the chapter on retraining: searches, headlines, tweets, questions, the stream, and the ladder of labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import PALETTE, Drawing, Rule, bars, drawing, lines, number, readout, slider, whiskers
from tallybook.charts.drawing import axis, extent, from_edge, head, labels, layered, tips, width, x_scale
from tallybook.charts.layout import layout, note_layers, text_layers
from tallybook.charts.marks import HEIGHT
from tallybook.charts.theme import LINE

PERCENT = "\u202f%"
STRIP = 70  # px of the strip with the searches of each day
# Column of the table, name at the end of its line, colour: from what flatters a frozen list to what does not.
WEIGHTS = {
    "country": ("by country", "s1"),
    "popularity": ("popularity", "s4"),
    "rows": ("pairs", "s3"),
    "distinct": ("searches", "s2"),
}


def corona(known: pd.DataFrame, days: pd.DataFrame, start: int) -> Drawing:
    """What a list frozen on a day that the reader sets knows of each later day, over the searches of every day.

    ``known``: freeze, day and, in percent, the columns of ``WEIGHTS``; ``days``: day, distinct. ``start``: freeze at first.
    """
    names = {column: name for column, (name, _) in WEIGHTS.items()}
    rows = known.rename(columns=names)[["freeze", "day", *names.values()]].round(2)
    hues = alt.Scale(domain=list(names.values()), range=[PALETTE[hue] for _, hue in WEIGHTS.values()])
    last, most = int(days["day"].max()), int(days["distinct"].max())
    table = known.loc[known["freeze"] == start, ["freeze", "day", *WEIGHTS]].rename(columns=names)
    table = table.merge(days.rename(columns={"distinct": "searches that day"}), on="day")
    table = table.drop(columns="freeze").rename(columns={"day": "day of January 2020"})

    def build(narrow: bool) -> alt.LayerChart:
        said = ["'List frozen on ' + freeze + ' January 2020'"]
        top, right = head(said) + 10, 125
        bottom = top + HEIGHT[narrow] - 90
        floor = bottom + 74 + STRIP
        scale = x_scale((0, last), 0, right, False)
        x_axis = axis((0, last), width(narrow) - right, False, "d", "Day of January 2020")
        x_axis.grid = False
        x = alt.X("day:Q", scale=scale, axis=x_axis)
        y_axis = axis((0, 100), bottom, False, None, "Known to the list, percent")
        y_axis.titleX, y_axis.titleY, y_axis.titleAnchor, y_axis["values"] = 0, top - 22, None, [0, 25, 50, 75, 100]
        y = alt.Y("known:Q", scale=alt.Scale(domain=[0, 100], range=[bottom, top], nice=False), axis=y_axis)
        base = alt.Chart(rows).transform_filter("datum.freeze == freeze")
        base = base.transform_fold(list(names.values()), as_=["weight", "known"])
        hue = alt.Color("weight:N", scale=hues)
        tip = [alt.Tooltip("weight:N"), alt.Tooltip("day:Q"), alt.Tooltip("known:Q", format=".1f", title="known, percent")]
        end = base.transform_filter(f"datum.day == {last}").transform_calculate(
            text=f"datum.weight + ' ' + format(datum.known, '.0f') + '{PERCENT}'"
        )
        # Two lines that end within a line of text of each other are told apart by moving their names.
        end = end.transform_window(rank="rank()", sort=[alt.SortField("known", order="descending")]).transform_calculate(
            at=f"max({bottom} - datum.known * {(bottom - top) / 100}, {top} + (datum.rank - 1) * {LINE})",
        )
        end = end.transform_calculate(at=f"min(datum.at, {bottom} - (4 - datum.rank) * {LINE})")
        box = alt.Chart(pd.DataFrame({"from": [0]})).transform_calculate(to="freeze")
        shade = box.mark_rect(color=PALETTE["soft"], opacity=0.12)
        day = days.assign(_top=floor - STRIP * days["distinct"] / most, _floor=floor)
        strip = alt.Chart(day).mark_bar(size=5 if narrow else 9, color=PALETTE["found"], opacity=0.55)
        name = f"Different searches a day (at most {number(most, 0)})"
        claim = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=PALETTE["claim"], strokeWidth=2, strokeDash=[4, 3])
        return layered(
            shade.encode(x=alt.X("from:Q", scale=scale, axis=x_axis), x2="to:Q", y=alt.value(top), y2=alt.value(bottom)),
            base.mark_line().encode(x=x, y=y, color=hue),
            base.mark_point(filled=True, size=150, opacity=0).encode(x=x, y=y, color=hue, tooltip=tip),
            end.mark_text(align="left", baseline="middle").encode(
                x=from_edge(right - 8), y=alt.Y("at:Q", scale=None, axis=None), text="text:N", color=hue
            ),
            strip.encode(x=x, y=alt.Y("_top:Q", scale=None, axis=None), y2="_floor:Q", tooltip=tips(days, "day", "distinct")),
            claim.encode(x=alt.X("at:Q", scale=scale), y=alt.value(floor - STRIP), y2=alt.value(floor)),
            labels([{"x": 0, "y": bottom + 28, "text": name, "colour": "soft"}]),
            labels([{"x": 0, "y": bottom + 28 + LINE, "text": "claimed: millions from the end of 2019", "colour": "claim"}]),
            *readout(said, -22),
            width=width(narrow), height=floor,
        )  # fmt: skip

    drawn = drawing(build, table)
    return drawn.add_params(slider("freeze", "Last day in the list (January 2020)", 1, last - 1, 1, start))


REGIMES = {"all": "found", "fresh": "s2", "frozen": "soft"}  # a regime has one colour in all charts
NAMES = {"low": "low end", "high": "high end"}  # columns as readers see them


def named(drawn: Drawing, table: pd.DataFrame, names: Mapping[str, str]) -> Drawing:
    """The same drawing with a table for readers: the columns of ``names``, under the names that it gives."""
    return replace(drawn, table=table[list(names)].rename(columns=dict(names)))


def first(frame: pd.DataFrame) -> Drawing:
    """Accuracy by year of a model that is never retrained beside one that is, with bands.

    Columns year, regime, accuracy, low, high, n; other regimes are left out.
    """
    names = {"all": "given new labels yearly", "frozen": "trained once, in 1997"}
    rows = frame[frame["regime"].isin(names)].assign(model=lambda f: f["regime"].map(names))
    drawn = lines(
        rows, "year", "accuracy", "model", low="low", high="high", points=True, domain=(0, 60), x_domain=(1997.8, 2006.2),
        colours={names[regime]: REGIMES[regime] for regime in names}, x_fmt="d", title="Headlines given the right topic, percent",
    )  # fmt: skip
    columns = {"year": "year", "model": "model", "accuracy": "right, percent", **NAMES, "n": "headlines"}
    return named(drawn, rows, columns)


def headlines(frame: pd.DataFrame) -> Drawing:
    """Points gained over the frozen model; columns model, gain, low, high."""
    drawn = whiskers(
        frame, "model", "gain", "low", "high", decimals=1, rules=[Rule(0, "the model left alone", "soft")],
        domain=(-1, 24), title="Points gained over the model left alone, 2004-06",
    )  # fmt: skip
    return named(drawn, frame, {"model": "model", "gain": "gain, points", **NAMES})


def budget(frame: pd.DataFrame, names: Mapping[str, str], first: float) -> Drawing:
    """Accuracy against labels a year; columns regime, labels_a_year, accuracy, low, high. ``first``: the early frozen score."""
    rows = pd.concat([frame[frame["regime"] == regime] for regime in names]).assign(line=lambda f: f["regime"].map(names))
    drawn = lines(
        rows, "labels_a_year", "accuracy", "line", low="low", high="high", points=True, x_log=True, domain=(0, 55),
        colours={names[r]: REGIMES[r] for r in names}, rules=[Rule(first, "the frozen model when young", "soft", axis="y")],
        title="Headlines of 2004-06 sorted correctly, percent", x_title="Labels a year (each step multiplies)",
    )  # fmt: skip
    columns = {"line": "trained on", "labels_a_year": "labels a year", "accuracy": "right, percent", **NAMES, "n": "headlines"}
    return named(drawn, rows, columns)


def tweets(frame: pd.DataFrame) -> Drawing:
    """How far the score of each model fell until the last quarter, split into what fresh labels repair and what they do not.

    Columns: name, fall (percent, negative), repaired, repaired_low, repaired_high (percent of the fall; empty if nothing fell).
    """
    rows = frame.assign(lost=(-frame["fall"]).clip(lower=0), mended=lambda f: (f["lost"] * f["repaired"] / 100).fillna(0))
    notes = ["no fall" if pd.isna(row["repaired"]) else _split(row) for row in rows.to_dict("records")]
    domain = extent(rows["lost"], zero=True)

    def build(narrow: bool) -> alt.LayerChart:
        place = layout(list(rows["name"]), notes, None, [], narrow, 26)
        base = alt.Chart(rows.assign(_y=place.y, _zero=0.0))
        scale = x_scale(domain, place.left, place.right, False)
        inner = width(narrow) - place.left - place.right
        x_axis = axis(domain, inner, False, None, "Fall of the score, percent of the score in the quarter of training")
        y = alt.Y("_y:Q", scale=None, axis=None)
        tip = tips(rows, "name", "lost", "repaired")

        def part(start: str, end: str, hue: str, opacity: float) -> alt.Chart:
            mark = base.mark_bar(orient="horizontal", size=12, color=PALETTE[hue], opacity=opacity)
            bars: alt.Chart = mark.encode(x=alt.X(f"{start}:Q", scale=scale, axis=x_axis), x2=f"{end}:Q", y=y, tooltip=tip)
            return bars

        key = [("repaired by fresh labels", "found", place.left), ("not repaired", "soft", place.left + 180)]
        return layered(
            part("_zero", "mended", "found", 1),
            part("mended", "lost", "soft", 0.45),
            *text_layers(place),
            *note_layers(notes, [PALETTE["ink"]] * len(notes), place, narrow),
            labels([{"x": left, "y": 12, "text": text, "colour": hue} for text, hue, left in key], bold=True),
            width=width(narrow),
            height=place.height,
        )

    columns = {"name": "trained up to", "lost": "fall, percent", "repaired": "of it repaired, percent"}
    ends = {f"repaired_{end}": name for end, name in NAMES.items()}
    return named(drawing(build), rows, {**columns, **ends})


def _split(row: Mapping[str, Any]) -> str:
    """The text beside a bar: the fall, and how much of it is repaired, with the interval."""
    low, high = number(row["repaired_low"], 0), number(row["repaired_high"], 0)
    return f"{number(row['lost'], 1)}{PERCENT}, {number(row['repaired'], 0)}{PERCENT} ({low} to {high}) repaired"


def questions(frame: pd.DataFrame) -> Drawing:
    """Questions answered rightly, alone and with a search; columns asked, name, value, low, high (percent), colour."""
    drawn = whiskers(
        frame, "name", "value", "low", "high", group="asked", colours="colour", decimals=0, unit=PERCENT, domain=(0, 85),
        title="Questions on the week’s news answered correctly, percent",
    )  # fmt: skip
    return named(drawn, frame, {"asked": "model and year", "name": "how", "value": "right, percent", **NAMES})


def stream(frame: pd.DataFrame) -> Drawing:
    """Accuracy by calendar of retraining; columns name, accuracy, low, high, colour."""
    drawn = whiskers(
        frame, "name", "accuracy", "low", "high", colours="colour", decimals=1, unit=PERCENT, domain=(50, 90),
        rules=[Rule(50, "a coin", "soft")], title="Half-hours predicted correctly, percent",
    )  # fmt: skip
    columns = {"name": "trained anew", "models": "models", "labels": "labels", "accuracy": "right, percent", **NAMES}
    return named(drawn, frame, columns)


def ladder(frame: pd.DataFrame, own: float, a_day: float) -> Drawing:
    """Labels a quarter from the upkeep of one model to the quotas of one device, on a log axis, with sliders for the first.

    ``frame``: what, labels, colour. ``own``: labels a quarter of one model; ``a_day``: items a person does in a day.
    """
    moving = pd.DataFrame([{"what": "Tweets, times what you set below", "labels": own, "colour": "ink", "moves": 1}])
    rows = pd.concat([frame.assign(moves=0), moving], ignore_index=True)
    needed = f"{own} * languages * devices * looks"
    drawn = whiskers(
        rows, "what", "count", colours="colour", log=True, domain=(20, 300_000_000), d3=",.3~s", fmt="~s",
        live={"count": f"datum.moves ? {needed} : datum.labels"},
        title="Labels a quarter (each step of the axis multiplies)",
        params=[
            slider("languages", "Languages", 1, 40, 1, 3),
            slider("devices", "Devices", 1, 8, 1, 1),
            slider("looks", "Judgements per item", 1, 9, 1, 1),
        ],
        readouts=[
            f"'You ask for ' + format({needed}, ',.0f') + ' labels a quarter:'",
            f"format({needed} / {a_day}, ',.1f') + ' person-days at the quota of Siri'",
        ],
    )  # fmt: skip
    return named(drawn, frame, {"what": "what", "labels": "labels a quarter"})


def loads(frame: pd.DataFrame, claimed: float) -> Drawing:
    """Items a day of work in several reports; columns source, items."""
    drawn = bars(
        frame, "source", "items", decimals=0, rules=[Rule(claimed, f"claimed quota: {number(claimed, 0)}", "claim")],
        title="Items in a day of seven and a half hours",
    )  # fmt: skip
    return named(drawn, frame, {"source": "report", "items": "items a day"})
