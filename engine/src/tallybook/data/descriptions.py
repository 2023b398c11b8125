"""What is wrong with the description of the tables itself, before any table is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from tallybook.data import cells, terms

# What a description may say of how its file is read, and what it may not say.
READ_AS = {"format": "csv", "encoding": "utf-8"}
REQUIRED = ("name", "path", "hash")
KINDS: dict[type, str] = {str: "a text", list: "a list", dict: "an object"}
WORDS = ("title", "description")
NOT_READ = ("compression", "innerpath", "scheme", "extrapaths", "data", "rows", "fields")


def package_fault(package: Any) -> str | None:
    """What a whole description lacks before any table can be looked for in it, as found and wanted.
    All that reads a description relies on the shape that is checked here. Each check relies on
    those before it, so only the first fault is looked for."""
    return next(_faults(package), None)


def _faults(package: Any) -> Iterator[str]:
    resources: Any = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list):
        yield "found no list of resources; expected one, with a description of each table"
    seen: dict[tuple[str, str], int] = {}
    for number, resource in enumerate(resources, start=1):
        yield from (f"resource {number}{fault}" for fault in _of_resource(resource))
        if is_table(resource):
            yield from (f"table {resource['name']}{fault}" for fault in _of_table(resource))
        path = str(PurePosixPath(resource["path"]))
        for key, said in (("name", resource["name"]), ("path", path)):
            if (first := seen.setdefault((key, said), number)) != number:
                yield (
                    f"resource {number}: found the {key} {said!r}, as in resource {first};"
                    f" expected each {key} once"
                )


def _of_resource(resource: Any) -> Iterator[str]:
    """What is wrong with the name, path or hash of a table or file."""
    wanted = "expected a name, a path, a hash, and a schema if it is a table"
    if not isinstance(resource, dict):
        yield f": found {_shown(resource)}; {wanted}"
    yield from (f": found no {key}; {wanted}" for key in REQUIRED if key not in resource)
    yield from _types(resource, dict.fromkeys(REQUIRED, str))
    path = PurePosixPath(resource["path"])
    # Of a table, the check of its rows finds it.
    if not is_table(resource) and (path.is_absolute() or ".." in path.parts):
        yield f": found the path {resource['path']!r}; expected a path of a file below data/"


def _of_table(resource: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the schema of a table, or with what else is said of it."""
    if "schema" not in resource:
        yield ": found no schema; expected one, with the columns of the table"
    yield from _types(resource, {"schema": dict})
    schema = resource["schema"]
    yield from _types(schema, {"fields": list})
    fields = schema.get("fields", [])
    for number, field in enumerate(fields, start=1):
        if not isinstance(field, dict):
            wanted = "an object with a name and a type"
            yield f", field {number}: found {_shown(field)}; expected {wanted}"
    if not fields or not all("name" in field and "type" in field for field in fields):
        yield ": found no fields, or one without name or type; expected both for each column"
    for number, field in enumerate(fields, start=1):
        wrong = _types(field, {"name": str, "type": str, "constraints": dict})
        yield from (f", field {number}{fault}" for fault in wrong)
        yield from (f", column {field['name']}{fault}" for fault in _of_column(field))
    if not _are_names(schema.get("primaryKey")):
        key = _shown(schema.get("primaryKey"))
        yield f", primaryKey: found {key}; expected the columns that tell rows apart"
    yield from _types(schema, {"foreignKeys": list})
    yield from _types(resource, {"order": list})
    yield from _of_keys(schema.get("foreignKeys", []))
    yield from _of_entries(resource, [field["name"] for field in fields])


def _of_column(field: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the constraints of a column."""
    constraints = field.get("constraints", {})
    yield from _types(constraints, {"pattern": str})
    try:
        re.compile(constraints.get("pattern", ""))
    except re.error as error:
        found = f"{constraints['pattern']!r} ({error})"
        yield f", pattern: found {found}; expected a regular expression"
    for key in ("minimum", "maximum") if field["type"] in ("number", "integer") else ():
        limit = constraints.get(key, 0)
        if isinstance(limit, bool) or not isinstance(limit, (int, float)):
            yield f", {key}: found {_shown(limit)}; expected a number"


def _of_keys(keys: list[Any]) -> Iterator[str]:
    """What is wrong with the foreign keys of a table."""
    for number, key in enumerate(keys, start=1):
        fields = key.get("fields") if isinstance(key, dict) else None
        reference = key.get("reference") if isinstance(key, dict) else None
        to = reference if isinstance(reference, dict) else {}
        whole = isinstance(to.get("resource"), str) and _are_names(to.get("fields"))
        if not (whole and _are_names(fields)):
            wanted = "fields, and a reference with resource and fields"
            yield f", foreign key {number}: found {_shown(key)}; expected {wanted}"


def _of_entries(resource: dict[str, Any], columns: list[str]) -> Iterator[str]:
    """What is wrong with the order, the licences or the sources of a table."""
    for column in resource.get("order", []):
        if not isinstance(column, str) or column.removeprefix("-") not in columns:
            wanted = "columns of the table, with - before one that falls"
            yield f", order: found {_shown(column)}; expected {wanted}"
    for entry in ("licenses", "sources"):
        yield from _types(resource, {entry: list})
        others = (one for one in resource.get(entry, []) if not isinstance(one, dict))
        yield from (
            f", {entry}: found {_shown(one)}; expected objects with a title" for one in others
        )


def _are_names(part: object) -> bool:
    """Whether it is the name of a column, or a list of one or more."""
    listed = [part] if isinstance(part, str) else part
    return (
        isinstance(listed, list) and bool(listed) and all(isinstance(name, str) for name in listed)
    )


def _types(described: dict[str, Any], wanted: dict[str, type]) -> Iterator[str]:
    """The parts that are there and have another type than wanted."""
    for key, kind in wanted.items():
        if key in described and not isinstance(described[key], kind):
            yield f", {key}: found {_shown(described[key])}; expected {KINDS[kind]}"


def _shown(part: object) -> str:
    """A part of a description as it stands in the file, not too long."""
    text = json.dumps(part, ensure_ascii=False)
    return text if len(text) <= cells.SHOWN else f"{text[: cells.SHOWN]}..."


def is_table(resource: dict[str, Any]) -> bool:
    """Whether a resource is a table; any other file is published as it is."""
    return "schema" in resource or str(resource["path"]).endswith(".csv")


def description_faults(resource: dict[str, Any], names: Iterable[str]) -> list[str]:
    """What a description lacks so that its table can be trusted and understood: a title and a
    description in words, types that have a rule, a key for every source, sources and licences.
    ``names``: the names of all resources of the package."""
    names, schema = list(names), resource["schema"]
    place = f"data/datapackage.json, table {resource['name']}"
    as_read = "as every table is read"
    known = ", ".join(cells.NOUNS)
    keys = [
        (key["fields"], key["reference"]["resource"], key["reference"]["fields"])
        for key in schema.get("foreignKeys", [])
    ]
    found = [
        f": found no {key}; expected words that say what the table holds"
        for key in WORDS
        if not resource.get(key)
    ]
    found += [
        f": found the {key} {resource[key]!r}; expected {wanted!r}, {as_read}"
        for key, wanted in READ_AS.items()
        if resource.get(key, wanted) != wanted
    ]
    found += [
        f": found an entry {key}; expected none, {as_read}" for key in NOT_READ if key in resource
    ]
    found += [
        f", column {field['name']}: found the type {field['type']!r}; expected one of {known}"
        for field in schema["fields"]
        if field["type"] not in cells.NOUNS
    ]
    found += [
        f": found a foreign key to {parent!r}; expected one of {', '.join(names)}"
        for _, parent, _ in keys
        if parent and parent not in names
    ]
    by_row = any(field["name"] == "source_key" for field in schema["fields"])
    if by_row and (["source_key"], "sources", ["key"]) not in keys:
        wanted = "one, to look every source up"
        found.append(f", column source_key: found no foreign key to sources; expected {wanted}")
    return [place + fault for fault in found] + terms.faults(resource, place)
