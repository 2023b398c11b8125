"""A chapter as a notebook that stands alone: it reads like the page, and says how to run it. It is
there once, in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

from nbformat import NotebookNode
from sphinx.application import Sphinx

from tallybook.builder.notebooks import conversion, languages
from tallybook.language import listed
from tallybook.model import days
from tallybook.model.html import SOURCES
from tallybook.sphinx import cff, cite, domain, execute, markdown, versions
from tallybook.sphinx.markdown import escape, link
from tallybook.sphinx.state import get_state


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
    pictures = domain.of(app.env).data["charts"]

    def cells() -> Iterator[NotebookNode]:
        yield conversion.text_cell(intro(app, name, archive))
        for part in markdown.parts(app, docname):
            if isinstance(part, markdown.Text):
                charts = ((f"{one}.svg", pictures[one]["files"]["svg"]) for one in part.charts)
                yield conversion.text_cell(part.markdown, charts)
            else:  # with those before it that the page leaves out
                yield from (waiting.pop(place) for place in sorted(waiting) if place <= part)
        yield from waiting.values()

    def at_home(html: str) -> str:
        sources = shared.page("sources")
        page = app.builder.get_target_uri(sources) if sources else ""
        address = urljoin(versions.address(app), page) if sources else ""
        return html.replace(f'href="{SOURCES}#', f'href="{address}#')

    made = (
        conversion.code_cell(cell, at_home) if cell.cell_type == "code" else cell
        for cell in cells()
    )
    return conversion.notebook(source, made)


def intro(app: Sphinx, name: str, archive: str) -> str:
    """What this is, how to cite it, and how to run it."""
    shared, root, day = get_state(app), versions.address(app), get_state(app).built
    docname = shared.provider.CHAPTERS[name]
    address = urljoin(root, app.builder.get_target_uri(docname))
    title = link(escape(versions.one_line(app.env.titles[docname].astext())), address)
    whole = link(escape(versions.one_line(shared.citation["title"])), root)
    licence = escape(_licence(shared.citation))
    version = escape(str(shared.citation["version"]))
    reference = escape(cite.plain_reference(cite.chapter_record(app, name)))
    return f"""\
“{title}” is a chapter of {whole}. Version {version}, {days.in_words(day)}. Licence: {licence}.

Cite it as: {reference}

{how_to_run(root, name, archive)}"""


def _licence(citation: dict[str, Any]) -> str:
    """The licence; where those of text and code differ, both."""
    text, code = cff.licence_of_text(citation), citation.get("license")
    if not text:
        return "none"
    if text == code or not code:
        return _any_of(text)
    return f"{_any_of(text)} for text and figures, {_any_of(code)} for code"


def _any_of(named: str | list[str]) -> str:
    return named if isinstance(named, str) else listed(named)


def how_to_run(root: str, name: str, archive: str) -> str:
    """The file to unpack, and the commands."""
    whole = link(f"`{PurePosixPath(archive).name}`", urljoin(root, archive))
    return f"""\
To run it, unpack {whole}, which holds the code and all tables, and put this notebook into that
folder. There, with Python 3.11 or newer:

```sh
python -m venv env
env/bin/pip install -r requirements.txt
env/bin/jupyter execute --inplace {name}.ipynb
```"""
