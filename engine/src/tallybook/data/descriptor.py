"""The description of the tables that is published, ``datapackage.json``: a Data Package, made from
what the author says of them, with the sha256, the size and the sources of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tallybook import files
from tallybook.data import cells, schema

NAME = "datapackage.json"
WHOLE = ("title", "description", "licenses")  # of all tables together
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def package(folder: Path, name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The whole description; ``said``: what is known of the report, such as its version."""
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
