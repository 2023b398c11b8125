"""What a page shares with all others, as one hash: a page whose own text and whose surroundings are
the same is the same. Kept although it is long: an author who changes a sentence waits a third as
long.

Every file of the report counts but the texts of the pages, and so do this package, the installed
packages, and the day and version of the build. Of other pages counts what a page can show of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.addnodes import glossary
from sphinx.application import Sphinx

from tallybook import files, language
from tallybook.project import ENGINE
from tallybook.sphinx import domain
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import get_state

if TYPE_CHECKING:
    from sphinxcontrib.bibtex.domain import BibtexDomain


def of(app: Sphinx) -> str:
    """Hex sha256 over all that every page of this build shares; to be asked when all pages have
    been read."""
    root = Path(app.srcdir)
    pages = {Path(app.env.doc2path(name)) for name in app.env.found_docs}
    pages |= set((root / language.FOLDER).rglob("*.po"))  # in the doctrees, or see below
    parts = [
        files.tools(),
        files.contents(root, (path for path in files.own(root) if path not in pages)),
        files.contents(ENGINE, files.own(ENGINE)),
        edition.words(app),
        app.config.report_issue,
        # The hour, if a page is to show it.
        str(getattr(app.builder, "globalcontext", {}).get("last_updated")),
        *_of_other_pages(app),
    ]
    return files.sha256("\n".join(parts))


def of_page(app: Sphinx, docname: str, around: str) -> str:
    """Hex sha256 over all that a page is made from. ``around``: what ``of`` gives."""
    doctree = files.digest(Path(app.doctreedir) / f"{docname}.doctree")
    report = domain.of(app.env)
    meta, uses = app.env.metadata.get(docname), report.data["uses"].get(docname)
    own = json.dumps([meta, uses, report.borrowed(docname)], sort_keys=True)
    return files.sha256(f"{around} {doctree} {own}")


def _of_other_pages(app: Sphinx) -> Iterator[str]:
    """What pages show of each other: titles, contents and order, whatever has a label or a number,
    the bibliography, and what the report's domain holds of them."""
    env = app.env
    standard, report = env.get_domain("std").data, domain.of(env)
    for kind in (env.titles, env.tocs):
        yield from (f"{name} {kind[name].pformat()}" for name in sorted(kind))
    for kind in (standard["labels"], standard["anonlabels"], standard["objects"]):
        yield repr(sorted(kind.items()))
    shown = report.data["charts"].items()
    charts = {name: (chart["docname"], chart["caption"]) for name, chart in shown}
    held = [env.toc_secnumbers, env.toc_fignumbers, env.toctree_includes, report.places(), charts]
    held += [report.data["answers"], report.data["findings"], _bibliography(app)]
    yield json.dumps(held, sort_keys=True)
    if words := get_state(app).page("glossary"):  # which have cards on other pages
        yield from (one.pformat() for one in env.get_doctree(words).findall(glossary))


def _bibliography(app: Sphinx) -> list[object]:
    """Every entry's place and label, and the files from which they are printed: quicker than the
    entries, and says the same."""
    domain = cast("BibtexDomain", app.env.get_domain("cite"))
    entries = [
        (one.citation_id, one.bibliography_key, one.key, one.formatted_entry.label)
        for one in domain.citations
    ]
    return [entries, [(str(path), files.digest(path)) for path in domain.bibdata.bibfiles]]
