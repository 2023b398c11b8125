"""The local Sphinx extension that turns the report's numbers and claims into pages (``book.extension``)."""

from __future__ import annotations


def setup(app: object) -> dict:
    from book import extension  # not before: `book.build` may find that there is nothing to do, without Sphinx

    return extension.setup(app)
