"""``{report-table} name``: a table that the report makes from what it holds, such as a count of its
verdicts."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.sphinx import domain
from tallybook.sphinx.nodes import element, span, tag
from tallybook.sphinx.state import get_state

SOURCE = re.compile(r"\{@([\w-]+)\}")  # a link to a source in a cell


def setup(app: Sphinx) -> None:
    app.add_directive("report-table", ReportTable)


class ReportTable(SphinxDirective):
    """A table of the report, by its name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        shared, name = get_state(self.env.app), self.arguments[0]
        if name not in shared.provider.TABLES:
            raise self.error(
                f"{{report-table}} {name}: found no such table; expected one of"
                f" {', '.join(shared.provider.TABLES)}"
            )
        caption, headings, rows = shared.provider.TABLES[name](shared.report)
        head = tag("thead", tag("tr", *(tag("th", cell, scope="col") for cell in headings)))
        labels = ["", *headings[1:]]
        cells = (zip(row, labels, strict=True) for row in rows)
        body = tag(
            "tbody",
            *(tag("tr", *(_cell(self.env, text, label) for text, label in row)) for row in cells),
        )
        return [
            tag(
                "div",
                tag("table", tag("caption", caption), head, body, class_="data words"),
                class_="wide",
            )
        ]


def _cell(env: BuildEnvironment, template: str, label: str) -> element:
    """A cell of a report's table, each of its lines by itself; ``label`` stands before it on a
    phone."""
    lines = [_line(env, line) for line in template.split("\n")]
    content = lines[0] if len(lines) == 1 else [tag("div", *line) for line in lines]
    return tag("td", *content, label=label, data_label=label) if label else tag("td", *content)


def _line(env: BuildEnvironment, template: str) -> list[nodes.Node]:
    """Numbers, and links to sources."""
    shared, found = get_state(env.app), list[nodes.Node]()
    for at, piece in enumerate(SOURCE.split(template)):
        if at % 2 == 0:
            found += domain.of(env).expand(piece)
            continue
        name, page = shared.report.source_name(piece), shared.page("sources")
        found.append(
            span("a", name, to=(page, shared.report.source_place(piece)))
            if page
            else nodes.Text(name)
        )
    return found
