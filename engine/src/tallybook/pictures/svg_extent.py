"""How far a drawing by Vega reaches to the left and right, at most: by hand, as nobody keeps a
measure that does not draw.

A bound need not be exact: where it proves that nothing lies outside, the drawing need not be made a
second time to find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from tallybook.model.widths import em

SVG = "{http://www.w3.org/2000/svg}"
ROUNDING, BOLD = (
    1.02,
    1.15,
)  # no text is wider than its letters in the regular face, times the first; a bold one, the second
EM = 1100  # thousandths: no letter is wider than that
_MOVE = re.compile(r"translate\(([-\d.e]+)(?:[, ][-\d.e]+)?\)")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_COUNT = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?")

Span = tuple[float, float]


def reach(svg: str) -> Span | None:
    """Least and most x (px of the drawing) that any mark can have; ``None`` for a drawing that is
    not read with certainty."""
    try:
        spans = list(_spans(ElementTree.fromstring(svg), 0.0))
    except (ArithmeticError, LookupError, ValueError):
        return None
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def _spans(element: ElementTree.Element, left: float) -> Iterator[Span]:
    """The spans of an element and of all inside; its parent starts at ``left``.

    Raises ``ValueError`` for one not known.
    """
    kind = element.tag.removeprefix(SVG)
    if kind in ("defs", "clipPath", "title"):
        return
    if (place := element.get("transform")) is not None:
        if (moved := _MOVE.fullmatch(place)) is None:
            raise ValueError(f"found the transform {place!r}; expected a translation")
        left += float(moved[1])
    half = float(element.get("stroke-width", 1)) / 2
    if kind == "text":
        yield from (_text(line, element, left) for line in _lines(element))
        return
    if kind == "path":
        yield from ((left + x - half, left + x + half) for x in _places(element.get("d", "")))
    elif kind == "line":
        ends = (0.0, float(element.get("x2", 0)))
        yield left + min(ends) - half, left + max(ends) + half
    elif kind not in ("svg", "g"):
        raise ValueError(f"found the element {kind!r}; expected one that Vega writes")
    for inside in element:
        yield from _spans(inside, left)


def _lines(text: ElementTree.Element) -> list[str]:
    parts = [text, *text]
    if any(part.get("transform") or part.get("dx") for part in parts[1:]):
        raise ValueError("found a line of text that is moved; expected lines one under the other")
    return [part.text or "" for part in parts]


def _text(line: str, text: ElementTree.Element, left: float) -> Span:
    face = BOLD if text.get("font-weight") == "bold" else ROUNDING
    wide = face * em(line, EM) * float(text.attrib["font-size"].removesuffix("px"))
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
    return left - before * wide, left + (1 - before) * wide


def _places(path: str) -> Iterator[float]:
    """Places along x that enclose a path.

    Raises ``ValueError`` for a step that is none of M, L, A, h, v and Z.
    """
    x = start = 0.0
    for step, rest in _STEP.findall(path):
        found = [float(count) for count in _COUNT.findall(rest)]
        if step in "ML":
            for x in found[0::2]:
                yield x
            start = found[0] if step == "M" else start
        elif step == "A":
            for at in range(0, len(found), 7):
                end, across = found[at + 5], 2 * found[at]
                yield from (min(x, end) - across, max(x, end) + across)
                x = end
        elif step == "h":
            for far in found:
                x += far
                yield x
        elif step == "Z":
            x = start
        elif step != "v":
            raise ValueError(f"found the step {step!r} of a path; expected one that Vega writes")
