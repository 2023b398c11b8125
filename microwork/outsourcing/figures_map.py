"""The map of what a client country buys or, on a narrow drawing, one map for each former empire."""

from __future__ import annotations

import json
import math
from pathlib import Path

import altair as alt
import pandas as pd
from tallybook.charts import Drawing, colour
from tallybook.charts.drawing import Align, drawing, fixed, labels, layered, px, width
from tallybook.charts.grammar import DASH
from tallybook.charts.theme import LINE
from tallybook.language import gettext as _
from tallybook.model.formatting import plain

from microwork.outsourcing.globe import Globe, names, placed

OVER = LINE + 6  # px over a map, for the line that says who buys
EMPIRES = ("France", "Spain", "Portugal", "United Kingdom")  # that had colonies and are on the map
WORLD = ((-168.0, 0.0), (190.0, 0.0), (0.0, 74.0), (0.0, -56.0))  # what a map of all land holds
MARGIN = 30  # px round the places of a small map
EDGE = 8  # px from the edge of a small map, within which no circle is drawn
TALLEST = 150  # px between the places of a small map
PLACE = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
# What a map, or the list, shows of a client.
WHERE, FURTHEST = "{client}: where its clients buy", "{client}: furthest above chance"


def flows(found: pd.DataFrame, best: pd.DataFrame, outline: Path, client: str) -> Drawing:
    """A map of what a client country buys, over a list of the links furthest above chance; on a
    narrow drawing the list stands under a map of each empire.

    ``found``: columns client, supplier, client_latitude, client_longitude, latitude, longitude,
    share (percent of what the client bought), quotient, kind ("above", "named", "named, above" or
    ""). ``best``: columns client, place (from zero), supplier, quotient and projects.
    ``outline``: a TopoJSON file with an object named land. The area of a circle is the share;
    suppliers of the list, the largest one and the client are named where there is room. The table
    has all clients.
    """
    world = json.loads(outline.read_text(encoding="utf-8"))
    land = alt.InlineData(
        # Altair copies all lists of a chart with each step, but no tuple.
        values=world | {"arcs": tuple(world["arcs"])},
        format=alt.TopoDataFormat(feature="land", type="topojson"),
    )
    found, best, client = _named(found), _named(best), _(client)
    best = best.assign(
        quotient=best["quotient"].map(lambda quotient: plain(quotient, 1)),
        projects=best["projects"].map(lambda count: plain(count, 0)),
    )
    links, listed = (frame[frame["client"] == client] for frame in (found, best))
    rows = int(best["place"].max()) + 1

    def build(narrow: bool) -> alt.LayerChart:
        full, area = width(narrow), 12 if narrow else 22  # px of a circle for each percent
        if narrow:
            drawn, foot = _empires(found, best, land, full, area)
            head = _head(client, FURTHEST, foot + 2.5 * LINE)
        else:
            drawn, foot = _world(links, best, land, full, area)
            head = _head(client, WHERE, LINE / 2)
        top = foot + (4 if narrow else 2) * LINE + 14
        layers = [*drawn, labels([head], bold=True), *_sizes(area, foot + LINE / 2)]
        layers += _list(listed, full, top)
        return layered(*layers, width=full, height=top + LINE + 8 + rows * (LINE + 4))

    heads = {"client": "client country", "supplier": "supplier country", "projects": "projects"}
    heads |= {"share": "percent of the projects", "quotient": "times chance"}
    heads |= {"low": "times chance, at least", "kind": "kind of link"}
    return drawing(build, found).tabled(heads)


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    """Clients and suppliers by their names."""
    return frame.assign(**{column: frame[column].map(_) for column in ("client", "supplier")})


def _head(client: str, says: str, y: float) -> dict[str, object]:
    """What a map or list shows, as a text over it."""
    return {"x": 0, "y": y, "text": _(says).format(client=_(client)), "colour": "ink"}


def _world(
    found: pd.DataFrame, best: pd.DataFrame, land: alt.InlineData, full: float, area: float
) -> tuple[list[alt.Chart], float]:
    """The map of one client, whose links ``found`` has, and where it ends."""
    globe = Globe.around(WORLD, 0, full, full).lowered(OVER)
    links = placed(found, globe)
    layers = [globe.land(land, colour("line"), None), *_places(alt.Chart(links), area)]
    layers += _texts(names(links, _order(links, best), full, area, OVER))
    return layers, OVER + full * 0.47


def _empires(
    found: pd.DataFrame, best: pd.DataFrame, land: alt.InlineData, full: float, area: float
) -> tuple[list[alt.Chart], float]:
    """A map for each empire, of the stretch of the world where its clients buy most and furthest
    above chance, and where the last one ends."""
    layers: list[alt.Chart] = []
    top = 0.0
    for client in map(_, EMPIRES):
        group = found[found["client"] == client]
        order = _order(group.rename(columns={"share": "n"}), best)
        ends = group[group["supplier"].isin(order)]
        places = [*zip(ends["longitude"], ends["latitude"], strict=True)]
        own = group.iloc[0]
        places.append((own["client_longitude"], own["client_latitude"]))
        globe = Globe.around(places, MARGIN, full - MARGIN, TALLEST).lowered(top + OVER + MARGIN)
        foot = max(globe.at(*place)[1] for place in places) + MARGIN
        links = placed(group, globe)
        seen = links["x"].between(EDGE, full - EDGE) & links["y"].between(top + OVER + EDGE, foot)
        links = links[seen]
        layers.append(globe.land(land, colour("line"), [[0, top + OVER], [full, foot]]))
        layers += _places(alt.Chart(links), area)
        layers += _texts(names(links, order, full, area, top + OVER))
        layers.append(labels([_head(client, WHERE, top + LINE / 2)], bold=True))
        top = foot + LINE
    return layers, top


def _order(links: pd.DataFrame, best: pd.DataFrame) -> list[str]:
    """Suppliers of one client that have their names on its map: the largest, and those furthest
    above chance."""
    largest = links.loc[links["n"].idxmax(), "supplier"]
    furthest = best.loc[best["client"] == links["client"].iloc[0]].sort_values("place")
    return list(dict.fromkeys([largest, *furthest["supplier"]]))


def _texts(placed: pd.DataFrame) -> list[alt.Chart]:
    """Names on the map: a layer for each side that they stand on."""
    return [
        alt.Chart(placed[placed["align"] == side])
        .mark_text(align=side, baseline="middle", color=colour("ink"))
        .encode(**PLACE, text=alt.Text("text:N"))
        for side in placed["align"].unique()
    ]


def _places(links: alt.Chart, area: float) -> list[alt.Chart]:
    """Lines to suppliers above chance, and a circle for each supplier, with a dashed ring round
    those named in the press."""
    above = "indexof(datum.k, 'above') >= 0"
    scale = alt.Scale(type="linear", domain=[0, 100], range=[0, 100 * area])
    point = {**PLACE, "size": alt.Size("n:Q", scale=scale, legend=None)}
    start = {"x": alt.X("x0:Q", scale=None, axis=None), "y": alt.Y("y0:Q", scale=None, axis=None)}
    lines = links.transform_filter(above).mark_rule(
        color=colour("found"), opacity=0.35, strokeWidth=1.5
    )
    others = links.transform_filter(f"!({above})").mark_circle(color=colour("soft"), opacity=0.5)
    circles = links.transform_filter(above).mark_circle(color=colour("found"), opacity=0.8)
    rings = links.transform_filter("indexof(datum.k, 'named') >= 0").mark_point(
        filled=False, color=colour("claim"), strokeWidth=2, strokeDash=DASH, opacity=1
    )
    drawn = [layer.encode(**point) for layer in (others, circles, rings)]
    return [lines.encode(**start, x2=alt.X2("x:Q"), y2=alt.Y2("y:Q")), *drawn]


def _list(best: pd.DataFrame, full: float, top: float) -> list[alt.Chart]:
    """The links furthest above chance, under the map, with their heads."""
    placed = best.assign(y=top + LINE + 8 + best["place"] * (LINE + 4))
    told = alt.Chart(placed)
    columns: tuple[tuple[str, str, Align, float, str], ...] = (
        ("supplier", "supplier", "left", 0, "ink"),
        ("quotient", "times chance", "right", full * 0.68, "found"),
        ("projects", "projects", "right", full - 4, "soft"),
    )
    cells = [
        told.mark_text(align=align, baseline="middle", color=colour(hue)).encode(
            **fixed(x=x), y=PLACE["y"], text=alt.Text(f"{column}:N")
        )
        for column, _, align, x, hue in columns
    ]
    heads = [
        labels([{"x": x, "y": top, "text": text, "colour": "soft"}], align=align)
        for _, text, align, x, _ in columns
    ]
    return [*cells, *heads]


def _sizes(area: float, y: float) -> list[alt.Chart]:
    """What the size of a circle means: two circles and their words."""
    rows, x = [], 0.0
    for share in (1, 10):
        radius = math.sqrt(share * area / math.pi)
        at, text = x + 2 * radius + 8, f"{share} %"
        rows.append({"x": x + radius + 2, "y": y, "n": share * area, "text": text, "at": at})
        x = at + px(text) + 14
    circle = (
        alt.Chart(pd.DataFrame(rows))
        .mark_circle(color=colour("soft"), opacity=0.8)
        .encode(**PLACE, size=alt.Size("n:Q", scale=None))
    )
    words = [{"x": row["at"], "y": y, "text": row["text"], "colour": "soft"} for row in rows]
    words.append({"x": x, "y": y, "text": "of what its clients buy", "colour": "soft"})
    return [circle, labels(words)]
