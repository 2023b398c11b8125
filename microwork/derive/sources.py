"""``data/sources.csv`` from ``data/sources.bib``: one row per source, so that tables can point to it.

python -m microwork.derive.sources
"""

from __future__ import annotations

import sys

from tallybook.data.bibliography import BibliographyError, read, table_text

from microwork.paths import BIBLIOGRAPHY, DATA


def sources_csv() -> str:
    """The text of ``sources.csv``. Raises ``BibliographyError`` if ``sources.bib`` is not what it must be."""
    return table_text(read(BIBLIOGRAPHY))


def main() -> int:
    """Write the table; a bibliography that is not what it must be is named, and nothing is written."""
    try:
        text = sources_csv()
    except BibliographyError as error:
        print(error, file=sys.stderr)
        return 1
    (DATA / "sources.csv").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
