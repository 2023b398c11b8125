"""Charts that cannot be drawn or published say why; figures as they stand in a page, with their
files beside it."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import altair as alt
import nbformat
import pandas as pd
import pytest
from sphinx.testing.util import SphinxTestApp
from tallybook import charts
from tallybook.charts.publish import MIME, MIME_TABLE, bundle_of
from tallybook.pictures import render

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
    for name in ("Counts-x", "counts", "counts.estimates", "counts--x", "-x", ""):
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
    from tallybook.sphinx.directives import chart
    from tallybook.sphinx.state import get_state
    app.connect("build-finished", lambda app, _error: chart.write_files(app))
    get_state(app).report = SimpleNamespace(
        expand=lambda text: text.replace("[[demo.ratio]]", "2.5"), numbers=[], judgements={}
    )
"""
TEXT = """See {numref}`demo-first` and {numref}`demo-still`.

```{chart} demo-first
:alt: A bar that is [[demo.ratio]] times as long as the other, "quoted".

Persons, *by hand*.
```

```{chart} demo-still
:alt: A bar.
As long as it is.
```
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


def build(folder: Path, **pages: str) -> tuple[Path, str]:
    """A book of these pages: where it is, and what Sphinx complained about."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    listed = "\n".join(pages)
    index = f"# Index\n\n```{{toctree}}\n{listed}\n```\n"
    (folder / "index.md").write_text(index, encoding="utf-8")
    for name, text in pages.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    app = SphinxTestApp("html", srcdir=folder)
    app.build()
    app.cleanup()
    return Path(app.outdir), app.warning.getvalue()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    page = notebook(TEXT, first=bars(), still=bars())
    out, warnings = build(tmp_path_factory.mktemp("figures") / "book", demo=page)
    html = (out / "demo.html").read_text(encoding="utf-8")
    return SimpleNamespace(out=out, html=html, warnings=warnings)


def test_figure_in_the_page(book: SimpleNamespace):
    assert book.warnings == "" and book.html.count('class="chart wide" ') == 2
    [figure] = re.findall(r'<figure [^>]*id="demo-first".*?</figure>', book.html, re.S)
    parts = ('<div class="plot">', "<figcaption>", '<div class="tools">', "</figcaption>")
    order = [figure.index(part) for part in parts]
    assert order == sorted(order) and figure.count("</figcaption>") == 1
    for part in (
        'class="chart wide"',
        '<svg class="broad"',
        '<svg class="narrow"',
        'aria-labelledby="demo-first-caption"',
        "<em>by hand</em>",
        'href="_charts/demo-first.csv"',
        '<td class="n">266,126</td>',  # a table of two columns stays one on a phone: no labels
    ):
        assert part in figure
    assert figure.count('<span id="demo-first-caption">') == 1
    label = 'aria-label="A bar that is 2.5 times as long as the other, &quot;quoted&quot;."'
    assert figure.count(label) == 2
    assert 'href="#demo-first"><span class="std std-numref">Fig. 1</span>' in book.html
    ElementTree.fromstring(re.search(r'<svg class="narrow".*?</svg>', figure, re.S)[0])


def test_files_beside_the_pages(book: SimpleNamespace):
    folder, endings = book.out / "_charts", ("csv", "svg")
    names = {f"demo-{name}.{ending}" for name in ("first", "still") for ending in endings}
    assert {path.name for path in folder.iterdir()} == names
    assert (
        folder / "demo-first.csv"
    ).read_text() == "circle,found\nRoutine,52337.0\nRegistered,266126.0\n"


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
    _, warnings = build(tmp_path / "book", **pages)
    told = [line for line in warnings.splitlines() if "page" in line]
    for number, message in enumerate(WRONG):
        wanted = message.replace("demo-bars", f"demo-bars{number}")
        assert any(f"page{number}.ipynb" in line and wanted in line for line in told), wanted
