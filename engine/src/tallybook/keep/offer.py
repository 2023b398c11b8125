"""The list of files to keep, and the links to them on the pages of a release."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path, PurePosixPath
from typing import TypedDict

from tallybook.keep.book import Book
from tallybook.language import gettext as _

FOLDER, LIST = "keep", "files.json"  # the folder in an archive and in a published version
END = "</footer>"


class Listing(TypedDict):
    """The files of an edition: words before them, the whole report, and pages; each file with its
    name for readers."""

    label: str
    whole: dict[str, str]
    pages: dict[str, dict[str, str]]


def listing(book: Book, printed: dict[Path, str]) -> Listing:
    """What an edition has, in its language. ``printed``: its PDFs."""
    names = [path.name for path in printed]
    pages = {
        f"{page.name}.html": {f"{book.key}-{page.stem}.pdf": _("this chapter as PDF")}
        for page in book.pages
        if f"{book.key}-{page.stem}.pdf" in names
    }
    whole = {f"{book.key}.pdf": _("the report as PDF"), f"{book.key}.epub": _("the report as EPUB")}
    return {"label": _("To keep:"), "whole": whole, "pages": pages}


def read(folder: Path) -> dict[str, Listing]:
    """The list of a folder of files to keep, by the code of each edition; empty without one."""
    file = folder / LIST
    found: dict[str, Listing] = (
        json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    )
    return found


def add(html: str, name: str, listed: dict[str, Listing], place: str = FOLDER) -> str:
    """The page ``name`` of a site with links to what there is of it to keep, in its footer.
    ``place``: the folder of the files, from the root of the site."""
    first, _slash, rest = name.partition("/")
    edition, page = (first, rest) if rest and first in listed else ("", name)
    if edition not in listed or END not in html:
        return html
    one = listed[edition]
    up = "../" * len(PurePosixPath(name).parent.parts)
    links = ", ".join(
        f'<a href="{up}{place}/{escape(file)}" download>{escape(words)}</a>'
        for file, words in {**one["pages"].get(page, {}), **one["whole"]}.items()
    )
    offer = f'<p class="files kept">{escape(one["label"])} {links}</p>\n'
    return html.replace(END, offer + END, 1)
