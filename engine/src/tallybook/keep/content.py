"""What of a page of the site is for keeping: its text, tables and charts, without what works on the
site alone. Folds are open, as on paper, and charts are pictures with their alternative texts."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html

from tallybook.pictures.palette import PALETTE

Element = Any  # lxml has no types that fit
# What paper does without (see ``@media print`` in report.css), by class and by tag.
CLASSES = {
    *("tools", "cards", "headerlink", "copy", "filters", "downloads", "web"),
    *("sources", "cell_input", "sr", "beside", "moved"),
}
TAGS = {"script", "form", "fieldset", "button", "input", "select", "output", "template"}
FONTS = "Liberation Sans, Arial, Helvetica, 'Source Sans 3', sans-serif"
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
_ON_WHITE = {**PALETTE, "paper": "#ffffff"}
_CASED = {"viewbox": "viewBox", "clippath": "clipPath", "lineargradient": "linearGradient"}
# Attributes that are of use on the site alone.
_IDLE = re.compile(r"data-|aria-live|aria-current|tabindex|download|hreflang|focusable|style$")


@dataclass(frozen=True)
class Page:
    """A page to keep.

    name: of the page, such as "rain". title: its heading. address: where the site has
    it. body: its content; links are as the site has them. pictures: drawings by file name.
    """

    name: str
    title: str
    address: str
    body: Element
    pictures: dict[str, str]

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).name

    @functools.cached_property
    def ids(self) -> set[str]:
        return {element.get("id") for element in self.body.iter() if element.get("id")}


def page(name: str, text: str) -> Page:
    """A page of the site, cleaned."""
    parser = html.HTMLParser(encoding="utf-8")
    root: Element = html.document_fromstring(text.encode(), parser=parser)
    main = root.find(".//main")
    address = root.xpath("string(//link[@rel='canonical']/@href)")
    for element in list(_apparatus(main)):
        if element.getparent() is not None:
            element.drop_tree()
    for fold in list(main.iter("details")):
        _unfold(fold)
    pictures = _picture_files(main, PurePosixPath(name).name)
    _once(main)
    for element in main.iter(etree.Element):
        for key in [key for key in element.attrib if _IDLE.match(key)]:
            del element.attrib[key]
    main.tag = "section"
    main.attrib.clear()
    heading = main.find(".//h1")
    return Page(name, name if heading is None else words(heading), address, main, pictures)


def words(element: Element) -> str:
    """The text of an element in one line."""
    return " ".join(element.text_content().split())


def classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _apparatus(main: Element) -> Iterator[Element]:
    """What goes: comments, what only the site can do, and signs beside texts that say the same."""
    for element in main.iter():
        if not isinstance(element.tag, str):
            yield element
            continue
        named, above = set(classes(element)), element.getparent()
        folded = element.tag == "details" and _inside(element, "cite", "cell")
        silent = "cell" in named and not element.find_class("cell_output")
        sign = element.tag == "svg" and above.get("class") != "plot"
        idle = element.tag in TAGS or named & CLASSES or element.get("hidden") is not None
        if folded or silent or sign or idle:
            yield element


def _inside(element: Element, *names: str) -> bool:
    return any(set(names) & set(classes(above)) for above in element.iterancestors())


def _once(main: Element) -> None:
    """Leave each id where it stands first: a translated paragraph repeats those of its references,
    which a browser forgives and an e-reader does not."""
    known: set[str] = set()
    for element in main.iter(etree.Element):
        if (name := element.get("id")) in known:
            del element.attrib["id"]
        elif name:
            known.add(name)


def _unfold(fold: Element) -> None:
    """Turn a fold into a block whose summary is its first line."""
    fold.tag = "div"
    fold.attrib.pop("open", None)
    fold.set("class", " ".join(["fold", *classes(fold)]))
    summary = fold.find("summary")
    if summary is not None:
        summary.tag = "p"
        summary.set("class", "summary")
        summary.attrib.pop("aria-label", None)


def _picture_files(main: Element, stem: str) -> dict[str, str]:
    """Put a picture in the place of each chart, in its broad drawing if it has one; returns the
    drawings by file name."""
    found: dict[str, str] = {}
    for plot in main.find_class("plot"):
        drawings = plot.findall("svg")
        best = next((one for one in drawings if "broad" in classes(one)), drawings[0])
        name = f"{stem}-{len(found) + 1}.svg"
        found[name] = drawn(best)
        named = {"src": name, "alt": best.get("aria-label"), "class": best.get("class")}
        picture = html.Element("img", named)
        for drawing in drawings:
            plot.remove(drawing)
        plot.insert(0, picture)
    return found


def drawn(drawing: Element) -> str:
    """A drawing of a page as a file of its own, in the light colours of the site on white paper."""
    root = deepcopy(drawing)
    root.tail = None
    for element in list(root.iter(etree.Element)):
        element.tag = _CASED.get(element.tag, element.tag)
        for key, value in list(element.attrib.items()):
            del element.attrib[key]
            coloured = _VARIABLE.sub(lambda found: _ON_WHITE[found[1]], value)
            element.set(_CASED.get(key, key), coloured)
    for element in [one for one in root.iter("g", "text", "tspan") if one.get("stroke")]:
        if element.tag != "g" or element.find(".//text") is not None:
            _halo(element)
    box = root.get("viewBox").split()
    for key in ("class", "role", "aria-label", "paint-order", "overflow"):
        root.attrib.pop(key, None)
    root.attrib.update({"width": box[2], "height": box[3], "font-family": FONTS})
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return etree.tostring(root, encoding="unicode") + "\n"


def _halo(element: Element) -> None:
    """Draw the halo of a text by itself, under it: not every program knows ``paint-order``."""
    under = deepcopy(element)
    under.tail = None
    for key in ("stroke", "stroke-width", "stroke-linejoin"):
        element.attrib.pop(key, None)
    element.addprevious(under)


def linked(page: Page, pages: dict[str, Page], way: Callable[[Page, str], str]) -> Element:
    """The content with each link within the book as ``way`` has it, from the page and the place
    that it leads to. A number leads to its canonical address, as does all else to its own."""
    body = deepcopy(page.body)
    for link in body.iter("a"):
        if (to := link.get("href")) is not None:
            found = None if link.getparent().tag == "data" else within(page, to, pages)
            link.set("href", way(*found) if found else urljoin(page.address, to))
    return body


def within(page: Page, to: str, pages: dict[str, Page]) -> tuple[Page, str] | None:
    """The page to keep that a link leads to, and the place there; ``None`` for anything else."""
    if urlsplit(to).scheme:
        return None
    path, anchor = urldefrag(to)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path))
    other = pages.get(joined.removesuffix(".html")) if path else page
    anchor = unquote(anchor)
    if other is None or (anchor and anchor not in other.ids):
        return None
    return other, anchor
