"""What a page has around its text: chapters, citation, the tables to download."""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from tallybook import language
from tallybook.data import seal
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.sphinx import state
from tallybook.sphinx.builders import Page, group
from tallybook.sphinx.citing import citations, item_pages, meta, quotes
from tallybook.sphinx.directives import answer_panel
from tallybook.sphinx.directives.numbers import write_json
from tallybook.sphinx.languages import edition
from tallybook.sphinx.pages import filters
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import corrections, numbering

_TOP = re.compile(
    r'(<a [^>]*href="#">).*?</a>(?=\s*(?:<ul>|</li>))', re.DOTALL
)  # the page itself in its contents
_UNCOLOURED = re.compile(r'<span class="[np]">([^<]*)</span>')
PARTS = (
    *("numbers", "answers", "ledger", "methods", "sources", "glossary", "cite"),
    *("corrections", "calibration"),
)


def setup(app: Sphinx) -> None:
    # Before what rests on it.
    app.connect("env-check-consistency", each_part_has_its_page, priority=100)


def each_part_has_its_page(app: Sphinx, env: BuildEnvironment) -> None:
    """What ``PAGES`` names is there, and it names a page of numbers."""
    pages, named = get_state(app).provider.PAGES, f"PAGES of {app.config.report_provider}"
    for part in dict.fromkeys(["numbers", *pages]):
        if part not in PARTS:
            known = ", ".join(PARTS)
            raise ExtensionError(f"{named}: found the part {part!r}; expected one of {known}")
        if pages.get(part) not in env.found_docs:
            found = f"the page {pages[part]!r}" if part in pages else "no page"
            known = ", ".join(sorted(env.found_docs))
            raise ExtensionError(f"{named}, {part}: found {found}; expected one of {known}")


def add_context(app: Sphinx, page: Page) -> None:
    """The chapters, and the citation of this one, for the template."""
    shared, place = get_state(app), edition.place(app, page.name)
    page.context.update(
        pages=shared.provider.PAGES,
        version=numbering.in_words(app),
        newest=app.config.html_baseurl,
        feed=page.up + corrections.FEED,
        built=days.in_words(shared.built),
        report_error=numbering.error_address(app, place or _("the home page"), place),
        address=numbering.address(app, place),
        pageurl=meta.canonical(app, page.name),
        chapter_links=chapter_links(app, page),
        to_tables=language.to_tables(),
        elsewhere=edition.elsewhere(app, page.name),
    )
    if page.doctree is None:
        return
    if page.name == app.config.root_doc:  # its title is a headline with struck words
        called = escape(app.config.html_short_title)
        page.context["toc"] = _TOP.sub(rf"\1{called}</a>", page.context["toc"])
    page.context["page_scripts"] = filters.scripts(page.doctree)
    answer_panel.add_files(page, page.doctree)
    if name := shared.chapter_of(page.name):
        quote, folder = quotes.of_chapter(app, name), f"{page.up}{state.RECORDS}/"
        page.context["cite_html"] = citations.block(
            item_pages.cited_by(app, quote),
            "cite-this-chapter",
            _("Cite this chapter"),
            folder + quote.id,
            item_pages.fold(app, quote, folder),
        )


def thin(_app: Sphinx, page: Page) -> None:
    """Leave out the marks round names and punctuation in code, which no style colours."""
    if "body" in page.context:
        page.context["body"] = _UNCOLOURED.sub(r"\1", page.context["body"])


def chapter_links(app: Sphinx, page: Page) -> list[dict[str, Any]]:
    """The chapters; none if there is but one."""
    links = [
        {
            "name": _(name.replace("_", " ").capitalize()),
            "here": page.name == docname,
            "href": app.builder.get_relative_uri(page.name, docname),
        }
        for name, docname in get_state(app).provider.CHAPTERS.items()
    ]
    return links if len(links) > 1 else []


def copy_data(app: Sphinx) -> None:
    """Put the tables beside the pages, byte for byte, and nothing that is not described; with them
    their description. All languages share them."""
    if edition.code(app):
        return
    data, target = Path(app.srcdir) / "data", Path(app.outdir) / "data"
    shutil.rmtree(target, ignore_errors=True)
    for path in seal.published(data):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(data / path, target / path)

    def describe() -> list[Path]:
        write_json(target / seal.DESCRIBED, numbering.described(app))
        return [target / seal.DESCRIBED]

    group(app, "description of tables", describe)
