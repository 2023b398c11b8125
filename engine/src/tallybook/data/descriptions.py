"""What is wrong with the description of the tables itself, before any table is looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from tallybook.data import cells, terms

# What a description may say of how its file is read, and what it may not say.
READ_AS = {"format": "csv", "encoding": "utf-8"}
REQUIRED = ("name", "path", "hash")
KINDS: dict[type, str] = {str: "a text", list: "a list", dict: "an object"}
WORDS = ("title", "description")
NOT_READ = ("compression", "innerpath", "scheme", "extrapaths", "data", "rows", "fields")


def package_fault(package: object) -> str | None:
    """What a whole description lacks before any table can be looked for in it, as found and wanted.

    All that reads a description relies on the shape that is checked here.
    """
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list):
        return "found no list of resources; expected one, with a description of each table"
    seen: dict[tuple[str, str], int] = {}
    for number, resource in enumerate(resources, start=1):
        if fault := _resource_fault(resource):
            return f"resource {number}{fault}"
        if is_table(resource) and (fault := _table_fault(resource)):
            return f"table {resource['name']}{fault}"
        for key, said in (
            ("name", resource["name"]),
            ("path", str(PurePosixPath(resource["path"]))),
        ):
            first = seen.setdefault((key, said), number)
            if first != number:
                return (
                    f"resource {number}: found the {key} {said!r}, as in resource {first}; expected"
                    f" each {key} once"
                )
    return None


def _resource_fault(resource: object) -> str | None:
    """What is wrong with the name, path or hash of a table or file."""
    wanted = "expected a name, a path, a hash, and a schema if it is a table"
    if not isinstance(resource, dict):
        return f": found {_shown(resource)}; {wanted}"
    if missing := [key for key in REQUIRED if key not in resource]:
        return f": found no {missing[0]}; {wanted}"
    if fault := _type_fault(resource, dict.fromkeys(REQUIRED, str)):
        return fault
    path = PurePosixPath(resource["path"])
    if not is_table(resource) and (
        path.is_absolute() or ".." in path.parts
    ):  # of a table, the check of its rows finds it
        return f": found the path {resource['path']!r}; expected a path of a file below data/"
    return None


def _table_fault(resource: dict[str, Any]) -> str | None:
    """What is wrong with the schema of a table, as far as its columns are concerned."""
    if "schema" not in resource:
        return ": found no schema; expected one, with the columns of the table"
    if fault := _type_fault(resource, {"schema": dict}) or _type_fault(
        resource["schema"], {"fields": list}
    ):
        return fault
    fields = resource["schema"].get("fields", [])
    for number, field in enumerate(fields, start=1):
        if not isinstance(field, dict):
            return (
                f", field {number}: found {_shown(field)}; expected an object with a name and a"
                " type"
            )
    if not fields or not all("name" in field and "type" in field for field in fields):
        return ": found no fields, or one without name or type; expected both for each column"
    for number, field in enumerate(fields, start=1):
        if fault := _type_fault(field, {"name": str, "type": str, "constraints": dict}):
            return f", field {number}{fault}"
        if fault := _pattern_fault(field.get("constraints", {})) or _limit_fault(field):
            return f", column {field['name']}{fault}"
    return _entries_fault(resource)


def _entries_fault(resource: dict[str, Any]) -> str | None:
    """What is wrong with the keys, the order, the licences or the sources of a table."""
    schema, columns = resource["schema"], [field["name"] for field in resource["schema"]["fields"]]
    if not _are_names(schema.get("primaryKey")):
        return (
            f", primaryKey: found {_shown(schema.get('primaryKey'))}; expected the columns that"
            " tell rows apart"
        )
    if fault := _type_fault(schema, {"foreignKeys": list}) or _type_fault(
        resource, {"order": list}
    ):
        return fault
    for number, key in enumerate(schema.get("foreignKeys", []), start=1):
        reference = key.get("reference") if isinstance(key, dict) else None
        named = (
            isinstance(reference, dict)
            and isinstance(reference.get("resource"), str)
            and _are_names(reference.get("fields"))
        )
        if not (named and _are_names(key.get("fields"))):
            return (
                f", foreign key {number}: found {_shown(key)}; expected fields, and a reference"
                " with resource and fields"
            )
    for column in resource.get("order", []):
        if not isinstance(column, str) or column.removeprefix("-") not in columns:
            return (
                f", order: found {_shown(column)}; expected columns of the table, with - before one"
                " that falls"
            )
    for entry in ("licenses", "sources"):
        if fault := _type_fault(resource, {entry: list}):
            return fault
        if others := [one for one in resource.get(entry, []) if not isinstance(one, dict)]:
            return f", {entry}: found {_shown(others[0])}; expected objects with a title"
    return None


def _are_names(part: object) -> bool:
    """Whether it is the name of a column, or a list of one or more."""
    listed = [part] if isinstance(part, str) else part
    return (
        isinstance(listed, list) and bool(listed) and all(isinstance(name, str) for name in listed)
    )


def _limit_fault(field: dict[str, Any]) -> str | None:
    if field["type"] not in ("number", "integer"):
        return None
    for key in ("minimum", "maximum"):
        limit = field.get("constraints", {}).get(key, 0)
        if isinstance(limit, bool) or not isinstance(limit, (int, float)):
            return f", {key}: found {_shown(limit)}; expected a number"
    return None


def _pattern_fault(constraints: dict[str, Any]) -> str | None:
    if fault := _type_fault(constraints, {"pattern": str}):
        return fault
    try:
        re.compile(constraints.get("pattern", ""))
    except re.error as error:
        return (
            f", pattern: found {constraints['pattern']!r} ({error}); expected a regular expression"
        )
    return None


def _type_fault(described: dict[str, Any], wanted: dict[str, type]) -> str | None:
    """The first part that is there and has another type than wanted."""
    for key, kind in wanted.items():
        if key in described and not isinstance(described[key], kind):
            return f", {key}: found {_shown(described[key])}; expected {KINDS[kind]}"
    return None


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

    ``names``: the names of all resources of the package.
    """
    names, schema, place = (
        list(names),
        resource["schema"],
        f"data/datapackage.json, table {resource['name']}",
    )
    found = [
        f"{place}: found no {key}; expected words that say what the table holds"
        for key in WORDS
        if not resource.get(key)
    ]
    found += [
        f"{place}: found the {key} {resource[key]!r}; expected {wanted!r}, as every table is read"
        for key, wanted in READ_AS.items()
        if resource.get(key, wanted) != wanted
    ]
    found += [
        f"{place}: found an entry {key}; expected none, as every table is read"
        for key in NOT_READ
        if key in resource
    ]
    found += [
        f"{place}, column {field['name']}: found the type {field['type']!r}; expected one of"
        f" {', '.join(cells.NOUNS)}"
        for field in schema["fields"]
        if field["type"] not in cells.NOUNS
    ]
    keys = [
        (key["fields"], key["reference"]["resource"], key["reference"]["fields"])
        for key in schema.get("foreignKeys", [])
    ]
    found += [
        f"{place}: found a foreign key to {parent!r}; expected one of {', '.join(names)}"
        for _, parent, _ in keys
        if parent and parent not in names
    ]
    if (
        any(field["name"] == "source_key" for field in schema["fields"])
        and (["source_key"], "sources", ["key"]) not in keys
    ):
        found.append(
            f"{place}, column source_key: found no foreign key to sources; expected one, to look"
            " every source up"
        )
    return found + terms.faults(resource, place)
