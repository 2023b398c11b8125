"""What is wrong with the description of the tables itself, before any table is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from tallybook.data import cells, terms

# What a description may say of how its file is read, and what it may not say.
READ_AS = {"format": "csv", "encoding": "utf-8"}
WORDS = ("title", "description")
NOT_READ = ("compression", "innerpath", "scheme", "extrapaths", "data", "rows", "fields")


def package_fault(package: object) -> str | None:
    """What a whole description lacks before any table can be looked for in it, as found and wanted."""
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list):
        return "found no list of resources; expected one, with a description of each table"
    for number, resource in enumerate(resources, start=1):
        missing = [key for key in ("name", "path", "hash") if key not in resource]
        if missing:
            return f"resource {number}: found no {missing[0]}; expected a name, a path, a hash, and a schema if it is a table"
        if not is_table(resource):
            path = PurePosixPath(str(resource["path"]))
            if path.is_absolute() or ".." in path.parts:  # of a table, the check of its rows finds it
                return f"resource {number}: found the path {resource['path']!r}; expected a path of a file below data/"
            continue
        if "schema" not in resource:
            return f"table {resource['name']}: found no schema; expected one, with the columns of the table"
        fields = resource["schema"].get("fields", [])
        if not fields or not all("name" in field and "type" in field for field in fields):
            return f"table {resource['name']}: found no fields, or one without name or type; expected both for each column"
    return None


def is_table(resource: dict[str, Any]) -> bool:
    """Whether a resource is a table; any other file is published as it is."""
    return "schema" in resource or str(resource["path"]).endswith(".csv")


def description_faults(resource: dict[str, Any], names: Iterable[str]) -> list[str]:
    """What a description lacks so that its table can be trusted and understood: a title and a description in words, types
    that have a rule, a key for every source, sources and licences.

    ``names``: the names of all resources of the package.
    """
    names, schema, place = list(names), resource["schema"], f"data/datapackage.json, table {resource['name']}"
    found = [f"{place}: found no {key}; expected words that say what the table holds" for key in WORDS if not resource.get(key)]
    found += [
        f"{place}: found the {key} {resource[key]!r}; expected {wanted!r}, as every table is read"
        for key, wanted in READ_AS.items()
        if resource.get(key, wanted) != wanted
    ]
    found += [f"{place}: found an entry {key}; expected none, as every table is read" for key in NOT_READ if key in resource]
    found += [
        f"{place}, column {field['name']}: found the type {field['type']!r}; expected one of {', '.join(cells.NOUNS)}"
        for field in schema["fields"]
        if field["type"] not in cells.NOUNS
    ]
    keys = [(key["fields"], key["reference"]["resource"], key["reference"]["fields"]) for key in schema.get("foreignKeys", [])]
    found += [
        f"{place}: found a foreign key to {parent!r}; expected one of {', '.join(names)}"
        for _, parent, _ in keys
        if parent and parent not in names
    ]
    if any(field["name"] == "source_key" for field in schema["fields"]) and (["source_key"], "sources", ["key"]) not in keys:
        found.append(f"{place}, column source_key: found no foreign key to sources; expected one, to look every source up")
    return found + terms.faults(resource, place)
