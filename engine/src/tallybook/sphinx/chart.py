"""``{chart} name``: a chart that a cell has published, as a numbered figure with its data.

    ```{chart} counts-estimates
    :headline: What it shows, as a finding, in a few words.
    :source: a-key, another-key
    :alt: What the chart shows, with [[counts.some-number]] where it names a number.
    Caption in MyST: how to read it.
    ```

The picture is in the page, drawn for two widths. Beside the pages, in ``_charts``, stand its
table (CSV) and its picture (SVG, PNG).
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import DirectiveError, directives
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.utils import retrieve_glue_data
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook.builder.notebooks import languages
from tallybook.language import ended
from tallybook.language import gettext as _
from tallybook.pictures import render, standalone_svg
from tallybook.sphinx import domain
from tallybook.sphinx.chart_nodes import FOLDER, chart_figure, chart_plot, chart_tools, picture
from tallybook.sphinx.chart_table import csv_text, table_html
from tallybook.sphinx.nodes import element, joined, tag
from tallybook.sphinx.page_words import said
from tallybook.sphinx.renderer_setup import drawings
from tallybook.sphinx.state import get_state

# What a cell hands over; the first is a registered type, the other two are ours.
SPEC = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
NARROW = "application/vnd.report.narrow+json"
TABLE = "application/vnd.report.table+json"
Draw = Callable[[dict[str, Any], str], str]
_PATH = re.compile(r"\S+/\S*|\S+\.(?:png|svg|jpe?g|gif|webp|csv|json)")


def setup(app: Sphinx) -> None:
    app.add_directive("chart", Chart)


class Chart(SphinxDirective):
    """Shows a published chart; the content is the caption."""

    required_arguments = 1
    has_content = True
    option_spec = {
        **dict.fromkeys(("alt", "headline", "source"), directives.unchanged),
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        for option in ("alt", "headline"):
            if option in self.options:
                self.options[option] = said(self, self.options[option])
        alt = self.alt(name)
        broad, narrow, table = self.published(name)
        if not self.content:
            raise self.fault("expected a caption as the content of the directive")
        draw = drawings(self.env.app)
        try:
            record = made(name, alt, broad, narrow, table, draw.get, self.frame(name))
            draw.begin_picture(record["files"]["svg"].decode())
        except render.RenderError as error:
            raise self.fault(str(error)) from None
        try:
            domain.of(self.env).add_chart(name, self.shown(record))
        except ExtensionError as error:
            raise self.error(str(error)) from None
        return [self.figure(name, alt, record["html"], table_html(name, table))]

    def shown(self, record: dict[str, Any]) -> domain.Shown:
        """What other pages may show of it; the caption comes later."""
        report, (broad, narrow) = get_state(self.env.app).report, record["pictures"]
        return domain.Shown(
            docname=self.env.docname,
            headline=report.expand(self.options.get("headline", "")),
            caption="",
            sources=[report.source_name(key) for key in self.keys()],
            broad=broad,
            narrow=narrow,
            files=record["files"],
        )

    def fault(self, said: str) -> DirectiveError:
        return self.error(f"chart {self.arguments[0]!r}: {said}")

    def figure(self, name: str, alt: str, html: str, table: str) -> chart_figure:
        """Headline, picture, caption, where the data come from, and tools."""
        classes = ["chart", "wide", *self.options.get("class", [])]
        figure = chart_figure("", ids=[name], names=[name], classes=classes, chart=name)
        self.set_source_info(figure)
        if headline := self.options.get("headline"):
            figure += tag("p", *domain.of(self.env).expand(headline), class_="headline")
        figure += chart_plot("", html=html, name=name, alt=alt)
        figure += self.caption()
        figure += self.credit()
        figure += chart_tools("", name=name, table=table)
        self.state.document.note_explicit_target(figure, figure)
        return figure

    def alt(self, name: str) -> str:
        """The text alternative with its numbers filled in."""
        text = self.options.get("alt", "")
        if not text:
            raise self.fault("expected :alt: with a text that says what the chart shows")
        if _PATH.fullmatch(text) or text == name:
            raise self.fault(
                f"found the alt text {text!r}; expected a text that says what the chart shows, not"
                " a name or path"
            )
        return get_state(self.env.app).report.expand(text)

    def published(self, name: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Broad and narrow specification and table, as a cell of this page has published them."""
        try:
            data = retrieve_glue_data(self.state.document, name).data
        except RetrievalError:
            fault = f"chart {name!r} is named here but no cell of this page publishes it"
            raise self.error(fault) from None
        broad = next((value for mime, value in data.items() if SPEC.fullmatch(mime)), None)
        if broad is None or NARROW not in data or TABLE not in data:
            raise self.error(
                f"{name!r} is glued in this page, but not by charts.publish; expected a chart"
            )
        return _read(broad), _read(data[NARROW]), _read(data[TABLE])

    def caption(self) -> nodes.caption:
        """The content as one caption; its id comes later (``number_role.Places``). It is one
        paragraph: more would not be numbered."""
        inside = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, inside)
        if len(inside) != 1 or not isinstance(inside[0], nodes.paragraph):
            raise self.error("the caption of a chart is one paragraph")
        caption = nodes.caption(inside[0].rawsource, "", *inside[0].children)
        caption.source, caption.line = inside[0].source, inside[0].line
        return caption

    def frame(self, name: str) -> standalone_svg.Frame:
        """What goes with the picture when it is taken away."""
        shared, config = get_state(self.env.app), self.env.app.config
        page = self.env.app.builder.get_target_uri(self.env.docname)
        names = ", ".join(shared.report.source_name(key) for key in self.keys())
        licence = getattr(config, "report_content_licence", "") or "none"
        terms = _("{title}. Licence: {licence}").format(
            title=config.html_title or config.project, licence=licence
        )
        headline = shared.report.expand(self.options.get("headline", ""))
        lines = [
            _("Data: {names}.").format(names=names.rstrip(".")) if names else "",
            terms,
            f"{config.html_baseurl}{page}#{name}",
        ]
        return standalone_svg.Frame(headline, tuple(filter(None, lines)))

    def keys(self) -> list[str]:
        """The sources that are named. Raises an error for one that is not in the bibliography."""
        keys = [key.strip() for key in self.options.get("source", "").split(",") if key.strip()]
        for key in keys:
            try:
                get_state(self.env.app).report.source_name(key)
            except KeyError:
                fault = f"found the source {key!r}, which no bibliography has"
                raise self.fault(fault) from None
        return keys

    def credit(self) -> list[element]:
        """Where the data come from, as links."""
        keys = self.keys()
        if not keys:
            return []
        links = [domain.of(self.env).source(key) for key in keys]
        name = get_state(self.env.app).report.source_name(keys[-1])
        stop = ended(name).removeprefix(name)
        return [tag("p", _("Data:"), " ", *joined(", ", links), stop, class_="credit")]


def made(
    name: str,
    alt: str,
    broad: dict[str, Any],
    narrow: dict[str, Any],
    table: dict[str, Any],
    draw: Draw = render.drawing,
    frame: standalone_svg.Frame | None = None,
) -> dict[str, Any]:
    """All that a chart consists of: its place in the page (``html``), its broad and its narrow
    picture (``pictures``), its files by ending, but for the PNG. ``draw``: a specification and its
    kind -> its drawing. Raises ``RenderError`` if a drawing cannot be shown."""
    drawn = {kind: draw(spec, kind) for kind, spec in (("broad", broad), ("narrow", narrow))}
    pictures = [render.inline(svg, name, kind, alt) for kind, svg in drawn.items()]
    svg = standalone_svg.standalone(drawn["broad"], alt, frame)
    return {
        "html": f'<div class="plot">{"".join(pictures)}</div>',
        "pictures": pictures,
        "files": {"csv": csv_text(table).encode(), "svg": svg.encode()},
    }


def begin(app: Sphinx, cell: NotebookNode) -> None:
    """Have the charts of an executed cell drawn early."""
    outputs = (output.get("data", {}) for output in cell.get("outputs", []))
    for data in (each for output in outputs for each in languages.every(output)):
        for mime, spec in data.items():
            if NARROW in data and (SPEC.fullmatch(mime) or mime == NARROW):
                drawings(app).begin(spec, "narrow" if mime == NARROW else "broad")


def as_text(notebook: NotebookNode) -> NotebookNode:
    """A notebook in which all that a chart hands over is text, which ``published`` reads as well:
    nbformat writes nested JSON with an indent, and that takes many times as long."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    for data in (output.get("data", {}) for output in outputs):
        for mime in [mime for mime in data if mime in (NARROW, TABLE) or SPEC.fullmatch(mime)]:
            data[mime] = json.dumps(data[mime], sort_keys=True)
    return notebook


def _read(handed: str | dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(handed) if isinstance(handed, str) else handed
    return found


def write_files(app: Sphinx) -> None:
    """Write the files of all charts, and none that no page shows any more."""
    folder = Path(app.outdir) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    for name, chart in sorted(domain.of(app.env).data["charts"].items()):
        folder.mkdir(exist_ok=True)
        for ending, content in (*chart["files"].items(), ("png", picture(app, name))):
            (folder / f"{name}.{ending}").write_bytes(content)
