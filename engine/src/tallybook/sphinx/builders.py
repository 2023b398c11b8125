"""Which builder is at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def makes_site(app: Sphinx) -> bool:
    """Whether it makes the site. An EPUB is made of HTML as well, but has none of the site's files."""
    return app.builder.format == "html" and not makes_epub(app.builder)


def makes_epub(builder: Builder) -> bool:
    """Whether a builder makes an EPUB."""
    return builder.name.startswith("epub")
