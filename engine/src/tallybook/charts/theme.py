"""The look of every chart: colours, type, two widths."""

from __future__ import annotations

from typing import Any

from tallybook.pictures.palette import PALETTE

# Pixels; the page shows the narrow drawing where the broad one would print text under 12.
BROAD, NARROW = 720, 340
# Pixels of all text; 12 would fall below 12 in a column a little narrower than the drawing.
SIZE = 13
LINE = 16  # px from one line of text to the next
# What text is measured in: shipped with vl-convert, and as wide as Arial. The page shows its own.
FONT = "Liberation Sans"

SERIES = ("s1", "s2", "s3", "s4")


def colour(name: str) -> str:
    """The light value of a palette name. Raises ``KeyError`` with the names there are."""
    try:
        return PALETTE[name]
    except KeyError:
        raise KeyError(f"no colour {name!r}; expected one of: {', '.join(PALETTE)}") from None


def config() -> dict[str, Any]:
    """The Vega-Lite ``config`` of every chart: one size of text, no frame, no legend."""
    text = {"font": FONT, "fontSize": SIZE, "color": PALETTE["ink"]}
    label = {"labelFont": FONT, "labelFontSize": SIZE, "labelColor": PALETTE["soft"]}
    title = {"titleFont": FONT, "titleFontSize": SIZE, "titleColor": PALETTE["soft"]}
    title["titleFontWeight"] = "normal"
    found = {"color": PALETTE["found"]}
    strokes = dict.fromkeys(("domainColor", "gridColor", "tickColor"), PALETTE["line"])
    sizes = {"gridWidth": 1, "labelPadding": 6, "titlePadding": 8, "tickSize": 4, "tickCount": 5}
    limits = {"labelLimit": 400, "labelSeparation": 10, "titleLimit": 700}
    plain = {"grid": True, "domain": False, "ticks": False}
    above = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end"}
    # A halo that keeps lines from crossing letters; the page paints it under them (paint-order).
    halo = {"stroke": PALETTE["paper"], "strokeWidth": 4, "strokeJoin": "round"}
    return {
        **{"aria": False, "background": None, "customFormatTypes": False, "font": FONT},
        "padding": {"left": 2, "right": 2, "top": 4, "bottom": 2},
        "view": {"stroke": None},
        "axis": {**label, **title, **strokes, **sizes, **limits},
        "axisX": {**plain, "titleAnchor": "start"},
        "axisY": {**plain, **above, "titleBaseline": "bottom"},
        "legend": {**label, **title, "disable": True},
        "header": {**label, **title, "labelColor": PALETTE["ink"]},
        "title": {**text, "anchor": "start", "fontWeight": "bold", "limit": 700},
        "text": {**text, "lineHeight": LINE, **halo},
        "area": {**found, "opacity": 0.18},
        "line": {**found, "strokeWidth": 2.5},
        "point": {**found, "filled": True, "size": 60},
        **{mark: found for mark in ("bar", "circle", "rect")},
        "rule": {"color": PALETTE["soft"]},
        "tick": {"color": PALETTE["claim"]},
        "range": {"category": [PALETTE[name] for name in SERIES]},
    }
