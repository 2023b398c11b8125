"""``{chart} name``: a chart that a cell has published, as a numbered figure with its data.

    ```{chart} counts-estimates
    :headline: What it shows, as a finding, in a few words.
    :source: a-key, another-key
    :alt: What the chart shows, with [[counts.some-number]] where it names a number.
    Caption in MyST: how to read it.
    ```

The picture is in the page, drawn for two widths; charts are drawn when their chapter has been
executed, and kept with it. Beside the pages, in ``_charts``, stand table (CSV) and picture (SVG).
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
from collections.abc import Iterable
from concurrent.futures import Executor
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import DirectiveError, directives
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.utils import retrieve_glue_data
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from tallybook.builder.notebooks import languages
from tallybook.builder.notebooks.conversion import DRAWN
from tallybook.language import ended
from tallybook.language import gettext as _
from tallybook.model.formatting import plain, split
from tallybook.model.html import label
from tallybook.pictures import render, standalone_svg
from tallybook.sphinx import domain, state
from tallybook.sphinx.claims import wording
from tallybook.sphinx.languages.option_words import said
from tallybook.sphinx.nodes import element, joined, picture, tag
from tallybook.sphinx.state import get_state

FOLDER = "_charts"
FILES = {"csv": "CSV", "svg": "SVG"}  # by the ending of its name
ROWS_SHOWN = 24
# What a cell hands over; the first is a registered type, the other two are ours.
SPEC = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
NARROW = "application/vnd.report.narrow+json"
TABLE = "application/vnd.report.table+json"


def setup(app: Sphinx) -> None:
    app.add_directive("chart", Chart)
    app.add_enumerable_node(chart_figure, "figure", html=(visit_figure, depart_figure))


# docutils names its nodes so
class chart_figure(nodes.figure):  # noqa: N801
    """A figure that is numbered like any other, and has tools after its caption."""


class Chart(SphinxDirective):
    """Shows a published chart; the content is the caption."""

    required_arguments = 1
    has_content = True
    option_spec = {name: directives.unchanged for name in ("alt", "headline", "source")}

    def run(self) -> list[nodes.Node]:
        name, report = self.arguments[0], get_state(self.env.app).report
        alt, headline = (said(self, self.options.get(option, "")) for option in ("alt", "headline"))
        if not alt:
            raise self.fault("expected :alt: with a text that says what the chart shows")
        data = self.published(name)
        if not self.content:
            raise self.fault("expected a caption as the content of the directive")
        keys = [key.strip() for key in self.options.get("source", "").split(",") if key.strip()]
        if unknown := [key for key in keys if key not in report.sources.names]:
            raise self.fault(f"found the source {unknown[0]!r}, which no bibliography has")
        names, table = [report.source_name(key) for key in keys], _read(data[TABLE])
        named = [one[0] for one in split(alt + headline) if not isinstance(one, str)]
        claimed = [wording.text([word]) for word in wording.of_numbers(report, named)]
        alt, plain_headline = report.expand(alt), report.expand(headline)
        try:
            notes = [*claimed, *self.notes(name, names)]
            record = made(name, alt, drawings(data), table, plain_headline, notes)
            domain.of(self.env).data["charts"][name] = domain.Shown(
                docname=self.env.docname,
                headline=plain_headline,
                caption="",  # it comes later
                sources=names,
                numbers=named,
                broad=record["pictures"][0],
                narrow=record["pictures"][1],
                files=record["files"],
            )
        except render.RenderError as error:
            raise self.fault(str(error)) from None
        figure = chart_figure("", ids=[name], names=[name], classes=["chart", "wide"], chart=name)
        self.set_source_info(figure)
        if headline:
            figure += tag("p", *domain.of(self.env).expand(headline), class_="headline")
        figure += picture("", html=f"{record['html']}\n", drawn=name, alt=alt)
        figure += self.caption()
        figure += self.credit(keys)
        # This closes the caption, which docutils leaves open for a legend.
        figure += picture("", html=f"{self.tools(name, table)}</figcaption>\n")
        self.state.document.note_explicit_target(figure, figure)
        return [figure]

    def fault(self, said: str) -> DirectiveError:
        return self.error(f"chart {self.arguments[0]!r}: {said}")

    def published(self, name: str) -> dict[str, Any]:
        """What a cell of this page has published under a name."""
        try:
            data: dict[str, Any] = retrieve_glue_data(self.state.document, name).data
        except RetrievalError:
            data = {}
        if not specs_of(data):
            raise self.error(f"chart {name!r} is named here but no cell of this page publishes it")
        return data

    def caption(self) -> nodes.caption:
        """The content as one caption; its id comes later (``domain.Places``). It is one paragraph:
        more would not be numbered."""
        inside = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, inside)
        if len(inside) != 1 or not isinstance(inside[0], nodes.paragraph):
            raise self.error("the caption of a chart is one paragraph")
        caption = nodes.caption(inside[0].rawsource, "", *inside[0].children)
        caption.source, caption.line = inside[0].source, inside[0].line
        return caption

    def notes(self, name: str, names: list[str]) -> list[str]:
        """What goes with the picture when it is taken away: sources, terms and address."""
        config, page = self.config, self.env.app.builder.get_target_uri(self.env.docname)
        licence = getattr(config, "report_content_licence", "") or "none"
        terms = _("{title}. Licence: {licence}").format(
            title=config.html_title or config.project, licence=licence
        )
        lines = [terms, f"{config.html_baseurl}{page}#{name}"]
        if names:
            lines.insert(0, _("Data: {names}.").format(names=", ".join(names).rstrip(".")))
        return lines

    def credit(self, keys: list[str]) -> list[element]:
        """Where the data come from, as links."""
        if not keys:
            return []
        links = [domain.of(self.env).source(key) for key in keys]
        name = get_state(self.env.app).report.source_name(keys[-1])
        stop = ended(name).removeprefix(name)
        return [tag("p", _("Data:"), " ", *joined(", ", links), stop, class_="credit")]

    def tools(self, name: str, table: dict[str, Any]) -> str:
        """A fold with the ways to take the chart along."""
        here, of = self.env.app.builder.get_target_uri(self.env.docname), _("{file} of {chart}")

        def at(path: str) -> str:
            return relative_uri(here, path)

        ways = [
            (title, of.format(file=title, chart=name), at(f"{FOLDER}/{name}.{end}"))
            for end, title in FILES.items()
        ]
        ways.append((_("Address"), _("Address of {chart}"), f"#{name}"))
        ways.append((_("Cite"), _("Cite {chart}"), at(f"{state.RECORDS}/{name}.html")))
        links = "".join(
            f'<a href="{escape(to)}" aria-label="{label.format(chart=name)}">{title}</a>'
            for title, label, to in ways
        )
        label, use = _("Use this chart: {chart}").format(chart=name), _("Use this chart")
        return (
            f'<div class="tools"><details><summary aria-label="{label}">{use}</summary>'
            f'<p class="links">{links}</p>{table_html(name, table)}</details></div>\n'
        )


def made(
    name: str,
    alt: str,
    drawn: dict[str, str],
    table: dict[str, Any],
    headline: str = "",
    notes: Iterable[str] = (),
) -> dict[str, Any]:
    """All that a chart consists of: its place in the page (``html``), its broad and its narrow
    picture (``pictures``), its files by ending. ``drawn``: its drawings by kind. Raises
    ``RenderError`` if a drawing cannot be shown."""
    pictures = [render.inline(drawn[kind], name, kind, alt) for kind in ("broad", "narrow")]
    svg = standalone_svg.standalone(drawn["broad"], alt, headline, notes)
    return {
        "html": f'<div class="plot">{"".join(pictures)}</div>',
        "pictures": pictures,
        "files": {"csv": csv_text(table).encode(), "svg": svg.encode()},
    }


def drawings(data: dict[str, Any]) -> dict[str, str]:
    """The drawings of a chart by kind, as they are kept with its chapter, or made now."""
    if DRAWN in data:
        return _read(data[DRAWN])
    return {kind: render.draw(_read(spec)) for kind, spec in specs_of(data).items()}


def specs_of(data: dict[str, Any]) -> dict[str, Any]:
    """The specifications that a cell hands over, by kind; none if it shows something else."""
    broad = next((spec for mime, spec in data.items() if SPEC.fullmatch(mime)), None)
    found = {"broad": broad, "narrow": data.get(NARROW)}
    return found if all(found.values()) and TABLE in data else {}


def draw(notebook: NotebookNode, pool: Executor) -> None:
    """Draw the charts of an executed chapter, in every language, to be kept with it."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    begun = [
        (data, {kind: pool.submit(render.draw, spec) for kind, spec in specs.items()})
        for output in outputs
        for data in languages.every(output.get("data", {}))
        if (specs := specs_of(data))
    ]
    for data, drawings in begun:
        # What cannot be drawn is drawn again for its page, which says where it stands.
        with contextlib.suppress(render.RenderError):
            data[DRAWN] = {kind: drawing.result() for kind, drawing in drawings.items()}


def as_text(notebook: NotebookNode) -> NotebookNode:
    """A notebook in which all that a chart hands over is text, which ``published`` reads as well:
    nbformat writes nested JSON with an indent, and that takes many times as long."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    for data in (output.get("data", {}) for output in outputs):
        for mime in list(data):
            if mime in (NARROW, TABLE, DRAWN) or SPEC.fullmatch(mime):
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
        for ending, content in chart["files"].items():
            (folder / f"{name}.{ending}").write_bytes(content)


def csv_text(table: dict[str, Any]) -> str:
    """The whole table behind a chart, numbers as they are."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows((table["columns"], *table["rows"]))
    return out.getvalue()


def table_html(name: str, table: dict[str, Any]) -> str:
    """The table behind a chart, its first rows."""
    classes = [' class="n"' if number else "" for number in table["numeric"]]
    names = [_(column.replace("_", " ")) for column in table["columns"]]
    starts = [f"<td{c}{label(name, len(names))}>" for name, c in zip(names, classes, strict=True)]
    heads = "".join(
        f'<th scope="col"{c}>{escape(name)}</th>' for name, c in zip(names, classes, strict=True)
    )
    rows = ""
    for row in table["shown"][:ROWS_SHOWN]:
        cells = (f"{start}{escape(cell)}</td>" for start, cell in zip(starts, row, strict=True))
        rows += f"<tr>{''.join(cells)}</tr>"
    total, said = len(table["shown"]), _("The data of this chart: all rows")
    if total > ROWS_SHOWN:
        said = _("The data of this chart: the first {count} of {all} rows; the CSV holds all")
        said = said.format(count=ROWS_SHOWN, all=plain(total, 0))
    return (
        f'<table class="data"><caption>{said}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def visit_figure(self: HTML5Translator, node: chart_figure) -> None:
    attributes = {"data-chart": node["chart"], "aria-labelledby": f"{node['chart']}-caption"}
    self.body.append(self.starttag(node, "figure", "\n", False, **attributes))


def depart_figure(self: HTML5Translator, _node: chart_figure) -> None:
    self.body.append("</figure>\n")
