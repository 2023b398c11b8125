"""Write ``data/sources.csv`` from ``data/sources.bib``, and each table's sha256, size and sources
into ``data/datapackage.json``.

To be run after a change that was meant:

python -m tallybook seal

A changed table whose rows ``check`` would refuse is not sealed: its faults are named, and nothing
is written. What a row says of other tables, as the key of a source, is left to ``check``, since
those tables may be about to change too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tallybook import data, files
from tallybook.data import bibliography, cells, descriptions, terms, validation
from tallybook.data.descriptor import NOT_THERE

MADE = Path(bibliography.TABLE).name


def seal(folder: Path) -> list[str]:
    """Bring the table of sources, hashes, sizes and sources up to date; returns the paths of the
    tables that had changed.

    Raises ``BibliographyError`` if ``sources.bib`` is not what it must be, and ``data.DataError``
    if the description is not there, a table is not, or a changed one has faults; nothing is written
    then.
    """
    made = bibliography.table_text(bibliography.read(folder / "sources.bib")).encode()
    package = data.descriptor(folder)
    paths = [resource["path"] for resource in package["resources"]]
    contents = {path: made if path == MADE else _content(folder, path) for path in paths}
    changed = [one for one in package["resources"] if _update(one, contents[one["path"]], made)]
    names = [one["name"] for one in package["resources"]]
    faults = (_faults(one, folder, contents[one["path"]], names) for one in changed)
    if found := [line for each in faults for line in each]:
        raise data.DataError("\n".join(found))
    (folder / MADE).write_bytes(made)
    if changed:
        write(package, folder)
    return [one["path"] for one in changed]


def write(package: dict[str, Any], folder: Path) -> None:
    """Write the description of the tables."""
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _content(folder: Path, path: str) -> bytes:
    if not (folder / path).is_file():
        raise data.DataError(f"data/{path}: {NOT_THERE}")
    return (folder / path).read_bytes()


def _update(resource: dict[str, Any], content: bytes, made: bytes) -> bool:
    """Write hash, size and sources into a description; whether that changed it."""
    fresh: dict[str, Any] = {"hash": f"sha256:{files.sha256(content)}", "bytes": len(content)}
    if descriptions.is_table(resource):
        fresh["sources"] = terms.sources(resource, content, made)
    changed = any(resource.get(key) != value for key, value in fresh.items())
    resource.update(fresh)
    return changed


def _faults(resource: dict[str, Any], folder: Path, content: bytes, names: list[str]) -> list[str]:
    """What ``check`` would refuse about a table as it is now, keys of other tables left out."""
    if not descriptions.is_table(resource):
        return []
    if found := descriptions.description_faults(resource, names):
        return found
    shown = f"data/{resource['path']}"
    if fault := cells.text_fault(content):
        return [f"{shown}, {fault}"]
    found = validation.faults(resource, (), folder, content)
    return cells.listed([shown + fault for fault in found], shown)


def main() -> int:
    """Seal the tables of this folder and say which had changed; returns the exit code."""
    try:
        sealed = seal(Path("data"))
    except (bibliography.BibliographyError, data.DataError) as error:
        print(error, file=sys.stderr)
        return 1
    for name in sealed:
        print(f"sealed data/{name}")
    return 0
