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
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import vl_convert

from tallybook import files
from tallybook.errors import TallybookError
from tallybook.model import html
from tallybook.pictures.slim import SVG, slim
from tallybook.project import ENGINE

# Read on Linux; elsewhere the fonts of the machine are there as well.
FONT_LIST = ENGINE / "pictures" / "fonts.conf"
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
MIN_TEXT = 12.0  # px, as the reader sees it
COLUMN = {"broad": 720.0, "narrow": 340.0}  # px: the narrowest column in which a drawing is shown
SCALE = 2  # pixels of a PNG for each of the drawing: sharp on paper and on fine screens
SLACK = 3  # px a drawing may reach over its edge, as Vega rounds up: half a line, a rounded label
_COLOURS = ("fill", "stroke", "stop-color")
_PLAIN = {"none", "transparent", "currentColor", "inherit"}


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
    files.write_whole(path, pickle.dumps(made))
    return made


def paint_and_keep(standalone_svg: str, path: Path) -> bytes:
    """``png`` of a standalone drawing, kept at ``path``."""
    made = png(standalone_svg, SCALE)
    files.write_whole(path, pickle.dumps(made))
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


def text_of(root: ElementTree.Element) -> str:
    return html.xml_text(ElementTree.tostring(root, encoding="unicode")).replace(" />", "/>")
