"""Write ``data/sources.csv`` from ``data/sources.bib``, and each table's sha256, size and sources into ``data/datapackage.json``.

To be run after a change that was meant:

python -m tallybook seal
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tallybook import data, files
from tallybook.data import bibliography, terms
from tallybook.data.descriptions import is_table
from tallybook.data.encoding import text_fault


def seal(folder: Path) -> list[str]:
    """Bring hashes, sizes and sources up to date; returns the names of the tables that had changed.

    Raises ``data.DataError`` if a table or the description is not there, or a table is no text; nothing is written then.
    """
    package = data.descriptor(folder)
    for resource in package["resources"]:
        path = folder / resource["path"]
        if not path.is_file():
            raise data.DataError(f"data/{resource['path']}: file not found; expected the file described in datapackage.json")
        if is_table(resource) and (fault := text_fault(path.read_bytes())):
            raise data.DataError(f"data/{resource['path']}, {fault}")
    changed = []
    for resource in package["resources"]:
        path = folder / resource["path"]
        fresh = {"hash": f"sha256:{files.digest(path)}", "bytes": path.stat().st_size}
        if is_table(resource):
            fresh["sources"] = terms.sources(resource, folder)
        if any(resource.get(key) != value for key, value in fresh.items()):
            changed.append(resource["path"])
            resource.update(fresh)
    if changed:
        text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return changed


def write_sources(folder: Path) -> None:
    """Write ``sources.csv``. Raises ``BibliographyError`` if ``sources.bib`` is not what it must be; nothing is written then."""
    text = bibliography.table_text(bibliography.read(folder / "sources.bib"))
    (folder / "sources.csv").write_text(text, encoding="utf-8")


def main() -> int:
    """Seal the tables of this folder and say which had changed; returns the exit code."""
    try:
        write_sources(Path("data"))
        sealed = seal(Path("data"))
    except (bibliography.BibliographyError, data.DataError) as error:
        print(error, file=sys.stderr)
        return 1
    for name in sealed:
        print(f"sealed data/{name}")
    return 0
