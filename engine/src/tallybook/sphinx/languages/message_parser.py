"""One parser for all messages of an edition, which parses each once.

Sphinx parses each message of a catalogue as a document of its own, twice, and MyST-NB makes for
each a new parser of Markdown and the default settings of docutils. That took a sixth of the time of
an edition. Here both are made once, as messages are parsed one after the other, and what a message
was parsed to is kept.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from docutils import frontend
from docutils.frontend import get_default_settings
from myst_parser.parsers import sphinx_
from myst_parser.parsers.mdit import create_md_parser
from sphinx.transforms import i18n
from sphinx.transforms.i18n import publish_msgstr


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Keep parsers, default settings and what was parsed while an edition is built."""
    settings: dict[Any, Any] = {}
    parsers: dict[Any, Any] = {}
    patches: dict[Any, Any] = {}

    def default_settings(*components: Any) -> Any:
        if components not in settings:
            settings[components] = get_default_settings(*components)
        return copy.copy(settings[components])

    def parser(config: Any, renderer: Any) -> Any:
        key = (id(config), renderer)
        if key not in parsers:
            # With the configuration, so that no other can get its id.
            parsers[key] = create_md_parser(config, renderer), config
        return parsers[key][0]

    def published(app: Any, text: str, path: str, line: int, *more: Any) -> Any:
        if (text, path, line) not in patches:
            patches[text, path, line] = publish_msgstr(app, text, path, line, *more)
        return patches[text, path, line].deepcopy()

    with (
        patch.object(frontend, "get_default_settings", default_settings),
        patch.object(i18n, "publish_msgstr", published),
        patch.object(sphinx_, "create_md_parser", parser),
    ):
        yield
