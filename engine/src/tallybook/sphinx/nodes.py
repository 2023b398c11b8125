"""Nodes for what Sphinx has no node for: a number of the report, a claim, and the HTML elements
around them.

Each is written as HTML; the paper and e-book editions are made from that.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from tallybook.language import gettext as _
from tallybook.sphinx.state import get_state

Place = tuple[str, str]  # a document, and an anchor there


class number(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names its nodes so
    """A number where it is used: ``name`` (its id), ``value`` (float), its text as the only child.
    ``ids`` holds the id where this place is the number's address (see ``number_role``). With
    ``main`` it is the one that the verdict of its row rests on."""


class element(nodes.General, nodes.Element):  # noqa: N801
    """An HTML element: ``tag``, ``attrs`` (attribute -> text), and children of any kind. With the
    tag "" it is a block of text that HTML needs no element for.

    ``to``: document and anchor that an ``a`` leads to, made into an address when the page is
    written. ``label``: what stands before the text in a copy that shows no table, such as
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
    for kind in (phrase, element, claim_row):
        app.add_node(kind, html=(visit_element, depart_element))
    app.add_node(number, html=(visit_number, depart_number))
    app.add_node(picture, html=(visit_picture, None))


def tag(
    name: str, *children: nodes.Node | str, label: str = "", to: Place | None = None, **attrs: str
) -> element:
    """An element; texts become text nodes, and an underscore at the end of an attribute's name is
    left out."""
    return _filled(element(tag=name, label=label, to=to), children, attrs)


def cell(heading: str, *children: nodes.Node | str, **attrs: str) -> element:
    """A cell of a table that says its column's heading where the table is no table: on a phone, and
    in a copy in text."""
    return tag("td", *children, label=heading, to=None, data_label=heading, **attrs)


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
