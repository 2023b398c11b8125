"""The site as an RO-Crate: chapters, notebooks and tables as its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook.builder.wheels import FOLDER, NEEDS
from tallybook.data import terms
from tallybook.sphinx import linked_data, versions
from tallybook.sphinx.builders import group
from tallybook.sphinx.downloads import has_notebook, offered
from tallybook.sphinx.numbers import write_json
from tallybook.sphinx.state import get_state

FILE = "ro-crate-metadata.json"
TAKEN = (("ipynb", "Notebook", "application/x-ipynb+json"), ("py", "Script", "text/x-python"))
DESCRIBED = {
    "numbers.json": "All numbers of the report",
    "claims.json": "All press claims and their verdicts",
    "data/datapackage.json": "Description of the tables",
}
PROFILE = "https://w3id.org/ro/crate/1.1"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
# RO-Crate 1.1 has no word for a hash; later versions take it from schema.org.
CONTEXT = [f"{PROFILE}/context", {"sha256": "http://schema.org/sha256"}]


def write_crate(app: Sphinx) -> None:
    group(app, "crate", lambda: [write_json(Path(app.outdir) / FILE, crate(app))])


def crate(app: Sphinx) -> dict[str, Any]:
    """The whole file."""
    shared, ours = get_state(app), app.config.report_content_licence
    data = Path(app.outdir) / "data" / "datapackage.json"
    tables = json.loads(data.read_text(encoding="utf-8"))["resources"]
    parts = [*_files(app), *map(_table, tables)]
    people = enumerate(linked_data.people(app), start=1)
    authors = [{"@id": f"#author-{place}"} | person for place, person in people]
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
    descriptor = {"@id": FILE, "@type": "CreativeWork", **about}
    licences = [*_our_licence(ours), *_licences(tables, ours)]
    return {"@context": CONTEXT, "@graph": [descriptor, root, *authors, *licences, *parts]}


def _files(app: Sphinx) -> Iterator[dict[str, Any]]:
    """What is no table."""
    for path, name in DESCRIBED.items():
        if (Path(app.outdir) / path).is_file():
            yield _file(path, name, "application/json")
    for name, page in get_state(app).provider.CHAPTERS.items():
        title = app.env.titles[page].astext()
        yield _file(f"{page}.html", title, "text/html")
        for ending, what, kind in TAKEN if has_notebook(app, name) else ():
            yield _file(f"{FOLDER}/{name}.{ending}", f"{what}: {title}", kind)
    for name in offered(app):
        kind = "text/plain" if name == NEEDS else "application/zip"
        yield _file(f"{FOLDER}/{name}", f"To run a notebook: {name}", kind)


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
            "description": (
                "Text, figures and tables; figures of others keep the terms of their sources"
            ),
            "identifier": ours,
        }
    ]


def _licences(tables: list[dict[str, Any]], ours: str) -> list[dict[str, str]]:
    """The licences of tables, each once, but for our own."""
    named = {each["path"]: each["name"] for table in tables for each in terms.named(table)}
    return [
        {"@id": path, "@type": "CreativeWork", "name": name}
        for path, name in sorted(named.items())
        if path != ours
    ]
