"""``{details} Title``: a part that is folded until a reader wants it."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


def setup(app: Sphinx) -> None:
    app.add_directive("details", Details)


class Details(SphinxDirective):
    """The title is the summary, the content is parsed as the page's own text."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        inside = nodes.container(classes=["more-body"])
        self.state.nested_parse(self.content, self.content_offset, inside)
        summary = f'<details class="more"><summary>{escape(self.arguments[0])}</summary>'
        return [nodes.raw("", summary, format="html"), inside, nodes.raw("", "</details>", format="html")]
