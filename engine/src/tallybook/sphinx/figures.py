"""Figure numbers without loading every page. Sphinx searches all pages in each build, and loading
takes longer than searching.

What it looks at is kept with the environment: of each page the sections, the tables of contents and
what can have a number, with its caption. While figures are numbered, that is the page. A page of a
thousand numbers leaves nothing but its headings.
"""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from tallybook.sphinx import domain

BY_SPHINX = 500  # the priority at which Sphinx numbers them
KEPT = ("ids", "literal_block", "entries", "numbered")  # attributes that it looks at


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", keep, priority=999)  # when the page is as it will be stored
    app.connect("env-get-updated", lend, priority=BY_SPHINX - 1)
    app.connect("env-get-updated", give_back, priority=BY_SPHINX + 1)


def keep(app: Sphinx, document: nodes.document) -> None:
    page = nodes.Element()
    page += outline(document, app.env.domains.values())
    domain.of(app.env).data["outlines"][app.env.docname] = page


def outline(node: nodes.Element, domains: Iterable[Domain]) -> list[nodes.Element]:
    """What stands in a node and is looked at when figures are numbered, in its order. What stands
    around it is left out."""
    found: list[nodes.Element] = []
    for child in node.children:
        if not isinstance(child, nodes.Element):
            continue
        inside = outline(child, domains)
        counts = isinstance(child, (nodes.section, toctree)) or any(
            each.get_enumerable_node_type(child) for each in domains
        )
        if not counts:
            found += inside
            continue
        shell: nodes.Element = type(child)("", **{key: child[key] for key in KEPT if key in child})
        for part in child.children:
            if isinstance(part, (nodes.caption, nodes.title)):
                shell += part.deepcopy()
        shell += [part.copy() for part in child.children if isinstance(part, nodes.literal_block)]
        shell += inside
        found.append(shell)
    return found


def lend(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have Sphinx look at outlines instead of pages."""
    kept = domain.of(env).data["outlines"]
    vars(env)["get_doctree"] = kept.__getitem__
    return []


def give_back(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have Sphinx load pages again."""
    del vars(env)["get_doctree"]
    return []
