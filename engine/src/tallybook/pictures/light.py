"""A drawing without what only Vega needs: drawings are the heaviest part of a page."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring, tostring

from tallybook.model import html

SVG = "{http://www.w3.org/2000/svg}"
_NEEDLESS = {"class", "role", "pointer-events", "font-family"}
_NEEDLESS |= {"aria-hidden", "aria-roledescription", "aria-label"}
# What a browser assumes anyway.
_USUAL = {
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), "1"),
    **{"font-weight": "normal", "text-anchor": "start", "stroke-width": "0"},
    "transform": "translate(0,0)",
}
_PLACES = {"transform", "d", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "cx", "cy", "r"}
_LONG = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")  # a tenth of a pixel is fine enough
OUTLINE = 2000  # letters; a path of more is the outline of land, for which whole pixels are enough


def light(svg: str, prefix: str) -> Element:
    """A drawing of Vega's in fewer letters; ids are counted from zero and get a prefix."""
    root = fromstring(svg)
    named = (element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    ids = {name: f"{prefix}{place}" for place, name in enumerate(named)}
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
        kept = {key: _short(key, value, ids) for key, value in element.attrib.items()}
        element.attrib = {
            key: value
            for key, value in kept.items()
            if key not in _NEEDLESS and _USUAL.get(key) != value
        }
        if element.tag != "g" and element.get("stroke", "none") == "none":
            for key in [key for key in element.attrib if key.startswith("stroke")]:
                del element.attrib[key]
    _prune(root)
    return root


def _short(key: str, value: str, ids: dict[str, str]) -> str:
    if key == "id":
        return ids[value]
    if value.startswith("url(#"):
        return f"url(#{ids[value[5:-1]]})"
    if key == "font-size":
        return value.removesuffix("px")
    if key not in _PLACES:
        return value
    places = 0 if len(value) > OUTLINE else 1
    return _LONG.sub(lambda found: f"{float(found[0]):.{places}f}".removesuffix(".0"), value)


def _prune(element: Element) -> None:
    """Drop what paints nothing, and groups that hold nothing or say nothing."""
    for child in list(element):
        _prune(child)
        drawn = any(child.get(key, "none") != "none" for key in ("fill", "stroke"))
        unseen = child.tag in ("path", "rect", "line") and not drawn
        unseen = unseen and element.tag != "clipPath"
        unseen = unseen or child.get("display") == "none" or child.get("opacity") == "0"
        if unseen or (child.tag == "g" and len(child) == 0):
            element.remove(child)
        elif child.tag == "g" and not child.attrib:
            at = list(element).index(child)
            element[at : at + 1] = list(child)


def text_of(root: Element) -> str:
    return html.xml_text(tostring(root, encoding="unicode")).replace(" />", "/>")
