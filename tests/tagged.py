"""What a tagged PDF says to a program that reads it out, and what PDF/UA-1 asks for that can be
seen without a validator of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

SHOWS = {b"Tj", b"TJ", b"'", b'"'}
PAINTS = SHOWS | {b"Do", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}
# Tags whose text is no text of the page: pictures, signs of lists, and heads of tables, which stand
# on each sheet again.
BESIDE = {"/Figure", "/Lbl", "/THead"}


@dataclass
class Tag:
    """A tag: its name, what it holds in order, its attributes, and its text."""

    name: str
    content: DictionaryObject
    inside: list[Tag | str] = field(default_factory=list)

    def all(self) -> Iterator[Tag]:
        yield self
        for one in self.inside:
            if isinstance(one, Tag):
                yield from one.all()

    def text(self, without: set[str] = frozenset()) -> str:
        if self.name in without:
            return ""
        return "".join(one if isinstance(one, str) else one.text(without) for one in self.inside)


class Reading:
    """A PDF as its tags give it: the tree, and what is painted outside of it."""

    def __init__(self, reader: PdfReader) -> None:
        self.reader, self.root = reader, reader.trailer["/Root"]
        self.texts: dict[tuple[int, int], str] = {}
        self.loose = 0  # marks on sheets that are neither tagged nor decoration
        for place, page in enumerate(reader.pages):
            self._read(place, page)
        self.sheets = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
        self.tree = self._tag(self.root["/StructTreeRoot"]["/K"][0].get_object(), None)

    def _read(self, place: int, page: Any) -> None:
        fonts = page["/Resources"].get("/Font", {})
        maps = {name: _letters(font.get_object()) for name, font in fonts.items()}
        open_, letters = [], {}
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            if operator in (b"BDC", b"BMC"):
                about = operands[1] if operator == b"BDC" else {}
                open_.append(about.get("/MCID") if operands[0] != "/Artifact" else "artifact")
            elif operator == b"EMC":
                open_.pop()
            elif operator == b"Tf":
                letters = maps[operands[0]]
            if operator in PAINTS and not any(one is not None for one in open_):
                self.loose += 1
            number = next((one for one in reversed(open_) if isinstance(one, int)), None)
            if operator in SHOWS and number is not None:
                said = _shown(operands[-1], letters)
                self.texts[place, number] = self.texts.get((place, number), "") + said

    def _tag(self, element: DictionaryObject, sheet: int | None) -> Tag:
        if "/Pg" in element:
            sheet = self.sheets[element.raw_get("/Pg").idnum]
        found = Tag(str(element["/S"]), element)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            one = kid.get_object() if isinstance(kid, IndirectObject) else kid
            if isinstance(one, int):
                found.inside.append(self.texts.get((sheet, one), ""))
            elif one.get("/Type") == "/MCR":
                found.inside.append(self.texts.get((sheet, one["/MCID"]), ""))
            elif "/S" in one:
                found.inside.append(self._tag(one, sheet))
        return found

    def text(self) -> str:
        """The text in the order of the tags."""
        return self.tree.text(BESIDE)

    def alternatives(self) -> list[str]:
        """The alternative text of each figure."""
        figures = (tag for tag in self.tree.all() if tag.name == "/Figure")
        return [str(tag.content.get("/Alt", "")) for tag in figures]

    def links(self) -> list[str]:
        """Where the links lead that lead out."""
        found = [one.get("/A", {}).get("/URI") for one in self._annotations()]
        return [str(address) for address in found if address]

    def _annotations(self) -> list[DictionaryObject]:
        return [one.get_object() for page in self.reader.pages for one in page.get("/Annots", [])]

    def faults(self) -> list[str]:
        """What PDF/UA-1 asks for and this PDF does not have."""
        said, tags = self.reader.xmp_metadata, list(self.tree.all())
        levels = [int(tag.name[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag.name)]
        tables = [tag for tag in tags if tag.name == "/Table"]
        fonts = [
            font.get_object()
            for page in self.reader.pages
            for font in page["/Resources"].get("/Font", {}).values()
        ]
        found = {
            "no mark of tags": not self.root.get("/MarkInfo", {}).get("/Marked"),
            "no language": not self.root.get("/Lang"),
            "the title is not shown": not self.root["/ViewerPreferences"].get("/DisplayDocTitle"),
            "no title": not (said and said.dc_title),
            "it does not say that it is PDF/UA-1": b"pdfuaid" not in said.stream.get_data(),
            "no bookmarks": not self.reader.outline,
            "a sheet whose tab order is not that of the tags": any(
                page.get("/Tabs") != "/S" for page in self.reader.pages
            ),
            "content without a tag": self.loose > 0,
            "a figure without an alternative text": not all(self.alternatives()),
            "a link without a description": not all(
                one.get("/Contents") and "/StructParent" in one for one in self._annotations()
            ),
            "a heading that skips a level": any(
                level > before + 1 for before, level in zip([0, *levels], levels, strict=False)
            ),
            "a cell without the heads of its column or row": any(map(_headless, tables)),
            "a font that is not embedded": not all(map(_embedded, fonts)),
        }
        return [fault for fault, so in found.items() if so]


def _headless(table: Tag) -> bool:
    """Whether a table with heads has cells that name none of them."""
    inside = list(table.all())
    heads = {str(tag.content.get("/ID")) for tag in inside if tag.name == "/TH"}
    cells = [tag.content.get("/A", {}).get("/Headers") for tag in inside if tag.name == "/TD"]
    return bool(heads) and not all(named and {*map(str, named)} <= heads for named in cells)


def _embedded(font: DictionaryObject) -> bool:
    inner = font.get("/DescendantFonts", [font])[0].get_object()
    held = inner.get("/FontDescriptor", {})
    return "/ToUnicode" in font and any(f"/FontFile{kind}" in held for kind in ("", "2", "3"))


def _letters(font: DictionaryObject) -> dict[int, str]:
    """The text of each glyph, by its number."""
    found = {}
    text = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for glyph, said in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(glyph, 16)] = bytes.fromhex(said).decode("utf-16-be")
    assert "beginbfrange" not in text
    return found


def _shown(operand: Any, letters: dict[int, str]) -> str:
    parts = operand if isinstance(operand, list) else [operand]
    codes = b"".join(getattr(part, "original_bytes", b"") for part in parts)
    pairs = (codes[place : place + 2] for place in range(0, len(codes), 2))
    return "".join(letters[int.from_bytes(pair, "big")] for pair in pairs)
