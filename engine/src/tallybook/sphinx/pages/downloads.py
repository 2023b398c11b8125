"""What a reader can take home: each chapter as a notebook, and one archive with the code and the
tables that run them. All languages share them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from sphinx.application import Sphinx

from tallybook import files, project
from tallybook.language import gettext as _
from tallybook.language import to_tables
from tallybook.model import days
from tallybook.model.html import SOURCES
from tallybook.project import ENGINE
from tallybook.sphinx import domain
from tallybook.sphinx.builders import Page, group, write_texts
from tallybook.sphinx.building import execute
from tallybook.sphinx.citing import citations, item_pages, quotes
from tallybook.sphinx.directives.numbers import anchor, of_chapter
from tallybook.sphinx.languages import edition
from tallybook.sphinx.pages import markdown
from tallybook.sphinx.pages.markdown import escape, link
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import numbering

FOLDER = "_downloads"  # of the site
# What a chapter needs to run: in the archive, and in the report.
NEEDS, LOCK = "requirements.txt", "requirements-chapters.txt"
# The same of a report without such a file.
RUN_WITH = "altair babel filelock ipykernel ipython nbclient pandas".split()  # noqa: SIM905
BESIDE = ("LICENSE", "LICENSE-CONTENT", "CITATION.cff", "_toc.yml")
# A zip holds a time for every file; the same one always, the earliest that the format knows.
EPOCH = (1980, 1, 1, 0, 0, 0)
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


def add_links(app: Sphinx, page: Page) -> None:
    """Under a chapter: what can be taken from it."""
    shared = get_state(app)
    if not (name := shared.chapter_of(page.name)):
        return
    taken = [(whole_name(), _("code and tables (zip)"))]
    if has_notebook(app, name):
        taken = [(f"{name}.ipynb", _("executed notebook, which says how to run it")), *taken]
    place = f"{page.up}{to_tables()}{FOLDER}"
    links = ", ".join(f'<a href="{place}/{file}" download>{words}</a>' for file, words in taken)
    rows = app.builder.get_relative_uri(page.name, shared.page("numbers"))
    count = len(of_chapter(shared.report, name))
    said = _(
        '<a href="{address}">All {count} numbers of this chapter</a>, with their intervals and'
        " sources. Take the chapter with you: {files}."
    ).format(address=f"{rows}#{anchor(name)}", count=count, files=links)
    page.context["downloads_html"] = f'<p class="downloads" id="data">{said}</p>'


def has_notebook(app: Sphinx, name: str) -> bool:
    return execute.was_executed(app, get_state(app).provider.CHAPTERS[name])


def write_files(app: Sphinx) -> None:
    if edition.code(app):
        return
    folder, hashes = Path(app.outdir) / FOLDER, domain.of(app.env).data["hashes"]
    folder.mkdir(exist_ok=True)
    # The archive holds the text of every page.
    group(app, "code and tables", partial(write_whole, app), str(sorted(hashes.items())))
    for name, docname in get_state(app).provider.CHAPTERS.items():
        if has_notebook(app, name):
            # It is made from the text of its page, and from all that pages share.
            make = partial(write_notebook, app, name)
            group(app, f"notebook {name}", make, hashes[docname])


def write_notebook(app: Sphinx, name: str) -> list[Path]:
    """A chapter as it was executed for this site, as a notebook that stands alone: it reads like
    the page, and says how to run it. It is there once, in English."""
    # Not needed, and slow to import, if all notebooks are taken from the last site.
    import nbformat

    from tallybook.builder.notebooks import conversion, languages

    shared = get_state(app)
    docname = shared.provider.CHAPTERS[name]
    executed = languages.shown(execute.executed(app, docname), "")
    source = conversion.with_outputs(conversion.read(Path(app.env.doc2path(docname))), executed)
    # MyST-NB counts all cells of the page, Jupytext may cut its text elsewhere; the code cells are
    # the same.
    places = [place for place, cell in enumerate(executed.cells) if cell.cell_type == "code"]
    waiting = dict(zip(places, conversion.code(source), strict=True))
    sources = shared.page("sources")
    page = urljoin(numbering.address(app), app.builder.get_target_uri(sources)) if sources else ""

    def at_home(html: str) -> str:
        return html.replace(f'href="{SOURCES}#', f'href="{page}#')

    def cells() -> Iterator[nbformat.NotebookNode]:
        yield conversion.text_cell(intro(app, name))
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
    whole = conversion.notebook(source, made)
    text: str = nbformat.writes(whole)  # type: ignore[no-untyped-call]  # nbformat has no types
    return write_texts({Path(app.outdir) / FOLDER / f"{name}.ipynb": text + "\n"})


def intro(app: Sphinx, name: str) -> str:
    """What this is, how to cite it, and how to run it."""
    shared, root, quote = get_state(app), numbering.address(app), quotes.of_chapter(app, name)
    citation = shared.citation
    return INTRO.format(
        title=link(escape(numbering.one_line(quote.title)), urljoin(root, quote.place)),
        whole=link(escape(numbering.one_line(citation["title"])), root),
        version=escape(str(citation["version"])),
        day=days.in_words(shared.built),
        licence=app.config.report_content_licence or "none",
        reference=escape(citations.plain_reference(item_pages.cited_by(app, quote))),
        archive=link(f"`{whole_name()}`", f"{numbering.whole(app)}{FOLDER}/{whole_name()}"),
        name=name,
    )


def whole_name() -> str:
    """The name of the archive with all that a chapter needs to run."""
    return f"{project.here().package}.zip"


def write_whole(app: Sphinx) -> list[Path]:
    """The code of report and engine, all tables, what they need, and where the page of sources is,
    to which tables lead when a cell is run again far from the site."""
    here, page = project.here(), get_state(app).page("sources")
    needed = here.root / LOCK
    needs = needed.read_text(encoding="utf-8") if needed.is_file() else "\n".join(RUN_WITH) + "\n"
    place = app.builder.get_target_uri(page) if page else ""
    # A report's code may ask for its chapters, and looks for their pages.
    pages = (Path(app.env.doc2path(name)) for name in app.env.found_docs)
    contents: dict[str, Path | str] = {
        **{name: here.root / name for name in BESIDE if (here.root / name).is_file()},
        **{path.relative_to(here.root).as_posix(): path for path in pages},
        **_inside("data", here.data),
        **_inside(here.package, here.code),
        **_inside("tallybook", ENGINE),
        project.SOURCES: f"{numbering.whole(app)}{place}\n",
        NEEDS: needs,
    }
    target = Path(app.outdir) / FOLDER / whole_name()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in sorted(contents.items()):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content.read_bytes() if isinstance(content, Path) else content)
    return [target]


def _inside(name: str, folder: Path) -> dict[str, Path]:
    return {f"{name}/{path.relative_to(folder).as_posix()}": path for path in files.own(folder)}
