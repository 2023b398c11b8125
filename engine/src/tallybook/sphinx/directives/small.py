"""Small directives, and the fold for the code of cells.

``{answer}``: the sentence that answers a page's question.

``{judged}`claim``` is our word on a claim with its chance, within a sentence. ``{may-write}`` and
``{may-not-write}`` hold a list of sentences that a reader may print, or may not, and why.

``{details} Title``: what is folded until a reader wants it. ``{report-table} name``: a table that
the report makes from what it holds, such as a count of its verdicts.
"""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from tallybook.language import N_
from tallybook.language import gettext as _
from tallybook.sphinx import domain
from tallybook.sphinx.claims import badges
from tallybook.sphinx.languages.option_words import said
from tallybook.sphinx.nodes import cell, element, span, table, tag
from tallybook.sphinx.state import get_state

SOURCE = re.compile(r"\{@([\w-]+)\}")  # a link to a source in a cell


CODE = {"cell", "tag_remove-output"}  # a cell of which only the code is shown


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", arrange)
    app.add_directive("answer", Answer)
    app.add_directive("may-write", MayWrite)
    app.add_directive("may-not-write", MayNotWrite)
    app.add_role("judged", JudgedRole())
    app.add_directive("details", Details)
    app.add_directive("report-table", ReportTable)
    # MyST-NB puts paragraphs into the summary, which HTML does not allow, and a label that hides
    # its words.
    app.add_node(HideCodeCellNode, override=True, html=(visit_fold, depart_fold))


def arrange(_app: Sphinx, document: nodes.document) -> None:
    """Move code of which only the text is shown to the end of its section, so that it parts no
    sentence from the next; that of the first screen to the end of the first section in the page."""
    for section in list(document.findall(nodes.section)):
        inner = next((part for part in section if isinstance(part, nodes.section)), section)
        for code in [part for part in section if isinstance(part, nodes.container)]:
            if set(code["classes"]) >= CODE:
                section.remove(code)
                inner.append(code)


class Answer(SphinxDirective):
    """The content as the page's answer."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        box = nodes.container(classes=["answer"])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class JudgedRole(SphinxRole):
    """Our word on a claim with its chance, its flag and another reading."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        judgements = get_state(self.env.app).report.judgements
        if self.text not in judgements:
            wanted = "found no judged claim of that name; expected an id of data/judgements.csv"
            fault = self.inliner.reporter.error(
                f"{{judged}} {self.text}: {wanted}", line=self.lineno
            )
            return [nodes.problematic(self.rawtext, self.rawtext)], [fault]
        chip, aside = badges.judged(self.env, judgements[self.text])
        return [span("span", chip, str(aside).rstrip(), class_="judged")], []


class MayWrite(SphinxDirective):
    """Sentences that a reader may print: each can be copied."""

    has_content = True
    heading, kind = N_("You may write"), "may-write"

    def run(self) -> list[nodes.Node]:
        box = nodes.container(classes=[self.kind])
        box += tag("p", span("b", _(self.heading)))
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class MayNotWrite(MayWrite):
    """Sentences that our answers do not allow."""

    heading, kind = N_("You may not write"), "may-not-write"


class Details(SphinxDirective):
    """The title is the summary, the content is parsed as the page's own text."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        inside = nodes.container(classes=["more-body"])
        self.state.nested_parse(self.content, self.content_offset, inside)
        return [
            tag("details", tag("summary", said(self, self.arguments[0])), inside, class_="more")
        ]


def visit_fold(self: HTML5Translator, node: HideCodeCellNode) -> None:
    words = (("collapsed", node["prompt_show"]), ("expanded", node["prompt_hide"]))
    summary = "".join(f'<span class="{state}">{escape(_(text))}</span>' for state, text in words)
    classes = " ".join(["admonition", "hide", *node["classes"]])
    self.body.append(f'<details class="{classes}">\n<summary>{summary}</summary>\n')


def depart_fold(self: HTML5Translator, _node: HideCodeCellNode) -> None:
    self.body.append("</details>\n")


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
    return cell(label, *content) if label else tag("td", *content)


def _line(env: BuildEnvironment, template: str) -> list[nodes.Node]:
    """Numbers, and links to sources."""
    found: list[nodes.Node] = []
    for at, piece in enumerate(SOURCE.split(template)):
        here = domain.of(env)
        found += here.expand(piece) if at % 2 == 0 else [here.source(piece)]
    return found
