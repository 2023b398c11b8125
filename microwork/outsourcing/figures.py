"""Drawings of the chapter on outsourcing.

They take tables and values; nothing is computed here but places.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule, colour
from tallybook.charts.drawing import (
    Align,
    axis,
    drawing,
    from_edge,
    labels,
    layered,
    px,
    readout,
    width,
    x_scale,
)
from tallybook.charts.layout import layout, text_layers
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

ROLE = {"named": "found", "control": "s2", "": "soft"}
CHANCE = Rule(1.0, "as chance would give", "soft")
TIMES = "times what chance would give (log scale)"
SMALLEST = 0.4  # percent: a circle on the map is never drawn smaller


def _texts(rows: Sequence[Number]) -> Mapping[float, str]:
    """Every value and end of an interval as the sentences show it: a range decides the digits of
    its number."""
    return {
        (number.value if part == "value" else getattr(number, part)): show(number, part)
        for number in rows
        for part in (("value", "low", "high") if number.low is not None else ("value",))
    }


def first(rows: Sequence[tuple[str, str, Number]]) -> Drawing:
    """What French clients buy: (supplier, palette name, number)."""
    frame = pd.DataFrame(
        [(name, hue, n.value, n.low, n.high) for name, hue, n in rows],
        columns=["supplier", "colour", "times chance", "low", "high"],
    )
    return charts.whiskers(
        frame,
        "supplier",
        "times chance",
        "low",
        "high",
        colours="colour",
        log=True,
        domain=(0.2, 100.0),
        rules=[CHANCE],
        show=_texts([n for *_, n in rows]).__getitem__,
        title=TIMES,
        fmt="~g",
    )


def links(rows: Sequence[tuple[str, str, str, Number]]) -> Drawing:
    """Quotients of links, in groups of one client each: (group, supplier, role, number)."""
    frame = pd.DataFrame(
        [(group, name, ROLE[role], n.value, n.low, n.high) for group, name, role, n in rows],
        columns=["group", "supplier", "colour", "quotient", "low", "high"],
    )
    return charts.whiskers(
        frame,
        "supplier",
        "quotient",
        "low",
        "high",
        group="group",
        colours="colour",
        log=True,
        rules=[CHANCE],
        show=_texts([n for *_, n in rows]).__getitem__,
        title=TIMES,
        fmt="~g",
    )


def ranked(clients: pd.DataFrame) -> Drawing:
    """Clients in the order of a factor: columns place, factor, label (some are empty), colour."""
    return charts.scatter(
        clients,
        "place",
        "factor",
        "label",
        colours="colour",
        log=True,
        fmt="~g",
        x_fmt="d",
        rules=[Rule(1.0, "no difference", "soft", axis="y")],
        title="times as many projects (log scale)",
        x_title="client countries, the largest factor first",
    )


def wages(panel: pd.DataFrame, rates: Mapping[str, float], ppp: float) -> Drawing:
    """The Smic over pay elsewhere, with the exchange rate, the kind of dollar and the hours of
    platform work to choose.

    ``panel``: columns label, country, smic, low, high (USD a month), ves (bolivars a month), hours
    (1: hours are not known). ``rates``: name -> bolivars per dollar. ``ppp``: what a ratio for
    Madagascar is multiplied by in purchasing power.
    """
    names = list(rates)
    picked = (
        " : ".join(f"rate === '{name}' ? {value}" for name, value in rates.items())
        + f" : {rates[names[0]]}"
    )
    params = [
        alt.param(
            name="rate",
            value=names[0],
            bind=alt.binding_select(options=names, name="Bolivars into dollars"),
        ),
        alt.param(
            name="dollars",
            value="market rates",
            bind=alt.binding_select(
                options=["market rates", "purchasing power"], name="Compare at"
            ),
        ),
        charts.slider("hours", "Hours a week of platform work, Venezuela", 10, 60, 1, 35),
    ]
    power = "dollars === 'purchasing power'"
    pay = f"isValid(datum.ves) ? datum.ves / ({picked}) : datum"
    factor = (
        f"({power} ? (datum.country === 'Madagascar' ? {ppp} : NaN) : 1) * (datum.hours ? hours /"
        " 35 : 1)"
    )
    ends = {
        new: f"datum.smic / ({pay}.{old}) * {factor}"
        for new, old in (("least", "high"), ("most", "low"))
    }
    digits = {end: f"format(datum.{end}, datum.{end} < 20 ? '.1f' : '.0f')" for end in ends}
    spread = (
        f"{digits['least']} === {digits['most']} ? {digits['least']} : {digits['least']} + ' to ' +"
        f" {digits['most']}"
    )
    text = f"isFinite(datum.least) ? ({spread}) : 'no usable price index'"
    domain = (3.0, 250.0)

    def build(narrow: bool) -> alt.LayerChart:
        place = layout(
            list(panel["label"]), ["no usable price index"] * len(panel), None, [], narrow
        )
        base = (
            alt.Chart(panel.assign(_y=place.y, _side=place.side))
            .transform_calculate(**ends)
            .transform_calculate(middle="sqrt(datum.least * datum.most)", text=text)
        )
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


def visits(frame: pd.DataFrame) -> Drawing:
    """Visits to pages for workers, in millions; columns country, visits (millions), colour."""
    return charts.bars(
        frame,
        "country",
        "visits (millions)",
        colours="colour",
        show=lambda visits: plain(visits, 0),
        title="million visits, 2017 to 2022",
    )


def flows(found: pd.DataFrame, best: pd.DataFrame, outline: Path, start: str) -> Drawing:
    """A map of what one client country buys, chosen by the reader, over a list of the links
    furthest above chance.

    ``found``: columns client, supplier, client_latitude, client_longitude, latitude, longitude,
    share (percent of what the client bought), quotient, kind ("above", "named", "named, above" or
    ""). ``best``: columns client, place (from zero), supplier, quotient and projects as text.
    ``outline``: a TopoJSON file with an object named land. ``start``: the client shown first. The
    area of a circle is the share; suppliers of the list are named on the map where there is room.
    """
    land = alt.InlineData(
        values=json.loads(outline.read_text(encoding="utf-8")),
        format=alt.TopoDataFormat(feature="land", type="topojson"),
    )
    clients = list(dict.fromkeys(found["client"]))
    names = {
        "client": "c",
        "client_longitude": "x0",
        "client_latitude": "y0",
        "longitude": "x",
        "latitude": "y",
        "share": "n",
        "kind": "k",
    }
    short = found[list(names)].rename(columns=names)  # names are repeated in every row of a chart
    short["n"] = short["n"].clip(lower=SMALLEST)
    chosen = alt.param(
        name="client", value=start, bind=alt.binding_select(options=clients, name="Client")
    )
    rows = int(best["place"].max()) + 1

    def build(narrow: bool) -> alt.LayerChart:
        full = width(narrow)
        over = LINE + 6  # the line that says who buys
        globe = Globe(full / 5.45, full / 2, over + full * 0.285)
        earth = alt.Projection(type="equalEarth", scale=globe.scale, translate=[globe.x, globe.y])
        area = 9 if narrow else 22  # px of a circle for each percent
        sea = over + full * 0.47
        top = sea + 2 * LINE + 14
        layers = _places(alt.Chart(short).transform_filter("datum.c === client"), land, earth, area)
        at = alt.Y("y:Q", scale=None, axis=None)
        placed = _names_on(found, best, globe, full, area)
        for side in placed["align"].unique():
            part = alt.Chart(placed[placed["align"] == side]).transform_filter(
                "datum.client === client"
            )
            text = part.mark_text(align=side, baseline="middle", color=colour("ink"))
            layers.append(text.encode(x=alt.X("x:Q", scale=None, axis=None), y=at, text="text:N"))
        layers += readout(["client + ': where its clients buy'"], hue="ink")
        layers += _sizes(area, sea + LINE / 2)
        told = alt.Chart(
            best.assign(y=top + LINE + 8 + best["place"] * (LINE + 4))
        ).transform_filter("datum.client === client")
        columns: tuple[tuple[str, Align, float, str], ...] = (
            ("supplier", "left", 0, "ink"),
            ("quotient", "right", full * 0.68, "found"),
            ("projects", "right", full - 4, "soft"),
        )
        for column, align, x, hue in columns:
            text = told.mark_text(align=align, baseline="middle", color=colour(hue))
            layers.append(text.encode(x=alt.value(x), y=at, text=f"{column}:N"))
        heads = zip(("supplier", "times chance", "projects"), columns, strict=True)
        layers += [
            labels([{"x": x, "y": top, "text": text, "colour": "soft"}], align=side)
            for text, (_, side, x, _) in heads
        ]
        return layered(*layers, width=full, height=top + LINE + 8 + rows * (LINE + 4))

    return drawing(build, found).add_params(chosen)


def _places(
    picked: alt.Chart, land: alt.InlineData, earth: alt.Projection, area: float
) -> list[alt.Chart]:
    """Land, lines to suppliers above chance, and a circle for each supplier, with a ring round
    those named in the press."""
    above = "indexof(datum.k, 'above') >= 0"
    size = alt.Size(
        "n:Q", scale=alt.Scale(type="linear", domain=[0, 100], range=[0, 100 * area]), legend=None
    )
    point = {"longitude": "x:Q", "latitude": "y:Q", "size": size}
    line = {"longitude": "x0:Q", "latitude": "y0:Q", "longitude2": "x", "latitude2": "y"}
    layers = [
        alt.Chart(land).mark_geoshape(fill=colour("line"), stroke=None),
        picked.transform_filter(above)
        .mark_rule(color=colour("found"), opacity=0.35, strokeWidth=1.5)
        .encode(**line),
        picked.transform_filter(f"!({above})")
        .mark_circle(color=colour("soft"), opacity=0.5)
        .encode(**point),
        picked.transform_filter(above)
        .mark_circle(color=colour("found"), opacity=0.8)
        .encode(**point),
        picked.transform_filter("indexof(datum.k, 'named') >= 0")
        .mark_point(filled=False, color=colour("claim"), strokeWidth=2, opacity=1)
        .encode(**point),
    ]
    return [layer.properties(projection=earth) for layer in layers]


@dataclass(frozen=True)
class Globe:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2019) as Vega draws it: its scale,
    and its middle in pixels."""

    scale: float
    x: float
    y: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place stands, in pixels from the left and the top."""
        a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
        turned = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
        two, six = turned**2, turned**6
        across = (
            math.radians(longitude)
            * math.cos(turned)
            / (math.sqrt(3) / 2 * (a + 3 * b * two + six * (7 * c + 9 * d * two)))
        )
        return self.x + self.scale * across, self.y - self.scale * turned * (
            a + b * two + six * (c + d * two)
        )


def _names_on(
    found: pd.DataFrame, best: pd.DataFrame, globe: Globe, full: float, area: float
) -> pd.DataFrame:
    """Names beside circles, the strongest first; one that finds no free place is left to the list.

    Columns client, text, align, x, y (pixels).
    """
    rows = []
    places = found.set_index(["client", "supplier"])
    for client, group in best.sort_values("place", kind="stable").groupby("client", sort=False):
        dots = [
            _settled(*globe.at(*places.loc[(client, name), ["longitude", "latitude"]]))
            for name in group["supplier"]
        ]
        taken = [
            (x - 3, x + 3, y - 3, y + 3) for x, y in dots
        ]  # no name covers the circle of another
        for supplier in group["supplier"]:
            row = places.loc[(client, supplier)]
            x, y = _settled(*globe.at(row["longitude"], row["latitude"]))
            (gap,) = _settled(math.sqrt(max(row["share"], SMALLEST) * area / math.pi) + 4)
            wide = px(supplier)
            for align, dx, dy in (
                ("left", gap, 0),
                ("right", -gap, 0),
                ("center", 0, gap + LINE / 2),
                ("center", 0, -gap - LINE / 2),
                ("left", gap, LINE * 0.8),
                ("right", -gap, LINE * 0.8),
                ("left", gap, -LINE * 0.8),
                ("right", -gap, -LINE * 0.8),
            ):
                start = x + dx - {"left": 0, "center": wide / 2, "right": wide}[align]
                box = (start, start + wide, y + dy - LINE / 2, y + dy + LINE / 2)
                free = all(
                    box[1] <= a or b <= box[0] or box[3] <= c or d <= box[2] for a, b, c, d in taken
                )
                if free and box[0] >= 0 and box[1] <= full:
                    taken.append(box)
                    rows.append(
                        {
                            "client": client,
                            "text": supplier,
                            "align": align,
                            "x": round(x + dx, 1),
                            "y": round(y + dy, 1),
                        }
                    )
                    break
    return pd.DataFrame(rows)


def _settled(*pixels: float) -> tuple[float, ...]:
    """Places without the last bits, which differ between processors and would decide where a name
    finds room."""
    return tuple(round(pixel, 4) for pixel in pixels)


def _sizes(area: float, y: float) -> list[alt.Chart]:
    """What the size of a circle means: two circles and their words."""
    rows, x = [], 0.0
    for share in (1, 10):
        radius = math.sqrt(share * area / math.pi)
        rows.append(
            {
                "x": x + radius + 2,
                "y": y,
                "n": share * area,
                "text": f"{share} %",
                "at": x + 2 * radius + 8,
            }
        )
        x += 2 * radius + 8 + px(f"{share} %") + 14
    frame = pd.DataFrame(rows)
    place = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
    circle = (
        alt.Chart(frame)
        .mark_circle(color=colour("soft"), opacity=0.8)
        .encode(**place, size=alt.Size("n:Q", scale=None))
    )
    words = [{"x": row["at"], "y": y, "text": row["text"], "colour": "soft"} for row in rows]
    words.append({"x": x, "y": y, "text": "of what its clients buy", "colour": "soft"})
    return [circle, labels(words)]
