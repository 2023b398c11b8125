"""Small pieces of HTML that several pages share; and text made safe for scripts and XML."""

from __future__ import annotations

import json
import math
import re
from html import escape
from typing import Any

# A parser of HTML looks for "<!--", "<script" and "</script" in a script element. Old browsers end
# a string at the last two.
_NOT_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
# Characters that XML 1.0 does not allow, however they are written.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

SOURCES = "sources.html"  # stands for the page of sources, wherever it lies
STACKED = 4  # columns of a table whose rows are stacked on a phone, as report.css says too


def label(name: str, columns: int) -> str:
    """The heading of a cell as an attribute, if the rows of such a table are stacked on a phone."""
    return f' data-label="{escape(name)}"' if columns >= STACKED else ""


def script_json(content: object, **how: Any) -> str:
    """``content`` as JSON that may stand in a script element or a script file: none of its text can
    end the element or begin a comment. ``how``: options of ``json.dumps``. Every parser of JSON
    gives the same content back."""
    # Outside a string JSON has none of these signs, and within one it may write any character so.
    return json.dumps(content, ensure_ascii=False, **how).translate(_NOT_IN_SCRIPTS)


def xml_text(text: str) -> str:
    """``text`` with a replacement character for each one that XML does not allow."""
    return _NOT_IN_XML.sub("\ufffd", text)


def whisker(low: float | None, high: float | None, value: float, claim: tuple[float, float]) -> str:
    """What was found as a bar, what was said as a mark, on a scale of their own."""
    points = [x for x in (low, high, value, *claim) if x is not None]
    log = min(points) > 0 and max(points) / min(points) > 20
    scale = math.log10 if log else float
    start, end = min(map(scale, points)), max(map(scale, points))
    span = (end - start) or 1.0

    def x(v: float) -> str:
        return f"{6 + 108 * (scale(v) - start) / span:.1f}"

    found = ""
    if low is not None and high is not None:
        found = f'<path class="found" d="M{x(low)} 8H{x(high)}"/>'
    dot = f'<circle class="found" cx="{x(value)}" cy="8" r="3"/>'
    line = "2v12" if claim[0] == claim[1] else f"13H{x(claim[1])}"
    said = f'<path class="said" d="M{x(claim[0])} {line}"/>'
    hidden = 'aria-hidden="true" focusable="false"'
    return f'<svg class="whisk" viewBox="0 0 120 16" {hidden}>{found}{dot}{said}</svg>'
