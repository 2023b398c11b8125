"""All that a build of the site writes: what another output adds is one entry in a list.

``ON_PAGES`` gives each page's template what it prints. ``BESIDE`` needs no written page: it is
written in a process of its own while this one writes them. ``AFTER`` needs the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sphinx.application import Sphinx

from tallybook import language
from tallybook.builder.cache.reuse import Group
from tallybook.builder.process import progress
from tallybook.sphinx.builders import Making, Page, makes_site
from tallybook.sphinx.building import borders
from tallybook.sphinx.citing import item_pages, meta, social_image
from tallybook.sphinx.claims import ledger
from tallybook.sphinx.directives import answers, chart, numbers, sources
from tallybook.sphinx.languages import edition
from tallybook.sphinx.languages.edition import Aside
from tallybook.sphinx.pages import (
    crawlers,
    downloads,
    markdown,
    minify,
    page_context,
    popovers,
    search,
)
from tallybook.sphinx.state import held
from tallybook.sphinx.versions import corrections

ON_PAGES: tuple[Callable[[Sphinx, Page], None], ...] = (
    page_context.thin,
    borders.add_files,
    numbers.add_cards,
    sources.add_references,
    page_context.add_context,
    meta.add_metadata,
    downloads.add_links,
    popovers.add_cards,
    # When all have given their cards, and all that stands in a page has its place.
    popovers.put_beside,
)
Writer = Callable[[Sphinx], None]
BESIDE: tuple[Writer, ...] = (downloads.write_files, item_pages.write_pages)
AFTER: tuple[Writer, ...] = (
    markdown.write_list,
    chart.write_files,
    page_context.copy_data,
    numbers.export,
    answers.export,
    ledger.export,
    crawlers.write_files,
    corrections.write_feed,
    social_image.draw_all,
    minify.minify,
    search.export,
)
# Groups, and the words that were looked up.
Made = tuple[dict[str, Group], dict[language.Message, None]]


class Beside(Aside):
    """Where ``BESIDE`` is written."""


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_to_page, priority=600)
    app.connect("build-finished", finish, priority=600)


def add_to_page(app: Sphinx, name: str, _template: str, context: dict[str, Any], tree: Any) -> None:
    for add in ON_PAGES if makes_site(app) else ():
        add(app, Page(name, context, tree))


def begin(app: Sphinx) -> None:
    """Start to write ``BESIDE``. All pages have been read, and none is written."""
    held(app, Beside).begin(partial(_write, app))
    edition.begin(app)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Write the rest. Raises ``SphinxParallelError`` with what went wrong beside the pages."""
    if exception is not None or not makes_site(app):
        held(app, Beside).stop()
        held(app, edition.Editions).stop()
        return
    for write in AFTER:
        write(app)
    groups, asked = held(app, Beside).end()
    held(app, Making).manifest.groups |= groups
    language.asked.update(asked)
    if not edition.code(app):
        progress.step("records, downloads and search: written")
    held(app, edition.Editions).end()
    held(app, Making).manifest.finish()


def _write(app: Sphinx) -> Made:
    for write in BESIDE:
        write(app)
    return held(app, Making).manifest.groups, language.asked
