"""Places of a map in pixels: the projection, and names beside the circles of suppliers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import altair as alt
import pandas as pd
from tallybook.charts.layout import Room

SMALLEST = 0.4  # percent: a circle on the map is never drawn smaller


@dataclass(frozen=True)
class Globe:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2019) as Vega draws it: its scale,
    and its middle in pixels."""

    scale: float
    x: float
    y: float

    @classmethod
    def around(
        cls, places: Iterable[tuple[float, float]], left: float, right: float, tall: float
    ) -> Globe:
        """The globe on which places (longitude, latitude) fill a stretch of the drawing, or a
        height of it if that is less; its upper edge is at 0."""
        xs, ys = zip(*(cls(1, 0, 0).at(*place) for place in places), strict=True)
        scale = min((right - left) / (max(xs) - min(xs)), tall / (max(ys) - min(ys)))
        middle = (left + right) / 2 - scale * (max(xs) + min(xs)) / 2
        return cls(scale, middle, -scale * min(ys))

    def lowered(self, pixels: float) -> Globe:
        return Globe(self.scale, self.x, self.y + pixels)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place stands, in pixels from the left and the top."""
        a, b, c, d = 1.340264, -0.081106, 0.000893, 0.003796
        turned = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
        two, six = turned**2, turned**6
        wide = math.sqrt(3) / 2 * (a + 3 * b * two + six * (7 * c + 9 * d * two))
        across = math.radians(longitude) * math.cos(turned) / wide
        up = self.scale * turned * (a + b * two + six * (c + d * two))
        return self.x + self.scale * across, self.y - up

    def land(self, data: alt.InlineData, hue: str, clip: list[list[float]] | None) -> alt.Chart:
        """The outline of land, inside two corners if they are given."""
        middle: list[float] = [self.x, self.y]
        inside = alt.Undefined if clip is None else clip
        earth = alt.Projection(
            type="equalEarth", scale=self.scale, translate=middle, clipExtent=inside
        )
        shape = alt.Chart(data).mark_geoshape(fill=hue, stroke=None)
        drawn: alt.Chart = shape.properties(projection=earth)
        return drawn


def placed(links: pd.DataFrame, globe: Globe) -> pd.DataFrame:
    """Links with the places of both ends: x0, y0 of the client, x, y of the supplier, n (the share
    that a circle shows) and k (the kind)."""
    here = [globe.at(*pair) for pair in zip(links["longitude"], links["latitude"], strict=True)]
    ends = zip(links["client_longitude"], links["client_latitude"], strict=True)
    from_ = [globe.at(*pair) for pair in ends]
    points = {"x": here, "x0": from_}
    columns = {
        name.replace("x", axis): [round(point[i], 1) for point in pixels]
        for name, pixels in points.items()
        for i, axis in enumerate("xy")
    }
    shares = links["share"].clip(lower=SMALLEST)
    return links[["client", "supplier"]].assign(n=shares, k=links["kind"], **columns)


def names(
    links: pd.DataFrame, order: list[str], full: float, area: float, top: float
) -> pd.DataFrame:
    """Names on the map of one client, in an order: its own, and those of suppliers (of ``placed``).
    One of these that finds no free place is left out. Columns text, align, x, y (pixels).

    ``area``: px of a circle for each percent; ``top``: px, above which no name stands.
    """
    rows, room = [], Room(full, top)
    at = links.set_index("supplier")
    own = links.iloc[0]
    for row in links[links["supplier"].isin(order)].itertuples():
        room.point(row.x, row.y)
    ends = [(own["client"], own["x0"], own["y0"], 0.0)]
    ends += [(name, *at.loc[name, ["x", "y", "n"]]) for name in order]
    for name, x, y, share in ends:
        gap = math.sqrt(share * area / math.pi) + 4
        free = room.name(x, y, name, gap)
        if free is None and name == own["client"]:
            free = ("left", gap, 0)
        if free:
            align, dx, dy = free
            rows.append((name, align, round(x + dx, 1), round(y + dy, 1)))
    return pd.DataFrame(rows, columns=["text", "align", "x", "y"])
