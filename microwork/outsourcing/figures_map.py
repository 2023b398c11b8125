"""The map of what client countries buy."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import altair as alt
import pandas as pd
from tallybook.charts import Drawing, colour
from tallybook.charts.drawing import Align, drawing, labels, layered, px, readout, width
from tallybook.charts.theme import LINE

SMALLEST = 0.4  # percent: a circle on the map is never drawn smaller
OVER = LINE + 6  # px over the map, for the line that says who buys
# Columns of ``flows`` and what they are called in the chart, where names are repeated in every row.
SHORT = {
    "client": "c",
    "client_longitude": "x0",
    "client_latitude": "y0",
    "longitude": "x",
    "latitude": "y",
    "share": "n",
    "kind": "k",
}
PLACE = {"x": alt.X("x:Q", scale=None, axis=None), "y": alt.Y("y:Q", scale=None, axis=None)}
CHOSEN = "datum.client === client"


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
    short = found[list(SHORT)].rename(columns=SHORT)
    short["n"] = short["n"].clip(lower=SMALLEST)
    chosen = alt.param(
        name="client", value=start, bind=alt.binding_select(options=clients, name="Client")
    )
    rows = int(best["place"].max()) + 1

    def build(narrow: bool) -> alt.LayerChart:
        full, area = width(narrow), 9 if narrow else 22  # px of a circle for each percent
        globe = Globe.of(full)
        earth = alt.Projection(type="equalEarth", scale=globe.scale, translate=[globe.x, globe.y])
        sea = OVER + full * 0.47
        top = sea + 2 * LINE + 14
        picked = alt.Chart(short).transform_filter("datum.c === client")
        layers = [
            *_places(picked, land, earth, area),
            *_names(_names_on(found, best, globe, full, area)),
            *readout(["client + ': where its clients buy'"], hue="ink"),
            *_sizes(area, sea + LINE / 2),
            *_list(best, full, top),
        ]
        return layered(*layers, width=full, height=top + LINE + 8 + rows * (LINE + 4))

    return drawing(build, found).add_params(chosen)


def _list(best: pd.DataFrame, full: float, top: float) -> list[alt.Chart]:
    """The links furthest above chance, under the map, with their heads."""
    placed = best.assign(y=top + LINE + 8 + best["place"] * (LINE + 4))
    told = alt.Chart(placed).transform_filter(CHOSEN)
    columns: tuple[tuple[str, str, Align, float, str], ...] = (
        ("supplier", "supplier", "left", 0, "ink"),
        ("quotient", "times chance", "right", full * 0.68, "found"),
        ("projects", "projects", "right", full - 4, "soft"),
    )
    cells = [
        told.mark_text(align=align, baseline="middle", color=colour(hue)).encode(
            x=alt.value(x), y=PLACE["y"], text=f"{column}:N"
        )
        for column, _, align, x, hue in columns
    ]
    heads = [
        labels([{"x": x, "y": top, "text": text, "colour": "soft"}], align=align)
        for _, text, align, x, _ in columns
    ]
    return [*cells, *heads]


def _names(placed: pd.DataFrame) -> list[alt.Chart]:
    """Names of suppliers on the map: a layer for each side that they stand on."""
    return [
        alt.Chart(placed[placed["align"] == side])
        .transform_filter(CHOSEN)
        .mark_text(align=side, baseline="middle", color=colour("ink"))
        .encode(**PLACE, text="text:N")
        for side in placed["align"].unique()
    ]


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

    @classmethod
    def of(cls, full: float) -> Globe:
        """The globe of a map that is ``full`` pixels wide."""
        return cls(full / 5.45, full / 2, OVER + full * 0.285)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place stands, in pixels from the left and the top."""
        a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
        turned = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
        two, six = turned**2, turned**6
        wide = math.sqrt(3) / 2 * (a + 3 * b * two + six * (7 * c + 9 * d * two))
        across = math.radians(longitude) * math.cos(turned) / wide
        up = self.scale * turned * (a + b * two + six * (c + d * two))
        return self.x + self.scale * across, self.y - up


def _names_on(
    found: pd.DataFrame, best: pd.DataFrame, globe: Globe, full: float, area: float
) -> pd.DataFrame:
    """Names beside circles, the strongest first; one that finds no free place is left to the list.

    Columns client, text, align, x, y (pixels).
    """
    rows, places = [], found.set_index(["client", "supplier"])
    for client, group in best.sort_values("place", kind="stable").groupby("client", sort=False):
        circles = []
        for supplier in group["supplier"]:
            row = places.loc[(client, supplier)]
            gap = math.sqrt(max(row["share"], SMALLEST) * area / math.pi) + 4
            circles.append(_settled(*globe.at(row["longitude"], row["latitude"]), gap))
        # No name covers the circle of another.
        taken = [(x - 3, x + 3, y - 3, y + 3) for x, y, _ in circles]
        for supplier, (x, y, gap) in zip(group["supplier"], circles, strict=True):
            wide = px(supplier)
            for align, dx, dy in _beside(gap):
                start = x + dx - {"left": 0, "center": wide / 2, "right": wide}[align]
                box = (start, start + wide, y + dy - LINE / 2, y + dy + LINE / 2)
                free = all(
                    box[1] <= a or b <= box[0] or box[3] <= c or d <= box[2] for a, b, c, d in taken
                )
                if free and box[0] >= 0 and box[1] <= full:
                    taken.append(box)
                    rows.append((client, supplier, align, round(x + dx, 1), round(y + dy, 1)))
                    break
    return pd.DataFrame(rows, columns=["client", "text", "align", "x", "y"])


def _beside(gap: float) -> list[tuple[Align, float, float]]:
    """Where a name may stand beside a circle, the best place first: side, and pixels to the right
    and down."""
    below, line = gap + LINE / 2, LINE * 0.8
    return [
        ("left", gap, 0),
        ("right", -gap, 0),
        ("center", 0, below),
        ("center", 0, -below),
        ("left", gap, line),
        ("right", -gap, line),
        ("left", gap, -line),
        ("right", -gap, -line),
    ]


def _settled(*pixels: float) -> tuple[float, ...]:
    """Places without the last bits, which differ between processors and would decide where a name
    finds room."""
    return tuple(round(pixel, 4) for pixel in pixels)


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
