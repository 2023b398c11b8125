"""Results as text: aligned in a terminal, and a Markdown table when pasted."""

from __future__ import annotations

from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with its columns aligned; the first column is text, the others are set to
    the right.

    Raises ``ValueError`` for a row that has not as many cells as there are heads.
    """
    for row in rows:
        if len(row) != len(heads):
            raise ValueError(
                f"found a row of {len(row)} cells under {len(heads)} heads: {list(row)}"
            )
    widths = [
        max(3, *(len(str(line[column])) for line in (heads, *rows))) for column in range(len(heads))
    ]
    rule = [
        ("-" * width) if not column else "-" * (width - 1) + ":"
        for column, width in enumerate(widths)
    ]
    return "\n".join(_line(line, widths) for line in (heads, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return (
        "| "
        + " | ".join(
            [str(first[0]).ljust(first[1]), *(str(cell).rjust(width) for cell, width in others)]
        )
        + " |"
    )
