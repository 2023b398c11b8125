"""``{num}`` in a page: the role, the place of each number there, and the numbers that nobody has
defined."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole

from tallybook.data.cells import LISTED
from tallybook.sphinx import domain
from tallybook.sphinx.nodes import claim_row, number
from tallybook.sphinx.page_warnings import warn

COUNTED = re.compile(r"id\d+")  # an id that docutils has made


def setup(app: Sphinx) -> None:
    app.add_role("num", NumberRole())
    app.add_transform(Places)
    app.connect("env-check-consistency", tell_unknown, priority=10)  # before what rests on them


class NumberRole(SphinxRole):
    """``{num}`id``` or ``{num}`id|part```: a number through the one formatter."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        name, _, part = self.text.partition("|")
        try:
            return [domain.of(self.env).number(name.strip(), part.strip() or "value")], []
        except Exception as error:  # noqa: BLE001 - told of all pages at once (``tell_unknown``)
            unknown = domain.of(self.env).data["unknown"].setdefault(self.env.docname, [])
            unknown.append((self.get_source_info()[1], str(error)))
            return [nodes.problematic(self.rawtext, self.rawtext)], []


class Places(SphinxTransform):
    """Gives the first use of each number its id, and each caption of a chart its own. A translation
    replaces the text of a page: this comes after it. Sphinx transforms each of its sentences too,
    so what was noted for these is dropped."""

    default_priority = 30  # after sphinx.transforms.i18n.Locale, which has 20

    def apply(self, **_options: Any) -> None:
        parts = self.document.findall(lambda node: isinstance(node, (number, claim_row)))
        # In a row of claims the number that its verdict rests on comes before those of its reason.
        rows = (sorted(part.findall(number), key=lambda one: not one.get("main")) for part in parts)
        every = dict.fromkeys(used for row in rows for used in row)
        domain.of(self.env).place(sorted(every, key=lambda used: bool(used.get("late"))))
        set_apart(self.document)
        for figure in self.document.findall(nodes.figure):
            if "chart" in figure:
                caption = next(figure.findall(nodes.caption))
                name = f"{figure['chart']}-caption"
                caption[:] = [nodes.inline("", "", *caption.children, ids=[name])]


def set_apart(document: nodes.document) -> None:
    """Give each element of a document an id of its own: those of a translated sentence are counted
    anew in each, and may be there already."""
    seen: set[str] = set()
    for node in document.findall(nodes.Element):
        if any(name in seen and COUNTED.fullmatch(name) for name in node["ids"]):
            # Two references to one thing may even share the list.
            node["ids"] = [f"{name}-{len(seen)}" for name in node["ids"]]
        seen.update(node["ids"])


def tell_unknown(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of all numbers that pages use and nobody has defined, by name of the first."""
    pages = sorted(domain.of(env).data["unknown"].items())
    found = [(page, line, said) for page, uses in pages for line, said in uses]
    left = len(found) - LISTED
    more = f"and {left} more numbers that are used but not defined" if left > 0 else ""
    warn(env, "number", found[:LISTED], more)
