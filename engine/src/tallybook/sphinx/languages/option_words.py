"""Words where Sphinx looks for none, in the language of the edition: those of a page that stand in
options and titles of directives, which are in the page's catalogue with all others, those of the
settings, those of other packages, and those of templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes
from sphinx.addnodes import translatable
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import init
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import docname_to_domain

from tallybook import language
from tallybook.language import N_
from tallybook.language import gettext as _
from tallybook.sphinx.languages import edition

NAMES = ("html_title", "html_short_title")
OPTIONS = ("short_name", "licence")  # of the theme
# Of Sphinx, of MyST-NB, and units of the engine's own numbers.
OTHERS = N_(("Fig. %s", "Index", "Show code cell source", "Hide code cell source", "times"))


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
    app.connect("config-inited", translate, priority=90)
    app.connect("builder-inited", speak)


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


def translate(_app: Sphinx, config: Config) -> None:
    """Look up the words in the settings."""
    if not config.report_edition:
        return
    for name in NAMES:
        if isinstance(words := getattr(config, name), str):
            setattr(config, name, _(words))
    options: dict[str, Any] = dict(config.html_theme_options)
    options |= {name: _(options[name]) for name in OPTIONS if options.get(name)}
    if links := options.get("nav_links"):
        options["nav_links"] = [[page, _(label)] for page, label in links]
    config.html_theme_options = options


def speak(app: Sphinx) -> None:
    """Let templates look words up where the engine does: Sphinx gives them ``_`` for its own
    catalogue, which knows none of ours."""
    if templates := getattr(app.builder, "templates", None):
        templates.environment.globals["_"] = _
