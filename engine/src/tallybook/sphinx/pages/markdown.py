"""A page as plain Markdown (CommonMark and its tables): for programs that read text, as a file
beside it and in ``llms.txt``, which lists them (llmstxt.org); and for notebooks.

Every number, citation and reference is printed as on the page and leads to its place there by the
site's whole address; the intervals stand in a table at the foot. What needs the site is left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.application import Sphinx

from tallybook.language import ended
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.sphinx import domain
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.claims import wording
from tallybook.sphinx.directives import chart
from tallybook.sphinx.nodes import before, claim_row, element, holds_text, phrase, picture
from tallybook.sphinx.nodes import number as number_node
from tallybook.sphinx.pages.markdown_text import code, listed, marked, ticks
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import numbering

LIST, KIND = "llms.txt", "text/markdown"
# What would be read as markup, a formula of Jupyter (``$``) among it, wherever it stands in a line;
# and where a line begins.
_MARKUP = re.compile(r"[\\`*_\[\]<>$~|]|&(?=#?\w+;)|!(?=\[|\Z)")
_LEADS = re.compile(r"\A(\d+(?=[.)](?:\s|\Z))|(?=(?:#{1,6}|[-+=])(?:\s|\Z|[-=])))")
_BLANKS = re.compile(r"[ \t\r\n]+")  # not the narrow space before a unit
_MARKS = {nodes.strong: "**", nodes.emphasis: "*", "b": "**", "strong": "**", "i": "*", "em": "*"}
_HEADING = re.compile("h[1-6]")
_AROUND = ("iv", "check")  # classes of what the style sheet sets apart
_NOTHING = (nodes.raw, nodes.meta, nodes.Invisible, picture)
Block = str | int  # a text, or the place of a cell: its number in the page's notebook


def path(docname: str) -> str:
    return f"{docname}.md"


def write(app: Sphinx, docname: str, doctree: nodes.document) -> None:
    """Write the file of a page beside it; ``doctree``: with all its links resolved."""
    target, writer = Path(app.outdir) / path(docname), Writer(app, docname)
    target.parent.mkdir(parents=True, exist_ok=True)
    title, *rest = (block for block in writer.blocks(doctree) if isinstance(block, str))
    foot = writer.intervals()
    write_texts(
        {target: "\n\n".join([title, f"> {about(app, writer.address)}", *rest, *foot]) + "\n"}
    )


def parts(app: Sphinx, docname: str) -> list[Block]:
    """A page: its text, cut at each heading and at each cell, and its cells; last the intervals."""
    found, writer = list[Block](), Writer(app, docname)
    doctree = app.env.get_and_resolve_doctree(docname, app.builder)
    for block in writer.blocks(doctree):
        last = found[-1] if found else 0
        if isinstance(last, str) and isinstance(block, str) and not block.startswith("#"):
            found[-1] = f"{last}\n\n{block}"
        else:
            found.append(block)
    return [*found, *writer.intervals()]


def about(app: Sphinx, address: str) -> str:
    """Which version a text is of, where the page is, and how to quote from it."""
    shared, licence = get_state(app), app.config.report_content_licence
    said = _(
        "{page}. Version {version}, {day}. A number leads to its row; its interval, and what we say"
        " of it if it was published, stand at the foot: whoever quotes the number quotes these too."
    ).format(
        page=link(escape(numbering.one_line(shared.citation["title"])), address),
        version=escape(numbering.in_words(app)),
        day=days.in_words(shared.built),
    )
    return f"{said} {_('Licence: {terms}').format(terms=f'<{licence}>')}" if licence else said


def write_list(app: Sphinx) -> None:
    group(app, LIST, lambda: write_texts({Path(app.outdir) / LIST: listing(app)}))


def listing(app: Sphinx) -> str:
    """``llms.txt``: what the report is, its pages and its data."""
    shared, root = get_state(app), numbering.address(app)
    shown = domain.of(app.env).data
    answers, findings = shown["answers"], shown["findings"]
    chapters = list(shared.provider.CHAPTERS.values())
    others = sorted(app.env.found_docs - {*chapters})
    others.sort(key=lambda one: one != app.config.root_doc)
    data = [root + "numbers.json", numbering.whole(app) + "data/datapackage.json"]
    data += [root + "answers.json"] if shared.report.answered.answers else []
    data += [root + "claims.json"] if shared.report.judgements else []

    def named(docname: str) -> str:
        title = escape(numbering.one_line(app.env.titles[docname].astext()))
        answer = [answers[docname]] if docname in answers else []
        if (found := findings.get(shared.chapter_of(docname))) and answer:
            answer.append(wording.text([wording.of_claim(shared.report, found["claim_id"])]))
        address = numbering.address(app, path(docname))
        return f"- {': '.join(filter(None, [link(title, address), escape(' '.join(answer))]))}"

    lists = {
        _("Chapters"): map(named, chapters),
        _("Other pages"): map(named, others),
        _("Data"): (f"- {link(Path(address).name, address)}" for address in data),
    }
    said = (shared.citation[key] for key in ("title", "abstract"))
    title, abstract = (escape(" ".join(text.split())) for text in said)
    head = [f"# {title}", f"> {abstract}", about(app, root)]
    body = [f"## {name}\n\n" + "\n".join(lines) for name, lines in lists.items()]
    return "\n\n".join([*head, *body]) + "\n"


def escape(text: str) -> str:
    """A text so that Markdown shows it sign by sign."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def link(text: str, address: str) -> str:
    """``text`` is Markdown."""
    return f"[{text}]({quote(address, safe=':/?#@!$&*+,;=%~')})"


class Writer:
    """Nodes to Markdown, block by block."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self.app, self.root, self.uri = app, numbering.address(app), app.builder.get_target_uri
        self.address = urljoin(self.root, self.uri(docname))
        self.figures = app.env.toc_fignumbers.get(docname, {}).get("figure", {})
        self.used: dict[str, str] = {}  # numbers with an interval or a verdict -> as Markdown

    def blocks(self, node: nodes.Element, level: int = 0) -> Iterator[Block]:
        """What stands in a node. ``level``: how many sections it lies in."""
        for loose, children in itertools.groupby(node.children, _within_a_line):
            if loose:  # text between blocks
                yield from self.paragraph(children)
            else:
                for child in children:
                    yield from self.block(child, level)

    def block(self, node: nodes.Node, level: int) -> Iterator[Block]:
        if isinstance(node, _NOTHING):
            return
        if isinstance(node, nodes.section):
            yield from self.blocks(node, level + 1)
        elif isinstance(node, nodes.title):
            yield f"{'#' * min(max(level, 1), 6)} {self.line(node.children)}"
        elif isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            yield int(node["cell_index"])
        elif isinstance(node, chart.chart_figure):
            yield from self.figure(node)
        elif isinstance(node, nodes.literal_block):
            fence = ticks(node.astext(), 3)
            yield f"{fence}\n{node.astext()}\n{fence}"
        elif isinstance(node, (nodes.bullet_list, nodes.enumerated_list)):
            yield self.items(node)
        elif isinstance(node, element):
            yield from self.html(node, level)
        elif isinstance(node, nodes.TextElement):
            yield from self.paragraph(node.children)
        elif isinstance(node, nodes.Element):
            yield from self.blocks(node, level)

    def html(self, node: element, level: int) -> Iterator[Block]:
        if node["tag"] == "table":
            yield from self.table(node)
        elif node["tag"] == "summary":
            captions = (one for one in node.parent.findall(element) if one["tag"] == "caption")
            if node.astext() not in {one.astext() for one in captions}:  # else its table says it
                yield f"**{self.line(node.children).replace('**', '')}**"
        elif _HEADING.fullmatch(node["tag"]):
            yield f"{'#' * int(node['tag'][1])} {self.line(node.children)}"
        elif holds_text(node):
            yield from self.paragraph(node.children, before(node))
        else:
            yield from self.blocks(node, level)

    def paragraph(self, children: Iterable[nodes.Node], before: str = "") -> Iterator[str]:
        if line := self.line(children):
            # What would begin a list or a heading stands as it is.
            yield escape(before) + (line if before else _LEADS.sub(r"\1\\", line))

    def items(self, node: nodes.Element) -> str:
        numbered = isinstance(node, nodes.enumerated_list)
        items = enumerate(map(self.inside, node.children), start=1)
        return listed([(f"{at}. " if numbered else "- ", item) for at, item in items])

    def inside(self, node: nodes.Node) -> str:
        """The blocks of a node as one text."""
        assert isinstance(node, nodes.Element)
        return "\n\n".join(block for block in self.blocks(node, 1) if isinstance(block, str))

    def figure(self, node: chart.chart_figure) -> Iterator[str]:
        """Headline, picture, number and caption, and where the data come from."""
        name = node["chart"]
        for child in node.children:
            if isinstance(child, picture) and "drawn" in child:
                drawing = numbering.address(self.app, f"{chart.FOLDER}/{name}.svg")
                yield f"!{link(escape(_BLANKS.sub(' ', child['alt'])), drawing)}"
            elif isinstance(child, nodes.caption):
                serial = ".".join(map(str, self.figures[name]))
                called = escape(_(self.app.config.numfig_format["figure"]) % serial)
                yield f"{link(called, f'{self.address}#{name}')}. {self.line(child.children)}"
            elif isinstance(child, element) and child["attrs"].get("class") == "headline":
                yield marked("**", self.line(child.children))
            elif isinstance(child, element):
                yield from self.paragraph(child.children)

    def table(self, node: element) -> Iterator[str]:
        """A table of claims as a list, for its cells are long; any other as a table."""
        for child in node.children:
            if isinstance(child, element) and child["tag"] == "caption":
                yield marked("**", self.line(child.children))
        rows = [row for row in node.findall(element) if row["tag"] == "tr"]
        if said := [row for row in rows if isinstance(row, claim_row)]:
            yield listed([("- ", self.claim(row)) for row in said])
            return
        cells = [[self.inside(cell).replace("\n\n", "<br>") for cell in row] for row in rows]
        lines = [f"| {' | '.join(row)} |" for row in cells]
        yield "\n".join([*lines[:1], "|" + " --- |" * len(cells[0]), *lines[1:]])

    def claim(self, row: claim_row) -> str:
        """What was said; a line each for what was published, found and judged; and why."""
        head, *cells = row.children
        first, _, rest = self.inside(head).partition("\n\n")
        lines = [block for cell in cells for block in self.block(cell, 1) if isinstance(block, str)]
        return "\n\n".join(filter(None, [first, "\\\n".join(lines), rest]))

    def line(self, children: Iterable[nodes.Node]) -> str:
        """Text and what stands within a line."""
        return _BLANKS.sub(" ", "".join(map(self.inline, children))).strip(" ")

    def inline(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            return escape(node.astext())
        if isinstance(node, _NOTHING) or not isinstance(node, nodes.Element):
            return ""
        inside = "".join(map(self.inline, node.children))
        tag = node["tag"] if isinstance(node, element) else ""
        if isinstance(node, nodes.literal) or tag == "code":
            return code(node.astext())
        if isinstance(node, number_node):
            return self.number(node, inside)
        style = node["attrs"].get("class", "") if tag else ""
        if isinstance(node, nodes.reference) or tag == "a":
            led = link(inside, self.leads_to(node)) if inside else ""
            return marked("**", led) if style.startswith("v ") else led  # a verdict
        if mark := _MARKS.get(tag or type(node)):
            return marked(mark, inside)
        if isinstance(node, phrase) and inside and style in _AROUND:
            return f"({inside})"
        if isinstance(node, phrase) and inside and tag == "q":
            return _("“{words}”").format(words=inside)
        return inside

    def number(self, node: number_node, text: str) -> str:
        """A number with a link to its row. ``text`` is Markdown."""
        linked = link(text, self.whole(get_state(self.app).page("numbers"), node["name"]))
        report, name = get_state(self.app).report, node["name"]
        if report.numbers[name].low is not None or report.published(name):
            self.used.setdefault(node["name"], linked)
        return linked

    def intervals(self) -> list[str]:
        """The table of intervals, and of what is said of published numbers; none without either."""
        report, rows = get_state(self.app).report, list[str]()
        for name, linked in self.used.items():
            number, said = report.numbers[name], wording.text(wording.of_number(report, name))
            interval = "" if number.low is None else report.show(name, "interval")
            what = escape(f"{ended(number.label)} {said}" if said else number.label)
            rows.append(f"| {linked} | {escape(interval)} | {what} |")
        head = f"| {_('Number')} | {_('Interval')} | {_('What')} |\n| --- | --- | --- |"
        return ["\n".join([head, *rows])] if rows else []

    def leads_to(self, node: nodes.Element) -> str:
        """The whole address of a link."""
        if node.get("to"):
            return self.whole(*node["to"])
        attributes, key = (node["attrs"], "href") if isinstance(node, phrase) else (node, "refuri")
        place = attributes.get(key, "")
        return urljoin(self.address, place) if place else f"{self.address}#{node.get('refid', '')}"

    def whole(self, docname: str, anchor: str) -> str:
        page = urljoin(self.root, self.uri(docname))
        return f"{page}#{anchor}" if anchor else page


def _within_a_line(node: nodes.Node) -> bool:
    marked = isinstance(node, element) and node["tag"] in _MARKS
    return marked or isinstance(node, (nodes.Text, nodes.Inline))
