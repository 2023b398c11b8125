"""Charts that cannot be drawn, published or shown on a page say why."""

from __future__ import annotations

from pathlib import Path

import altair as alt
import nbformat
import pandas as pd
import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.testing.util import SphinxTestApp
from tallybook import charts
from tallybook.charts.publish import MIME, MIME_TABLE, bundle_of
from tallybook.pictures import render
from tallybook.sphinx.directives import small

ROWS = pd.DataFrame({"circle": ["Routine", "Registered"], "found": [52337.0, 266126.0]})
POINTS = pd.DataFrame({"gdp": [1.0, 10.0], "pay": [3.0, 2.0]})
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
    for name in ("Counts-x", "counts", "counts.estimates", "counts--x", "-x", "", "c-" + 120 * "x"):
        with pytest.raises(charts.ChartError, match="a name of the form chapter-some-words"):
            bundle_of(name, bars())


def test_row_limit():
    many = pd.DataFrame({"x": [float(i) for i in range(2001)], "y": 1.0})
    bundle_of("demo-many", charts.scatter(many[:2000], "x", "y"))
    with pytest.raises(charts.ChartError, match="found 2001 rows; expected at most 2000"):
        bundle_of("demo-many", charts.scatter(many, "x", "y"))


def test_which_table_is_meant():
    both = alt.layer(alt.Chart(ROWS).mark_bar(), alt.Chart(POINTS).mark_point())
    with pytest.raises(charts.ChartError, match="found 2 tables in the chart; expected the drawin"):
        bundle_of("demo-two", charts.Drawing(both, both))
    named = charts.Drawing(both, both, POINTS)
    assert bundle_of("demo-two", named)[MIME_TABLE]["columns"] == ["gdp", "pay"]


NEGATIVE = ROWS.assign(low=-1.0, high=3e5)
MANY = pd.DataFrame({"x": range(50), "s": [str(i) for i in range(50)]})
NAMED = {"colours": {"Routine": "s1"}}
REFUSED = {
    "logarithmic axis": lambda: charts.whiskers(
        NEGATIVE, "circle", "found", "low", "high", log=True
    ),
    "kind 'guessed'; expected one of: measured, bound": lambda: charts.bars(
        ROWS.assign(kind="guessed"), "circle", "found", kinds="kind"
    ),
    "found 50 series; expected at most 4": lambda: charts.lines(MANY, "x", "x", "s"),
    "no colour for the series 'Registered'": lambda: charts.lines(
        MONTHS, "month", "found", "circle", **NAMED
    ),
}


def test_messages_of_builders():
    for message, build_it in REFUSED.items():
        with pytest.raises(charts.ChartError, match=message):
            build_it()


# In the page

CONF = """
from types import SimpleNamespace
parts = ("nodes", "domain", "directives.chart")
extensions = ["myst_nb", *(f"tallybook.sphinx.{part}" for part in parts)]
numfig = True
nb_execution_mode = "off"
exclude_patterns = ["_build"]
html_theme = "basic"
def setup(app):
    from tallybook.sphinx.state import get_state
    get_state(app).report = SimpleNamespace(expand=str, numbers=[], judgements={})
"""


def notebook(text: str, **published: charts.Drawing) -> str:
    """A notebook whose cells have published these charts, and that says this text."""
    new = nbformat.v4
    outputs = [
        new.new_output(
            "display_data",
            bundle_of(f"demo-{name}", drawing),
            metadata={"scrapbook": {"name": f"demo-{name}", "mime_prefix": ""}},
        )
        for name, drawing in published.items()
    ]
    hidden = {"tags": ["remove-output"]}
    cells = [
        new.new_markdown_cell("# Page", id="t"),
        new.new_code_cell("publish()", outputs=outputs, metadata=hidden, id="a"),
        new.new_markdown_cell(text, id="b"),
    ]
    python = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
    return nbformat.writes(new.new_notebook(cells=cells, metadata=python))


def warnings(folder: Path, **pages: str) -> str:
    """What Sphinx complains about in a book of these pages."""
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    listed = "\n".join(pages)
    index = f"# Index\n\n```{{toctree}}\n{listed}\n```\n"
    (folder / "index.md").write_text(index, encoding="utf-8")
    for name, text in pages.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    app = SphinxTestApp("html", srcdir=folder)
    app.build()
    app.cleanup()
    return app.warning.getvalue()


def block(name: str, alt_text: str = ":alt: A bar.\n", caption: str = "A caption.") -> str:
    return f"```{{chart}} {name}\n{alt_text}\n{caption}\n```"


SHOWN = block("demo-bars")
WRONG = {
    "chart 'demo-other' is named here but no cell of this page publishes it": block("demo-other"),
    "chart 'demo-bars': expected :alt: with a text": block("demo-bars", ""),
    "expected a caption": block("demo-bars", caption=""),
    "the caption of a chart is one paragraph": block("demo-bars", caption="One.\n\nTwo."),
    'Duplicate explicit target name: "demo-bars': f"{SHOWN}\n\n{SHOWN}",
}


def test_messages_of_the_directive(tmp_path: Path):
    """A book with a page for each."""
    pages = {
        f"page{number}": notebook(text.replace("demo-bars", f"demo-bars{number}"), **shown)
        for number, text in enumerate(WRONG.values())
        for shown in [{f"bars{number}": bars()}]
    }
    told = [line for line in warnings(tmp_path, **pages).splitlines() if "page" in line]
    for number, message in enumerate(WRONG):
        wanted = message.replace("demo-bars", f"demo-bars{number}")
        assert any(f"page{number}.ipynb" in line and wanted in line for line in told), wanted


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
