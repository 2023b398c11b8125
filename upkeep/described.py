"""Tables with their descriptions, for a chapter that is begun or generated: every row names its
source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tallybook.data import inference

OURS = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": (
        "Creative Commons Attribution 4.0 for the table as we compiled it; single facts are free"
    ),
}


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows, the headings first, as the text of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def resource(
    path: str, text: str, title: str, description: str, known: Iterable[dict] = ()
) -> dict:
    """A table of ours as ``tallybook describe`` describes it, with the words that an author fills
    in."""
    return inference.description(path, text.encode(), known) | {
        "title": title,
        "description": description,
        "licenses": [OURS],
    }
