"""A drawing without what only Vega needs, in as few letters as may be: drawings are the heaviest
part of a page."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from xml.etree import ElementTree

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
_INHERITED = (
    *("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
    *("font-size", "font-weight", "font-style", "text-anchor"),
)
OUTLINE = 2000  # letters; a path of more is the outline of land, for which whole pixels are enough
_RINGS = re.compile(r"(?:M-?\d+,-?\d+(?:L-?\d+,-?\d+)*Z)+")
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
                short = _LONG.sub(partial(_shorter, places=places), value)
                element.set(key, short if places else stepped(short))
        if found := _CIRCLE.fullmatch(element.attrib.get("d", "")):
            element.tag = "circle"  # in a third of the letters
            element.set("r", found["r"])
            del element.attrib["d"]
    _prune(root)
    return root


def _shorter(number: re.Match[str], places: int) -> str:
    return f"{float(number[0]):.{places}f}".removesuffix(".0")


def _prune(element: ElementTree.Element) -> None:
    """Drop what paints nothing and groups that say nothing; say once what is alike."""
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
    if element.tag == "g":
        _share(element)


def _share(group: ElementTree.Element) -> None:
    """Say once, on a group, what everything in it says alike."""
    if len(group) < 2:
        return
    for key in _INHERITED:
        values = {child.get(key) for child in group}
        if len(values) == 1 and (value := values.pop()) is not None:
            group.set(key, value)
            for child in group:
                del child.attrib[key]


def stepped(path: str) -> str:
    """Rings of whole pixels, each point as a step from the one before, which needs half of the
    letters. Any other path stays as it is."""
    if not _RINGS.fullmatch(path):
        return path
    start, written = (0, 0), ""
    for ring in path.removesuffix("Z").split("Z"):
        points = [(int(x), int(y)) for x, y in re.findall(r"(-?\d+),(-?\d+)", ring)]
        steps = [
            str(after - before)
            for pair in pairwise([start, *points])
            for before, after in zip(*pair, strict=True)
        ]
        written += f"m{' '.join(steps)}z"
        start = points[0]
    return written.replace(" -", "-")
