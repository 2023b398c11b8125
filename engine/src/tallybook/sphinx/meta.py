"""What the head of a page says to machines: indexes, reference managers, social networks, crawlers.

One description of the page feeds all vocabularies, so that they cannot disagree: plain meta
elements, Highwire (``citation_*``), Dublin Core, Open Graph, schema.org (JSON-LD) and
signposting links.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from tallybook import data
from tallybook.data import terms
from tallybook.model import html
from tallybook.sphinx import cff, cite, domain, social_image, sources, state, versions
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.nodes import plain
from tallybook.sphinx.state import get_state

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
DESCRIPTION = 160  # letters that search engines show
LOCALES = {"en": "en_GB"}  # Open Graph wants a country with each language
CONTENT_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Page:
    """What there is to say of one page."""

    docname: str
    title: str
    description: str
    address: str  # of the newest version
    cited: str  # of this version, if it is a release
    is_chapter: bool

    @property
    def short(self) -> str:
        """The description, as much of it as search engines show."""
        return textwrap.shorten(self.description, DESCRIPTION, placeholder="…")


def setup(app: Sphinx) -> None:
    app.add_config_value("report_content_licence", "", "html")
    app.connect("html-page-context", add_metadata)


def add_metadata(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Fill the head of a page."""
    context["policy"] = POLICY
    if doctree is None or not makes_site(app):
        return
    page = describe(app, pagename, context["title"], doctree)
    parts = [named("description", page.short)]
    parts += [named("author", author["name"]) for author in get_state(app).citation["authors"]]
    parts += [
        *links(app, page),
        *dublin_core(app, page),
        *open_graph(app, page),
        *highwire(app, page),
    ]
    parts += [json_ld(record) for record in schema_org(app, page)]
    own = context.get("metatags", "").replace(" />", ">")  # as docutils writes them, for XML
    context["metatags"] = own + "\n".join(parts)


def describe(app: Sphinx, pagename: str, title: str, doctree: nodes.document) -> Page:
    """Title, address and a description: the page's answer if it has one, else its first paragraph."""
    title = unescape(re.sub(r"<[^>]+>", "", title))
    first = next(iter(doctree.findall(nodes.paragraph)), None)
    text = domain.of(app.env).data["answers"].get(pagename) or (
        title if first is None else plain(first)
    )
    cited = versions.address(app, place(app, pagename))
    return Page(
        pagename,
        title,
        text,
        canonical(app, pagename),
        cited,
        bool(get_state(app).chapter_of(pagename)),
    )


def place(app: Sphinx, docname: str) -> str:
    """Where a page is in the site; the home page is the site itself."""
    return "" if docname == app.config.root_doc else app.builder.get_target_uri(docname)


def canonical(app: Sphinx, docname: str) -> str:
    """The one address of a page in the newest version, by which all versions name it."""
    return str(app.config.html_baseurl) + place(app, docname)


def named(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">'


def highwire(app: Sphinx, page: Page) -> list[str]:
    """What Google Scholar and Zotero read. A chapter names the book, so that indexes see no
    duplicates.

    Pages that are no work of their own name address and authors alone, whom Zotero takes from here
    rather than from Dublin Core.
    """
    common = [
        named("citation_author", cff.as_one_name(author))
        for author in get_state(app).citation["authors"]
    ]
    common.append(
        named("eprints.official_url", page.cited)
    )  # Zotero keeps this one rather than og:url, which is the newest version's
    if not page.is_chapter and page.docname != "index":
        return common
    pairs = [
        ("citation_title", page.title if page.is_chapter else get_state(app).citation["title"])
    ]
    pairs += [
        ("citation_publication_date", get_state(app).built.strftime("%Y/%m/%d")),
        ("citation_language", state.language(app)),
    ]
    if page.is_chapter:
        pairs.append(("citation_inbook_title", get_state(app).citation["title"]))
    elif doi := versions.doi(app):
        pairs.append(("citation_doi", doi))
    pairs.append(("citation_fulltext_html_url", page.cited))
    return common + [named(name, content) for name, content in pairs]


def dublin_core(app: Sphinx, page: Page) -> list[str]:
    pairs = [
        ("DC.title", page.title),
        *(("DC.creator", author["name"]) for author in get_state(app).citation["authors"]),
        ("DC.date", get_state(app).built.isoformat()),
        ("DC.language", state.language(app)),
        ("DC.type", "Text"),
        ("DC.identifier", page.cited),
        *(
            ("DC.identifier", f"doi:{doi}")
            for doi in [versions.doi(app)]
            if doi and page.docname == app.config.root_doc
        ),
        *(("DC.rights", licence) for licence in [app.config.report_content_licence] if licence),
    ]
    if page.docname != "index":
        pairs.append(("DC.relation.isPartOf", app.config.html_baseurl))
    return [named(name, content) for name, content in pairs]


def open_graph(app: Sphinx, page: Page) -> list[str]:
    image = app.config.html_baseurl + social_image.path(
        page.docname if page.is_chapter else "index"
    )
    pairs = {
        "og:title": page.title,
        "og:type": (
            "article" if page.is_chapter else "book" if page.docname == "index" else "website"
        ),
        "og:url": page.address,
        "og:description": page.short,
        "og:site_name": get_state(app).citation["title"],
        "og:locale": LOCALES.get(app.config.language, app.config.language),
        "og:image": image,
        "og:image:width": str(social_image.WIDTH),
        "og:image:height": str(social_image.HEIGHT),
        "og:image:alt": f"Card of the page {page.title}",
    }
    return [
        f'<meta property="{name}" content="{escape(text)}">' for name, text in pairs.items()
    ] + [named("twitter:card", "summary_large_image")]


def links(app: Sphinx, page: Page) -> list[str]:
    """Signposting: how to cite, who wrote it, under which terms, what describes it, what it belongs
    to."""
    base = app.config.html_baseurl
    doi = versions.doi(app) if page.docname == app.config.root_doc else ""
    pairs = [("cite-as", f"https://doi.org/{doi}" if doi else page.cited, "")]
    pairs += [
        ("license", licence, "") for licence in [app.config.report_content_licence] if licence
    ]
    if page_of_authors := get_state(app).page("cite"):
        pairs.append(("author", base + app.builder.get_target_uri(page_of_authors), ""))
    pairs.append(("describedby", base + "ro-crate-metadata.json", ' type="application/ld+json"'))
    pairs.append(("describedby", base + "data/datapackage.json", ' type="application/json"'))
    if page.is_chapter:
        record = cite.chapter_record(app, get_state(app).chapter_of(page.docname))["id"]
        pairs.append(
            ("describedby", f"{base}{state.RECORDS}/{record}.bib", ' type="application/x-bibtex"')
        )
        pairs.append(("collection", base, ""))
        pairs.append(("type", "https://schema.org/Chapter", ""))
    elif page.docname == "index":
        pairs += [
            ("item", base + app.builder.get_target_uri(name), "")
            for name in get_state(app).provider.CHAPTERS.values()
        ]
        pairs.append(("type", "https://schema.org/Book", ""))
    return [f'<link rel="{rel}" href="{escape(href)}"{kind}>' for rel, href, kind in pairs]


def schema_org(app: Sphinx, page: Page) -> list[dict[str, Any]]:
    """The page in the vocabulary of schema.org: book, chapter with its data set, or the reviews of
    claims."""
    if page.docname == "index":
        addresses = [
            app.config.html_baseurl + app.builder.get_target_uri(name)
            for name in get_state(app).provider.CHAPTERS.values()
        ]
        parts = [{"@type": "Chapter", "@id": address} for address in addresses]
        return [_book(app) | {"description": page.description, "hasPart": parts}]
    if page.is_chapter:
        return [_chapter(app, page), _dataset(app, page)]
    if page.docname == get_state(app).page("ledger"):
        read = {
            citation.key: citation.entry.fields.get("url", "")
            for citation in sources.citations(app.env)
        }
        return [_review(app, claim_id, read) for claim_id in get_state(app).report.judgements]
    return []


def json_ld(record: dict[str, Any]) -> str:
    """One record as a script element.

    Whatever stands in its texts, the element ends where it should.
    """
    text = html.script_json({"@context": "https://schema.org"} | record, sort_keys=True)
    return f'<script type="application/ld+json">{text}</script>'


def people(app: Sphinx) -> list[dict[str, str]]:
    """The authors as schema.org has them."""
    authors = get_state(app).citation["authors"]
    return [
        {"@type": "Person" if cff.is_person(author) else "Organization", "name": author["name"]}
        | ({"@id": author["orcid"]} if "orcid" in author else {})
        for author in authors
    ]


def _licence(app: Sphinx) -> dict[str, str]:
    """The licence of text and figures as a property; no such property if none is known."""
    return {"license": licence} if (licence := app.config.report_content_licence) else {}


def _book(app: Sphinx) -> dict[str, Any]:
    found = {"identifier": versions.doi(app), "sameAs": cff.doi(get_state(app).citation, "concept")}
    return {name: f"https://doi.org/{doi}" for name, doi in found.items() if doi} | {
        "@type": "Book",
        "@id": app.config.html_baseurl,
        "url": app.config.html_baseurl,
        "name": get_state(app).citation["title"],
        "author": people(app),
        "datePublished": get_state(app).built.isoformat(),
        "version": str(get_state(app).citation["version"]),
        "inLanguage": state.language(app),
        **_licence(app),
    }


def _chapter(app: Sphinx, page: Page) -> dict[str, Any]:
    return {
        "@type": "Chapter",
        "@id": page.address,
        "url": page.address,
        "name": page.title,
        "description": page.description,
        "author": people(app),
        "datePublished": get_state(app).built.isoformat(),
        "inLanguage": state.language(app),
        **_licence(app),
        "isPartOf": {
            "@type": "Book",
            "@id": app.config.html_baseurl,
            "name": get_state(app).citation["title"],
        },
    }


def _dataset(app: Sphinx, page: Page) -> dict[str, Any]:
    base, name = app.config.html_baseurl, get_state(app).chapter_of(page.docname)
    tables = [table for table in get_state(app).provider.tables() if table.startswith(f"{name}/")]
    return {
        "@type": "Dataset",
        "@id": page.address + "#data",
        "name": f"Tables of the chapter: {page.title}",
        "description": (
            "The tables from which the chapter computes its numbers, a source in every row."
            f" {page.description}"
        ),
        "license": sorted(
            {each["path"] for table in tables for each in terms.named(data.describe(table))}
        ),
        "creator": people(app),
        "isPartOf": {"@id": page.address},
        "distribution": [_download(base, table) for table in tables],
    }


def _download(base: str, table: str) -> dict[str, Any]:
    """One table with its own licences; of terms that are no licence, their words alone."""
    described = data.describe(table)
    licences = [each["path"] for each in terms.named(described)]
    said = {"license": licences} if licences else {"description": terms.remark(described)}
    return {
        "@type": "DataDownload",
        "encodingFormat": "text/csv",
        "contentUrl": f"{base}data/{table}.csv",
    } | said


def _review(app: Sphinx, claim_id: str, addresses: Mapping[str, str]) -> dict[str, Any]:
    """A ClaimReview: what was said, by whom, where and when, and our verdict as a rating whose name
    is the verdict.

    ``addresses``: the web address of each source, or "", by its key.
    """
    claim, judgement = (
        get_state(app).report.claims[claim_id],
        get_state(app).report.judgements[claim_id],
    )
    verdict = str(judgement.verdict)
    rating: dict[str, str | int] = {"@type": "Rating", "alternateName": verdict.capitalize()}
    if (place := get_state(app).provider.VERDICTS[verdict].rating) is not None:
        rating |= {"ratingValue": place, "bestRating": 5, "worstRating": 1}
    where = {"@type": "CreativeWork", "publisher": {"@type": "Organization", "name": claim.outlet}}
    if url := addresses.get(claim.source_key):
        where["url"] = url
    said = {"@type": "Claim", "datePublished": claim.date, "appearance": where}
    # in words, such as "a report, quoted by a paper": what kind of speaker it is, they do not say
    if claim.said_by:
        said["author"] = {"@type": "Thing", "name": claim.said_by}
    return {
        "@type": "ClaimReview",
        "url": (
            f"{app.config.html_baseurl}{app.builder.get_target_uri(get_state(app).page('ledger'))}#claim-{claim_id}"
        ),
        "claimReviewed": claim.statement,
        "datePublished": get_state(app).built.isoformat(),
        "author": people(app)[0],
        "reviewBody": get_state(app).report.expand(judgement.reason),
        "reviewRating": rating,
        "itemReviewed": said,
    }
