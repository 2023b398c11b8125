"""Results as text: aligned in a terminal, and a Markdown table when pasted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows, the headings first, as the text of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with its columns aligned: the first to the left, the others to the right.

    Raises ``ValueError`` for a row that has not as many cells as there are heads.
    """
    widths = [max(3, *map(len, column)) for column in zip(heads, *rows, strict=True)]
    rule = [":".rjust(width, "-") for width in widths]
    rule[0] = "-" * widths[0]
    lines = []
    for first, *others in (heads, rule, *rows):
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        lines.append("| " + " | ".join([first.ljust(widths[0]), *cells]) + " |")
    return "\n".join(lines)
