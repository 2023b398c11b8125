"""Which builder is at work."""

from __future__ import annotations

from sphinx.application import Sphinx


def makes_site(app: Sphinx) -> bool:
    """Whether it makes the site. An EPUB is made of HTML as well, but has none of the site's files."""
    return app.builder.format == "html" and not app.builder.name.startswith("epub")
