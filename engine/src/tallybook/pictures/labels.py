"""Whether a drawing prints all that it shows, or holds more for a reader who points at it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from tallybook.pictures.slim import SVG

_MARKS = re.compile(r"mark-(\w+) role-mark")  # as Vega names a group of marks, axes left out
_ONE_EACH = ("symbol", "rect", "rule", "arc", "shape")  # a line or an area is one mark for all rows


def labelled(svg: str) -> bool:
    """Whether a drawing of Vega has at least as many labels as marks of any one group."""
    labels, marks = 0, 0
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        if found := _MARKS.match(group.get("class", "")):
            if found[1] == "text":
                labels += len(group)
            elif found[1] in _ONE_EACH:
                marks = max(marks, len(group))
    return labels >= marks
