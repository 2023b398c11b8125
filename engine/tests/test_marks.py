"""The grammar of marks: solid is measured, open a bound, hatched unknown, dashed claimed."""

from __future__ import annotations

from xml.etree import ElementTree

import pandas as pd
import pytest
from tallybook import charts
from tallybook.charts import PALETTE, Rule
from tallybook.charts.grammar import KINDS
from tallybook.charts.publish import MIME, MIME_NARROW, bundle_of
from tallybook.pictures import light, render

PAPER, CLAIM, FOUND, SOFT = (PALETTE[name] for name in ("paper", "claim", "found", "soft"))


def frame(kind: str) -> pd.DataFrame:
    hue = "claim" if kind == "claimed" else "found"
    row = {"name": "It", "value": 20.0, "low": 10.0, "high": 40.0, "hue": hue, "kind": kind}
    return pd.DataFrame([row])


def marks(drawn: charts.Drawing, mime: str = MIME) -> list[dict[str, str]]:
    """What is drawn but texts, grid and ticks."""
    svg = render.draw(bundle_of("demo-marks", drawn)[mime])
    shapes = ElementTree.fromstring(svg).iter()
    used = {PALETTE[name] for name in ("paper", "claim", "found", "soft", "s1")}
    return [
        dict(shape.attrib) | {"tag": shape.tag.removeprefix(light.SVG)}
        for shape in shapes
        if not shape.tag.endswith("text") and used & {shape.get("fill"), shape.get("stroke")}
    ]


def bars(kind: str) -> list[dict[str, str]]:
    return marks(charts.bars(frame(kind), "name", "value", colours="hue", kinds="kind"))


def test_bars_of_the_four_kinds():
    (measured,) = bars("measured")
    assert measured["fill"] == FOUND and "stroke-dasharray" not in measured
    (bound,) = bars("bound")
    assert bound["stroke"] == FOUND and bound.get("fill", "none") in ("none", "transparent")
    assert "stroke-dasharray" not in bound
    (claimed,) = bars("claimed")
    assert claimed["stroke"] == CLAIM and claimed["stroke-dasharray"]
    assert claimed.get("fill", "none") in ("none", "transparent")
    outline, *hatching = bars("unknown")
    assert outline["stroke"] == FOUND and outline.get("fill", "none") in ("none", "transparent")
    assert len(hatching) > 20 and all(line["tag"] == "line" for line in hatching)


@pytest.mark.parametrize("kind", KINDS)
def test_points_of_the_four_kinds(kind: str):
    parts = ("name", "value", "low", "high")
    drawn = marks(charts.whiskers(frame(kind), *parts, colours="hue", kinds="kind", zero=True))
    points = [mark for mark in drawn if mark["tag"] == "path"]
    fills = [mark.get("fill") for mark in points]
    assert fills == {"measured": [FOUND], "unknown": []}.get(kind, [PAPER])
    assert any("stroke-dasharray" in mark for mark in points) == (kind == "claimed")
    assert (len(drawn) > 10) == (kind == "unknown"), "hatching"


def test_lines_of_three_kinds():
    rows = pd.DataFrame({"x": [0.0, 1.0] * 3, "y": range(6), "s": [s for s in "abc" for _ in "xy"]})
    drawn = marks(
        charts.lines(
            rows.astype({"y": float}),
            "x",
            "y",
            "s",
            colours={"a": "found", "b": "s1", "c": "claim"},
            bounds="b",
        )
    )
    paths = [mark for mark in drawn if mark["tag"] == "path" and "stroke" in mark]
    lines = [(path["stroke"], "stroke-dasharray" in path) for path in paths]
    # A bound is a broad line and, over it, one of paper.
    wanted = {(FOUND, False), (PALETTE["s1"], False), (PAPER, False), (CLAIM, True)}
    assert set(lines) == wanted and len(lines) == 4


@pytest.mark.parametrize("mime", [MIME, MIME_NARROW])
def test_a_reference_line_is_whole_and_dashed_only_for_a_claim(mime: str):
    rules = [
        Rule(15, "said"),
        Rule(25, "minimum wage", "soft"),
        Rule(35, "at most", "ink", bound=True),
    ]
    rows = pd.concat([frame("measured")] * 4)
    drawn = marks(charts.bars(rows, "name", "value", rules=rules, domain=(0, 50)), mime)
    upright = [mark for mark in drawn if mark["tag"] == "line"]
    assert [(m["stroke"], "stroke-dasharray" in m) for m in upright] == [
        (CLAIM, True),
        (SOFT, False),
        (PAPER, False),
    ]
    assert min(float(mark["y2"]) for mark in upright) > 100
