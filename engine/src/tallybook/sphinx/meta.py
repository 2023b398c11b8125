"""What the head of a page says to machines: indexes, reference managers, social networks, crawlers.

One description of the page feeds all vocabularies, so that they cannot disagree: plain meta
elements, Highwire (``citation_*``) and Open Graph; schema.org has a module of its own
(``linked_data``).
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from tallybook import addresses
from tallybook.language import gettext as _
from tallybook.sphinx import cff, domain, edition, plain_pages, social_image, state, versions
from tallybook.sphinx.builders import Page as Written
from tallybook.sphinx.nodes import plain
from tallybook.sphinx.quotes import Quote
from tallybook.sphinx.state import get_state

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
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
    parts = [
        named("description", page.short),
        *(named("author", author["name"]) for author in get_state(app).citation["authors"]),
        *alternates(app, page),
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


def highwire(app: Sphinx, page: Page) -> list[str]:
    """What Google Scholar and Zotero read. A chapter names the book, so that indexes see no
    duplicates. Pages that are no work of their own have no title there."""
    book, pairs = get_state(app).citation["title"], list[tuple[str, str]]()
    if page.chapter or page.is_home:
        pairs.append(("citation_title", page.title if page.chapter else book))
        pairs.append(("citation_fulltext_html_url", page.cited))
        if page.chapter:
            pairs.append(("citation_inbook_title", book))
        elif doi := versions.doi(app):
            pairs.append(("citation_doi", doi))
    return [named(*pair) for pair in (*_published(app, page.cited), *pairs)]


def _published(app: Sphinx, address: str) -> list[tuple[str, str]]:
    """Who published it when, in which language, and at which ``address`` of this version."""
    shared = get_state(app)
    authors = map(cff.as_one_name, shared.citation["authors"])
    return [
        *(("citation_author", versions.one_line(name)) for name in authors),
        ("citation_publication_date", shared.built.strftime("%Y/%m/%d")),
        ("citation_language", state.language(app)),
        ("citation_public_url", address),
    ]


def open_graph(app: Sphinx, page: Page) -> list[str]:
    """Without an address: networks take the canonical one, and Zotero would keep it."""
    image = social_image.of_page(app, page.docname)
    pairs = {
        "title": page.title,
        "type": "article" if page.chapter else "book" if page.is_home else "website",
        "description": page.short,
        "site_name": get_state(app).citation["title"],
        "locale": LOCALES.get(app.config.language, app.config.language),
        "image": app.config.html_baseurl + image,
        "image:width": str(social_image.WIDTH),
        "image:height": str(social_image.HEIGHT),
        "image:alt": _("Card of the page {title}").format(title=page.title),
    }
    return _graph(pairs)


def of_part(app: Sphinx, quote: Quote, record: dict[str, Any]) -> list[str]:
    """For the page of a chapter, number, chart or claim, which is cited by a CSL record. Social
    networks show the card of its chapter."""
    pairs = [
        ("citation_title", record["title"]),
        ("citation_inbook_title", record["container-title"]),
        ("citation_fulltext_html_url", record["URL"]),
        *_published(app, record["URL"]),
    ]
    graph = {
        "title": quote.cited,
        "type": "article",
        "description": textwrap.shorten(quote.said, DESCRIPTION, placeholder="…"),
        "image": app.config.html_baseurl + social_image.of_page(app, quote.home),
    }
    return [*(named(*pair) for pair in pairs), *_graph(graph)]


def _graph(pairs: dict[str, str]) -> list[str]:
    return [f'<meta property="og:{name}" content="{escape(text)}">' for name, text in pairs.items()]


def alternates(app: Sphinx, page: Page) -> list[str]:
    """The page in other languages, and as Markdown."""
    plain = app.config.html_baseurl + plain_pages.path(page.docname)
    return [
        *(
            f'<link rel="alternate" hreflang="{code}" href="{escape(address)}">'
            for code, address in edition.addresses(app, page.docname)
        ),
        f'<link rel="alternate" href="{escape(plain)}" type="{plain_pages.KIND}">',
    ]
