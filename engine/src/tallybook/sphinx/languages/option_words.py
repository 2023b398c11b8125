"""Words of a page that stand in options and titles of directives, where Sphinx looks for none: they
are in the page's catalogue with all others."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.addnodes import translatable
from sphinx.application import Sphinx
from sphinx.locale import init
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import docname_to_domain

from tallybook import language
from tallybook.sphinx.languages import edition


class page_words(nodes.Element, translatable):  # noqa: N801 - docutils names its nodes so
    """A text for the page's catalogue; it is in a document only while that is made."""

    def preserve_original_messages(self) -> None:
        """It is its own original."""

    def extract_original_messages(self) -> Sequence[str]:
        return [self["text"]]

    def apply_translated_message(self, _original: str, _translated: str) -> None:
        """What shows the text has looked it up already."""


def setup(app: Sphinx) -> None:
    app.add_node(page_words)


def said(directive: SphinxDirective, text: str) -> str:
    """A text of a directive in the language of the edition."""
    config, text = directive.config, " ".join(text.split())
    if directive.env.app.builder.name == "gettext" and text:
        node = page_words(text=text)
        directive.set_source_info(node)
        directive.state.document += node
    if not edition.code(directive.env.app):
        return text
    domain = docname_to_domain(directive.env.docname, config.gettext_compact)
    words, _found = init(config.locale_dirs, config.language, domain)
    if text and text not in language.messages(words):
        place = f"{directive.env.docname}.md, line {directive.lineno}"
        edition.leave(directive.env.app, place, text)
    return words.gettext(text) if text else ""
