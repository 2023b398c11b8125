"""Tables with their descriptions, for a chapter that is begun or generated: every row names its source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

OURS = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 for the table as we compiled it; single facts are free",
}


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows, the headings first, as the text of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def resource(chapter: str, table: str, title: str, description: str, fields: list[dict]) -> dict:
    """A table of a chapter as the data package describes it; its first field is its key. ``seal`` adds what follows from it."""
    return {
        "name": f"{chapter}-{table}",
        "type": "table",
        "path": f"{chapter}/{table}.csv",
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": "",
        "bytes": 0,
        "licenses": [OURS],
        "schema": {
            "fields": fields,
            "primaryKey": [fields[0]["name"]],
            "foreignKeys": [{"fields": ["source_key"], "reference": {"resource": "sources", "fields": ["key"]}}],
        },
    }
