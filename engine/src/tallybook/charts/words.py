"""The words of a chart in the language that is written.

A chart's words are looked up where they are measured (``drawing.px``, ``wrap``), for a text in
another language needs other room, and here once more, wherever they still stand in its
specification. A text that is put together from several must come from a template, which has to be
looked up where it is put together.
"""

from __future__ import annotations

import re
from typing import Any

from babel import Locale
from babel.dates import get_day_names, get_month_names

from tallybook import language
from tallybook.charts.grammar import KINDS
from tallybook.language import gettext
from tallybook.pictures.palette import PALETTE

# Keys under which words stand; and what else does there.
_WORDS = {"title", "text", "datasets", "values", "domain", "sort", "value"}
# Keys under which none do, wherever they stand.
_NEVER = set(["field", "type", "format", "expr", "name", "param", "aggregate", "range", "scale"])
_LOOK = {
    *PALETTE.values(),
    *PALETTE,
    *KINDS,
    *["left", "right", "center", "middle", "top", "bottom", "bold"],
}
_NO_WORDS = re.compile(r"#[0-9a-f]{6}|\d{4}-\d\d(-\d\d.*)?|[\W\d_]*")


def spoken(spec: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite specification with its words, and with the numbers and days of its axes, in the
    language that is written."""
    if language.now() == language.ENGLISH:
        return spec
    found: dict[str, Any] = _said(spec, within=False)
    return found | {"config": {**spec.get("config", {}), "locale": locale()}}


def _said(part: Any, within: bool) -> Any:
    """``within``: whether it is part of something that holds words."""
    if isinstance(part, dict):
        lines = {key: value for key, value in part.items() if _in_lines(key, value)}
        return lines | {
            key: _said(value, (within or key in _WORDS) and not _for_programs(key))
            for key, value in part.items()
            if key not in lines
        }
    if isinstance(part, list):
        return [_said(value, within) for value in part]
    # What has a line break has been broken into lines, and was looked up before.
    if not within or not isinstance(part, str) or "\n" in part or part in _LOOK:
        return part
    return part if _NO_WORDS.fullmatch(part) else gettext(part)


def _in_lines(key: str, value: Any) -> bool:
    """Whether it is a title that has been broken into lines, and was looked up before."""
    return key == "title" and isinstance(value, list)


def _for_programs(key: str) -> bool:
    """Whether no reader sees what stands under a key or in a column: so it is with a letter."""
    return key in _NEVER or len(key) == 1 or key.startswith("_")


def locale() -> dict[str, Any]:
    """How d3 prints numbers and days, as Babel knows it."""
    code = language.now()
    here = Locale.parse(code)
    symbols = here.number_symbols["latn"]
    months, days = get_month_names, get_day_names
    short = [name.rstrip(".") for name in _in_order(months("abbreviated", locale=code), 1, 12)]
    week = (6, *range(6))  # d3 begins with Sunday
    return {
        "number": {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["", "\u202f€"],
            "minus": "\u2212",
        },
        "time": {
            "dateTime": "%A %e %B %Y %X",
            "date": "%d/%m/%Y",
            "time": "%H:%M:%S",
            "periods": ["", ""],
            "days": [days("wide", locale=code)[day] for day in week],
            "shortDays": [days("abbreviated", locale=code)[day] for day in week],
            "months": _in_order(months("wide", locale=code), 1, 12),
            "shortMonths": short,
        },
    }


def _in_order(names: Any, first: int, last: int) -> list[str]:
    return [str(names[at]) for at in range(first, last + 1)]
