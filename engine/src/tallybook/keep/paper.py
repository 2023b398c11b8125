"""The report on paper: PDF of the whole and of each chapter, tagged, by WeasyPrint.

WeasyPrint is no part of what builds the report: it is asked as a program, from ``.tools/keep`` or
from wherever the machine has it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from lxml import html

from tallybook.keep import content
from tallybook.keep.book import Book, KeepError
from tallybook.keep.content import Page
from tallybook.language import gettext as _

SHEET = Path(__file__).with_name("keep.css")
OF_PAPER = SHEET.with_name("paper.css")
OWN = Path(".tools/keep/bin/weasyprint")  # in the folder of a report
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""
DOCUMENT = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
{authors}<meta name="description" content="{description}">
<meta name="dcterms.created" content="{day}"><meta name="dcterms.modified" content="{day}">
</head><body class="{kind}">{body}</body></html>
"""


def program(root: Path) -> Path:
    """WeasyPrint. Raises ``KeepError`` if it is not there."""
    found = root / OWN if (root / OWN).is_file() else shutil.which("weasyprint")
    if not found:
        wanted = f"it in {OWN.parent.as_posix()}, or on the path"
        raise KeepError(f"found no WeasyPrint, which makes the PDF; expected {wanted}")
    return Path(found)


def whole(book: Book) -> str:
    """The whole report as one document: cover, contents, pages."""
    pages = book.by_name

    def leads(page: Page, to: str, of_number: bool) -> str:
        found = None if of_number else content.within(page, to, pages)
        if found is None:
            return content.on_the_web(page, to)
        return f"#{_place(*found)}"

    parts = [front(book), listing(book)]
    for page in book.pages:
        body = content.linked(page, leads)
        for element in body.iter():
            for key in ("id", "aria-labelledby"):
                if (name := element.get(key)) is not None:
                    element.set(key, _place(page, name))
        body.set("id", _place(page, ""))
        body.set("class", "page")
        parts.append(_html(body))
    return _document(book, book.title, "whole", "".join(parts))


def chapter(book: Book, page: Page) -> str:
    """One page as a document, which ends in how to cite it."""

    def leads(one: Page, to: str, of_number: bool) -> str:
        found = None if of_number else content.within(one, to, {page.name: page})
        return f"#{found[1]}" if found and found[1] else content.on_the_web(one, to)

    body = content.linked(page, leads)
    body.set("class", "page")
    said = f'<div class="about"><p>{book.about[0]}</p>{_address(page.address)}'
    terms = "".join(f"<p>{line}</p>" for line in book.about[1:])
    return _document(book, page.title, "chapter", f"{_html(body)}{said}{terms}</div>")


def front(book: Book) -> str:
    """What the first sheet says: title, authors, version and day, how to cite it, and the terms."""
    title, rest = book.headline
    lines = [f"<p>{line}</p>" for line in book.about[:1]]
    lines.append(_address(str(book.record["URL"])))
    lines.append(f'<p class="how">{_("Cite the report")}</p><p>{book.reference}</p>')
    lines += [f"<p>{line}</p>" for line in book.about[1:]]
    under = f'<p class="under">{escape(rest)}</p>' if rest else ""
    names = escape(", ".join(book.authors))
    return (
        f'<section class="cover"><h1>{escape(title)}</h1>{under}<p class="authors">{names}</p>'
        f'<div class="about">{"".join(lines)}</div></section>'
    )


def listing(book: Book) -> str:
    """The list of contents, with the number of the sheet of each page."""
    entries = "".join(
        f'<li><a href="#{_place(page, "")}">{escape(page.title)}</a></li>' for page in book.pages
    )
    return f'<section class="listing"><h1>{_("Contents")}</h1><ol>{entries}</ol></section>'


def _nest(body: Any) -> None:
    """Put each list within an item into a block: WeasyPrint would have it read after the item, and
    after what follows it there."""
    for inner in body.xpath(".//li/ul | .//li/ol"):
        block = html.Element("div")
        inner.addprevious(block)
        block.tail, inner.tail = inner.tail, None
        block.append(inner)


def print_all(documents: dict[Path, str], book: Book, tool: Path) -> None:
    """Write each document as a PDF, with the program ``tool``, as many at a time as there are
    processors. Raises ``KeepError`` with what it said of one that it could not print, or not as
    PDF/UA wants it."""
    with (
        tempfile.TemporaryDirectory(prefix="keep-") as folder,
        ThreadPoolExecutor(os.cpu_count()) as threads,
    ):
        room = Path(folder)
        for page in book.pages:
            for name, drawing in page.pictures.items():
                (room / name).write_text(drawing, encoding="utf-8")
        # The part of a font that a PDF holds says when it was made.
        stamp = {"SOURCE_DATE_EPOCH": str(book.seconds)}
        around = {**os.environ, **_fonts(tool, room), **stamp}
        list(threads.map(partial(_print, tool, room, around), documents.items()))


def _print(tool: Path, room: Path, around: dict[str, str], one: tuple[Path, str]) -> None:
    target, document = one
    source = room / f"{target.stem}.html"
    source.write_text(document, encoding="utf-8")
    sheets = ("--stylesheet", str(SHEET), "--stylesheet", str(OF_PAPER))
    command = [str(tool), "--pdf-variant", "pdf/ua-1", *sheets, str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, env=around, cwd=room)
    if done.returncode or "ERROR" in done.stderr:
        raise KeepError(f"{target.name}: {done.stderr.strip()[-500:]}")


def _fonts(tool: Path, room: Path) -> dict[str, str]:
    """The fonts beside the program and no others, so that the sheets are the same on every machine;
    those of the machine if there are none beside it."""
    folders = sorted(tool.resolve().parent.parent.glob("lib/python*/site-packages/fontpkg_*/files"))
    if not folders:
        return {}
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    file = room / "fonts.conf"
    text = FONTS.format(folders=listed, cache=escape(str(room / "fonts")))
    file.write_text(text, encoding="utf-8")
    return {"FONTCONFIG_FILE": str(file)}


def _place(page: Page, anchor: str) -> str:
    """The id in the whole report of a place of a page."""
    return f"{page.stem}:{anchor}" if anchor else f"page:{page.stem}"


def _document(book: Book, title: str, kind: str, body: str) -> str:
    authors = "".join(f'<meta name="author" content="{escape(name)}">' for name in book.authors)
    return DOCUMENT.format(
        language=book.language,
        title=escape(title),
        authors=authors,
        description=escape(book.description),
        day=book.day,
        kind=kind,
        body=body,
    )


def _address(address: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(address)}</a></p>'


def _html(body: Any) -> str:
    _nest(body)
    text: str = html.tostring(body, encoding="unicode")
    return text
