"""A drawing that is taken away: it says what it shows, its sources, terms and address."""

from __future__ import annotations

import math
from collections.abc import Iterable
from xml.etree import ElementTree

from tallybook.model.widths import broken, em
from tallybook.pictures.light import SVG, light, text_of
from tallybook.pictures.palette import PALETTE
from tallybook.pictures.render import BOLD, FONTS

TITLE, SMALL, LEADING, MARGIN = 16, 12, 1.35, 12  # px; line height in times the size


def standalone(svg: str, alt: str, headline: str = "", notes: Iterable[str] = ()) -> str:
    """A drawing by Vega as a file of its own: light colours, title, the headline above it, and
    notes under it."""
    root = light(svg, "part-")
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    head = _wrapped(headline, (width - 2 * MARGIN) / TITLE / BOLD)
    foot = [line for note in notes for line in _wrapped(note, (width - 2 * MARGIN) / SMALL)]
    above = _height(head, TITLE)
    whole = height + above + _height(foot, SMALL)
    size = {"width": f"{width:g}", "height": f"{whole:g}"}
    named = {"role": "img", "aria-labelledby": "title"}
    face = {"font-family": FONTS, "paint-order": "stroke"}
    box = {"viewBox": f"0 0 {width:g} {whole:g}"}
    alone = ElementTree.Element("svg", {"xmlns": SVG[1:-1], **size, **box, **named, **face})
    ElementTree.SubElement(alone, "title", {"id": "title"}).text = alt
    ElementTree.SubElement(alone, "rect", {**size, "fill": PALETTE["paper"]})
    _write(alone, head, MARGIN + TITLE, TITLE, "ink", "bold")
    moved = {"transform": f"translate(0,{above})"} if above else {}
    ElementTree.SubElement(alone, "g", moved).extend(list(root))
    _write(alone, foot, above + height + MARGIN + SMALL, SMALL, "soft", "normal")
    return text_of(alone) + "\n"


def _wrapped(text: str, room: float) -> list[str]:
    """A text in lines of at most ``room`` times its size."""
    return broken(text, lambda line: em(line) <= room)


def _height(lines: list[str], size: int) -> int:
    """Room for some lines in whole pixels, so that a picture has whole ones too."""
    return math.ceil(len(lines) * size * LEADING + MARGIN * 1.5) if lines else 0


def _write(
    root: ElementTree.Element, lines: list[str], y: float, size: int, ink: str, weight: str
) -> None:
    look = {"font-size": str(size), "fill": PALETTE[ink], "font-weight": weight}
    for at, line in enumerate(lines):
        place = {"x": str(MARGIN), "y": f"{y + at * size * LEADING:g}"}
        ElementTree.SubElement(root, "text", place | look).text = line
