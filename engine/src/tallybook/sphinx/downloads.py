"""What a reader can take home: each chapter as a notebook and a script with all that runs them, its
tables, an RO-Crate."""

from __future__ import annotations

import json
import shutil
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook import files
from tallybook.builder import wheels
from tallybook.builder.wheels import FOLDER, LOCK, NEEDS
from tallybook.data import terms
from tallybook.sphinx import background_outputs, domain, execute, meta, versions
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.numbers import anchor, of_chapter, write_json
from tallybook.sphinx.state import get_state

CRATE = "ro-crate-metadata.json"
TAKEN = (("ipynb", "Notebook", "application/x-ipynb+json"), ("py", "Script", "text/x-python"))
PROFILE = "https://w3id.org/ro/crate/1.1"
# A zip holds a time for every file; the same one always, the earliest that the format knows.
EPOCH = (1980, 1, 1, 0, 0, 0)


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_links)
    app.connect(background_outputs.EVENT, write_files)
    app.connect("build-finished", write_crate, priority=610)  # it describes what has been written


def add_links(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Under a chapter: what can be taken from it."""
    if name := get_state(app).chapter_of(pagename):
        up = "../" * pagename.count("/")
        taken = [(f"{name}-data.zip", "tables with their description (zip)")]
        if has_notebook(app, name):
            taken = [
                (f"{name}.ipynb", "executed notebook, which says how to run it"),
                (f"{name}.py", "script"),
                *taken,
            ]
        files = [f'<a href="{up}{FOLDER}/{file}" download>{words}</a>' for file, words in taken]
        page = app.builder.get_relative_uri(pagename, get_state(app).page("numbers"))
        count = len(of_chapter(get_state(app).report, name))
        listed = (
            f'<a href="{page}#{anchor(name)}">All {count} numbers of this chapter</a>, with their'
            " intervals and sources."
        )
        context["downloads_html"] = (
            f'<p class="downloads" id="data">{listed} Take the chapter with you:'
            f" {', '.join(files)}.</p>"
        )


def has_notebook(app: Sphinx, name: str) -> bool:
    return execute.was_executed(app, get_state(app).provider.CHAPTERS[name])


def write_files(app: Sphinx) -> None:
    shared, folder = get_state(app), Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    shared.making.group("wheels", shared.surroundings, partial(write_wheels, app))
    for name, docname in shared.provider.CHAPTERS.items():
        if has_notebook(app, name):
            text = domain.of(app.env).data["hashes"][
                docname
            ]  # what it shows is made from that, and from all that pages share
            key = files.sha256(f"{shared.surroundings} {text}".encode())
            shared.making.group(f"notebook {name}", key, partial(write_notebook, app, name))
        make = partial(pack, Path(app.srcdir) / "data", name, folder / f"{name}-data.zip")
        shared.making.group(f"tables {name}", shared.surroundings, make)


def write_crate(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and makes_site(app):
        shared = get_state(app)
        shared.making.group(
            "crate", shared.surroundings, lambda: [write_json(Path(app.outdir) / CRATE, crate(app))]
        )


def write_wheels(app: Sphinx) -> list[Path]:
    """The packages of engine and report, and the lock of what they need."""
    root, folder = Path(app.srcdir), Path(app.outdir) / FOLDER
    made = wheels.build(root, folder)
    if made and (root / LOCK).is_file():
        made.append(Path(shutil.copyfile(root / LOCK, folder / NEEDS)))
    return made


def offered(app: Sphinx) -> list[str]:
    """Names of the files that run a chapter, as they have been written: what it needs, the engine,
    the report."""
    found = get_state(app).making.groups["wheels"].files
    return sorted(
        (Path(path).name for path in found),
        key=lambda name: (name != NEEDS, not name.startswith("tallybook-"), name),
    )


def write_notebook(app: Sphinx, name: str) -> list[Path]:
    """A chapter as a notebook, and as a script."""
    import nbformat  # not needed, and slow to import, if all notebooks are taken from the last site

    from tallybook.sphinx import chapter_notebook

    whole = chapter_notebook.notebook(app, name, offered(app))
    # nbformat does not annotate it
    text: str = nbformat.writes(whole)  # type: ignore[no-untyped-call]
    texts = {Path(app.outdir) / FOLDER / f"{name}.ipynb": text + "\n"}
    texts[Path(app.outdir) / FOLDER / f"{name}.py"] = chapter_notebook.script(app, whole)
    for path, content in texts.items():
        path.write_text(content, encoding="utf-8")
    return list(texts)


def pack(data: Path, chapter: str, target: Path) -> list[Path]:
    """A chapter's tables, the claims, and all tables that these refer to, with a descriptor that
    describes just these."""
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    described = [r for r in package["resources"] if "schema" in r]
    wanted = [
        r["name"]
        for r in described
        if r["path"].startswith(f"{chapter}/") or r["name"] in ("sources", "claims")
    ]
    parents = {
        r["name"]: [key["reference"]["resource"] for key in r["schema"].get("foreignKeys", [])]
        for r in described
    }
    for name in wanted:  # it grows while we look
        wanted += [
            parent for parent in dict.fromkeys(parents[name]) if parent and parent not in wanted
        ]
    kept = [
        r
        for r in package["resources"]
        if r["name"] in wanted or r["path"].startswith(f"{chapter}/")
    ]
    package |= {"name": f"{package.get('name', 'report')}-{chapter}", "resources": kept}
    with zipfile.ZipFile(target, "w") as archive:
        text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        for name, content in [
            ("datapackage.json", text.encode()),
            *((r["path"], (data / r["path"]).read_bytes()) for r in kept),
        ]:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return [target]


def crate(app: Sphinx) -> dict[str, Any]:
    """The site as an RO-Crate: chapters, notebooks and tables as its parts."""
    base, site, ours = app.config.html_baseurl, Path(app.outdir), app.config.report_content_licence
    package = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    parts = [
        {"@id": path, "@type": "File", "name": name, "encodingFormat": "application/json"}
        for path, name in (
            ("numbers.json", "All numbers of the report"),
            ("claims.json", "All press claims and their verdicts"),
            ("data/datapackage.json", "Description of the tables"),
        )
        if (site / path).is_file()
    ]
    for name, page in get_state(app).provider.CHAPTERS.items():
        title = app.env.titles[page].astext()
        parts.append(
            {"@id": f"{page}.html", "@type": "File", "name": title, "encodingFormat": "text/html"}
        )
        if has_notebook(app, name):
            for ending, what, kind in TAKEN:
                identifier = f"{FOLDER}/{name}.{ending}"
                parts.append(
                    {
                        "@id": identifier,
                        "@type": "File",
                        "name": f"{what}: {title}",
                        "encodingFormat": kind,
                    }
                )
    for name in offered(app):
        kind = "text/plain" if name == NEEDS else "application/zip"
        parts.append(
            {
                "@id": f"{FOLDER}/{name}",
                "@type": "File",
                "name": f"To run a notebook: {name}",
                "encodingFormat": kind,
            }
        )
    parts += map(_table, package["resources"])
    authors = [
        {"@id": f"#author-{place}"} | person
        for place, person in enumerate(meta.people(app), start=1)
    ]
    licence = {
        "@id": ours,
        "@type": "CreativeWork",
        "name": (
            "Creative Commons Attribution 4.0 International"
            if ours == meta.CONTENT_LICENCE
            else ours
        ),
        "description": (
            "Text, figures and tables; figures of others keep the terms of their sources"
        ),
        "identifier": ours,
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": get_state(app).citation["title"],
        "description": " ".join(get_state(app).citation["abstract"].split()),
        "datePublished": get_state(app).built.isoformat(),
        "version": str(get_state(app).citation["version"]),
        **({"license": {"@id": ours}} if ours else {}),
        "author": [{"@id": author["@id"]} for author in authors],
        **({"identifier": f"https://doi.org/{doi}"} if (doi := versions.doi(app)) else {}),
        "url": base,
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    # RO-Crate 1.1 has no word for a hash; later versions take it from schema.org.
    context = [f"{PROFILE}/context", {"sha256": "http://schema.org/sha256"}]
    licences = [*([licence] if ours else []), *_licences(package, ours)]
    return {"@context": context, "@graph": [descriptor, root, *authors, *licences, *parts]}


def _table(resource: dict[str, Any]) -> dict[str, Any]:
    """A table, or another described file of ``data/``, as a part of the crate."""
    return {
        "@id": f"data/{resource['path']}",
        "@type": "File",
        "name": resource.get("title", resource["name"]),
        "description": (
            f"{resource.get('description', '')} Licence: {terms.remark(resource)}".strip()
        ),
        "encodingFormat": resource.get("mediatype", "text/csv"),
        "contentSize": str(resource["bytes"]),
        "sha256": resource["hash"].removeprefix("sha256:"),
    } | terms.license(resource)


def _licences(package: dict[str, Any], ours: str) -> list[dict[str, str]]:
    """The licences of tables, each once, but for our own."""
    listed = {
        each["path"]: each["name"]
        for resource in package["resources"]
        for each in terms.named(resource)
    }
    return [
        {"@id": path, "@type": "CreativeWork", "name": name}
        for path, name in sorted(listed.items())
        if path != ours
    ]
