"""The local Sphinx extension that turns the report's numbers and claims into pages (``tallybook.sphinx.extension``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    from tallybook.sphinx import (
        extension,  # not before: `tallybook.builder.command` may find that there is nothing to do, without Sphinx
    )

    return extension.setup(app)
