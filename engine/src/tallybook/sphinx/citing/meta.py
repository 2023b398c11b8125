"""What the head of a page says to machines: indexes, reference managers, social networks, crawlers.

One description of the page feeds all vocabularies, so that they cannot disagree: plain meta
elements, Highwire (``citation_*``), Open Graph, and schema.org (JSON-LD) of the report and its
chapters.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model import html
from tallybook.sphinx import domain
from tallybook.sphinx.builders import Page as Written
from tallybook.sphinx.citing import cff, citations, social_image
from tallybook.sphinx.languages import edition
from tallybook.sphinx.nodes import plain
from tallybook.sphinx.pages import markdown
from tallybook.sphinx.state import get_state

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
DESCRIPTION = 160  # letters that search engines show


@dataclass(frozen=True)
class Page:
    """What there is to say of one page."""

    docname: str
    title: str
    description: str
    address: str  # of the newest version
    record: dict[str, Any]  # as it is cited
    is_chapter: bool
    is_home: bool


def setup(app: Sphinx) -> None:
    app.add_config_value("report_content_licence", "", "html")


def add_metadata(app: Sphinx, written: Written) -> None:
    """Fill the head of a page."""
    context = written.context
    context["policy"] = POLICY
    page = describe(app, written)
    if page is None:
        return
    parts = [
        _named("description", _short(page.description)),
        *(_named("author", author["name"]) for author in get_state(app).citation["authors"]),
        *alternates(app, page),
        *open_graph(app, page),
        *highwire(page.record),
        *linked_data(app, page),
    ]
    own = context.get("metatags", "").replace(" />", ">")  # as docutils writes them, for XML
    context["metatags"] = own + "\n".join(parts)


def describe(app: Sphinx, written: Written) -> Page | None:
    """Title, address and a description: the page's answer if it has one, else its first paragraph.
    ``None`` for a page without a text."""
    if written.doctree is None:
        return None
    name, title = written.name, unescape(re.sub(r"<[^>]+>", "", written.context["title"]))
    first = next(iter(written.doctree.findall(nodes.paragraph)), None)
    answer = domain.of(app.env).data["answers"].get(name)
    text = answer or (title if first is None else plain(first))
    is_chapter, is_home = bool(get_state(app).chapter_of(name)), name == "index"
    record = citations.report_record(app)
    if not is_home:
        record = citations.part_record(app, title, edition.place(app, name), "")
    if not (is_home or is_chapter):
        record |= {"title": "", "container-title": ""}
    return Page(name, title, text, canonical(app, name), record, is_chapter, is_home)


def canonical(app: Sphinx, docname: str) -> str:
    """The one address of a page in the newest version, by which all versions name it."""
    return str(app.config.html_baseurl) + edition.place(app, docname)


def highwire(record: dict[str, Any]) -> list[str]:
    """What Google Scholar and Zotero read of a CSL record. A part names its book, so that indexes
    see no duplicates; a page that is no work of its own has no title there."""
    year, month, day = record["issued"]["date-parts"][0]
    pairs = [
        *(("citation_author", citations.index_name(author)) for author in record["author"]),
        ("citation_publication_date", f"{year}/{month:02}/{day:02}"),
        ("citation_language", record["language"]),
        ("citation_public_url", record["URL"]),
        ("citation_title", record["title"]),
        ("citation_fulltext_html_url", record["title"] and record["URL"]),
        ("citation_inbook_title", record.get("container-title", "")),
        ("citation_doi", record.get("DOI", "")),
    ]
    return [_named(*pair) for pair in pairs if pair[1]]


def open_graph(app: Sphinx, page: Page) -> list[str]:
    """Without an address: networks take the canonical one, and Zotero would keep it."""
    image = social_image.of_page(app, page.docname)
    pairs = {
        "title": page.title,
        "type": "article" if page.is_chapter else "book" if page.is_home else "website",
        "description": _short(page.description),
        "site_name": get_state(app).citation["title"],
        "image": app.config.html_baseurl + image,
        "image:width": str(social_image.WIDTH),
        "image:height": str(social_image.HEIGHT),
        "image:alt": _("Card of the page {title}").format(title=page.title),
    }
    return [f'<meta property="og:{name}" content="{escape(text)}">' for name, text in pairs.items()]


def linked_data(app: Sphinx, page: Page) -> list[str]:
    """The report as a book, or a chapter of it, in the vocabulary of schema.org; no licence if none
    is known."""
    if not (page.is_home or page.is_chapter):
        return []
    shared, base = get_state(app), app.config.html_baseurl
    citation = shared.citation
    people = [
        {"@type": "Person" if cff.is_person(author) else "Organization", "name": author["name"]}
        | ({"@id": author["orcid"]} if "orcid" in author else {})
        for author in citation["authors"]
    ]
    record = {
        "@context": "https://schema.org",
        "@type": "Chapter" if page.is_chapter else "Book",
        "@id": page.address,
        "url": page.address,
        "name": page.record["title"],
        "author": people,
        "datePublished": shared.built.isoformat(),
        "inLanguage": page.record["language"],
        "description": page.description,
        "license": app.config.report_content_licence,
    }
    if page.is_chapter:
        record["isPartOf"] = {"@type": "Book", "@id": base, "name": citation["title"]}
    else:
        dois = {"identifier": page.record.get("DOI"), "sameAs": cff.doi(citation, "concept")}
        record |= {name: cff.RESOLVER + doi for name, doi in dois.items() if doi}
        pages = map(app.builder.get_target_uri, shared.provider.CHAPTERS.values())
        record["hasPart"] = [{"@type": "Chapter", "@id": base + uri} for uri in pages]
        record["version"] = str(citation["version"])
    known = {name: value for name, value in record.items() if value}
    return [
        f'<script type="application/ld+json">{html.script_json(known, sort_keys=True)}</script>'
    ]


def alternates(app: Sphinx, page: Page) -> list[str]:
    """The page in each language and for all others (``x-default``), if there are several; and as
    Markdown."""
    plain = app.config.html_baseurl + markdown.path(page.docname)
    found = edition.everywhere(app, page.docname)
    languages = [*sorted((one.code, one.address) for one in found), ("x-default", found[0].address)]
    return [
        *(
            f'<link rel="alternate" hreflang="{code}" href="{escape(address)}">'
            for code, address in (languages if len(found) > 1 else [])
        ),
        f'<link rel="alternate" href="{escape(plain)}" type="{markdown.KIND}">',
    ]


def _short(text: str) -> str:
    """As much of a description as search engines show."""
    return textwrap.shorten(text, DESCRIPTION, placeholder="…")


def _named(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">'
