"""Nodes for what Sphinx has no node for: a number of the report, a claim, and the HTML elements
around them.

In HTML each is written as the site wants it. In any other format a number is its text, a block is a
paragraph, and what is only a picture is left out, so that every builder of Sphinx prints a page
whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator
from sphinx.writers.text import TextTranslator

from tallybook.language import gettext as _
from tallybook.sphinx.state import get_state

PLAIN_FORMATS = ("latex", "man", "texinfo")  # in which the translator's own paragraph will do
Place = tuple[str, str]  # a document, and an anchor there


class number(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names its nodes so
    """A number where it is used: ``name`` (its id), ``value`` (float), its text as the only child.
    ``ids`` holds the id where this place is the number's address (see ``number_role``). With
    ``main`` it is the one that the verdict of its row rests on."""


class element(nodes.General, nodes.Element):  # noqa: N801
    """An HTML element: ``tag``, ``attrs`` (attribute -> text), and children of any kind. With the
    tag "" it is a block of text that HTML needs no element for.

    ``to``: document and anchor that an ``a`` leads to, made into an address when the page is
    written. ``label``: what stands before the text in formats that show no table, such as
    "Published".
    """


class phrase(element, nodes.Inline):  # noqa: N801
    """An element within a line."""


class claim_row(element):  # noqa: N801
    """A claim in a table of claims: ``name`` (its id); what was said, what was found, the verdict
    and why as children."""


class picture(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801
    """HTML that says nothing that the text beside it does not say: ``html``."""


Made = TypeVar("Made", bound=element)


def setup(app: Sphinx) -> None:
    inside = (visit_nothing, visit_nothing)
    element_html, block = (visit_element, depart_element), (visit_block, depart_block)
    block_text = (visit_block_text, depart_block_text)
    for kind, html, text, other in (
        (number, (visit_number, depart_number), inside, inside),
        (phrase, element_html, inside, inside),
        (element, element_html, block_text, block),
        (claim_row, element_html, block_text, block),
        (picture, (visit_picture, None), (skip, None), (skip, None)),
    ):
        app.add_node(kind, False, html=html, text=text, **dict.fromkeys(PLAIN_FORMATS, other))


def tag(
    name: str, *children: nodes.Node | str, label: str = "", to: Place | None = None, **attrs: str
) -> element:
    """An element; texts become text nodes, and an underscore at the end of an attribute's name is
    left out."""
    return _filled(element(tag=name, label=label, to=to), children, attrs)


def span(name: str, *children: nodes.Node | str, to: Place | None = None, **attrs: str) -> phrase:
    """An element within a line (see ``tag``)."""
    return _filled(phrase(tag=name, label="", to=to), children, attrs)


def _filled(made: Made, children: Iterable[nodes.Node | str], attrs: dict[str, str]) -> Made:
    made["attrs"] = {key.rstrip("_").replace("_", "-"): text for key, text in attrs.items()}
    made.extend(nodes.Text(child) if isinstance(child, str) else child for child in children)
    return made


def table(
    caption: str, headings: Iterable[str], rows: Iterable[nodes.Node], class_: str
) -> element:
    """A table as wide as the page allows."""
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in headings)))
    body = tag("tbody", *rows)
    return tag(
        "div", tag("table", tag("caption", caption), head, body, class_=class_), class_="wide"
    )


def joined(between: str, parts: Iterable[nodes.Node | str]) -> list[nodes.Node | str]:
    """Parts of a line with the same sign between each two of them."""
    return [piece for part in parts for piece in (between, part)][1:]


def plain(node: nodes.Node) -> str:
    """The text of a node in one line, with numbers as they print. HTML written by hand between the
    words is no text."""
    texts = node.findall(
        lambda part: isinstance(part, nodes.Text) and not isinstance(part.parent, nodes.raw)
    )
    return " ".join("".join(text.astext() for text in texts).split())


def visit_number(self: HTML5Translator, node: number) -> None:
    name, home = node["name"], get_state(self.builder.app).page("numbers")
    page = self.builder.get_relative_uri(self.builder.current_docname, home)
    mark = f' id="{name}"' if node["ids"] else ""
    self.body.append(f'<data class="num" value="{node["value"]!r}"{mark}><a href="{page}#{name}">')


def depart_number(self: HTML5Translator, _node: number) -> None:
    self.body.append("</a></data>")


def visit_element(self: HTML5Translator, node: element) -> None:
    if not node["tag"]:
        return
    attrs = dict(node["attrs"])
    if node["to"]:
        docname, anchor = node["to"]
        page = self.builder.get_relative_uri(self.builder.current_docname, docname)
        attrs["href"] = f"{page}#{anchor}" if anchor else page
    written = [f' {key}="{escape(text)}"' if text else f" {key}" for key, text in attrs.items()]
    self.body.append(f"<{node['tag']}{''.join(written)}>")


def depart_element(self: HTML5Translator, node: element) -> None:
    self.body.append(f"</{node['tag']}>" if node["tag"] else "")


def visit_picture(self: HTML5Translator, node: picture) -> None:
    self.body.append(node["html"])
    raise nodes.SkipNode


def holds_text(node: element) -> bool:
    """Whether a block has a line of its own: text, and no block within."""
    return not any(
        isinstance(child, nodes.Element) and not isinstance(child, nodes.Inline) for child in node
    )


def before(node: element) -> str:
    """What stands before the text of a cell where it is in no table."""
    return _("{heading}:").format(heading=node["label"]) + " " if node["label"] else ""


def leave_out(node: element) -> None:
    """What has no text, and heads of tables, whose cells carry labels where they are no table."""
    if node["tag"] == "thead" or not node.astext().strip():
        raise nodes.SkipNode


def visit_block_text(self: TextTranslator, node: element) -> None:
    leave_out(node)
    if holds_text(node):
        self.new_state(0)
        self.add_text(before(node))


def depart_block_text(self: TextTranslator, node: element) -> None:
    if holds_text(node):
        self.end_state()


def visit_block(self: LaTeXTranslator, node: element) -> None:
    """``self``: of LaTeX, man or Texinfo."""
    leave_out(node)
    if holds_text(node):
        self.visit_paragraph(node)
        if node["label"]:
            label = nodes.Text(before(node))
            self.visit_Text(label)
            self.depart_Text(label)


def depart_block(self: LaTeXTranslator, node: element) -> None:
    if holds_text(node):
        self.depart_paragraph(node)


def visit_nothing(_self: object, _node: nodes.Node) -> None:
    """The children say it all."""


def skip(_self: object, _node: nodes.Node) -> None:
    raise nodes.SkipNode
