"""The description of the tables, ``data/datapackage.json``, and what tells one state of a file from
another."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from tallybook import files, project
from tallybook.data import descriptions


class DataError(Exception):
    """Something in ``data/`` is not what its description says."""


def descriptor(folder: Path | None = None) -> dict[str, Any]:
    """The data package descriptor as a dictionary.

    Raises ``DataError`` if ``datapackage.json`` is missing or is not JSON.
    """
    folder = folder or project.here().data
    found: dict[str, Any] = json.loads(
        _descriptor_text(folder, files.state(folder / "datapackage.json"))
    )
    return found


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of all tables, in the order of the data package, for example ``counts/inputs``."""
    folder = folder or project.here().data
    return tuple(resources(folder))


def describe(name: str, folder: Path | None = None) -> dict[str, Any]:
    """The description of one table: its resource in the data package. Shared by all who ask: not to
    be changed.

    Raises ``DataError`` if no table has that name.
    """
    folder = folder or project.here().data
    try:
        return resources(folder)[name]
    except KeyError:
        pass
    raise DataError(
        f"datapackage.json: no table named {name!r}; expected one of: {', '.join(names(folder))}"
    )


def sha256(name: str, folder: Path | None = None) -> str:
    """Hex sha256 of a table's bytes as they are on disk."""
    folder = folder or project.here().data
    path = folder / describe(name, folder)["path"]
    return files.digest(path)


def _name(resource: dict[str, Any]) -> str:
    return str(resource["path"]).removesuffix(".csv")


def stamp(path: Path) -> str:
    """Hex sha256 of a file; "missing" if there is none."""
    return files.digest(path) if path.is_file() else "missing"


@functools.cache
def _descriptor_text(folder: Path, _state: files.State) -> str:
    path = folder / "datapackage.json"
    try:
        text = path.read_text(encoding="utf-8")
        fault = descriptions.package_fault(json.loads(text))
    except FileNotFoundError:
        raise DataError(
            f"{path.name}: file not found; expected the data package descriptor in {folder.name}/"
        ) from None
    except json.JSONDecodeError as error:
        raise DataError(
            f"{path.name}, row {error.lineno}, column {error.colno}: {error.msg}; expected valid"
            " JSON"
        ) from None
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path.name}: found the byte 0x{error.object[error.start]:02x}; expected text in UTF-8"
        ) from None
    if fault:
        raise DataError(f"{path.name}, {fault}")
    return text


def resources(folder: Path) -> dict[str, dict[str, Any]]:
    """The descriptions of all tables by name."""
    return _resources_of(folder, files.state(folder / "datapackage.json"))


@functools.cache
def _resources_of(folder: Path, _state: files.State) -> dict[str, dict[str, Any]]:
    return {
        _name(resource): resource
        for resource in descriptor(folder)["resources"]
        if descriptions.is_table(resource)
    }


def parent_names(name: str, folder: Path) -> list[str]:
    """The tables in which the foreign keys of a table are looked up; none of a table that is not
    there."""
    return _parents_of(folder, files.state(folder / "datapackage.json")).get(name, [])


@functools.cache
def _parents_of(folder: Path, _state: files.State) -> dict[str, list[str]]:
    tables = {resource["name"]: name for name, resource in resources(folder).items()}
    found = {}
    for name, resource in resources(folder).items():
        parents = dict.fromkeys(
            key["reference"]["resource"] for key in resource["schema"].get("foreignKeys", [])
        )
        found[name] = [tables[parent] for parent in parents if tables.get(parent, name) != name]
    return found
