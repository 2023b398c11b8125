"""A drawing without what only Vega needs: drawings are the heaviest part of a page."""

from __future__ import annotations

import re
from functools import partial
from xml.etree import ElementTree

from tallybook.pictures.terse import terse

SVG = "{http://www.w3.org/2000/svg}"
# What Vega writes and a picture does not need.
_IDLE = {
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), "1"),
    **{"font-weight": "normal", "text-anchor": "start"},
    **{"transform": "translate(0,0)", "stroke-width": "0"},
}
_NEEDLESS = {"class", "role", "pointer-events", "font-family"}
_NEEDLESS |= {"aria-hidden", "aria-roledescription", "aria-label"}
_PLACES = {"transform", "d", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "cx", "cy", "r"}
_LONG = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")  # a tenth of a pixel is fine enough
OUTLINE = 2000  # letters; a path of more is the outline of land, for which whole pixels are enough
# A point as Vega draws it: two arcs.
_CIRCLE = re.compile(r"M(?P<r>[\d.]+),0A(?P=r),(?P=r),0,1,1,-(?P=r),0A(?P=r),(?P=r),0,1,1,(?P=r),0")


def slim(root: ElementTree.Element, prefix: str) -> ElementTree.Element:
    """The same drawing without what only Vega needs; ids are counted from zero and get a prefix."""
    named = (element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    ids = {name: f"{prefix}{place}" for place, name in enumerate(named)}
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
        for key, value in list(element.attrib.items()):
            if key == "id":
                element.set(key, ids[value])
            elif value.startswith("url(#"):
                element.set(key, f"url(#{ids[value[5:-1]]})")
            elif key in _NEEDLESS or _IDLE.get(key) == value:
                del element.attrib[key]
            elif key == "font-size":
                element.set(key, value.removesuffix("px"))
            elif key in _PLACES:
                places = 0 if len(value) > OUTLINE else 1
                element.set(key, _LONG.sub(partial(_shorter, places=places), value))
        if found := _CIRCLE.fullmatch(element.attrib.get("d", "")):
            element.tag = "circle"  # in a third of the letters
            element.set("r", found["r"])
            del element.attrib["d"]
    _prune(root)
    terse(root)
    return root


def _shorter(number: re.Match[str], places: int) -> str:
    return f"{float(number[0]):.{places}f}".removesuffix(".0")


def _prune(element: ElementTree.Element) -> None:
    """Drop what paints nothing, and groups that hold one thing and say nothing."""
    for child in list(element):
        _prune(child)
        drawn = any(child.get(key, "none") != "none" for key in ("fill", "stroke"))
        empty = child.tag == "g" and len(child) == 0
        unseen = (
            child.tag in ("path", "circle", "rect", "line")
            and not drawn
            and element.tag != "clipPath"
            and child.get("display") != "inline"
        )
        if empty or unseen or child.get("display") == "none" or child.get("opacity") == "0":
            element.remove(child)
        elif child.tag == "g" and not child.attrib:
            at = list(element).index(child)
            element.remove(child)
            for offset, grandchild in enumerate(list(child)):
                element.insert(at + offset, grandchild)
