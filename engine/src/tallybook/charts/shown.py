"""A chart shows numbers that Python has computed, and computes none itself: no formula stands in a
page as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

DATA = ("datasets", "values")
# What Vega-Lite would compute of the rows: parts of an encoding, and all transforms but a filter.
SUMMED = ("aggregate", "bin", "timeUnit")
EXPRESSIONS = ("expr", "filter", "test", "labelExpr")
CALLS = ("format", "indexof", "isFinite", "isValid")  # that look, or write
_FROM_EDGE = re.compile(r"width - [\d.]+")  # a place; how wide a drawing is, only Vega knows
_TEXT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")
_FORMULA = re.compile(rf"[-+*/%^]|\b(?!(?:{'|'.join(CALLS)})\b)\w+\s*\(")


def computed(part: Any) -> Iterator[str]:
    """What a specification, or a part of it, would compute, as a message has it."""
    for inner in part if isinstance(part, list) else ():
        yield from computed(inner)
    for key, value in part.items() if isinstance(part, dict) else ():
        if key in DATA:
            continue
        if key == "transform":
            yield from (f"the transform {one}" for one in value if "filter" not in one)
        if key in SUMMED and value:
            yield f"the {key} {value}"
        if key in EXPRESSIONS and isinstance(value, str) and formula(value):
            yield f"the expression {value}"
        yield from computed(value)


def formula(expression: str) -> bool:
    """Whether an expression of Vega makes a number of others."""
    outside = _TEXT.sub("''", expression)
    return not _FROM_EDGE.fullmatch(outside) and _FORMULA.search(outside) is not None
