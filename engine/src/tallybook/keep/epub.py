"""The whole report as an EPUB: the same bytes for the same site. It has no script, its charts are
pictures with alternative texts, and its metadata say how it can be read. Sphinx's own builder would
write every page anew, with charts whose colours an e-reader does not know."""

from __future__ import annotations

import uuid
import zipfile
from html import escape
from pathlib import Path

from lxml import etree

from tallybook.keep import content
from tallybook.keep.book import Book
from tallybook.keep.content import Page
from tallybook.keep.paper import SHEET, front
from tallybook.language import gettext as _

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DOCUMENT, PACKAGE = (
    SHEET.with_name(name).read_text() for name in ("document.xhtml", "package.opf")
)
KINDS = {".xhtml": "application/xhtml+xml", ".svg": "image/svg+xml", ".png": "image/png"}
KINDS |= {".css": "text/css"}
FEATURES = (
    *("alternativeText", "displayTransformability", "readingOrder"),
    *("structuralNavigation", "tableOfContents"),
)
CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
COVER, NAV, FRONT = "cover.png", "nav.xhtml", "front.xhtml"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # what an archive can say; its own day stands in the metadata


def write(book: Book, target: Path) -> None:
    """Write the EPUB of an edition."""
    files = _files(book)
    with zipfile.ZipFile(target, "w") as archive:
        # Its kind stands first and as it is, so that a program knows it by its first bytes.
        _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _add(archive, "META-INF/container.xml", SHEET.with_name("container.xml").read_bytes())
        _add(archive, "EPUB/package.opf", _package(book, list(files)).encode())
        for name, data in files.items():
            _add(archive, f"EPUB/{name}", data)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type, entry.external_attr, entry.create_system = how, 0o644 << 16, 3
    archive.writestr(entry, data)


def _files(book: Book) -> dict[str, bytes]:
    """All files but the package, by name: the documents in reading order first."""
    texts = {FRONT: _document(book, book.title, front(book)), NAV: _navigation(book)}
    for page in book.pages.values():
        body = content.linked(page, book.pages, lambda to, at: f"{_file(to)}{at and '#'}{at}")
        for picture in body.iter("img"):
            picture.set("src", f"pictures/{picture.get('src')}")
        written = etree.tostring(body, encoding="unicode", method="xml", with_tail=False)
        texts[_file(page)] = _document(book, page.title, written)
        drawings = page.pictures.items()
        texts.update({f"pictures/{name}": HEAD + drawing for name, drawing in drawings})
    texts["keep.css"] = SHEET.read_text(encoding="utf-8")
    return {name: text.encode() for name, text in texts.items()} | {COVER: book.cover}


def _file(page: Page) -> str:
    return f"{page.stem}.xhtml"


def _document(book: Book, title: str, body: str) -> str:
    return DOCUMENT.format(language=book.language, title=escape(title), body=body)


def _navigation(book: Book) -> str:
    """The list of contents: pages, and the sections of each."""
    entries = "".join(
        f'<li><a href="{_file(page)}">{escape(page.title)}</a>{_sections(page)}</li>'
        for page in book.pages.values()
    )
    title = _("Contents")
    body = (
        f'<nav epub:type="toc" role="doc-toc" aria-label="{title}" class="listing">'
        f"<h1>{title}</h1><ol>{entries}</ol></nav>"
    )
    return _document(book, title, body)


def _sections(page: Page) -> str:
    places = {one.get("id") or one.getparent().get("id"): one for one in page.body.iter("h2")}
    entries = "".join(
        f'<li><a href="{_file(page)}#{escape(place)}">{escape(content.words(heading))}</a></li>'
        for place, heading in places.items()
        if place
    )
    return f"<ol>{entries}</ol>" if entries else ""


def _package(book: Book, names: list[str]) -> str:
    """What the EPUB is and holds."""
    manifest, spine = [], []
    for place, name in enumerate(names):
        special = {NAV: ' properties="nav"', COVER: ' properties="cover-image"'}.get(name, "")
        kind = KINDS[Path(name).suffix]
        manifest.append(f'<item id="i{place}" href="{name}" media-type="{kind}"{special}/>')
        if name.endswith(".xhtml"):
            spine.append(f'<itemref idref="i{place}"/>')
    return PACKAGE.format(
        language=book.language,
        metadata="\n".join(_metadata(book)),
        manifest="\n".join(manifest),
        spine="\n".join(spine),
    )


def _metadata(book: Book) -> list[str]:
    """The lines that say what the book is, who made it, and how it can be read."""
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{book.address}#{book.key}")
    said = [
        f'<dc:identifier id="id">urn:uuid:{number}</dc:identifier>',
        f"<dc:title>{escape(book.title)}</dc:title>",
        f"<dc:language>{book.language}</dc:language>",
        *(f"<dc:creator>{escape(name)}</dc:creator>" for name in book.authors),
        f"<dc:date>{book.day}</dc:date>",
        f"<dc:source>{escape(book.address)}</dc:source>",
        f"<dc:description>{escape(book.description)}</dc:description>",
    ]
    said += [f"<dc:rights>{escape(book.licence)}</dc:rights>"] if book.licence else []
    summary = _(
        "All of it can be read as text. Each chart has an alternative text, each table has"
        " headings, and every link works from the keyboard. Programs have checked this; nobody has"
        " read it with a screen reader yet."
    )
    properties = [
        ("dcterms:modified", f"{book.day}T00:00:00Z"),
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in FEATURES),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", summary),
        ("dcterms:conformsTo", CONFORMS),
        ("a11y:certifiedBy", ", ".join(book.authors)),
    ]
    return said + [f'<meta property="{name}">{escape(value)}</meta>' for name, value in properties]
