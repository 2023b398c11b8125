"""Tables for readers: a DataFrame as plain HTML, its numbers formatted in one place."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any

import pandas as pd

from tallybook import language, project
from tallybook.data import sources
from tallybook.data.provenance import source_place
from tallybook.language import N_, gettext
from tallybook.model.days import DAY, MONTH, dated, in_words, is_date
from tallybook.model.digits import exponent, settled_frame
from tallybook.model.formatting import plain, show, unit_name
from tallybook.model.html import SOURCES, label
from tallybook.model.numbers import Number

MISSING = "\u2013"


def show_table(frame: pd.DataFrame, caption: str, formats: Mapping[str, int] | None = None) -> None:
    """Show a DataFrame to the reader as a table; its index is not shown.

    ``formats``: column -> decimals (default: see ``places``). Raises ``KeyError`` if it names a
    column that is not there.
    """
    show_in_all(lambda: bundle(frame, caption, formats))


def bundle(
    frame: pd.DataFrame,
    caption: str,
    formats: Mapping[str, int] | None = None,
    first: int | None = None,
) -> dict[str, Any]:
    """What ``show_table`` shows, in the language that is written. ``first``: how many rows the page
    prints (default: all); the plain text has all of them."""
    return {
        "text/html": table_html(frame[:first], caption, formats),
        "text/plain": settled_frame(frame).to_csv(index=False, lineterminator="\n"),
    }


def registry_table(numbers: Iterable[Number]) -> None:
    """Show numbers with their ids: formatted in the page, and exact (``repr``) as plain text. The
    plain text is one line per number, tab-separated: id, value, low, high, unit, label."""
    numbers = list(numbers)
    exact = "\n".join(registry_lines(numbers))
    heads = {"id": False, "value": True, "low": True, "high": True, "unit": False, "label": False}

    def rows() -> Iterator[list[str]]:
        for n in numbers:
            ends = [MISSING if n.low is None else show(n, part) for part in ("low", "high")]
            yield [n.id, show(n), *ends, unit_name(n), n.label]

    caption = N_("All numbers of this chapter, with the ends of their intervals")
    show_in_all(lambda: {"text/html": _table(caption, heads, rows()), "text/plain": exact})


def show_in_all(make: Callable[[], dict[str, Any]], metadata: dict[str, Any] | None = None) -> None:
    """Show what ``make`` gives in each language of the report, as one output of a cell: MIME type
    -> what a reader of that type gets. A script prints the plain text."""
    from IPython import get_ipython  # not needed, and slow to import, outside a notebook
    from IPython.display import display

    bundle, editions = make(), {}
    for code in language.others():
        language.asked.clear()
        with language.speaking(code, project.here().root, (language.CHARTS,)):
            editions[code] = {**make(), language.ASKED: [*language.asked]}
    if get_ipython() is None:
        print(bundle["text/plain"])
    else:
        shown = bundle | ({language.EDITIONS: editions} if editions else {})
        # IPython has no types
        display(shown, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]


def registry_lines(numbers: Iterable[Number]) -> list[str]:
    """One tab-separated line per number, floats as ``repr``; the first line is the header."""
    lines = ["id\tvalue\tlow\thigh\tunit\tlabel"]
    for n in numbers:
        ends = ["" if end is None else repr(end) for end in (n.low, n.high)]
        lines.append("\t".join([n.id, repr(n.value), *ends, n.unit, n.label]))
    return lines


def table_html(frame: pd.DataFrame, caption: str, formats: Mapping[str, int] | None = None) -> str:
    """The HTML of ``show_table``: headings with ``scope``, numbers right-aligned (class ``n``),
    labels (see ``html.label``)."""
    formats = formats or {}
    for name in formats:
        if name not in frame.columns:
            known = ", ".join(map(str, frame.columns))
            raise KeyError(f"table {caption!r}: no column {name!r}; expected one of: {known}")
    heads = {str(name): is_numeric(frame[name]) for name in frame.columns}
    texts = [column_texts(frame[name], formats.get(name)) for name in frame.columns]
    return _table(caption, heads, zip(*texts, strict=True))


def source_html(key: str) -> str:
    """A source as "Author year", with a link; what is no source's key stays as it is."""
    names = _sources(language.now())
    if key not in names:
        return escape(key)
    page = escape(_page_of_sources())
    return f'<a href="{page}#{source_place(key)}">{escape(names[key])}</a>'


@functools.cache
def _page_of_sources() -> str:
    """A report that was taken from its site holds a file with the address."""
    path = project.here().root / project.SOURCES
    return path.read_text(encoding="utf-8").strip() if path.is_file() else SOURCES


@functools.cache
def _sources(_language: str) -> dict[str, str]:
    return sources.names()


def is_numeric(column: pd.Series) -> bool:
    """Whether a column holds numbers (booleans are words)."""
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def column_texts(column: pd.Series, how: int | None = None) -> list[str]:
    """The cells of a column as text; a missing cell is a dash. ``how``: decimals, or ``None`` for
    ``places`` (a column of years stays as it is)."""
    if pd.api.types.is_datetime64_any_dtype(column):
        pattern = MONTH if months(column) else DAY
        return [MISSING if pd.isna(cell) else in_words(cell, pattern) for cell in column]
    if _dates(column):
        return [MISSING if pd.isna(cell) else dated(cell) for cell in column]
    if not is_numeric(column):
        return [MISSING if pd.isna(cell) else str(cell) for cell in column]
    values = [float(cell) for cell in column.dropna()]
    if how is None and _years(column.name, values):
        return [MISSING if pd.isna(cell) else str(int(cell)) for cell in column]
    decimals = places(values) if how is None else how
    return [MISSING if pd.isna(cell) else plain(float(cell), decimals) for cell in column]


def _dates(column: pd.Series) -> bool:
    """Whether all that a column of texts holds are days or months as files have them."""
    texts = [cell for cell in column.dropna()]
    return bool(texts) and all(isinstance(cell, str) and is_date(cell) for cell in texts)


def months(column: pd.Series) -> bool:
    """Whether a column of days names months by their first days."""
    return bool((column.dropna().dt.day == 1).all())


def places(values: list[float]) -> int:
    """Decimals for a column: none if all are whole, else three significant digits of the median
    size, at most six."""
    sizes = sorted(abs(v) for v in values if v != 0)
    if not sizes or all(float(v).is_integer() for v in values):
        return 0
    return min(6, max(0, 2 - exponent(sizes[len(sizes) // 2])))


def _years(name: object, values: list[float]) -> bool:
    """Years carry no thousands separator; the heading has to say that they are years."""
    return "year" in str(name).lower() and all(v.is_integer() and 1000 <= v <= 2999 for v in values)


def _table(caption: str, heads: Mapping[str, bool], rows: Iterable[Iterable[str]]) -> str:
    """``heads``: the heading of each column, and whether it holds numbers."""
    names = "".join(
        f'<th scope="col"{_class(number)}>{escape(gettext(name))}</th>'
        for name, number in heads.items()
    )
    lines = []
    for row in rows:
        cells = zip(heads.items(), row, strict=True)
        parts = (_cell(name, text, number, len(heads)) for (name, number), text in cells)
        lines.append(f"<tr>{''.join(parts)}</tr>")
    head = f"<caption>{escape(gettext(caption))}</caption>\n<thead><tr>{names}</tr></thead>"
    body = "\n".join(lines)
    return f'<table class="data">\n{head}\n<tbody>\n{body}\n</tbody>\n</table>'


def _cell(name: str, text: str, number: bool, columns: int) -> str:
    html = (
        source_html(text) if name == "source" else escape(text if name == "id" else gettext(text))
    )
    return f"<td{_class(number)}{label(gettext(name), columns)}>{html}</td>"


def _class(number: bool) -> str:
    return ' class="n"' if number else ""
