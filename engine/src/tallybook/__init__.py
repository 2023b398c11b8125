"""An engine for reports in which every number is linked to its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    # Not before: a build may find that there is nothing to do, without Sphinx.
    from tallybook.sphinx import extension

    return extension.setup(app)
