"""A chapter as a notebook that stands alone: it reads like the page, and says how to run it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from nbformat import NotebookNode
from sphinx.application import Sphinx

from tallybook.builder.notebooks import conversion
from tallybook.builder.wheels import FOLDER, NEEDS
from tallybook.model.html import SOURCES
from tallybook.sphinx import chart, cite, domain, execute, markdown, versions
from tallybook.sphinx.markdown import escape, link
from tallybook.sphinx.state import get_state


def notebook(app: Sphinx, name: str, offered: list[str]) -> NotebookNode:
    """A chapter as it was executed for this very site. ``offered``: names of the files that run it."""
    docname = get_state(app).provider.CHAPTERS[name]
    executed = execute.executed(app, docname)
    source = conversion.with_outputs(conversion.read(Path(app.env.doc2path(docname))), executed)
    # MyST-NB counts all cells of the page, Jupytext may cut its text elsewhere; the code cells are
    # the same.
    places = [place for place, cell in enumerate(executed.cells) if cell.cell_type == "code"]
    waiting = dict(zip(places, conversion.code(source), strict=True))
    pictures = domain.of(app.env).data["charts"]

    def cells() -> Iterator[NotebookNode]:
        yield conversion.text_cell(intro(app, name, offered))
        for part in markdown.parts(
            app.env.get_and_resolve_doctree(docname, app.builder), page(app, docname)
        ):
            if isinstance(part, markdown.Text):
                yield conversion.text_cell(
                    part.markdown,
                    ((f"{one}.svg", pictures[one]["files"]["svg"]) for one in part.charts),
                )
            else:  # with those before it that the page leaves out
                yield from (waiting.pop(place) for place in sorted(waiting) if place <= part.index)
        yield from waiting.values()

    def at_home(html: str) -> str:
        sources = get_state(app).page("sources")
        address = (
            urljoin(versions.address(app), app.builder.get_target_uri(sources)) if sources else ""
        )
        return html.replace(f'href="{SOURCES}#', f'href="{address}#')

    made = (
        conversion.code_cell(cell, at_home) if cell.cell_type == "code" else cell
        for cell in cells()
    )
    return conversion.notebook(source, made)


def script(app: Sphinx, whole: NotebookNode) -> str:
    """The same chapter as a script, which shows its pictures from the site."""
    return conversion.script(whole, urljoin(versions.address(app), f"{chart.FOLDER}/"))


def page(app: Sphinx, docname: str) -> markdown.Page:
    """What the writer of Markdown needs to know of a page."""

    def figure(name: str) -> str:
        serial = app.env.toc_fignumbers[docname]["figure"][name]
        text: str = app.config.numfig_format["figure"] % ".".join(map(str, serial))
        return text

    root, uri = versions.address(app), app.builder.get_target_uri
    return markdown.Page(
        urljoin(root, uri(docname)), root, get_state(app).page("numbers"), uri, figure
    )


def intro(app: Sphinx, name: str, offered: list[str]) -> str:
    """What this is, how to cite it, and how to run it."""
    shared, root = get_state(app), versions.address(app)
    docname = shared.provider.CHAPTERS[name]
    title, whole = (
        escape(cite.one_line(app.env.titles[docname].astext())),
        escape(cite.one_line(shared.citation["title"])),
    )
    terms = shared.citation.get("license") or "none"
    said = [
        (
            f"“{link(title, urljoin(root, app.builder.get_target_uri(docname)))}” is a chapter of"
            f" {link(whole, root)}."
        ),
        (
            f"Version {escape(str(shared.citation['version']))}, {shared.built.day}"
            f" {shared.built:%B %Y}."
        ),
        f"Licence: {escape(terms if isinstance(terms, str) else ' and '.join(terms))}.",
    ]
    found = [
        " ".join(said),
        f"Cite it as: {escape(cite.plain_reference(cite.chapter_record(app, name)))}",
    ]
    if offered:
        found.append(how_to_run(root, name, offered))
    return "\n\n".join(found)


def how_to_run(root: str, name: str, offered: list[str]) -> str:
    """The files to put beside the notebook, and the commands."""

    def at(file: str) -> str:
        return urljoin(root, f"{FOLDER}/{file}")

    links, wheels = (
        ", ".join(link(f"`{file}`", at(file)) for file in offered),
        [f for f in offered if f.endswith(".whl")],
    )
    locked = NEEDS in offered
    commands = [
        "python -m venv env",
        *([f"env/bin/pip install --require-hashes -r {NEEDS}"] if locked else []),
        f"env/bin/pip install {'--no-deps ' if locked else ''}{' '.join(wheels)}",
        f"env/bin/jupyter execute --inplace {name}.ipynb",
        f"env/bin/python {name}.py",
    ]
    listed = "\n".join(commands)
    return (
        f"To run it, put these files beside it: {links}. The wheels hold the code and the tables."
        " Once they are installed, nothing more is fetched. With Python 3.11 or"
        f" newer:\n\n```sh\n{listed}\n```\n\nThe last line runs the same chapter as a"
        f" {link('script', at(f'{name}.py'))}."
    )
