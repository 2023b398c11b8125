"""Charts: builders that take DataFrames, and ``publish``, which hands a chart to the page. No
analysis in here. A builder gives a ``Drawing``: one chart at two widths. ``publish(name, drawing)``
stands in a cell; the ``chart`` directive of the same name stands where the reader is to see it."""

from tallybook.charts.drawing import ChartError, Drawing, drawing, labels, number
from tallybook.charts.grammar import Rule
from tallybook.charts.lines import lines, scatter
from tallybook.charts.publish import publish
from tallybook.charts.rows import bars, whiskers
from tallybook.charts.theme import colour
from tallybook.pictures.palette import PALETTE

__all__ = ["PALETTE", "ChartError", "Drawing", "Rule", "bars", "colour", "drawing"]
__all__ += ["labels", "lines", "number", "publish", "scatter", "whiskers"]
