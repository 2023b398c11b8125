"""How a chart is written: a numbered figure with its picture and its tools."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator
from sphinx.writers.text import TextTranslator

from tallybook.language import gettext as _
from tallybook.sphinx import domain, report_error, state
from tallybook.sphinx.nodes import skip
from tallybook.sphinx.renderer_setup import drawings

FOLDER = "_charts"
FILES = {"csv": "CSV", "svg": "SVG", "png": "PNG"}  # by the ending of its name


def setup(app: Sphinx) -> None:
    app.add_enumerable_node(chart_figure, "figure", html=(visit_figure, depart_figure))
    pictures = {"html": visit_plot, "text": visit_plot_text, "latex": visit_plot_latex}
    for kind, known in ((chart_plot, pictures), (chart_tools, {"html": visit_tools})):
        written: dict[str, Any] = dict.fromkeys(("text", "latex", "man", "texinfo"), skip)
        written |= known
        app.add_node(kind, False, **{form: (visit, None) for form, visit in written.items()})


# docutils names its nodes so
class chart_figure(nodes.figure):  # noqa: N801
    """A figure that is numbered like any other, and has tools after its caption."""


class chart_plot(nodes.General, nodes.Element):  # noqa: N801
    """The picture: ``html``, and for other formats ``name`` and ``alt``."""


class chart_tools(nodes.General, nodes.Element):  # noqa: N801
    """What stands under the caption: ``name`` and ``table`` (HTML)."""


def picture(app: Sphinx, name: str) -> bytes:
    """The PNG of a chart."""
    svg: bytes = domain.of(app.env).data["charts"][name]["files"]["svg"]
    return drawings(app).picture(svg.decode())


def visit_figure(self: HTML5Translator, node: chart_figure) -> None:
    attributes = {"data-chart": node["chart"], "aria-labelledby": f"{node['chart']}-caption"}
    self.body.append(self.starttag(node, "figure", "\n", False, **attributes))


def depart_figure(self: HTML5Translator, _node: chart_figure) -> None:
    self.body.append("</figure>\n")


def visit_plot(self: HTML5Translator, node: chart_plot) -> None:
    self.body.append(node["html"] + "\n")
    raise nodes.SkipNode


def visit_tools(self: HTML5Translator, node: chart_tools) -> None:
    """Adds the tools and closes the caption (docutils leaves it open for a legend): nothing may
    follow a caption in a figure. So that they are no part of its name, the figure is named by the
    sentence alone."""
    self.body.append(f"{tools_html(self, node['name'], node)}</figcaption>\n")
    raise nodes.SkipNode


def tools_html(self: HTML5Translator, name: str, node: chart_tools) -> str:
    """A fold with the ways to take the chart along."""
    here = self.builder.get_target_uri(self.builder.current_docname)
    error = report_error.address(self.builder.app, name, f"{here}#{name}")
    of = _("{file} of {chart}")

    def at(end: str) -> str:
        return relative_uri(here, f"{FOLDER}/{name}.{end}")

    ways = [
        *((title, of.format(file=title, chart=name), at(end)) for end, title in FILES.items()),
        (_("Address"), _("Address of {chart}"), f"#{name}"),
        (_("Cite"), _("Cite {chart}"), relative_uri(here, f"{state.RECORDS}/{name}.html")),
        (_("Report an error"), _("Report an error in {chart}"), error),
    ]
    links = "".join(
        f'<a href="{escape(to)}" aria-label="{label.format(chart=name)}">{title}</a>'
        for title, label, to in ways
        if to
    )
    label = _("Use this chart: {chart}").format(chart=name)
    return (
        f'<div class="tools"><details><summary aria-label="{label}">{_("Use this chart")}</summary>'
        f'<p class="links">{links}</p>{node["table"]}</details></div>\n'
    )


def visit_plot_text(self: TextTranslator, node: chart_plot) -> None:
    self.new_state(0)
    self.add_text(f"[{node['alt']}]")
    self.end_state()
    raise nodes.SkipNode


def visit_plot_latex(self: LaTeXTranslator, node: chart_plot) -> None:
    """The PNG, which is written beside the text."""
    name = node["name"]
    content = picture(self.builder.app, name)
    (Path(self.builder.outdir) / f"{name}.png").write_bytes(content)
    command = r"\noindent\sphinxincludegraphics[width=\linewidth]"
    self.body.append(f"\n{command}{{{{{name}}}.png}}\n")
    raise nodes.SkipNode
