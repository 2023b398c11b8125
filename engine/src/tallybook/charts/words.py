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
from tallybook.charts.theme import PALETTE
from tallybook.language import gettext

# Keys whose values are names of something in the specification, and no words.
_NAMES = set("field type mark format formatType expr filter name as groupby data font".split())
_NO_WORDS = re.compile(r"#[0-9a-f]{6}|\d{4}-\d\d(-\d\d.*)?|[\W\d_]*")
_OTHER = {*PALETTE.values(), *PALETTE, *KINDS}


def spoken(spec: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite specification with its words, and with the numbers and days of its axes, in the
    language that is written."""
    if language.now() == language.ENGLISH:
        return spec
    found: dict[str, Any] = {key: _said(part, key) for key, part in spec.items() if key != "config"}
    return found | {"config": {**spec.get("config", {}), "locale": locale()}}


def _said(part: Any, key: str) -> Any:
    if isinstance(part, dict):
        return {inner: _said(value, inner) for inner, value in part.items()}
    if isinstance(part, list):
        return [_said(value, key) for value in part]
    if not isinstance(part, str) or key in _NAMES or key.startswith("$"):
        return part
    if part in _OTHER or _NO_WORDS.fullmatch(part):
        return part
    return gettext(part)


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
