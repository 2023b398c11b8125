"""A built edition of the report as one book: its pages in reading order, and what its cover says.
All of it is read from the site, so it has the site's language."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

from tallybook import settings
from tallybook.errors import TallybookError
from tallybook.keep import content
from tallybook.keep.content import Page
from tallybook.sphinx import state
from tallybook.sphinx.citing import citations, social_image


class KeepError(TallybookError):
    """The report cannot be made into files to keep."""


@dataclass(frozen=True)
class Book:
    """An edition to keep.

    key: what its files are called. language: its code. record: the report as a CSL record. about:
    lines of the cover, as HTML: version and day, and the terms. licence: the address of the terms,
    if there is one. description: in a sentence or two. pages: in reading order, by name. cover: a
    picture, as PNG.
    """

    key: str
    language: str
    record: dict[str, Any]
    about: tuple[str, ...]
    licence: str
    description: str
    pages: dict[str, Page]
    cover: bytes

    @property
    def title(self) -> str:
        return str(self.record["title"])

    @property
    def address(self) -> str:
        return str(self.record["URL"])

    @property
    def day(self) -> str:
        year, month, day = self.record["issued"]["date-parts"][0]
        return f"{year:04}-{month:02}-{day:02}"

    @property
    def authors(self) -> list[str]:
        return [
            author.get("literal") or f"{author.get('given', '')} {author['family']}".strip()
            for author in self.record["author"]
        ]

    @property
    def reference(self) -> str:
        """How to cite it, as HTML."""
        return citations.reference(self.record)


def read(site: Path, root: Path, key: str, edition: str, without: Collection[str]) -> Book:
    """The report in ``root`` as its site has it, but for the pages ``without``. ``site`` is the
    folder of its edition, and ``edition`` the code of its language, if that is another than the
    report's own. Raises ``KeepError`` if a page is not there."""
    try:
        kept = (name for name in settings.pages(root) if name not in without)
        texts = {name: (site / f"{name}.html").read_text("utf-8") for name in kept}
        version = json.loads((site / "numbers.json").read_text("utf-8"))["version"]
        cover = (site / social_image.FOLDER / f"{settings.ROOT}.png").read_bytes()
    except FileNotFoundError as error:
        found, wanted = f"no {error.filename}", "a site that `python -m tallybook build` has made"
        raise KeepError("keep", found, wanted) from None
    first: Any = html.document_fromstring(texts[settings.ROOT].encode())
    return Book(
        f"{key}-{version}{edition and '.'}{edition}",
        first.get("lang"),
        _record(site),
        tuple(_line(one) for one in first.xpath("//footer/p[not(@class)]")),
        first.xpath("string(//link[@rel='license']/@href)"),
        _description(first),
        {name: content.page(name, text) for name, text in texts.items()},
        cover,
    )


def _record(site: Path) -> dict[str, Any]:
    """The report as the site offers it to reference managers."""
    for path in sorted((site / state.RECORDS).glob("*.json")):  # of oEmbed too
        records = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(records, list) and records[0]["type"] == "book":
            record: dict[str, Any] = records[0]
            return record
    raise KeepError(state.RECORDS, "no record of the report", "one for citations")


def _description(first: Any) -> str:
    """The first sentences of the answer on the first page, else what search engines show of it."""
    answer = "string(//main//*[contains(concat(' ',@class,' '),' answer ')]/p[1])"
    found: str = first.xpath(answer) or first.xpath("string(//meta[@name='description']/@content)")
    return " ".join(found.split())


def _line(paragraph: Any) -> str:
    text: str = html.tostring(paragraph, encoding="unicode", with_tail=False)
    return text.removeprefix("<p>").removesuffix("</p>").strip()
