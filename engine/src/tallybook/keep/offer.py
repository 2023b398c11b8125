"""The list of files to keep, and the links to them on the pages of a release."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TypedDict

from tallybook.keep.book import Book
from tallybook.language import gettext as _

FOLDER, LIST = "keep", "files.json"  # the folder in an archive and in a published version
END = "</footer>"


class Listing(TypedDict):
    """The files of an edition: words before them, and each file with its name for readers."""

    label: str
    files: dict[str, str]


def listing(book: Book) -> Listing:
    """What an edition has, in its language."""
    files = {f"{book.key}.pdf": _("the report as PDF"), f"{book.key}.epub": _("the report as EPUB")}
    return {"label": _("To keep:"), "files": files}


def read(folder: Path) -> dict[str, Listing]:
    """The list of a folder of files to keep, by the code of each edition; empty without one."""
    file = folder / LIST
    text = file.read_text(encoding="utf-8") if file.is_file() else "{}"
    found: dict[str, Listing] = json.loads(text)
    return found


def add(html: str, name: str, listed: dict[str, Listing], place: str = FOLDER) -> str:
    """The page ``name`` of a site with links to what there is to keep of its edition, in its
    footer. ``place``: the folder of the files, from the root of the site."""
    first, slash, _rest = name.partition("/")
    one = listed.get(first if slash and first in listed else "")
    if one is None:
        return html
    up = "../" * name.count("/")
    links = ", ".join(
        f'<a href="{up}{place}/{escape(file)}" download>{escape(words)}</a>'
        for file, words in one["files"].items()
    )
    offer = f'<p class="files kept">{escape(one["label"])} {links}</p>\n'
    return html.replace(END, offer + END, 1)
