"""From a Vega-Lite specification to pictures: pure functions, the same bytes for the same chart. A
drawing is measured in the Liberation Sans that vl-convert brings along, so that it does not depend
on the fonts of the machine; the page then shows it in its own sans."""

from __future__ import annotations

import functools
import os
from typing import Any

import vl_convert

from tallybook.errors import TallybookError
from tallybook.pictures.light import light, text_of
from tallybook.pictures.palette import PALETTE
from tallybook.project import ENGINE

# Read on Linux; elsewhere the fonts of the machine are there as well.
FONT_LIST = ENGINE / "pictures" / "fonts.conf"
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
BOLD = 1.1  # bold letters are about that much wider
_COLOURS = ("fill", "stroke", "stop-color")
_PLAIN = {"none", "transparent", "currentColor", "inherit"}
_NAMES = {value: name for name, value in PALETTE.items()}


class RenderError(TallybookError):
    """A chart cannot be shown as it is."""


@functools.cache
def _fonts() -> None:
    # The library prefers a font file of the machine to its own copy in memory, and opens the file
    # anew for every letter.
    os.environ["FONTCONFIG_FILE"] = str(FONT_LIST)


def draw(spec: dict[str, Any]) -> str:
    """The SVG of a Vega-Lite specification. Raises ``RenderError`` with Vega's own words."""
    _fonts()
    try:
        return vl_convert.vegalite_to_svg(spec)
    except ValueError as error:
        said = str(error).strip().splitlines()[0]
        raise RenderError(f"Vega-Lite cannot draw it: {said}") from None


def inline(svg: str, name: str, kind: str, alt: str) -> str:
    """A drawing as part of a page: colours as CSS variables, no font, no size, ids of its own,
    ``alt`` as its name. Raises ``RenderError`` for a colour that is not in the palette, for the
    dark page could not show it."""
    root = light(svg, f"{name}-{kind}-")
    for element in root.iter():
        for key in _COLOURS:
            if key in element.attrib:
                element.set(key, _variable(element.attrib[key]))
    # A reader's font may be a little wider than the one it was measured in: nothing is cut at the
    # edge. Text has a halo of the colour of paper, which must lie under it.
    root.attrib = {
        **{"class": kind, "viewBox": root.attrib["viewBox"], "role": "img", "aria-label": alt},
        **{"width": "100%", "overflow": "visible", "paint-order": "stroke"},
    }
    return text_of(root)


def png(standalone_svg: str, scale: int) -> bytes:
    """A picture of a standalone SVG, ``scale`` pixels for each of its own."""
    _fonts()
    return vl_convert.svg_to_png(standalone_svg, scale=scale)


def _variable(value: str) -> str:
    if value in _PLAIN or value.startswith("url("):
        return value
    found = _NAMES.get(value.lower())
    if found is None:
        known = ", ".join(sorted(_NAMES))
        raise RenderError(f"found the colour {value}; expected one of the palette ({known})")
    return f"var(--{found})"
