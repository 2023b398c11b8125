"""Charts: builders that take DataFrames, and ``publish``, which hands a chart to the page. No
analysis in here.

A builder gives a ``Drawing``: one chart at two widths. ``publish(name, drawing)`` stands in a cell;
the ``chart`` directive of the same name stands where the reader is to see it.
"""

from tallybook.charts.drawing import (
    ChartError,
    Drawing,
    Rule,
    Span,
    drawing,
    labels,
    number,
    readout,
    slider,
)
from tallybook.charts.lines import area, lines
from tallybook.charts.points import histogram, pyramid, scatter
from tallybook.charts.publish import publish
from tallybook.charts.rows import bars, steps, tornado, whiskers
from tallybook.charts.theme import PALETTE, SERIES, colour

__all__ = [
    "PALETTE",
    "SERIES",
    "ChartError",
    "Drawing",
    "Rule",
    "Span",
    "area",
    "bars",
    "colour",
    "drawing",
    "histogram",
    "labels",
    "lines",
    "number",
    "publish",
    "pyramid",
    "readout",
    "scatter",
    "slider",
    "steps",
    "tornado",
    "whiskers",
]
