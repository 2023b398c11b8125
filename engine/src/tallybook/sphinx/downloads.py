"""What a reader can take home: each chapter as a notebook, one archive with the code and the tables
that run them, an RO-Crate. All languages share them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook import files, project
from tallybook.data import terms
from tallybook.language import gettext as _
from tallybook.language import to_tables
from tallybook.project import ENGINE
from tallybook.sphinx import cff, domain, edition, execute, linked_data, versions
from tallybook.sphinx.builders import Page, group, write_texts
from tallybook.sphinx.numbers import anchor, of_chapter, write_json
from tallybook.sphinx.state import get_state

FOLDER = "_downloads"  # of the site
# What a chapter needs to run: in the archive, and in the report.
NEEDS, LOCK = "requirements.txt", "requirements-chapters.txt"
# The same of a report without such a file.
RUN_WITH = "altair babel filelock ipykernel ipython nbclient pandas".split()  # noqa: SIM905
BESIDE = ("LICENSE", "LICENSE-CONTENT", "CITATION.cff", "_toc.yml")
# A zip holds a time for every file; the same one always, the earliest that the format knows.
EPOCH = (1980, 1, 1, 0, 0, 0)
CRATE = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
# RO-Crate 1.1 has no word for a hash; later versions take it from schema.org.
CONTEXT = [f"{PROFILE}/context", {"sha256": "http://schema.org/sha256"}]


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
    group(app, "code and tables", partial(write_whole, app))
    for name, docname in get_state(app).provider.CHAPTERS.items():
        if has_notebook(app, name):
            # It is made from the text of its page, and from all that pages share.
            make = partial(write_notebook, app, name)
            group(app, f"notebook {name}", make, hashes[docname])


def write_notebook(app: Sphinx, name: str) -> list[Path]:
    """A chapter as a notebook."""
    import nbformat  # not needed, and slow to import, if all notebooks are taken from the last site

    from tallybook.sphinx import chapter_notebook

    whole = chapter_notebook.notebook(app, name, f"{FOLDER}/{whole_name()}")
    text: str = nbformat.writes(whole)  # type: ignore[no-untyped-call]  # nbformat has no types
    return write_texts({Path(app.outdir) / FOLDER / f"{name}.ipynb": text + "\n"})


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
        project.SOURCES: f"{versions.whole(app)}{place}\n",
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


def write_crate(app: Sphinx) -> None:
    if not edition.code(app):
        group(app, "crate", lambda: [write_json(Path(app.outdir) / CRATE, crate(app))])


def crate(app: Sphinx) -> dict[str, Any]:
    """The whole file."""
    shared, ours = get_state(app), app.config.report_content_licence
    data = Path(app.outdir) / "data" / "datapackage.json"
    tables = json.loads(data.read_text(encoding="utf-8"))["resources"]
    parts = [*_files(app), *map(_table, tables)]
    people = enumerate(linked_data.people(app), start=1)
    authors = [{"@id": f"#author-{place}"} | person for place, person in people]
    code = _code_licence(app)
    doi = versions.doi(app)
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": shared.citation["title"],
        "description": " ".join(shared.citation["abstract"].split()),
        "datePublished": shared.built.isoformat(),
        "version": str(shared.citation["version"]),
        **({"license": {"@id": ours}} if ours else {}),
        "author": [{"@id": author["@id"]} for author in authors],
        **({"identifier": f"https://doi.org/{doi}"} if doi else {}),
        "url": app.config.html_baseurl,
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }
    about = {"conformsTo": {"@id": PROFILE}, "about": {"@id": "./"}}
    descriptor = {"@id": CRATE, "@type": "CreativeWork", **about}
    known = {one["@id"] for one in [*_our_licence(ours), *code]}
    licences = [*_our_licence(ours), *code, *_licences(tables, known)]
    return {"@context": CONTEXT, "@graph": [descriptor, root, *authors, *licences, *parts]}


def _files(app: Sphinx) -> Iterator[dict[str, Any]]:
    """What is no table."""
    described = {
        "numbers.json": "All numbers of the report",
        "claims.json": "All press claims and their verdicts",
        "data/datapackage.json": "Description of the tables",
    }
    ours, of_code = app.config.report_content_licence, _code_licence(app)
    code = {"license": {"@id": of_code[0]["@id"]}} if of_code else {}
    both = (
        {
            "license": [{"@id": ours}, code["license"]],
            "description": f"Text and figures: {ours}. Code: {of_code[0]['name']}.",
        }
        if code and ours
        else code
    )
    for path, name in described.items():
        if (Path(app.outdir) / path).is_file():
            yield _file(path, name, "application/json")
    for name, page in get_state(app).provider.CHAPTERS.items():
        title = app.env.titles[page].astext()
        yield _file(f"{page}.html", title, "text/html")
        if has_notebook(app, name):
            path, kind = f"{FOLDER}/{name}.ipynb", "application/x-ipynb+json"
            yield _file(path, f"Notebook: {title}", kind) | both
    yield _file(f"{FOLDER}/{whole_name()}", "Code and tables", "application/zip") | both


def _file(path: str, name: str, kind: str) -> dict[str, Any]:
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": kind}


def _table(resource: dict[str, Any]) -> dict[str, Any]:
    """A table, or another described file of ``data/``."""
    said = f"{resource.get('description', '')} Licence: {terms.remark(resource)}"
    return {
        "@id": f"data/{resource['path']}",
        "@type": "File",
        "name": resource.get("title", resource["name"]),
        "description": said.strip(),
        "encodingFormat": resource.get("mediatype", "text/csv"),
        "contentSize": str(resource["bytes"]),
        "sha256": resource["hash"].removeprefix("sha256:"),
    } | terms.license(resource)


def _our_licence(ours: str) -> list[dict[str, str]]:
    """The licence of text and figures; none if none is known."""
    if not ours:
        return []
    return [
        {
            "@id": ours,
            "@type": "CreativeWork",
            "name": "Creative Commons Attribution 4.0 International" if ours == CC_BY else ours,
            "description": "Text, figures and tables; those of others keep their terms",
            "identifier": ours,
        }
    ]


def _code_licence(app: Sphinx) -> list[dict[str, str]]:
    """The licence of the code, where it is another than that of the text."""
    citation = get_state(app).citation
    named = citation.get("license")
    if not isinstance(named, str) or named == cff.licence_of_text(citation):
        return []
    place = f"https://spdx.org/licenses/{named}"
    said = {"name": named, "description": "Code", "identifier": place}
    return [{"@id": place, "@type": "CreativeWork", **said}]


def _licences(tables: list[dict[str, Any]], known: set[str]) -> list[dict[str, str]]:
    """The licences of tables, each once, but for our own."""
    named = {each["path"]: each["name"] for table in tables for each in terms.named(table)}
    return [
        {"@id": path, "@type": "CreativeWork", "name": name}
        for path, name in sorted(named.items())
        if path not in known
    ]
