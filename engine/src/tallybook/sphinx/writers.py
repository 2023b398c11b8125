"""All that a build of the site writes: what another output adds is one entry in a list.

``ON_PAGES`` gives each page's template what it prints. ``BESIDE`` needs no written page: each part
of it is written in a process of its own while this one writes them. Where there is no second
processor, no process can be forked, or it was killed, a part is written after the pages. ``AFTER``
needs the pages, and ``LAST`` all that was written beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sphinx.application import Sphinx

from tallybook import language
from tallybook.builder.cache.reuse import Group
from tallybook.builder.notebooks import kernels
from tallybook.builder.process import progress
from tallybook.sphinx import (
    argue,
    borders,
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
    pages.thin,
    borders.add_files,
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
AFTER: tuple[Writer, ...] = (
    plain_pages.write_list,
    chart.write_files,
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
# Groups, the sums of files that were taken over, and the words that were looked up.
Made = tuple[dict[str, Group], dict[str, str], dict[language.Message, None]]


class Beside(list[tuple[Part, Aside]]):
    """Where the parts of ``BESIDE`` are written."""


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_to_page, priority=600)
    app.connect("build-finished", finish, priority=600)


def add_to_page(app: Sphinx, name: str, _template: str, context: dict[str, Any], tree: Any) -> None:
    for add in ON_PAGES if makes_site(app) else ():
        add(app, Page(name, context, tree))


def begin(app: Sphinx) -> None:
    """Start to write ``BESIDE``. All pages have been read, and none is written."""
    for part in BESIDE:
        aside = Aside()
        aside.begin(partial(_write, app, part), kernels.NICE)
        held(app, Beside).append((part, aside))
    edition.begin(app)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Write the rest. Raises ``SphinxParallelError`` with what went wrong beside the pages."""
    if exception is not None or not makes_site(app):
        for _, aside in held(app, Beside):
            aside.stop()
        edition.stop(app)
        return
    for write in AFTER:
        write(app)
    for part, aside in held(app, Beside):
        if aside.end():
            _take(app, aside.result)
        else:
            _write(app, part)
    for write in LAST:
        write(app)
    if not edition.code(app):
        progress.step("records, downloads and search: written")
    manifest, others = held(app, Making).manifest, edition.others(app)
    manifest.sum_up(others)
    edition.finish(app)
    manifest.finish(others)


def _write(app: Sphinx, part: Part) -> Made:
    for write in part:
        write(app)
    manifest = held(app, Making).manifest
    return manifest.groups, manifest.sums, language.asked


def _take(app: Sphinx, made: Made) -> None:
    manifest = held(app, Making).manifest
    manifest.groups |= made[0]
    manifest.sums |= made[1]
    language.asked.update(made[2])
