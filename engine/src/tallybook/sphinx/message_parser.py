"""One parser for all messages of an edition.

Sphinx parses each message of a catalogue as a document of its own, and MyST-NB makes for each a new
parser of Markdown and the default settings of docutils. That took a tenth of the time of an
edition, so both are made once here: messages are parsed one after the other.
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


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Keep parsers and default settings while an edition is built."""
    settings: dict[Any, Any] = {}
    parsers: dict[Any, Any] = {}

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

    with (
        patch.object(frontend, "get_default_settings", default_settings),
        patch.object(sphinx_, "create_md_parser", parser),
    ):
        yield
