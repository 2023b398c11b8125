"""The description of the tables, ``data/datapackage.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tallybook import files, project
from tallybook.data import descriptions
from tallybook.errors import TallybookError

NAME = "datapackage.json"
NOT_THERE = "file not found; expected the file described in datapackage.json"


class DataError(TallybookError):
    """Something in ``data/`` is not what its description says."""


def descriptor(folder: Path | None = None) -> dict[str, Any]:
    """The data package descriptor. Raises ``DataError`` if it is missing or is not JSON."""
    found: dict[str, Any] = json.loads(_text((folder or project.here().data) / NAME))
    return found


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of all tables, in the order of the data package, for example ``counts/inputs``."""
    return tuple(resources(folder or project.here().data))


def describe(name: str, folder: Path | None = None) -> dict[str, Any]:
    """The description of one table: its resource in the data package. Shared by all who ask: not to
    be changed. Raises ``DataError`` if no table has that name."""
    found = resources(folder or project.here().data)
    if name not in found:
        expected = f"expected one of: {', '.join(found)}"
        raise DataError(f"datapackage.json: no table named {name!r}; {expected}")
    return found[name]


def sha256(name: str, folder: Path | None = None) -> str:
    """Hex sha256 of a table's bytes as they are on disk."""
    folder = folder or project.here().data
    return files.digest(folder / describe(name, folder)["path"])


def stamp(path: Path) -> str:
    """Hex sha256 of a file; "missing" if there is none."""
    return files.digest(path) if path.is_file() else "missing"


def resources(folder: Path) -> dict[str, dict[str, Any]]:
    """The descriptions of all tables by name."""
    return _tables(folder / NAME)


def parent_names(name: str, folder: Path) -> list[str]:
    """The tables in which the foreign keys of a table are looked up; none of an unknown table."""
    return _parents(folder / NAME).get(name, [])


@files.while_unchanged
def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
        fault = descriptions.package_fault(json.loads(text))
    except FileNotFoundError:
        expected = f"the data package descriptor in {path.parent.name}/"
        raise DataError(f"{NAME}: file not found; expected {expected}") from None
    except json.JSONDecodeError as error:
        place = f"{NAME}, row {error.lineno}, column {error.colno}"
        raise DataError(f"{place}: {error.msg}; expected valid JSON") from None
    except UnicodeDecodeError as error:
        found = f"the byte 0x{error.object[error.start]:02x}"
        raise DataError(NAME, found, "text in UTF-8") from None
    if fault:
        raise DataError(f"{NAME}, {fault}")
    return text


@files.while_unchanged
def _tables(path: Path) -> dict[str, dict[str, Any]]:
    tables = filter(descriptions.is_table, descriptor(path.parent)["resources"])
    return {table["path"].removesuffix(".csv"): table for table in tables}


@files.while_unchanged
def _parents(path: Path) -> dict[str, list[str]]:
    tables = {resource["name"]: name for name, resource in _tables(path).items()}
    found = {}
    for name, resource in _tables(path).items():
        keys = resource["schema"].get("foreignKeys", [])
        parents = dict.fromkeys(key["reference"]["resource"] for key in keys)
        found[name] = [tables[parent] for parent in parents if tables.get(parent, name) != name]
    return found
