"""Charts that cannot be drawn or published say why; and code goes out of the way of prose."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest
from docutils import nodes
from docutils.utils import new_document
from tallybook import charts
from tallybook.charts.publish import MIME, bundle_of
from tallybook.pictures import render
from tallybook.sphinx.directives import small

ROWS = pd.DataFrame({"circle": ["Routine", "Registered"], "found": [52337.0, 266126.0]})
MONTHS = ROWS.assign(month=[1, 2])


def bars(*rules: charts.Rule) -> charts.Drawing:
    return charts.bars(ROWS, "circle", "found", rules=list(rules))


# What cannot be drawn


def test_colour_outside_the_palette_is_an_error():
    chart = alt.Chart(ROWS).mark_bar(color="#ff0000").encode(x="found:Q", y="circle:N")
    spec = bundle_of("demo-red", charts.Drawing(chart, chart))[MIME]
    svg, message = render.draw(spec), "the colour #ff0000; expected one of the palette"
    with pytest.raises(render.RenderError, match=message):
        render.inline(svg, "demo-red", "broad", "alt")


def test_malformed_name():
    for name in ("counts", "counts.estimates", "c-" + 120 * "x"):
        with pytest.raises(charts.ChartError, match="a name of the form chapter-some-words"):
            bundle_of(name, bars())


def test_row_limit():
    many = pd.DataFrame({"x": [float(i) for i in range(2001)], "y": 1.0})
    bundle_of("demo-many", charts.scatter(many[:2000], "x", "y"))
    with pytest.raises(charts.ChartError, match="found 2001 rows; expected at most 2000"):
        bundle_of("demo-many", charts.scatter(many, "x", "y"))


NEGATIVE = ROWS.assign(low=-1.0, high=3e5)
NAMED = {"colours": {"Routine": "s1"}}
REFUSED = {
    "logarithmic axis": lambda: charts.whiskers(
        NEGATIVE, "circle", "found", "low", "high", log=True
    ),
    "kind 'guessed'; expected one of: measured, bound": lambda: charts.bars(
        ROWS.assign(kind="guessed"), "circle", "found", kinds="kind"
    ),
    "no colour for the series 'Registered'": lambda: charts.lines(
        MONTHS, "month", "found", "circle", **NAMED
    ),
}


def test_messages_of_builders():
    for message, build_it in REFUSED.items():
        with pytest.raises(charts.ChartError, match=message):
            build_it()


# Where code goes


def paragraph() -> nodes.paragraph:
    return nodes.paragraph("", "words")


def code(*classes: str) -> nodes.container:
    return nodes.container("", nodes.literal_block("", "x = 1"), classes=["cell", *classes])


def test_code_goes_to_the_end_of_its_section_and_that_of_the_first_screen_to_the_story():
    hidden, shown = "tag_remove-output", "tag_shown"
    story = nodes.section("", paragraph())
    more = nodes.section("", code(hidden), paragraph(), code(shown), paragraph())
    document = new_document("chapter")
    document += nodes.section("", paragraph(), code(hidden), story, more)
    small.arrange(None, document)
    kinds = [[part["classes"][-1:] for part in section] for section in (document[0], story, more)]
    assert kinds == [[[], [], []], [[], [hidden]], [[], [shown], [], [hidden]]]
