"""A page as plain Markdown (CommonMark and its tables), for a notebook that is read away from the
site; what programs read instead of a page is made from the same (``plain_pages``).

Every number, citation and reference is printed as on the page and leads to its place there by the
site's whole address. What only the site can do is left out.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.sphinx import chart, versions
from tallybook.sphinx.nodes import before, claim_row, element, holds_text, phrase, picture
from tallybook.sphinx.nodes import number as number_node
from tallybook.sphinx.state import get_state

# What would be read as markup, a formula of Jupyter (``$``) among it, wherever it stands in a line;
# and where a line begins.
_MARKUP = re.compile(r"[\\`*_\[\]<>$~|]|&(?=#?\w+;)|!(?=\[|\Z)")
_LEADS = re.compile(r"(\d+)([.)])(?=\s|\Z)|(#{1,6}|[-+=])(?=\s|\Z|[-=])")
_BLANKS = re.compile(r"[ \t\r\n]+")  # not the narrow space before a unit
_MARKS = {nodes.strong: "**", nodes.emphasis: "*", "b": "**", "strong": "**", "i": "*", "em": "*"}
_AROUND = ("iv", "check")  # classes of what the style sheet sets apart
_NOTHING = (nodes.raw, nodes.meta, nodes.Invisible, picture)


@dataclass
class Text:
    """Some paragraphs of a page: ``markdown``, in which ``attachment:NAME`` stands for the picture
    of the chart NAME."""

    markdown: str
    charts: list[str] = field(default_factory=list)


Part = Text | int  # or the place of a cell: its number in the page's notebook


def parts(app: Sphinx, docname: str) -> list[Part]:
    """A page: its text, cut at each heading and at each cell, and its cells."""
    found: list[Part] = []
    for block in Writer(app, docname).blocks(resolved(app, docname)):
        last = found[-1] if found else None
        if isinstance(block, int):
            found.append(block)
        elif isinstance(last, Text) and not block.markdown.startswith("#"):
            last.markdown += f"\n\n{block.markdown}"
            last.charts += block.charts
        else:
            found.append(block)
    return found


def resolved(app: Sphinx, docname: str) -> nodes.document:
    """A page with all its links resolved."""
    return app.env.get_and_resolve_doctree(docname, app.builder)


def escape(text: str) -> str:
    """A text so that Markdown shows it sign by sign."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def link(text: str, address: str) -> str:
    """``text`` is Markdown."""
    return f"[{text}]({quote(address, safe=':/?#@!$&*+,;=%~')})"


class Writer:
    """Nodes to Markdown, block by block."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self.app, self.root, self.uri = app, versions.address(app), app.builder.get_target_uri
        self.address = urljoin(self.root, self.uri(docname))
        self.figures = app.env.toc_fignumbers.get(docname, {}).get("figure", {})

    def blocks(self, node: nodes.Element, level: int = 0) -> Iterator[Part]:
        """What stands in a node. ``level``: how many sections it lies in."""
        for loose, children in itertools.groupby(node.children, _within_a_line):
            if loose:  # text between blocks
                yield from self.paragraph(children)
            else:
                for child in children:
                    yield from self.block(child, level)

    def block(self, node: nodes.Node, level: int) -> Iterator[Part]:
        if isinstance(node, _NOTHING):
            return
        if isinstance(node, nodes.section):
            yield from self.blocks(node, level + 1)
        elif isinstance(node, nodes.title):
            yield Text(f"{'#' * min(max(level, 1), 6)} {self.line(node.children)}")
        elif isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            yield int(node["cell_index"])
        elif isinstance(node, chart.chart_figure):
            yield from self.figure(node)
        elif isinstance(node, nodes.literal_block):
            yield Text(_fenced(node.astext()))
        elif isinstance(node, (nodes.bullet_list, nodes.enumerated_list)):
            yield self.items(node)
        elif isinstance(node, element):
            yield from self.html(node, level)
        elif isinstance(node, nodes.TextElement):
            yield from self.paragraph(node.children)
        elif isinstance(node, nodes.Element):
            yield from self.blocks(node, level)

    def html(self, node: element, level: int) -> Iterator[Part]:
        if node["tag"] == "table":
            yield from self.table(node)
        elif node["tag"] == "summary":
            yield Text(f"**{self.line(node.children).replace('**', '')}**")
        elif holds_text(node):
            yield from self.paragraph(node.children, before(node))
        else:
            yield from self.blocks(node, level)

    def paragraph(self, children: Iterable[nodes.Node], before: str = "") -> Iterator[Text]:
        if line := self.line(children):
            if not before and _LEADS.match(line):
                line = _LEADS.sub(_literally, line, count=1)
            yield Text(escape(before) + line)

    def items(self, node: nodes.Element) -> Text:
        numbered = isinstance(node, nodes.enumerated_list)
        items = enumerate(map(self.inside, node.children), start=1)
        return _listed([(f"{at}. " if numbered else "- ", item) for at, item in items])

    def inside(self, node: nodes.Node) -> Text:
        """The blocks of a node as one text."""
        assert isinstance(node, nodes.Element)
        found = [block for block in self.blocks(node, 1) if isinstance(block, Text)]
        charts = [name for block in found for name in block.charts]
        return Text("\n\n".join(block.markdown for block in found), charts)

    def figure(self, node: chart.chart_figure) -> Iterator[Text]:
        """Headline, picture, number and caption, and where the data come from."""
        for child in node.children:
            if isinstance(child, picture) and "drawn" in child:
                yield self.drawing(child["drawn"], escape(_BLANKS.sub(" ", child["alt"])))
            elif isinstance(child, nodes.caption):
                serial = ".".join(map(str, self.figures[node["chart"]]))
                called = escape(_(self.app.config.numfig_format["figure"]) % serial)
                number = link(called, self.anchor(node["chart"]))
                yield Text(f"{number}. {self.line(child.children)}")
            elif isinstance(child, element) and child["attrs"].get("class") == "headline":
                yield Text(_marked("**", self.line(child.children)))
            elif isinstance(child, element):
                yield from self.paragraph(child.children)

    def drawing(self, name: str, alt: str) -> Text:
        """The picture of a chart; ``alt``, what stands for it, is Markdown."""
        return Text(f"![{alt}](attachment:{name}.svg)", [name])

    def table(self, node: element) -> Iterator[Text]:
        """A table of claims as a list, for its cells are long; any other as a table."""
        for child in node.children:
            if isinstance(child, element) and child["tag"] == "caption":
                yield Text(_marked("**", self.line(child.children)))
        rows = [row for row in node.findall(element) if row["tag"] == "tr"]
        if said := [row for row in rows if isinstance(row, claim_row)]:
            yield _listed([("- ", self.claim(row)) for row in said])
            return
        cells = [
            [self.inside(cell).markdown.replace("\n\n", "<br>") for cell in row.children]
            for row in rows
        ]
        lines = [f"| {' | '.join(row)} |" for row in cells]
        yield Text("\n".join([*lines[:1], "|" + " --- |" * len(cells[0]), *lines[1:]]))

    def claim(self, row: claim_row) -> Text:
        """What was said; a line each for what was published, found and judged; and why."""
        head, *cells = row.children
        first, _, rest = self.inside(head).markdown.partition("\n\n")
        blocks = itertools.chain.from_iterable(self.block(cell, 1) for cell in cells)
        lines = [block.markdown for block in blocks if isinstance(block, Text)]
        return Text("\n\n".join(filter(None, [first, "\\\n".join(lines), rest])))

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
            return _code(node.astext())
        if isinstance(node, number_node):
            return self.number(node, inside)
        style = node["attrs"].get("class", "") if tag else ""
        if isinstance(node, nodes.reference) or tag == "a":
            led = link(inside, self.leads_to(node)) if inside else ""
            return _marked("**", led) if style.startswith("v ") else led  # a verdict
        if mark := _MARKS.get(tag or type(node)):
            return _marked(mark, inside)
        if isinstance(node, phrase) and inside and style in _AROUND:
            return f"({inside})"
        if isinstance(node, phrase) and inside and tag == "q":
            return _("“{words}”").format(words=inside)
        return inside

    def number(self, node: number_node, text: str) -> str:
        """A number with a link to its row; ``text`` is Markdown."""
        return link(text, self.whole(get_state(self.app).page("numbers"), node["name"]))

    def leads_to(self, node: nodes.Element) -> str:
        """The whole address of a link."""
        if node.get("to"):
            return self.whole(*node["to"])
        attributes, key = (node["attrs"], "href") if isinstance(node, phrase) else (node, "refuri")
        place = attributes.get(key, "")
        return urljoin(self.address, place) if place else self.anchor(node.get("refid", ""))

    def whole(self, docname: str, anchor: str) -> str:
        """The whole address of a page, and of a place there."""
        page = urljoin(self.root, self.uri(docname))
        return f"{page}#{anchor}" if anchor else page

    def anchor(self, name: str) -> str:
        """The address of a place in this page."""
        return f"{self.address}#{name}"


def _within_a_line(node: nodes.Node) -> bool:
    marked = isinstance(node, element) and node["tag"] in _MARKS
    return marked or isinstance(node, (nodes.Text, nodes.Inline))


def _marked(mark: str, text: str) -> str:
    """Blanks stay outside, where a mark must not meet them; no mark within another of its kind."""
    found = text.strip(" ")
    core = found.replace(mark, "") if mark == "**" else found
    return text.replace(found, f"{mark}{core}{mark}") if core else text


def _code(text: str) -> str:
    """A text as code within a line, between more backticks than it holds."""
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{fence}\n{text}\n{fence}"


def _listed(items: Iterable[tuple[str, Text]]) -> Text:
    """Texts as a list, each after its mark and set in by its width."""
    lines, charts = list[str](), list[str]()
    for mark, text in items:
        lines.append(mark + textwrap.indent(text.markdown, " " * len(mark))[len(mark) :])
        charts += text.charts
    apart = any("\n\n" in line for line in lines)
    return Text(("\n\n" if apart else "\n").join(lines), charts)


def _literally(found: re.Match[str]) -> str:
    """What would begin a list or a heading, as it is."""
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"
