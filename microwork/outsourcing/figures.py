"""Drawings of the chapter on outsourcing. They take tables and values; nothing is computed here but places."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule, colour
from tallybook.charts.drawing import Align, axis, drawing, from_edge, labels, layered, px, width, wrap, x_scale
from tallybook.charts.layout import layout, text_layers
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

ROLE = {"named": "found", "control": "s2", "": "soft"}
CHANCE = Rule(1.0, "as chance would give", "soft")


def _texts(rows: Sequence[Number]) -> Mapping[float, str]:
    """Every value and end of an interval as the sentences show it: a range decides the digits of its number."""
    return {
        (number.value if part == "value" else getattr(number, part)): show(number, part)
        for number in rows
        for part in (("value", "low", "high") if number.low is not None else ("value",))
    }


def links(rows: Sequence[tuple[str, str, str, Number]]) -> Drawing:
    """Quotients of links, in groups of one client each: (group, supplier, role, number)."""
    frame = pd.DataFrame(
        [(group, name, ROLE[role], n.value, n.low, n.high) for group, name, role, n in rows],
        columns=["group", "supplier", "colour", "quotient", "low", "high"],
    )
    return charts.whiskers(
        frame, "supplier", "quotient", "low", "high", group="group", colours="colour", log=True, rules=[CHANCE],
        show=_texts([n for *_, n in rows]).__getitem__, title="times what chance would give (log scale)", fmt="~g",
    )  # fmt: skip


def factors(rows: Sequence[tuple[str, str, Number]]) -> Drawing:
    """Factors of the gravity equations: (former ruler, what is held equal, number)."""
    frame = pd.DataFrame(
        [(g, tie, n.value, n.low, n.high) for g, tie, n in rows], columns=["group", "tie", "factor", "low", "high"]
    )
    return charts.whiskers(
        frame, "tie", "factor", "low", "high", group="group", log=True, rules=[Rule(1.0, "no difference", "soft")],
        show=_texts([n for *_, n in rows]).__getitem__, title="times as many projects, all else equal (log scale)", fmt="~g",
    )  # fmt: skip


def placebos(sets: pd.DataFrame) -> Drawing:
    """Where random sets of suppliers lie, and the named set: columns label, quotient, median, low, high."""
    frame = sets[["label", "median", "low", "high", "quotient"]]
    return charts.whiskers(
        frame, "label", "median", "low", "high", "quotient", log=True, said="named:", decimals=2,
        title="times what chance would give (log scale)", fmt="~g",
    )  # fmt: skip


def suppliers(found: pd.DataFrame) -> Drawing:
    """All suppliers of one client: expected projects across, the quotient up, both on log scales.

    ``found``: columns name, role, observed, expected, value, low, high; suppliers with no project must be left out.
    Those with a role are named, with their count and interval.
    """
    rows = found.assign(
        colour=[colour(ROLE[role]) for role in found["role"]],
        text=found["name"] + " (" + found["observed"].map(lambda count: plain(count, 0)) + ")",
    )
    ends = (found["expected"].min() / 1.6, found["expected"].max() * 1.6)
    domain = (0.05, 100.0)

    def build(narrow: bool) -> alt.LayerChart:
        height = 380 if narrow else 420
        x = alt.X(
            "expected:Q",
            scale=x_scale(ends, 0, 8, True),
            axis=axis(ends, width(narrow), True, "~g", "projects expected (log scale)"),
        )
        scale = alt.Scale(type="log", domain=list(domain), range=[height, 24], nice=False)
        title = axis(domain, height, True, "~g", "times what chance would give (log scale)", each=45)
        title.titleX, title.titleY, title.titleAnchor = 0, 2, None
        y = alt.Y("value:Q", scale=scale, axis=title)
        hue = alt.Color("colour:N", scale=None)
        told = rows[rows["role"] != ""]
        places = _apart(told, ends, domain, width(narrow), height)
        one = alt.Chart(pd.DataFrame({"at": [1.0]})).mark_rule(color=colour("soft"))
        base = alt.Chart(rows)
        layers = [
            one.encode(y=alt.Y("at:Q", scale=scale)),
            base.transform_filter("datum.role === ''").mark_point(filled=True, size=34, opacity=0.55).encode(x=x, y=y, color=hue),
            base.transform_filter("datum.role !== ''").transform_calculate(_low=f"max(datum.low, {domain[0]})")
            .mark_rule(strokeWidth=2, opacity=0.5).encode(x=x, y=alt.Y("_low:Q", scale=scale), y2="high:Q", color=hue),
            base.transform_filter("datum.role !== ''").mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, color=hue),
        ]  # fmt: skip
        for side, dx in (("left", 9), ("right", -9)):
            part = places[places["side"] == side]
            if len(part):
                text = alt.Chart(part).mark_text(align="left" if dx > 0 else "right", dx=dx, baseline="middle")
                layers.append(text.encode(x=x, y=alt.Y("at:Q", scale=scale), text="text:N", color=hue))
        return layered(*layers, width=width(narrow), height=height)

    return drawing(build, found)


def _apart(
    told: pd.DataFrame, ends: tuple[float, float], domain: tuple[float, float], full: float, height: float
) -> pd.DataFrame:
    """Names beside their points: at the left near the right edge, pushed up where two would overlap (``at``, in units of y)."""
    span = math.log(domain[1] / domain[0]) / (height - 24)  # log units per pixel
    placed: list[tuple[float, float, float]] = []
    rows = []
    for row in told.sort_values("value").itertuples():
        across = math.log(row.expected / ends[0]) / math.log(ends[1] / ends[0]) * (full - 60)
        side = "left" if across + px(row.text) + 12 <= full - 60 else "right"
        start = across + 9 if side == "left" else across - 9 - px(row.text)
        up = math.log(row.value / domain[0]) / span
        while any(abs(up - other) < LINE and start < right and left < start + px(row.text) for left, right, other in placed):
            up += 1
        placed.append((start, start + px(row.text), up))
        rows.append(
            {
                "expected": row.expected,
                "at": domain[0] * math.exp(up * span),
                "text": row.text,
                "side": side,
                "colour": row.colour,
            }
        )
    return pd.DataFrame(rows)


def tiles(cells: Sequence[tuple[str, str, Number, str]]) -> Drawing:
    """A table of tiles: (row, column, number, counts as text); filled where the whole interval lies above one."""
    rows, columns = list(dict.fromkeys(cell[0] for cell in cells)), list(dict.fromkeys(cell[1] for cell in cells))
    frame = pd.DataFrame(
        [(r, c, n.value, n.low, n.high, text) for r, c, n, text in cells],
        columns=["client", "block", "quotient", "low", "high", "counts"],
    )

    def build(narrow: bool) -> alt.LayerChart:
        left = 0 if narrow else max(map(px, rows)) + 20
        wide, tall, head = (width(narrow) - left) / len(columns), 108 if narrow else 92, LINE + 10
        over = LINE + 8 if narrow else 0  # the client stands above its tiles on a narrow drawing
        boxes, big, small = [], [], []
        for r, c, n, text in cells:
            x0, y0 = left + columns.index(c) * wide, head + rows.index(r) * (tall + over) + over
            above = n.ends[0] > 1
            hue = "found" if above else "soft"
            box = {
                "x": x0 + 3,
                "x2": x0 + wide - 3,
                "y": y0 + 3,
                "y2": y0 + tall - 3,
                "fill": colour(hue),
                "opacity": 0.22 if above else 0.07,
            }
            boxes.append(box)
            middle = x0 + wide / 2
            big.append({"x": middle, "y": y0 + 24, "text": f"\u00d7\u202f{show(n)}", "colour": hue if above else "ink"})
            small.append({"x": middle, "y": y0 + 44, "text": show(n, "interval"), "colour": "ink"})
            small.append({"x": middle, "y": y0 + 64, "text": wrap(text, wide - 16), "colour": "soft"})
        side = [
            {"x": 0, "y": head + rows.index(r) * (tall + over) + (LINE / 2 if narrow else tall / 2), "text": r, "colour": "ink"}
            for r in rows
        ]
        heads = [{"x": left + (i + 0.5) * wide, "y": LINE / 2, "text": c, "colour": "soft"} for i, c in enumerate(columns)]
        fill = alt.Chart(pd.DataFrame(boxes)).mark_rect().encode(
            x=alt.X("x:Q", scale=None, axis=None), x2="x2", y=alt.Y("y:Q", scale=None, axis=None), y2="y2",
            color=alt.Color("fill:N", scale=None), opacity=alt.Opacity("opacity:Q", scale=None),
        )  # fmt: skip
        layers = [
            fill,
            labels(big, align="center", bold=True),
            labels(small, align="center"),
            labels(side, bold=True),
            labels(heads, align="center"),
        ]
        return layered(*layers, width=width(narrow), height=head + len(rows) * (tall + over))

    return drawing(build, frame)


def wages(panel: pd.DataFrame, rates: Mapping[str, float], ppp: float) -> Drawing:
    """The Smic over pay elsewhere, with the exchange rate, the kind of dollar and the hours of platform work to choose.

    ``panel``: columns label, country, smic, low, high (USD a month), ves (bolivars a month), hours (1: hours are not known).
    ``rates``: name -> bolivars per dollar. ``ppp``: what a ratio for Madagascar is multiplied by in purchasing power.
    """
    names = list(rates)
    picked = " : ".join(f"rate === '{name}' ? {value}" for name, value in rates.items()) + f" : {rates[names[0]]}"
    params = [
        alt.param(name="rate", value=names[0], bind=alt.binding_select(options=names, name="Bolivars into dollars")),
        alt.param(
            name="dollars",
            value="market rates",
            bind=alt.binding_select(options=["market rates", "purchasing power"], name="Compare at"),
        ),
        charts.slider("hours", "Hours a week of platform work, Venezuela", 10, 60, 1, 35),
    ]
    power = "dollars === 'purchasing power'"
    pay = f"isValid(datum.ves) ? datum.ves / ({picked}) : datum"
    factor = f"({power} ? (datum.country === 'Madagascar' ? {ppp} : NaN) : 1) * (datum.hours ? hours / 35 : 1)"
    ends = {new: f"datum.smic / ({pay}.{old}) * {factor}" for new, old in (("least", "high"), ("most", "low"))}
    digits = {end: f"format(datum.{end}, datum.{end} < 20 ? '.1f' : '.0f')" for end in ends}
    spread = f"{digits['least']} === {digits['most']} ? {digits['least']} : {digits['least']} + ' to ' + {digits['most']}"
    text = f"isFinite(datum.least) ? ({spread}) : 'no usable price index'"
    domain = (3.0, 250.0)

    def build(narrow: bool) -> alt.LayerChart:
        place = layout(list(panel["label"]), ["no usable price index"] * len(panel), None, [], narrow)
        base = alt.Chart(panel.assign(_y=place.y, _side=place.side)).transform_calculate(**ends).transform_calculate(
            middle="sqrt(datum.least * datum.most)", text=text
        )  # fmt: skip
        drawn = base.transform_filter("isFinite(datum.least)")
        scale = x_scale(domain, place.left, place.right, True)
        room = width(narrow) - place.left - place.right
        x = axis(domain, room, True, "~g", "Smic over pay there (log scale)")
        y = alt.Y("_y:Q", scale=None, axis=None)
        bar = drawn.mark_rule(strokeWidth=5, strokeCap="round", opacity=0.45, color=colour("found"))
        dot = drawn.mark_point(filled=True, size=95, opacity=1, color=colour("found"))
        note = base.mark_text(align="right", baseline="middle", color=colour("found"))
        layers = [
            bar.encode(x=alt.X("least:Q", scale=scale, axis=x), x2="most:Q", y=y),
            dot.encode(x=alt.X("middle:Q", scale=scale), y=y),
            *text_layers(place),
            note.encode(x=from_edge(4), y=alt.Y("_side:Q", scale=None, axis=None), text="text:N"),
        ]
        return layered(*layers, width=width(narrow), height=place.height)

    return drawing(build, panel).add_params(*params)


def flows(found: pd.DataFrame, best: pd.DataFrame, outline: Path, start: str) -> Drawing:
    """A map of what one client country buys, chosen by the reader, over a list of the links furthest above chance.

    ``found``: columns client, supplier, client_latitude, client_longitude, latitude, longitude, projects, quotient, kind
    ("above", "named", "named, above" or ""). ``best``: columns client, place (from zero), supplier, quotient and
    projects as text. ``outline``: a TopoJSON file with an object named land. ``start``: the client shown first.
    """
    land = alt.InlineData(
        values=json.loads(outline.read_text(encoding="utf-8")), format=alt.TopoDataFormat(feature="land", type="topojson")
    )
    clients = list(dict.fromkeys(found["client"]))
    names = {
        "client": "c",
        "client_longitude": "x0",
        "client_latitude": "y0",
        "longitude": "x",
        "latitude": "y",
        "projects": "n",
        "kind": "k",
    }
    short = found[list(names)].rename(columns=names)  # names are repeated in every row of a chart
    chosen = alt.param(name="client", value=start, bind=alt.binding_select(options=clients, name="Client"))
    rows = int(best["place"].max()) + 1

    def build(narrow: bool) -> alt.LayerChart:
        full = width(narrow)
        high = full * 0.47
        earth = alt.Projection(type="equalEarth", scale=full / 5.45, translate=[full / 2, full * 0.285])
        top = high + LINE + 12
        picked = alt.Chart(short).transform_filter("datum.c === client")
        above = "indexof(datum.k, 'above') >= 0"
        most = 420 if narrow else 900
        size = alt.Size("n:Q", scale=alt.Scale(type="sqrt", domain=[0, 3000], range=[12, most]), legend=None)
        point = {"longitude": "x:Q", "latitude": "y:Q", "size": size}
        line = {"longitude": "x0:Q", "latitude": "y0:Q", "longitude2": "x", "latitude2": "y"}
        layers = [
            alt.Chart(land).mark_geoshape(fill=colour("line"), stroke=None),
            picked.transform_filter(above).mark_rule(color=colour("found"), opacity=0.35, strokeWidth=1.5).encode(**line),
            picked.transform_filter(f"!({above})").mark_circle(color=colour("soft"), opacity=0.5).encode(**point),
            picked.transform_filter(above).mark_circle(color=colour("found"), opacity=0.8).encode(**point),
            picked.transform_filter("indexof(datum.k, 'named') >= 0")
            .mark_point(filled=False, color=colour("claim"), strokeWidth=2, opacity=1).encode(**point),
        ]  # fmt: skip
        layers = [layer.properties(projection=earth) for layer in layers]
        told = alt.Chart(best.assign(y=top + LINE + 8 + best["place"] * (LINE + 4))).transform_filter("datum.client === client")
        at = alt.Y("y:Q", scale=None, axis=None)
        columns: tuple[tuple[str, Align, float, str], ...] = (
            ("supplier", "left", 0, "ink"),
            ("quotient", "right", full * 0.68, "found"),
            ("projects", "right", full - 4, "soft"),
        )
        for column, side, x, hue in columns:
            text = told.mark_text(align=side, baseline="middle", color=colour(hue))
            layers.append(text.encode(x=alt.value(x), y=at, text=f"{column}:N"))
        heads = zip(("supplier", "times chance", "projects"), columns, strict=True)
        layers += [labels([{"x": x, "y": top, "text": text, "colour": "soft"}], align=side) for text, (_, side, x, _) in heads]
        return layered(*layers, width=full, height=top + LINE + 8 + rows * (LINE + 4))

    return drawing(build, found).add_params(chosen)
