"""What the head of a page says to machines: indexes, reference managers, social networks, crawlers.

One description of the page feeds all vocabularies, so that they cannot disagree: plain meta
elements, Highwire (``citation_*``), Dublin Core, Open Graph and signposting links; schema.org has a
module of its own (``linked_data``).
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape, unescape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from tallybook import addresses
from tallybook.language import gettext as _
from tallybook.sphinx import cff, cite, domain, edition, plain_pages, social_image, state, versions
from tallybook.sphinx.builders import Page as Written
from tallybook.sphinx.nodes import plain
from tallybook.sphinx.quotes import Quote
from tallybook.sphinx.state import get_state

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
EDITION = "prism.edition"  # by which Zotero keeps the version; Highwire has no name for it
DESCRIPTION = 160  # letters that search engines show
LOCALES = {"en": "en_GB", "fr": "fr_FR"}  # Open Graph wants a country with each language


@dataclass(frozen=True)
class Page:
    """What there is to say of one page."""

    docname: str
    title: str
    description: str
    address: str  # of the newest version
    cited: str  # of this version, if it is a release
    chapter: str  # its name, if it is one
    is_home: bool

    @property
    def short(self) -> str:
        """The description, as much of it as search engines show."""
        return textwrap.shorten(self.description, DESCRIPTION, placeholder="…")


def setup(app: Sphinx) -> None:
    app.add_config_value("report_content_licence", "", "html")
    app.connect("config-inited", check_licence)


def check_licence(_app: Sphinx, config: Config) -> None:
    """Raise ``ExtensionError`` if the licence is no address to lead to."""
    if (licence := config.report_content_licence) and (says := addresses.fault(licence)):
        raise ExtensionError(f"_config.yml, report_content_licence: {says}")


def add_metadata(app: Sphinx, written: Written) -> None:
    """Fill the head of a page."""
    context = written.context
    context["policy"] = POLICY
    page = describe(app, written)
    if page is None:
        return
    authors = get_state(app).citation["authors"]
    parts = [
        named("description", page.short),
        *(named("author", author["name"]) for author in authors),
        *links(app, page),
        *dublin_core(app, page),
        *open_graph(app, page),
        *highwire(app, page),
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
    cited = versions.address(app, edition.place(app, name))
    chapter = get_state(app).chapter_of(name)
    return Page(name, title, text, canonical(app, name), cited, chapter, name == "index")


def canonical(app: Sphinx, docname: str) -> str:
    """The one address of a page in the newest version, by which all versions name it."""
    return str(app.config.html_baseurl) + edition.place(app, docname)


def named(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">'


def own_doi(app: Sphinx, page: Page) -> str:
    """The DOI of this version for its home page; empty for others, and if there is none."""
    return versions.doi(app) if page.docname == app.config.root_doc else ""


def highwire(app: Sphinx, page: Page) -> list[str]:
    """What Google Scholar and Zotero read. A chapter names the book, so that indexes see no
    duplicates. Pages that are no work of their own name address and authors alone, whom Zotero
    takes from here rather than from Dublin Core."""
    shared, pairs = get_state(app), list[tuple[str, str]]()
    book = shared.citation["title"]
    if page.chapter or page.is_home:
        pairs = [
            ("citation_title", page.title if page.chapter else book),
            ("citation_publication_date", shared.built.strftime("%Y/%m/%d")),
            ("citation_language", state.language(app)),
        ]
        pairs.append((EDITION, versions.cited(app)))
        if page.chapter:
            pairs.append(("citation_inbook_title", book))
        elif doi := versions.doi(app):
            pairs.append(("citation_doi", doi))
        pairs.append(("citation_fulltext_html_url", page.cited))
    authors = [("citation_author", cff.as_one_name(one)) for one in shared.citation["authors"]]
    # Zotero keeps this one rather than og:url, which is the newest version's.
    address = ("eprints.official_url", page.cited)
    return [named(name, content) for name, content in (*authors, address, *pairs)]


def dublin_core(app: Sphinx, page: Page) -> list[str]:
    shared, doi = get_state(app), own_doi(app, page)
    licence = app.config.report_content_licence
    pairs = [
        ("title", page.title),
        *(("creator", author["name"]) for author in shared.citation["authors"]),
        ("date", shared.built.isoformat()),
        ("language", state.language(app)),
        ("type", "Text"),
        ("identifier", page.cited),
        ("identifier", f"doi:{doi}" if doi else ""),
        ("rights", licence),
        ("relation.isPartOf", "" if page.is_home else app.config.html_baseurl),
    ]
    return [named(f"DC.{name}", content) for name, content in pairs if content]


def open_graph(app: Sphinx, page: Page) -> list[str]:
    image = social_image.of_page(app, page.docname)
    pairs = {
        "title": page.title,
        "type": "article" if page.chapter else "book" if page.is_home else "website",
        "url": page.address,
        "description": page.short,
        "site_name": get_state(app).citation["title"],
        "locale": LOCALES.get(app.config.language, app.config.language),
        "image": app.config.html_baseurl + image,
        "image:width": str(social_image.WIDTH),
        "image:height": str(social_image.HEIGHT),
        "image:alt": _("Card of the page {title}").format(title=page.title),
    }
    return [*_graph(pairs), named("twitter:card", "summary_large_image")]


def shared_as(app: Sphinx, quote: Quote, place: str) -> list[str]:
    """What social networks show of a number, a chart or a claim: the picture is its chapter's.
    ``place``: the address by which it is known, from the site's root."""
    pairs = {
        "title": quote.cited,
        "type": "article",
        "url": app.config.html_baseurl + place,
        "description": textwrap.shorten(quote.said, DESCRIPTION, placeholder="…"),
        "image": app.config.html_baseurl + social_image.of_page(app, quote.home),
    }
    return [*_graph(pairs), named("twitter:card", "summary_large_image")]


def _graph(pairs: dict[str, str]) -> list[str]:
    return [f'<meta property="og:{name}" content="{escape(text)}">' for name, text in pairs.items()]


def links(app: Sphinx, page: Page) -> list[str]:
    """Signposting: how to cite, who wrote it, under which terms, what describes it, what it belongs
    to."""
    base, uri, shared = app.config.html_baseurl, app.builder.get_target_uri, get_state(app)
    doi, authors = own_doi(app, page), shared.page("cite")
    pairs = [
        ("cite-as", f"https://doi.org/{doi}" if doi else page.cited, ""),
        ("license", app.config.report_content_licence, ""),
        ("author", base + uri(authors) if authors else "", ""),
        ("alternate", base + plain_pages.path(page.docname), plain_pages.KIND),
        ("describedby", f"{edition.base(app)}ro-crate-metadata.json", "application/ld+json"),
        ("describedby", f"{edition.base(app)}data/datapackage.json", "application/json"),
    ]
    if page.chapter:
        record = cite.chapter_record(app, page.chapter)["id"]
        pairs += [
            ("describedby", f"{base}{state.RECORDS}/{record}.bib", "application/x-bibtex"),
            ("collection", base, ""),
            ("type", "https://schema.org/Chapter", ""),
        ]
    elif page.is_home:
        pairs += [("item", base + uri(name), "") for name in shared.provider.CHAPTERS.values()]
        pairs.append(("type", "https://schema.org/Book", ""))
    alternates = [
        f'<link rel="alternate" hreflang="{code}" href="{escape(address)}">'
        for code, address in edition.addresses(app, page.docname)
    ]
    return [
        *alternates,
        *(
            f'<link rel="{rel}" href="{escape(href)}"' + (f' type="{kind}">' if kind else ">")
            for rel, href, kind in pairs
            if href
        ),
    ]
