"""From a Vega-Lite specification to pictures: pure functions, the same bytes for the same chart. A
drawing is measured in the Liberation Sans that vl-convert brings along, so that it does not depend
on the fonts of the machine; the page then shows it in its own sans."""

from __future__ import annotations

import functools
import json
import os
import pickle
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import vl_convert

from tallybook.builder.cache import checksum
from tallybook.errors import TallybookError
from tallybook.model import html
from tallybook.pictures.terse import terse
from tallybook.project import ENGINE

# Read on Linux; elsewhere the fonts of the machine are there as well.
FONT_LIST = ENGINE / "pictures" / "fonts.conf"
SVG = "{http://www.w3.org/2000/svg}"
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
MIN_TEXT = 12.0  # px, as the reader sees it
COLUMN = {"broad": 720.0, "narrow": 340.0}  # px: the narrowest column in which a drawing is shown
SCALE = 2  # pixels of a PNG for each of the drawing: sharp on paper and on fine screens
SLACK = 3  # px a drawing may reach over its edge, as Vega rounds up: half a line, a rounded label
_COLOURS = ("fill", "stroke", "stop-color")
_PLAIN = {"none", "transparent", "currentColor", "inherit"}
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
OUTLINE = 2000  # letters; a path of more is the outline of land, for which whole pixels are


class RenderError(TallybookError):
    """A chart cannot be shown as it is."""


@functools.cache
def _fonts() -> None:
    # The library prefers a font file of the machine to its own copy in memory, and opens the file
    # anew for every letter.
    os.environ["FONTCONFIG_FILE"] = str(FONT_LIST)


@dataclass(frozen=True)
class Drawing:
    """A specification as Vega (``vega``), and as Vega draws it (``svg``)."""

    vega: dict[str, Any]
    svg: str


def drawing(spec: dict[str, Any], kind: str) -> Drawing:
    """A Vega-Lite specification, drawn. ``kind``: ``broad`` or ``narrow``. Raises ``RenderError``
    if it cannot be drawn or does not fit its column."""
    compiled = vega(spec)
    svg = draw(compiled)
    check(compiled, svg, kind)
    return Drawing(compiled, svg)


def draw_and_keep(spec: dict[str, Any], kind: str, path: Path) -> Drawing:
    """``drawing``, kept at ``path``; here, for a process that only draws does without Sphinx."""
    made = drawing(spec, kind)
    checksum.write(path, pickle.dumps(made))
    return made


def paint_and_keep(standalone_svg: str, path: Path) -> bytes:
    """``png`` of a standalone drawing, kept at ``path``."""
    made = png(standalone_svg, SCALE)
    checksum.write(path, pickle.dumps(made))
    return made


def palette(spec: dict[str, Any]) -> dict[str, str]:
    """Colour (``#rrggbb``) -> name of the CSS variable without its dashes."""
    found: dict[str, str] = spec.get("usermeta", {}).get("palette", {})
    return found


def paper(spec: dict[str, Any]) -> str:
    """The colour under a drawing."""
    named = {variable: value for value, variable in palette(spec).items()}
    return named.get("paper", "#ffffff")


def vega(spec: dict[str, Any]) -> dict[str, Any]:
    """The Vega specification of a Vega-Lite one. Raises ``RenderError`` with Vega-Lite's own words,
    or for a text that no SVG can hold: the library would end the process."""
    _fonts()
    for text in _texts(spec):
        if html.xml_text(text) != text:
            raise RenderError(f"found the text {text!r}; expected one without control characters")
    try:
        return vl_convert.vegalite_to_vega(spec)
    except ValueError as error:
        raise RenderError(f"Vega-Lite cannot read it: {_first_line(error)}") from None


def _texts(part: object) -> Iterator[str]:
    """Every text in a specification: names of fields and values."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        inside = [*part, *part.values()] if isinstance(part, dict) else part
        yield from (text for value in inside for text in _texts(value))


def draw(compiled: dict[str, Any]) -> str:
    """The SVG of a Vega specification. Raises ``RenderError`` with Vega's own words."""
    _fonts()
    try:
        return vl_convert.vega_to_svg(compiled)
    except ValueError as error:
        raise RenderError(f"Vega cannot draw it: {_first_line(error)}") from None


def _first_line(error: ValueError) -> str:
    return str(error).strip().splitlines()[0]


def check(compiled: dict[str, Any], svg: str, kind: str) -> None:
    """Raise ``RenderError`` if text would be smaller than 12 px in the page, or if something is cut
    at the side. ``kind``: ``broad`` or ``narrow``."""
    root = ElementTree.fromstring(svg)
    width = float(root.attrib["width"])
    sizes = [
        float(text.get("font-size", "11").removesuffix("px"))
        for text in root.iter(f"{SVG}text")
        if "".join(text.itertext()).strip()
    ]
    if sizes and min(sizes) * min(1.0, COLUMN[kind] / width) < MIN_TEXT - 0.05:
        found = f"{width:.0f} px wide with text of {min(sizes):g} px"
        wanted = f"text of {MIN_TEXT:g} px or more in a column of {COLUMN[kind]:.0f} px"
        raise RenderError(f"the {kind} drawing is {found}; expected {wanted}")
    if (over := overflow(compiled, svg)) > SLACK:
        reach = f"reach {over:.0f} px over its edge and are cut"
        raise RenderError(f"text or marks of the {kind} drawing {reach}")


def overflow(compiled: dict[str, Any], svg: str) -> float:
    """How many pixels of a drawing that is fitted to its width lie outside it; 0 for one that is
    not fitted. Fitting makes room for axes only. The same drawing is made again with the width that
    fitting found and a frame that grows with its content: what it grows by lay outside."""
    sizing = compiled.get("autosize")
    if not (isinstance(sizing, dict) and sizing.get("type") == "fit-x"):
        return 0.0
    inner = _measure(r'class="background"[^>]*? d="M0,0h(-?[\d.]+)', svg)
    grown = draw({**compiled, "autosize": {"type": "pad"}, "width": inner})
    return _measure(r'width="([\d.]+)"', grown) - _measure(r'width="([\d.]+)"', svg)


def _measure(pattern: str, svg: str) -> float:
    """The number that a pattern finds first in a drawing of Vega's."""
    found = re.search(pattern, svg)
    assert found is not None, f"Vega writes {pattern} into every drawing"
    return float(found[1])


def inline(svg: str, name: str, kind: str, alt: str, palette: dict[str, str]) -> str:
    """A drawing as part of a page: colours as CSS variables, no font, no size, ids of its own,
    ``alt`` as its name.

    ``palette``: colour (``#rrggbb``) -> name of the CSS variable without its dashes. Raises
    ``RenderError`` for a colour that is not in the palette, for the dark page could not show it.
    """
    root = slim(ElementTree.fromstring(svg), f"{name}-{kind}-")
    for element in root.iter():
        for key in _COLOURS:
            if key in element.attrib:
                element.set(key, _variable(element.attrib[key], palette))
    box = root.attrib["viewBox"]
    root.attrib.clear()
    # Text has a halo of the colour of paper, which must lie under it.
    root.attrib.update(
        {"class": kind, "viewBox": box, "role": "img", "aria-label": alt, "width": "100%"}
    )
    # A reader's font may be a little wider than the one it was measured in: nothing is cut at the
    # edge.
    root.attrib.update({"overflow": "visible", "paint-order": "stroke"})
    return text_of(root)


def png(standalone_svg: str, scale: int) -> bytes:
    """A picture of a standalone SVG, ``scale`` pixels for each of its own."""
    _fonts()
    return vl_convert.svg_to_png(standalone_svg, scale=scale)


def readable(spec: dict[str, Any]) -> str:
    """A specification as JSON that a person can read: indented, keys sorted."""
    return json.dumps(spec, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def script(name: str, broad: dict[str, Any], narrow: dict[str, Any]) -> str:
    """The compiled drawings as a script: a page that was opened from disk cannot fetch JSON."""
    both = {"broad": broad, "narrow": narrow}
    content = html.script_json(both, sort_keys=True, separators=(",", ":"))
    return f"(window.chartSpecs=window.chartSpecs||{{}})[{json.dumps(name)}]={content};\n"


def _variable(value: str, palette: dict[str, str]) -> str:
    if value in _PLAIN or value.startswith("url("):
        return value
    found = palette.get(value.lower())
    if found is None:
        known = ", ".join(sorted(palette.values()))
        raise RenderError(f"found the colour {value}; expected one of the palette ({known})")
    return f"var(--{found})"


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
        unseen = unseen or (child.tag == "line" and _has_no_length(child))
        if empty or unseen or child.get("display") == "none" or child.get("opacity") == "0":
            element.remove(child)
        elif child.tag == "g" and not child.attrib:
            at = list(element).index(child)
            element.remove(child)
            for offset, grandchild in enumerate(list(child)):
                element.insert(at + offset, grandchild)


def _has_no_length(line: ElementTree.Element) -> bool:
    """Whether a line begins where it ends, without an end that paints by itself."""
    return {line.get("x2"), line.get("y2")} == {"0"} and "stroke-linecap" not in line.attrib


def text_of(root: ElementTree.Element) -> str:
    return html.xml_text(ElementTree.tostring(root, encoding="unicode")).replace(" />", "/>")
