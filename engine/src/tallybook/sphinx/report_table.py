"""``{report-table} name``: a table that the report makes from what it holds, such as a count of its
verdicts."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.sphinx import domain
from tallybook.sphinx.nodes import element, table, tag
from tallybook.sphinx.state import get_state

SOURCE = re.compile(r"\{@([\w-]+)\}")  # a link to a source in a cell


def setup(app: Sphinx) -> None:
    app.add_directive("report-table", ReportTable)


class ReportTable(SphinxDirective):
    """A table of the report, by its name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        shared, name = get_state(self.env.app), self.arguments[0]
        tables = shared.provider.TABLES
        if name not in tables:
            known = ", ".join(tables)
            raise self.error(
                f"{{report-table}} {name}: found no such table; expected one of {known}"
            )
        caption, headings, rows = tables[name](shared.report)
        labels = ["", *headings[1:]]
        made = [
            tag("tr", *(_cell(self.env, *cell) for cell in zip(row, labels, strict=True)))
            for row in rows
        ]
        return [table(caption, headings, made, class_="data words")]


def _cell(env: BuildEnvironment, template: str, label: str) -> element:
    """A cell of a report's table, each of its lines by itself; ``label`` stands before it on a
    phone."""
    lines = [_line(env, line) for line in template.split("\n")]
    content = lines[0] if len(lines) == 1 else [tag("div", *line) for line in lines]
    return tag("td", *content, label=label, data_label=label) if label else tag("td", *content)


def _line(env: BuildEnvironment, template: str) -> list[nodes.Node]:
    """Numbers, and links to sources."""
    found: list[nodes.Node] = []
    for at, piece in enumerate(SOURCE.split(template)):
        here = domain.of(env)
        found += here.expand(piece) if at % 2 == 0 else [here.source(piece)]
    return found
