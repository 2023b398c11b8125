"""The table behind a chart: as a file, and in the page."""

from __future__ import annotations

import csv
import io
import re
from html import escape
from typing import Any

from tallybook.data.cells import FORMULA
from tallybook.language import gettext as _
from tallybook.model.formatting import plain
from tallybook.model.html import label

ROWS_SHOWN = 24
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def csv_text(table: dict[str, Any]) -> str:
    """The whole table behind a chart, numbers as they are.

    A spreadsheet may run a cell as a formula if it begins with ``=``, ``+``, ``-``, ``@``, a tab or
    the end of a line. A text that begins so gets an apostrophe before it, as OWASP advises; a
    program that reads the file has to take it off again. A text that is nothing but a number, such
    as ``-3.5``, can do no harm and stays as it is.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_inert(cell) for cell in row] for row in (table["columns"], *table["rows"]))
    return out.getvalue()


def _inert(cell: object) -> object:
    """A cell that no spreadsheet runs; nothing for ``None``."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    # The writer quotes one kind of line end only.
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def table_html(name: str, table: dict[str, Any]) -> str:
    """The table behind a chart, its first rows."""
    classes = [' class="n"' if number else "" for number in table["numeric"]]
    names = [_(column.replace("_", " ")) for column in table["columns"]]
    starts = [f"<td{c}{label(name, len(names))}>" for name, c in zip(names, classes, strict=True)]
    heads = "".join(
        f'<th scope="col"{c}>{escape(name)}</th>' for name, c in zip(names, classes, strict=True)
    )
    rows = ""
    for row in table["shown"][:ROWS_SHOWN]:
        cells = (f"{start}{escape(cell)}</td>" for start, cell in zip(starts, row, strict=True))
        rows += f"<tr>{''.join(cells)}</tr>"
    total, said = len(table["shown"]), _("The data of this chart: all rows")
    if total > ROWS_SHOWN:
        said = _("The data of this chart: the first {count} of {all} rows; the CSV holds all")
        said = said.format(count=ROWS_SHOWN, all=plain(total, 0))
    return (
        f'<table class="data"><caption>{said}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
