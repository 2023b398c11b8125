"""A page in the vocabulary of schema.org (JSON-LD): a book, or a chapter with its data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sphinx.application import Sphinx

from tallybook import data
from tallybook.data import terms
from tallybook.language import gettext as _
from tallybook.model import html
from tallybook.sphinx import cff, edition, state, versions
from tallybook.sphinx.builders import Page as Written
from tallybook.sphinx.meta import Page, describe
from tallybook.sphinx.state import get_state


def add_records(app: Sphinx, written: Written) -> None:
    """Put into the head of a page what there is to say of it."""
    if page := describe(app, written):
        written.context["metatags"] += "".join(f"\n{script(one)}" for one in records(app, page))


def records(app: Sphinx, page: Page) -> list[dict[str, Any]]:
    """What there is to say of a page."""
    shared = get_state(app)
    if page.is_home:
        base, uri = app.config.html_baseurl, app.builder.get_target_uri
        pages = shared.provider.CHAPTERS.values()
        parts = [{"@type": "Chapter", "@id": base + uri(name)} for name in pages]
        return [_book(app) | {"description": page.description, "hasPart": parts}]
    if page.chapter:
        return [_chapter(app, page), _dataset(app, page)]
    return []


def script(record: dict[str, Any]) -> str:
    """One record as a script element. Whatever stands in its texts, the element ends where it
    should."""
    text = html.script_json({"@context": "https://schema.org"} | record, sort_keys=True)
    return f'<script type="application/ld+json">{text}</script>'


def people(app: Sphinx) -> list[dict[str, str]]:
    """The authors."""
    return [
        {"@type": "Person" if cff.is_person(author) else "Organization", "name": author["name"]}
        | ({"@id": author["orcid"]} if "orcid" in author else {})
        for author in get_state(app).citation["authors"]
    ]


def _work(app: Sphinx, kind: str, address: str, name: str) -> dict[str, Any]:
    """What the whole and its chapters have in common; no licence if none is known."""
    licence = app.config.report_content_licence
    return {
        "@type": kind,
        "@id": address,
        "url": address,
        "name": name,
        "author": people(app),
        "datePublished": get_state(app).built.isoformat(),
        "inLanguage": state.language(app),
    } | ({"license": licence} if licence else {})


def _book(app: Sphinx) -> dict[str, Any]:
    citation = get_state(app).citation
    found = {"identifier": versions.doi(app), "sameAs": cff.doi(citation, "concept")}
    return (
        {name: f"https://doi.org/{doi}" for name, doi in found.items() if doi}
        | _work(app, "Book", app.config.html_baseurl, citation["title"])
        | {"version": str(citation["version"])}
    )


def _chapter(app: Sphinx, page: Page) -> dict[str, Any]:
    book = {"@type": "Book", "@id": app.config.html_baseurl}
    book["name"] = get_state(app).citation["title"]
    work = _work(app, "Chapter", page.address, page.title)
    return work | {"description": page.description, "isPartOf": book}


def _dataset(app: Sphinx, page: Page) -> dict[str, Any]:
    names = (name for name in data.names() if name.startswith(f"{page.chapter}/"))
    own = {name: data.describe(name) for name in names}
    return {
        "@type": "Dataset",
        "@id": page.address + "#data",
        "name": _("Tables of the chapter: {chapter}").format(chapter=page.title),
        "description": (
            _("The tables from which the chapter computes its numbers, a source in every row.")
            + f" {page.description}"
        ),
        "license": sorted({each["path"] for table in own.values() for each in terms.named(table)}),
        "creator": people(app),
        "isPartOf": {"@id": page.address},
        "distribution": [
            _download(f"{edition.base(app)}data/{name}.csv", table) for name, table in own.items()
        ],
    }


def _download(address: str, described: Mapping[str, Any]) -> dict[str, Any]:
    """One table with its own licences; of terms that are no licence, their words alone."""
    licences = [each["path"] for each in terms.named(described)]
    said = {"license": licences} if licences else {"description": _(terms.remark(described))}
    return {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address} | said
