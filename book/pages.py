"""What a page has around its text: navigation, chapter line, citation, the tables to download."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from book import cite, state
from book.builders import makes_site

WORDS_A_MINUTE = 220
PAGE_SCRIPTS = {"chapters/ledger": ["vendor/datatables.min.js", "ledger.js"]}


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_context)
    app.connect("build-finished", copy_data)


def add_context(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Chapter line and citation for the template."""
    context["version"] = state.of(app).citation["version"]
    context["built"] = f"{state.of(app).built.day} {state.of(app).built:%B %Y}"
    context["address"] = app.config.html_baseurl + ("" if pagename == "index" else app.builder.get_target_uri(pagename))
    context["page_scripts"] = PAGE_SCRIPTS.get(pagename, [])
    if doctree is not None and any("chart" in figure["classes"] for figure in doctree.findall(nodes.figure)):
        context["page_scripts"] = ["chart.js"]
    chapters = [f"chapters/{name}" for name in state.of(app).provider.CHAPTERS]
    if doctree is not None and pagename in chapters:
        context["chapter_meta"] = {
            "number": chapters.index(pagename) + 1,
            "total": len(chapters),
            "minutes": minutes(doctree),
        }
        record = cite.chapter_record(app, pagename.removeprefix("chapters/"))
        context["cite_html"] = cite.block(app, record, "Cite this chapter", "../")


def minutes(doctree: nodes.document) -> int:
    """Reading time of the prose, code and tables left out."""
    words = sum(len(paragraph.astext().split()) for paragraph in doctree.findall(nodes.paragraph))
    return max(1, round(words / WORDS_A_MINUTE))


def copy_data(app: Sphinx, exception: Exception | None) -> None:
    """Put the tables and their description beside the pages, byte for byte."""
    if exception is None and makes_site(app):
        target = Path(app.outdir) / "data"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(app.srcdir) / "data", target)
