"""What may lie in ``data/``: all of it but what describes it is published, so every file is one
that is described; and ``SHA256SUMS`` holds the sha256 of each, so that a change which nobody meant
is noticed. After one that was meant:

    python -m tallybook seal

It also writes ``data/sources.csv`` from ``data/sources.bib``. A changed table whose rows
``check`` would refuse is not sealed: its faults are named, and nothing is written. What a row says
of other tables, as the key of a source, is left to ``check``, since those tables may be about to
change too.

What is published of the tables is a Data Package, with the sha256, the size and the sources of
each.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tallybook import files
from tallybook.data import cells, schema, validation
from tallybook.data.schema import DataError

SUMS = "SHA256SUMS"  # as ``sha256sum --check`` reads it
BOOKS = "sources.bib"
NOT_THERE = "file not found; expected the file described in tables.csv"
DESCRIBED = "datapackage.json"
WHOLE = ("title", "description", "licenses")  # of all tables together
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def published(folder: Path) -> list[str]:
    """Paths below ``folder`` of all that is published."""
    return [BOOKS, *schema.paths(folder)]


def faults(folder: Path) -> list[str]:
    """What is wrong with the files in ``folder``, whatever the tables hold: a line each."""
    there = {path.relative_to(folder).as_posix() for path in files.below(folder)}
    expected = "expected only what tables.csv describes, as all of data/ is published"
    strays = sorted(there - {*schema.OWN, SUMS, *published(folder)})
    found = [f"data/{path}: found a file that is not described; {expected}" for path in strays]
    for path in schema.read(folder).others:
        found += unsealed(path, folder) if path in there else [f"data/{path}: {NOT_THERE}"]
    return found


def seal(folder: Path) -> list[str]:
    """Bring sources and sums up to date; returns the paths of tables and files that had changed.

    Raises ``BibliographyError`` if ``sources.bib`` is not what it must be, and ``DataError`` if a
    table or its description is not there, or a changed one has faults; nothing is written then.
    """
    from tallybook.data import bibliography  # slow to import, and not needed to read a table

    made = bibliography.table_text(bibliography.read(folder / BOOKS)).encode()
    told, contents = sums(folder), {}
    for path in schema.paths(folder):
        if path != bibliography.NAME and not (folder / path).is_file():
            raise DataError(f"data/{path}: {NOT_THERE}")
        contents[path] = made if path == bibliography.NAME else (folder / path).read_bytes()
    fresh = {path: files.sha256(content) for path, content in contents.items()}
    changed = [path for path, digest in fresh.items() if told.get(path) != digest]
    found: list[str] = []
    for resource in schema.read(folder).tables.values():
        if (path := resource["path"]) in changed:
            rows = validation.faults(resource, contents[path], {})
            found += cells.listed(rows, f"data/{path}")
    if found:
        raise DataError("\n".join(found))
    if bibliography.NAME in contents:
        files.write_whole(folder / bibliography.NAME, made)
    if fresh != told:
        text = "".join(f"{digest}  {path}\n" for path, digest in sorted(fresh.items()))
        files.write_whole(folder / SUMS, text.encode())
    return changed


def sums(folder: Path) -> dict[str, str]:
    """The sha256 that each path had when it was sealed; none of it where nothing was sealed yet."""
    path = folder / SUMS
    return _sums(path) if path.is_file() else {}


@files.while_unchanged
def _sums(path: Path) -> dict[str, str]:
    rows = (line.partition("  ") for line in path.read_text("utf-8", "replace").splitlines())
    return {name: digest for digest, _, name in rows}


def unsealed(path: str, folder: Path) -> list[str]:
    """A line if a file is not what was sealed."""
    fresh, told = files.digest(folder / path), sums(folder).get(path, f"one in data/{SUMS}")
    how = f"(if the change is meant, run `{cells.SEAL}`)"
    return [] if fresh == told else [f"data/{path}: found sha256 {fresh}; expected {told} {how}"]


def package(folder: Path, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the author says of the tables, as a Data Package; ``said``: what is known of the report,
    such as its version."""
    known = schema.read(folder)
    books = {row["key"]: row for row in _rows((folder / "sources.csv").read_bytes())}
    whole = {key: value for key, value in known.whole.items() if key in WHOLE and value}
    every = (*known.tables.values(), *known.others.values())
    resources = [_resource(one, folder, books) for one in every]
    return {"$schema": PROFILE, "name": name, **whole, **said, "resources": resources}


def _resource(
    said: schema.Resource, folder: Path, books: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    content = (folder / said["path"]).read_bytes()
    fresh = {"hash": f"sha256:{files.sha256(content)}", "bytes": len(content)}
    made = {key: value for key, value in said.items() if value} | fresh
    if schema.by_row(said):
        keys = sorted({row["source_key"] for row in _rows(content) if row["source_key"]})
        made["sources"] = [_source(books[key]) for key in keys]
    elif (key := said["sources"][0]["title"]) in books:
        made["sources"] = [_source(books[key])]
    if keys_of := said.get("schema", {}).get("foreignKeys"):
        public = [{key: one[key] for key in ("fields", "reference")} for one in keys_of]
        made["schema"] = said["schema"] | {"foreignKeys": public}
    return made


def _source(row: Mapping[str, str]) -> dict[str, str]:
    who = ", ".join(part for part in (row["author"], row["year"]) if part).removesuffix(".")
    path = f"https://doi.org/{row['doi']}" if row["doi"] else row["url"]
    return {"key": row["key"], "title": f"{who}. {row['title']}"} | ({"path": path} if path else {})


def _rows(content: bytes) -> list[dict[str, str]]:
    header, *others = cells.rows(content)
    return [dict(zip(header, row, strict=True)) for row in others]


def main() -> int:
    """Seal the tables of this folder and say which had changed; returns the exit code. Raises
    ``DataError`` as ``seal`` does."""
    for name in seal(Path("data")):
        print(f"sealed data/{name}")
    return 0
