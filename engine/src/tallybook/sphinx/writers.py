"""All that a build of the site writes: what another output adds is one entry in a list.

``ON_PAGES`` gives each page's template what it prints. ``BESIDE`` needs no written page: each part
of it is written in a process of its own while this one writes them. ``AFTER`` needs the pages, and
``LAST`` all that was written beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sphinx.application import Sphinx

from tallybook import language
from tallybook.builder.cache.reuse import Group
from tallybook.builder.process import progress
from tallybook.sphinx import (
    argue,
    chart,
    claims,
    crawlers,
    downloads,
    edition,
    feeds,
    host_headers,
    landing,
    linked_data,
    meta,
    minify,
    numbers,
    outputs,
    pages,
    plain_pages,
    popovers,
    records,
    search,
    social_image,
    sources,
)
from tallybook.sphinx.aside import Aside
from tallybook.sphinx.builders import Making, Page, makes_site
from tallybook.sphinx.state import held

ON_PAGES: tuple[Callable[[Sphinx, Page], None], ...] = (
    outputs.thin,
    numbers.add_cards,
    landing.list_findings,
    sources.add_references,
    pages.add_context,
    meta.add_metadata,
    linked_data.add_records,
    downloads.add_links,
    popovers.add_cards,
    # When all have given their cards, and all that stands in a page has its place.
    popovers.put_beside,
)
Writer = Callable[[Sphinx], None]
Part = tuple[Writer, ...]
BESIDE: tuple[Part, ...] = ((downloads.write_files,), (records.write_pages,))
# Beside an edition, which has no other process that paints pictures.
PAINTED: Part = (chart.write_files,)
AFTER: tuple[Writer, ...] = (
    plain_pages.write_list,
    pages.copy_data,
    numbers.export,
    claims.export,
    argue.write_files,
    crawlers.write_files,
    host_headers.write_file,
    feeds.write_file,
    social_image.draw_all,
    minify.minify,
    search.export,
)
LAST: tuple[Writer, ...] = (downloads.write_crate,)
# Groups, and the words that were looked up.
Made = tuple[dict[str, Group], dict[language.Message, None]]


class Beside(list[Aside]):
    """Where the parts of ``BESIDE`` are written."""


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_to_page, priority=600)
    app.connect("build-finished", finish, priority=600)


def add_to_page(app: Sphinx, name: str, _template: str, context: dict[str, Any], tree: Any) -> None:
    for add in ON_PAGES if makes_site(app) else ():
        add(app, Page(name, context, tree))


def begin(app: Sphinx) -> None:
    """Start to write ``BESIDE``. All pages have been read, and none is written."""
    for part in _parts(app):
        aside = Aside()
        aside.begin(partial(_write, app, part))
        held(app, Beside).append(aside)
    edition.begin(app)


def _parts(app: Sphinx) -> tuple[Part, ...]:
    return (*BESIDE, PAINTED) if edition.code(app) else BESIDE


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Write the rest. Raises ``SphinxParallelError`` with what went wrong beside the pages."""
    if exception is not None or not makes_site(app):
        for aside in held(app, Beside):
            aside.stop()
        edition.stop(app)
        return
    for write in AFTER:
        write(app)
    for aside in held(app, Beside):
        groups, asked = aside.end()
        held(app, Making).manifest.groups |= groups
        language.asked.update(asked)
    for write in LAST:
        write(app)
    if not edition.code(app):
        chart.write_files(app)  # pictures have been painted beside all that is written before
        progress.step("records, downloads and search: written")
    edition.finish(app)
    held(app, Making).manifest.finish()


def _write(app: Sphinx, part: Part) -> Made:
    for write in part:
        write(app)
    return held(app, Making).manifest.groups, language.asked
