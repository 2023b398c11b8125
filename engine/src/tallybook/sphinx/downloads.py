"""What a reader can take home: each chapter as a notebook and a script with all that runs them, its
tables, an RO-Crate."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook.builder import wheels
from tallybook.builder.wheels import FOLDER, LOCK, NEEDS
from tallybook.data import terms
from tallybook.language import gettext as _
from tallybook.sphinx import cff, domain, execute, linked_data, versions
from tallybook.sphinx.builders import Making, Page, group, write_texts
from tallybook.sphinx.numbers import anchor, of_chapter, write_json
from tallybook.sphinx.state import get_state, held

# A zip holds a time for every file; the same one always, the earliest that the format knows.
EPOCH = (1980, 1, 1, 0, 0, 0)
CRATE = "ro-crate-metadata.json"
TAKEN = (("ipynb", "application/x-ipynb+json"), ("py", "text/x-python"))
PROFILE = "https://w3id.org/ro/crate/1.1"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
# RO-Crate 1.1 has no word for a hash; later versions take it from schema.org.
CONTEXT = [f"{PROFILE}/context", {"sha256": "http://schema.org/sha256"}]


def add_links(app: Sphinx, page: Page) -> None:
    """Under a chapter: what can be taken from it."""
    shared = get_state(app)
    if not (name := shared.chapter_of(page.name)):
        return
    taken = [(f"{name}-data.zip", _("tables with their description (zip)"))]
    if has_notebook(app, name):
        notebook = (f"{name}.ipynb", _("executed notebook, which says how to run it"))
        taken = [notebook, (f"{name}.py", _("script")), *taken]
    place = f"{page.up}{FOLDER}"
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
    folder, hashes = Path(app.outdir) / FOLDER, domain.of(app.env).data["hashes"]
    folder.mkdir(exist_ok=True)
    group(app, "wheels", partial(write_wheels, app))
    for name, docname in get_state(app).provider.CHAPTERS.items():
        if has_notebook(app, name):
            # It is made from the text of its page, and from all that pages share.
            make = partial(write_notebook, app, name)
            group(app, f"notebook {name}", make, hashes[docname])
        target = folder / f"{name}-data.zip"
        tables = partial(pack, Path(app.srcdir) / "data", name, target, versions.described(app))
        group(app, f"tables {name}", tables)


def write_wheels(app: Sphinx) -> list[Path]:
    """The packages of engine and report, and the lock of what they need."""
    root, folder = Path(app.srcdir), Path(app.outdir) / FOLDER
    page = get_state(app).page("sources")
    place = app.builder.get_target_uri(page) if page else ""
    # The packages are the same in all languages.
    made = wheels.build(root, folder, versions.of_packages(app), versions.whole(app) + place)
    if made and (root / LOCK).is_file():
        made.append(Path(shutil.copyfile(root / LOCK, folder / NEEDS)))
    return made


def offered(app: Sphinx) -> list[str]:
    """Names of the files that run a chapter, as they have been written: what it needs, the engine,
    the report."""
    found = held(app, Making).manifest.groups["wheels"].files
    names = (Path(path).name for path in found)
    return sorted(names, key=lambda name: (name != NEEDS, not name.startswith("tallybook-"), name))


def write_notebook(app: Sphinx, name: str) -> list[Path]:
    """A chapter as a notebook, and as a script."""
    import nbformat  # not needed, and slow to import, if all notebooks are taken from the last site

    from tallybook.sphinx import chapter_notebook

    whole = chapter_notebook.notebook(app, name, offered(app))
    # nbformat does not annotate it
    text: str = nbformat.writes(whole)  # type: ignore[no-untyped-call]
    place = Path(app.outdir) / FOLDER / name
    script = chapter_notebook.script(app, whole)
    return write_texts({place.with_suffix(".ipynb"): text + "\n", place.with_suffix(".py"): script})


def pack(data: Path, chapter: str, target: Path, package: dict[str, Any]) -> list[Path]:
    """A chapter's tables, the claims, and all tables that these refer to, with a descriptor that
    describes just these. ``package``: the descriptor of all tables."""
    own, wanted = f"{chapter}/", ["sources", "claims"]
    described = {r["name"]: r for r in package["resources"] if "schema" in r}
    wanted = [name for name, r in described.items() if r["path"].startswith(own) or name in wanted]
    for name in wanted:  # it grows while we look
        for key in described[name]["schema"].get("foreignKeys", []):
            if (parent := key["reference"]["resource"]) and parent not in wanted:
                wanted.append(parent)
    kept = [r for r in package["resources"] if r["name"] in wanted or r["path"].startswith(own)]
    package = package | {"name": f"{package.get('name', 'report')}-{chapter}", "resources": kept}
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    contents = {r["path"]: (data / r["path"]).read_bytes() for r in kept}
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {"datapackage.json": text.encode(), **contents}.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return [target]


def write_crate(app: Sphinx) -> None:
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
        "numbers.json": _("All numbers of the report"),
        "claims.json": _("All press claims and their verdicts"),
        "data/datapackage.json": _("Description of the tables"),
    }
    ours, of_code = app.config.report_content_licence, _code_licence(app)
    code = {"license": {"@id": of_code[0]["@id"]}} if of_code else {}
    terms_of_both = _("Text and figures: {text}. Code: {code}.")
    both = (
        {
            "license": [{"@id": ours}, code["license"]],
            "description": terms_of_both.format(text=ours, code=of_code[0]["name"]),
        }
        if code and ours
        else code
    )
    named = {"ipynb": _("Notebook: {chapter}"), "py": _("Script: {chapter}")}
    for path, name in described.items():
        if (Path(app.outdir) / path).is_file():
            yield _file(path, name, "application/json")
    for name, page in get_state(app).provider.CHAPTERS.items():
        title = app.env.titles[page].astext()
        yield _file(f"{page}.html", title, "text/html")
        for ending, kind in TAKEN if has_notebook(app, name) else ():
            made = _file(f"{FOLDER}/{name}.{ending}", named[ending].format(chapter=title), kind)
            yield made | both
    for name in offered(app):
        kind = "text/plain" if name == NEEDS else "application/zip"
        said = _("To run a notebook: {file}").format(file=name)
        yield _file(f"{FOLDER}/{name}", said, kind) | code


def _file(path: str, name: str, kind: str) -> dict[str, Any]:
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": kind}


def _table(resource: dict[str, Any]) -> dict[str, Any]:
    """A table, or another described file of ``data/``."""
    licence = _("Licence: {terms}").format(terms=_(terms.remark(resource)))
    said = f"{_(resource.get('description', ''))} {licence}"
    return {
        "@id": f"data/{resource['path']}",
        "@type": "File",
        "name": _(resource.get("title", resource["name"])),
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
            "description": _(
                "Text, figures and tables; figures of others keep the terms of their sources"
            ),
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
    said = {"name": named, "description": _("Code"), "identifier": place}
    return [{"@id": place, "@type": "CreativeWork", **said}]


def _licences(tables: list[dict[str, Any]], known: set[str]) -> list[dict[str, str]]:
    """The licences of tables, each once, but for our own."""
    named = {each["path"]: each["name"] for table in tables for each in terms.named(table)}
    return [
        {"@id": path, "@type": "CreativeWork", "name": name}
        for path, name in sorted(named.items())
        if path not in known
    ]
