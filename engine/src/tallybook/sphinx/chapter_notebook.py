"""A chapter as a notebook that stands alone: it reads like the page, and says how to run it. It is
there once, in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from nbformat import NotebookNode
from sphinx.application import Sphinx

from tallybook.builder.notebooks import conversion, languages
from tallybook.model import days
from tallybook.model.html import SOURCES
from tallybook.sphinx import cite, execute, markdown, quotes, records, versions
from tallybook.sphinx.markdown import escape, link
from tallybook.sphinx.state import get_state

INTRO = """\
“{title}” is a chapter of {whole}. Version {version}, {day}. Licence: {licence}.

Cite it as: {reference}

To run it, unpack {archive}, which holds the code and all tables, and put this notebook into that
folder. There, with Python 3.11 or newer:

```sh
python -m venv env
env/bin/pip install -r requirements.txt
env/bin/jupyter execute --inplace {name}.ipynb
```"""


def notebook(app: Sphinx, name: str, archive: str) -> NotebookNode:
    """A chapter as it was executed for this site. ``archive``: the path in the site of the code and
    tables that run it."""
    shared = get_state(app)
    docname = shared.provider.CHAPTERS[name]
    executed = languages.shown(execute.executed(app, docname), "")
    source = conversion.with_outputs(conversion.read(Path(app.env.doc2path(docname))), executed)
    # MyST-NB counts all cells of the page, Jupytext may cut its text elsewhere; the code cells are
    # the same.
    places = [place for place, cell in enumerate(executed.cells) if cell.cell_type == "code"]
    waiting = dict(zip(places, conversion.code(source), strict=True))
    sources = shared.page("sources")
    page = urljoin(versions.address(app), app.builder.get_target_uri(sources)) if sources else ""

    def at_home(html: str) -> str:
        return html.replace(f'href="{SOURCES}#', f'href="{page}#')

    def cells() -> Iterator[NotebookNode]:
        yield conversion.text_cell(intro(app, name, archive))
        for part in markdown.parts(app, docname):
            if isinstance(part, str):
                yield conversion.text_cell(part)
            else:  # with those before it that the page leaves out
                yield from (waiting.pop(place) for place in sorted(waiting) if place <= part)
        yield from waiting.values()

    made = (
        conversion.code_cell(cell, at_home) if cell.cell_type == "code" else cell
        for cell in cells()
    )
    return conversion.notebook(source, made)


def intro(app: Sphinx, name: str, archive: str) -> str:
    """What this is, how to cite it, and how to run it."""
    shared, root, quote = get_state(app), versions.address(app), quotes.of_chapter(app, name)
    citation = shared.citation
    return INTRO.format(
        title=link(escape(versions.one_line(quote.title)), urljoin(root, quote.place)),
        whole=link(escape(versions.one_line(citation["title"])), root),
        version=escape(str(citation["version"])),
        day=days.in_words(shared.built),
        licence=app.config.report_content_licence or "none",
        reference=escape(cite.plain_reference(records.cited_by(app, quote))),
        archive=link(f"`{Path(archive).name}`", urljoin(root, archive)),
        name=name,
    )
