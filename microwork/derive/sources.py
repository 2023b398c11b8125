"""``data/sources.csv`` from ``data/sources.bib``: one row per source, so that tables can point to it.

python -m microwork.derive.sources
"""

from __future__ import annotations

import csv
import io

from pybtex.database import parse_file
from pylatexenc.latex2text import LatexNodes2Text

from microwork.paths import BIBLIOGRAPHY, DATA

COLUMNS = ("key", "kind", "author", "year", "title", "url")


def sources_csv() -> str:
    """The text of ``sources.csv``: sorted by key, LaTeX turned into plain Unicode."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    plain = LatexNodes2Text().latex_to_text
    for key, entry in sorted(parse_file(str(BIBLIOGRAPHY), "bibtex").entries.items()):
        authors = "; ".join(plain(str(person)) for person in entry.persons.get("author", []))
        fields = entry.fields
        writer.writerow(
            [key, entry.type, authors, fields.get("year", ""), plain(fields["title"]), fields.get("url", "")]
        )
    return out.getvalue()


if __name__ == "__main__":
    (DATA / "sources.csv").write_text(sources_csv(), encoding="utf-8")
