"""What a page has around its text: navigation, chapter line, citation, the tables to download."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from tallybook.data import extent
from tallybook.sphinx import cite, meta, report_error, versions
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.state import get_state

PARTS = ("numbers", "ledger", "methods", "sources", "glossary", "cite")
WORDS_A_MINUTE = 220
LEDGER_SCRIPTS = ["ledger.js"]


def setup(app: Sphinx) -> None:
    app.connect(
        "env-check-consistency", each_part_has_its_page, priority=100
    )  # before what rests on it
    app.connect("html-page-context", add_context)
    app.connect("build-finished", copy_data)


def each_part_has_its_page(app: Sphinx, env: BuildEnvironment) -> None:
    """What ``PAGES`` names is there, and the page of numbers lists them."""
    pages, named = get_state(app).provider.PAGES, f"PAGES of {app.config.report_provider}"
    for part in dict.fromkeys(["numbers", *pages]):
        if part not in PARTS:
            raise ExtensionError(
                f"{named}: found the part {part!r}; expected one of {', '.join(PARTS)}"
            )
        if pages.get(part) not in env.found_docs:
            found = (
                f"found the page {pages[part]!r}, which _toc.yml does not list"
                if part in pages
                else "found no page"
            )
            raise ExtensionError(
                f"{named}, {part}: {found}; expected one of {', '.join(sorted(env.found_docs))}"
            )
    page = Path(env.doc2path(pages["numbers"]))
    if "{numbers-table}" not in page.read_text(encoding="utf-8"):
        shown = page.relative_to(app.srcdir).as_posix()
        raise ExtensionError(
            f"{shown}: found no {{numbers-table}}; expected it, for {named} names this page for the"
            " numbers"
        )


def add_context(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Chapter line and citation for the template."""
    shared = get_state(app)
    context["pages"] = shared.provider.PAGES
    context["version"], context["newest"] = versions.in_words(app), app.config.html_baseurl
    context["versions"] = [
        (record["version"], versions.at(app, record["version"])) for record in versions.earlier(app)
    ]
    context["built"] = f"{shared.built.day} {shared.built:%B %Y}"
    place = meta.place(app, pagename)
    context["report_error"] = report_error.address(app, place or "the home page", place)
    context["address"] = versions.address(app, place)
    context["pageurl"] = meta.canonical(app, pagename)
    context["page_scripts"] = LEDGER_SCRIPTS if pagename == shared.page("ledger") else []
    if doctree is not None and any(
        "chart" in figure["classes"] for figure in doctree.findall(nodes.figure)
    ):
        context["page_scripts"] = ["chart.js"]
    name = shared.chapter_of(pagename)
    if doctree is not None and name:
        context["chapter_meta"] = {
            "number": list(shared.provider.CHAPTERS).index(name) + 1,
            "total": len(shared.provider.CHAPTERS),
            "minutes": minutes(doctree),
        }
        record = cite.chapter_record(app, name)
        context["cite_html"] = cite.block(
            app, record, "Cite this chapter", "../" * pagename.count("/")
        )


def minutes(doctree: nodes.document) -> int:
    """Reading time of the prose; code, tables and what is folded left out."""
    words = sum(
        len(paragraph.astext().split())
        for paragraph in doctree.findall(nodes.paragraph)
        if not _folded(paragraph)
    )
    return max(1, round(words / WORDS_A_MINUTE))


def _folded(node: nodes.Node) -> bool:
    """Whether a node lies in a fold or in the output of a cell."""
    while (node := node.parent) is not None:
        if isinstance(node, nodes.container) and {"more-body", "cell"} & set(
            node.get("classes", [])
        ):
            return True
    return False


def copy_data(app: Sphinx, exception: Exception | None) -> None:
    """Put the tables and their description beside the pages, byte for byte, and nothing that is not
    described."""
    if exception is None and makes_site(app):
        data, target = Path(app.srcdir) / "data", Path(app.outdir) / "data"
        shutil.rmtree(target, ignore_errors=True)
        for path in extent.known(data):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(data / path, target / path)
