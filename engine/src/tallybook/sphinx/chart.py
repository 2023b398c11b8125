"""``{chart} name``: a chart that a cell has published, as a numbered figure with its data.

    ```{chart} counts-estimates
    :headline: What it shows, as a finding, in a few words.
    :source: a-key, another-key
    :alt: What the chart shows, with [[counts.some-number]] where it names a number.
    Caption in MyST: how to read it.
    ```

The picture is in the page, drawn for two widths. Beside the pages, in ``_charts``, stand its
table (CSV), its picture (SVG, PNG), its specification (Vega-Lite) and the compiled
specification that ``chart.js`` loads when a reader wants to move something.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.utils import retrieve_glue_data
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator
from sphinx.writers.text import TextTranslator

from tallybook.pictures import render, standalone_svg
from tallybook.sphinx import domain, report_error, state
from tallybook.sphinx.builders import makes_epub, makes_site
from tallybook.sphinx.chart_table import csv_text, table_html
from tallybook.sphinx.nodes import element, span, tag
from tallybook.sphinx.state import get_state

# What a cell hands over; the first is a registered type, the other two are ours.
SPEC = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
NARROW = "application/vnd.report.narrow+json"
TABLE = "application/vnd.report.table+json"
FOLDER = "_charts"
FILES = (("CSV", "csv"), ("SVG", "svg"), ("PNG", "png"), ("Spec", "vl.json"))
Draw = Callable[[dict[str, Any], str], render.Drawing]
_PATH = re.compile(r"\S+/\S*|\S+\.(?:png|svg|jpe?g|gif|webp|csv|json)")


def setup(app: Sphinx) -> ExtensionMetadata:
    app.setup_extension("tallybook.sphinx.renderer_setup")
    app.setup_extension("tallybook.sphinx.domain")
    app.add_directive("chart", Chart)
    app.add_enumerable_node(chart_figure, "figure", html=(visit_figure, depart_figure))
    others = {"html": (visit_html, None)} | dict.fromkeys(("man", "texinfo"), (skip, None))
    app.add_node(
        chart_plot, False, text=(visit_plot_text, None), latex=(visit_plot_latex, None), **others
    )
    app.add_node(chart_tools, False, text=(skip, None), latex=(skip, None), **others)
    app.connect(
        "build-finished", write_files, priority=800
    )  # pictures are painted beside all that is written before
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


# docutils names its nodes so
class chart_figure(nodes.figure):  # noqa: N801
    """A figure that is numbered like any other, and has tools after its caption."""


class chart_plot(nodes.General, nodes.Element):  # noqa: N801
    """The picture: ``html``, and for other formats ``name`` and ``alt``."""


class chart_tools(nodes.General, nodes.Element):  # noqa: N801
    """What stands under the caption: ``name``, ``explore`` (label of the button), ``table`` (HTML)."""


class Chart(SphinxDirective):
    """Shows a published chart; the content is the caption."""

    required_arguments = 1
    has_content = True
    option_spec = {
        **dict.fromkeys(("alt", "explore", "headline", "source"), directives.unchanged),
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        alt = self.alt(name)
        broad, narrow, table = self.published(name)
        if not self.content:
            raise self.error(f"chart {name!r}: expected a caption as the content of the directive")
        try:
            drawings, frame = get_state(self.env.app).drawings, self.frame(name)
            record = made(name, alt, broad, narrow, table, drawings.get, frame)
            drawings.begin_picture(record["files"]["svg"].decode())
        except render.RenderError as error:
            raise self.error(f"chart {name!r}: {error}") from None
        files, narrow = record["files"], record["narrow"]
        shown = domain.Shown(docname=self.env.docname, caption="", narrow=narrow, files=files)
        try:
            domain.of(self.env).add_chart(name, shown)
        except ExtensionError as error:
            raise self.error(str(error)) from None

        figure = chart_figure(
            "", ids=[name], names=[name], classes=["chart", "wide", *self.options.get("class", [])]
        )
        figure["chart"] = name
        self.set_source_info(figure)
        if self.options.get("headline"):
            figure += tag(
                "p", *domain.of(self.env).expand(self.options["headline"]), class_="headline"
            )
        figure += chart_plot("", html=record["html"], name=name, alt=alt)
        figure += self.caption(f"{name}-caption")
        figure += self.credit()
        figure += chart_tools(
            "", name=name, explore=self.explore(name, broad), table=table_html(name, table)
        )
        self.state.document.note_explicit_target(figure, figure)
        return [figure]

    def alt(self, name: str) -> str:
        """The text alternative with its numbers filled in."""
        text = " ".join(self.options.get("alt", "").split())
        if not text:
            raise self.error(
                f"chart {name!r}: expected :alt: with a text that says what the chart shows"
            )
        if _PATH.fullmatch(text) or text == name:
            raise self.error(
                f"chart {name!r}: found the alt text {text!r}; expected a text that says what the"
                " chart shows, not a name or path"
            )
        return get_state(self.env.app).report.expand(text)

    def published(self, name: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Broad and narrow specification and table, as a cell of this page has published them."""
        try:
            data = retrieve_glue_data(self.state.document, name).data
        except RetrievalError:
            raise self.error(
                f"chart {name!r} is named here but no cell of this page publishes it"
            ) from None
        broad = next((value for mime, value in data.items() if SPEC.fullmatch(mime)), None)
        if broad is None or NARROW not in data or TABLE not in data:
            raise self.error(
                f"{name!r} is glued in this page, but not by charts.publish; expected a chart"
            )
        return broad, data[NARROW], data[TABLE]

    def explore(self, name: str, spec: dict[str, Any]) -> str:
        """The label of the button; empty if there is nothing to move and nothing to point at."""
        text = json.dumps(spec)
        if '"bind"' not in text and '"tooltip"' not in text:
            if "explore" in self.options:
                raise self.error(
                    f"chart {name!r}: found :explore: but the chart has no slider and nothing to"
                    " point at"
                )
            return ""
        return self.options.get("explore") or "Explore"

    def caption(self, anchor: str) -> nodes.caption:
        """The content as one caption.

        A caption is one paragraph: more of them would not be numbered.
        """
        inside = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, inside)
        if len(inside) != 1 or not isinstance(inside[0], nodes.paragraph):
            raise self.error("the caption of a chart is one paragraph")
        sentence = nodes.inline("", "", *inside[0].children, ids=[anchor])
        caption = nodes.caption(inside[0].rawsource, "", sentence)
        caption.source, caption.line = inside[0].source, inside[0].line
        return caption

    def frame(self, name: str) -> standalone_svg.Frame:
        """What goes with the picture when it is taken away."""
        shared, config = get_state(self.env.app), self.env.app.config
        here = (
            config.html_baseurl + self.env.app.builder.get_target_uri(self.env.docname) + f"#{name}"
        )
        data = (
            [f"Data: {', '.join(map(shared.report.source_name, self.keys()))}."]
            if self.keys()
            else []
        )
        terms = (
            f"{config.html_title or config.project}. Licence:"
            f" {getattr(config, 'report_content_licence', '') or 'none'}"
        )
        headline = (
            shared.report.expand(self.options["headline"]) if "headline" in self.options else ""
        )
        return standalone_svg.Frame(headline, (*data, terms, here))

    def keys(self) -> list[str]:
        """The sources that are named. Raises an error for one that is not in the bibliography."""
        keys = [key.strip() for key in self.options.get("source", "").split(",") if key.strip()]
        for key in keys:
            try:
                get_state(self.env.app).report.source_name(key)
            except KeyError:
                raise self.error(
                    f"chart {self.arguments[0]!r}: found the source {key!r}, which no"
                    " bibliography has"
                ) from None
        return keys

    def credit(self) -> list[element]:
        """Where the data come from, as links."""
        shared, links = get_state(self.env.app), list[nodes.Node | str]()
        for key in self.keys():
            name, page = shared.report.source_name(key), shared.page("sources")
            links += [
                ", ",
                span("a", name, to=(page, shared.report.source_place(key))) if page else name,
            ]
        return [tag("p", "Data: ", *links[1:], ".", class_="credit")] if links else []


def made(
    name: str,
    alt: str,
    broad: dict[str, Any],
    narrow: dict[str, Any],
    table: dict[str, Any],
    draw: Draw = render.drawing,
    frame: standalone_svg.Frame | None = None,
) -> dict[str, Any]:
    """All that a chart consists of: its place in the page (``html``), its narrow picture, its files
    by ending, but for the PNG.

    ``draw``: a specification and its kind -> its drawing. Raises ``RenderError`` if a drawing
    cannot be shown.
    """
    drawn = {kind: draw(spec, kind) for kind, spec in (("broad", broad), ("narrow", narrow))}
    pictures = [
        render.inline(drawing.svg, name, kind, alt, render.palette(broad))
        for kind, drawing in drawn.items()
    ]
    return {
        "html": f'<div class="plot">{"".join(pictures)}</div>',
        "narrow": pictures[-1],
        "files": {
            "csv": csv_text(table).encode(),
            "svg": (
                standalone_svg.standalone(
                    drawn["broad"].svg, alt, render.paper(broad), frame
                ).encode()
            ),
            "vl.json": render.readable(broad).encode(),
            "vega.js": render.script(name, drawn["broad"].vega, drawn["narrow"].vega).encode(),
        },
    }


def begin(app: Sphinx, cell: NotebookNode) -> None:
    """Have the charts of an executed cell drawn early."""
    for data in (output.get("data", {}) for output in cell.get("outputs", [])):
        for mime, spec in data.items():
            if NARROW in data and (SPEC.fullmatch(mime) or mime == NARROW):
                get_state(app).drawings.begin(spec, "narrow" if mime == NARROW else "broad")


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of all charts, and none that no page shows any more."""
    if exception is not None or not makes_site(app):
        return
    folder = Path(app.outdir) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    for name, chart in sorted(domain.of(app.env).data["charts"].items()):
        folder.mkdir(exist_ok=True)
        for ending, content in (*chart["files"].items(), ("png", picture(app, name))):
            (folder / f"{name}.{ending}").write_bytes(content)


def picture(app: Sphinx, name: str) -> bytes:
    """The PNG of a chart."""
    svg: bytes = domain.of(app.env).data["charts"][name]["files"]["svg"]
    return get_state(app).drawings.picture(svg.decode())


def visit_figure(self: HTML5Translator, node: chart_figure) -> None:
    here = self.builder.get_target_uri(self.builder.current_docname)
    static = {
        "data-spec": f"{FOLDER}/{node['chart']}.vega.js",
        "data-vega": "_static/vendor/vega.min.js",
    }
    paths = {key: relative_uri(here, path) for key, path in static.items()}
    name = {"data-chart": node["chart"], "aria-labelledby": f"{node['chart']}-caption"}
    self.body.append(self.starttag(node, "figure", "\n", False, **name, **paths))


def depart_figure(self: HTML5Translator, _node: chart_figure) -> None:
    self.body.append("</figure>\n")


def visit_html(self: HTML5Translator, node: chart_plot | chart_tools) -> None:
    if isinstance(node, chart_plot):
        self.body.append(node["html"] + "\n")
    elif makes_epub(self.builder):  # a book on paper or in an e-reader has none of the site's files
        self.body.append("</figcaption>\n")
    else:
        self.body.append(tools_html(self, node))
    raise nodes.SkipNode


def tools_html(self: HTML5Translator, node: chart_tools) -> str:
    """Adds the tools and closes the caption (docutils leaves it open for a legend): nothing may
    follow a caption in a figure. So that they are no part of its name, the figure is named by the
    sentence alone. The button needs JavaScript."""
    here, name = self.builder.get_target_uri(self.builder.current_docname), node["name"]
    ways = [
        (title, f"{title} of {name}", relative_uri(here, f"{FOLDER}/{name}.{ending}"))
        for title, ending in FILES
    ]
    button = (
        f'<button type="button" class="go" hidden>{escape(node["explore"])}</button>'
        if node["explore"]
        else ""
    )
    ways += [
        ("Address", f"Address of {name}", f"#{name}"),
        ("Cite", f"Cite {name}", relative_uri(here, f"{state.RECORDS}/{name}.html")),
    ]
    ways += [
        (
            "Report an error",
            f"Report an error in {name}",
            report_error.address(self.builder.app, name, f"{here}#{name}"),
        )
    ]
    links = "".join(
        f'<a href="{escape(to)}" aria-label="{label}">{title}</a>'
        for title, label, to in ways
        if to
    )
    return f'<div class="tools">{button}{node["table"]}{links}</div>\n</figcaption>\n'


def visit_plot_text(self: TextTranslator, node: chart_plot) -> None:
    self.new_state(0)
    self.add_text(f"[{node['alt']}]")
    self.end_state()
    raise nodes.SkipNode


def visit_plot_latex(self: LaTeXTranslator, node: chart_plot) -> None:
    """The PNG, which is written beside the text."""
    file = f"{node['name']}.png"
    (Path(self.builder.outdir) / file).write_bytes(picture(self.builder.app, node["name"]))
    self.body.append(
        f"\n\\noindent\\sphinxincludegraphics[width=\\linewidth]{{{{{node['name']}}}.png}}\n"
    )
    raise nodes.SkipNode


def skip(_self: object, _node: nodes.Node) -> None:
    raise nodes.SkipNode
