"""What is folded until a reader wants it: ``{details} Title``, and the code of cells."""

from __future__ import annotations

from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from tallybook.sphinx.nodes import tag


def setup(app: Sphinx) -> None:
    app.add_directive("details", Details)
    # MyST-NB puts paragraphs into the summary, which HTML does not allow, and a label that hides
    # its words.
    app.add_node(HideCodeCellNode, override=True, html=(visit_fold, depart_fold))


class Details(SphinxDirective):
    """The title is the summary, the content is parsed as the page's own text."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        inside = nodes.container(classes=["more-body"])
        self.state.nested_parse(self.content, self.content_offset, inside)
        return [tag("details", tag("summary", self.arguments[0]), inside, class_="more")]


def visit_fold(self: HTML5Translator, node: HideCodeCellNode) -> None:
    words = (("collapsed", node["prompt_show"]), ("expanded", node["prompt_hide"]))
    summary = "".join(f'<span class="{state}">{escape(text)}</span>' for state, text in words)
    classes = " ".join(["admonition", "hide", *node["classes"]])
    self.body.append(f'<details class="{classes}">\n<summary>{summary}</summary>\n')


def depart_fold(self: HTML5Translator, _node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")
