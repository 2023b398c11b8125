"""Words of the report that stand in its settings, words that other packages bring to its pages, and
the way of templates to their words, in the language of the edition."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from tallybook.language import N_
from tallybook.language import gettext as _

NAMES = ("html_title", "html_short_title")
OPTIONS = ("short_name", "licence")  # of the theme
# Of Sphinx, of MyST-NB, and units of the engine's own numbers.
OTHERS = N_(("Fig. %s", "Index", "Show code cell source", "Hide code cell source", "times"))


def setup(app: Sphinx) -> None:
    app.connect("config-inited", translate, priority=90)
    app.connect("builder-inited", speak)


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
