"""The grammar of marks: solid is measured, open a bound, dashed claimed."""

from __future__ import annotations

from xml.etree import ElementTree

import pandas as pd
import pytest
from tallybook import charts
from tallybook.charts import PALETTE
from tallybook.charts.grammar import KINDS
from tallybook.charts.publish import MIME, bundle_of
from tallybook.pictures import light, render

PAPER, CLAIM, FOUND = (PALETTE[name] for name in ("paper", "claim", "found"))


def frame(kind: str) -> pd.DataFrame:
    hue = "claim" if kind == "claimed" else "found"
    row = {"name": "It", "value": 20.0, "low": 10.0, "high": 40.0, "hue": hue, "kind": kind}
    return pd.DataFrame([row])


def marks(drawn: charts.Drawing) -> list[dict[str, str]]:
    """What is drawn but texts, grid and ticks."""
    svg = render.draw(bundle_of("demo-marks", drawn)[MIME])
    shapes = ElementTree.fromstring(svg).iter()
    used = {PALETTE[name] for name in ("paper", "claim", "found", "soft", "s1")}
    return [
        dict(shape.attrib) | {"tag": shape.tag.removeprefix(light.SVG)}
        for shape in shapes
        if not shape.tag.endswith("text") and used & {shape.get("fill"), shape.get("stroke")}
    ]


def bars(kind: str) -> list[dict[str, str]]:
    return marks(charts.bars(frame(kind), "name", "value", colours="hue", kinds="kind"))


def test_bars_of_the_three_kinds():
    (measured,) = bars("measured")
    assert measured["fill"] == FOUND and "stroke-dasharray" not in measured
    (bound,) = bars("bound")
    assert bound["stroke"] == FOUND and bound.get("fill", "none") in ("none", "transparent")
    assert "stroke-dasharray" not in bound
    (claimed,) = bars("claimed")
    assert claimed["stroke"] == CLAIM and claimed["stroke-dasharray"]
    assert claimed.get("fill", "none") in ("none", "transparent")


@pytest.mark.parametrize("kind", KINDS)
def test_points_of_the_three_kinds(kind: str):
    parts = ("name", "value", "low", "high")
    drawn = marks(charts.whiskers(frame(kind), *parts, colours="hue", kinds="kind", zero=True))
    points = [mark for mark in drawn if mark["tag"] == "path"]
    fills = [mark.get("fill") for mark in points]
    assert fills == {"measured": [FOUND]}.get(kind, [PAPER])
    assert any("stroke-dasharray" in mark for mark in points) == (kind == "claimed")
