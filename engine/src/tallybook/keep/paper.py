"""The report on paper: one tagged PDF with cover and contents, by WeasyPrint.

WeasyPrint is no part of what builds the report: it is asked as a program, from ``.tools/keep`` or
from wherever the machine has it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import datetime
from html import escape
from pathlib import Path

from lxml import html

from tallybook.keep import content
from tallybook.keep.book import Book, KeepError
from tallybook.keep.content import Page
from tallybook.language import gettext as _

SHEET = Path(__file__).with_name("keep.css")
OF_PAPER, PRINTER = SHEET.with_name("paper.css"), SHEET.with_name("printer.py")
SIGNS = str.maketrans("⚑❘", "†|")  # of which the fonts of paper have no picture
OWN = Path(".tools/keep/bin/weasyprint")  # in the folder of a report


def program(root: Path) -> Path:
    """WeasyPrint. Raises ``KeepError`` if it is not there."""
    found = root / OWN if (root / OWN).is_file() else shutil.which("weasyprint")
    if not found:
        wanted = f"it in {OWN.parent.as_posix()}, or on the path"
        raise KeepError(f"found no WeasyPrint, which makes the PDF; expected {wanted}")
    return Path(found)


def whole(book: Book) -> str:
    """The whole report as one document: cover, contents, pages."""
    parts = [front(book), _listing(book)]
    for page in book.pages.values():
        body = content.linked(page, book.pages, lambda *found: f"#{_place(*found)}")
        for element in body.iter():
            for key in ("id", "aria-labelledby"):
                if (name := element.get(key)) is not None:
                    element.set(key, _place(page, name))
        body.set("id", _place(page, ""))
        body.set("class", "page")
        parts.append(html.tostring(body, encoding="unicode"))
    authors = "".join(f'<meta name="author" content="{escape(name)}">' for name in book.authors)
    return (
        SHEET.with_name("paper.html")
        .read_text()
        .format(
            language=book.language,
            title=escape(book.title),
            authors=authors,
            description=escape(book.description),
            day=book.day,
            body="".join(parts),
        )
    )


def front(book: Book) -> str:
    """What the first sheet says: title, authors, version and day, how to cite it, and the terms."""
    version, *terms = (f"<p>{line}</p>" for line in book.about)
    address = escape(book.address)
    return (
        f'<section class="cover"><h1>{escape(book.title)}</h1>'
        f'<p class="authors">{escape(", ".join(book.authors))}</p><div class="about">{version}'
        f'<p><a href="{address}">{address}</a></p>'
        f'<p class="how">{_("Cite the report")}</p><p>{book.reference}</p>{"".join(terms)}'
        "</div></section>"
    )


def _listing(book: Book) -> str:
    """The list of contents, with the number of the sheet of each page."""
    entries = "".join(
        f'<li><a href="#{_place(page, "")}">{escape(page.title)}</a></li>'
        for page in book.pages.values()
    )
    return f'<section class="listing"><h1>{_("Contents")}</h1><ol>{entries}</ol></section>'


def write(book: Book, target: Path, tool: Path) -> None:
    """Print an edition with the program ``tool``. Raises ``KeepError`` with what it said if it
    could not print, or not as PDF/UA wants it."""
    with tempfile.TemporaryDirectory(prefix="keep-") as folder:
        room = Path(folder)
        texts = {name: text for page in book.pages.values() for name, text in page.pictures.items()}
        for name, text in {**texts, "whole.html": whole(book)}.items():
            (room / name).write_text(text.translate(SIGNS), encoding="utf-8")
        python = tool.resolve().with_name("python3")  # that which has WeasyPrint
        command = [
            *map(str, (python, PRINTER, room / "whole.html", target.resolve(), SHEET, OF_PAPER))
        ]
        # The part of a font that a PDF holds says when it was made.
        stamp = int(datetime.fromisoformat(f"{book.day}T00:00:00+00:00").timestamp())
        around = {**os.environ, **_fonts(tool, room), "SOURCE_DATE_EPOCH": str(stamp)}
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
    text = SHEET.with_name("fonts.conf").read_text()
    file.write_text(text.format(folders=listed, cache=escape(str(room / "fonts"))), "utf-8")
    return {"FONTCONFIG_FILE": str(file)}


def _place(page: Page, anchor: str) -> str:
    """The id in the whole report of a place of a page."""
    return f"{page.stem}:{anchor}" if anchor else f"page:{page.stem}"
