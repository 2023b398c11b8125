"""The only way into ``data/``: a table is checked against its description before anyone sees it.

The description is ``data/datapackage.json`` (Frictionless Data Package v2) and the
checking is done by the ``frictionless`` library; this module only turns what it finds
into one message that names file, row, column, what was found and what was wanted.
"""

from __future__ import annotations

import functools
import hashlib
import json
import sys
from pathlib import Path

import frictionless
import pandas as pd

from microwork.paths import DATA

# The order in which complaints are shown: the first is the one a person can act on.
_LAST = ("hash-count", "byte-count")


class DataError(Exception):
    """Something in ``data/`` is not what its description says."""


def descriptor(folder: Path = DATA) -> dict:
    """The data package descriptor as a dictionary.

    Raises ``DataError`` if ``datapackage.json`` is missing or is not JSON.
    """
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(f"{path.name}: file not found; wanted the data package descriptor in {folder.name}/") from None
    except json.JSONDecodeError as error:
        raise DataError(
            f"{path.name}, row {error.lineno}, column {error.colno}: {error.msg}; wanted valid JSON"
        ) from None


def names(folder: Path = DATA) -> tuple[str, ...]:
    """Names of all tables, in the order of the data package, for example ``counts/inputs``."""
    return tuple(_name(resource) for resource in descriptor(folder)["resources"])


def describe(name: str, folder: Path = DATA) -> dict:
    """The description of one table: its resource in the data package.

    Raises ``DataError`` if no table has that name.
    """
    for resource in descriptor(folder)["resources"]:
        if _name(resource) == name:
            return resource
    raise DataError(f"datapackage.json: no table named {name!r}; wanted one of: {', '.join(names(folder))}")


def table(name: str, folder: Path = DATA) -> pd.DataFrame:
    """One table as a DataFrame, checked first.

    Parameters
    ----------
    name: path of the table below ``data/`` without its ending, for example ``"counts/inputs"``.

    Returns a fresh DataFrame: one row per row of the file, integers as ``Int64`` (so that
    an empty cell stays an empty cell), numbers as ``float64``, all else as text.

    Raises ``DataError`` with file, row, column, found and wanted if the file is missing,
    not UTF-8, empty, has a cell of another type or outside its range, repeats a key,
    names an unknown source, or does not have the sha256 its description gives.
    """
    check(name, folder)
    resource = describe(name, folder)
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    dtypes = {f["name"]: kinds.get(f["type"], "object") for f in resource["schema"]["fields"]}
    frame = pd.read_csv(
        folder / resource["path"], dtype=dtypes, keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    return frame


def check_all(folder: Path = DATA) -> None:
    """Check every table. Raises ``DataError`` at the first fault."""
    for name in names(folder):
        check(name, folder)


def check(name: str, folder: Path = DATA) -> None:
    """Check one table against its description (see ``table``)."""
    resource = describe(name, folder)
    path = folder / resource["path"]
    if not path.is_file():
        raise DataError(
            f"data/{resource['path']}: file not found; wanted the table {name!r} described in datapackage.json"
        )
    parents = tuple(
        _stamp(folder / describe(key["reference"]["resource"], folder)["path"])
        for key in resource["schema"].get("foreignKeys", [])
        if key["reference"]["resource"]
    )
    _check(name, folder, json.dumps(resource, sort_keys=True), _stamp(path), parents)


def fact(name: str, fact_id: str, folder: Path = DATA) -> pd.Series:
    """One row of a table of facts, by its ``fact_id``: value, unit, source and all.

    Raises ``DataError`` if there is no such row.
    """
    frame = _cached(name, folder, sha256(name, folder))
    rows = frame[frame["fact_id"] == fact_id]
    if len(rows) != 1:
        raise DataError(
            f"data/{name}.csv, column fact_id: found no row {fact_id!r}; wanted one of: {', '.join(frame['fact_id'])}"
        )
    return rows.iloc[0]


def value(name: str, fact_id: str, folder: Path = DATA) -> float:
    """The value of one fact as a plain ``float`` (see ``fact``)."""
    return float(fact(name, fact_id, folder)["value"])


def sha256(name: str, folder: Path = DATA) -> str:
    """Hex sha256 of a table's bytes as they are on disk."""
    return _digest((folder / describe(name, folder)["path"]).read_bytes())


def _name(resource: dict) -> str:
    return resource["path"].removesuffix(".csv")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _stamp(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else "missing"


@functools.cache
def _cached(name: str, folder: Path, digest: str) -> pd.DataFrame:
    return table(name, folder)


@functools.cache
def _check(name: str, folder: Path, resource_json: str, stamp: str, parents: tuple[str, ...]) -> None:
    """The check itself; the stamps are there so that a changed file is checked again."""
    resource = json.loads(resource_json)
    shown = f"data/{resource['path']}"
    content = (folder / resource["path"]).read_bytes()
    if not content.strip():
        raise DataError(f"{shown}, row 1: found an empty file; wanted a header and at least one row")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise DataError(
            f"{shown}, row {row}: found the byte 0x{content[error.start]:02x}; wanted text in UTF-8"
        ) from None
    # Frictionless looks foreign keys up inside a package, so the package holds the table and its parents.
    wanted = {_resource_name(resource)} | {
        k["reference"]["resource"] for k in resource["schema"].get("foreignKeys", [])
    }
    small = {"name": "check", "resources": [r for r in descriptor(folder)["resources"] if _resource_name(r) in wanted]}
    package = frictionless.Package.from_descriptor(small, basepath=str(folder))
    report = package.validate(name=_resource_name(resource))
    errors = [error for task in report.tasks if task.name == _resource_name(resource) for error in task.errors]
    errors += list(report.errors)
    if errors:
        errors.sort(key=lambda error: error.type in _LAST)
        raise DataError(_message(shown, resource, errors[0], content))


def _resource_name(resource: dict) -> str:
    return resource["name"]


def _message(shown: str, resource: dict, error: frictionless.Error, content: bytes) -> str:
    """One line: file, row, column, found, wanted."""
    row = getattr(error, "row_number", None)
    column = getattr(error, "field_name", None)
    place = shown + (f", row {row}" if row else "") + (f", column {column}" if column else "")
    fields = {f["name"]: f for f in resource["schema"]["fields"]}
    cell = getattr(error, "cell", None)
    match error.type:
        case "hash-count" | "byte-count":
            return (
                f"{shown}: found sha256 {_digest(content)}; wanted {resource['hash'].removeprefix('sha256:')} "
                "(if the change is meant, run `make seal`)"
            )
        case "type-error":
            field = fields[column]
            hint = " with a decimal point" if field["type"] == "number" and "," in str(cell) else ""
            return f"{place}: found {cell!r}; wanted {_article(field['type'])}{hint}"
        case "constraint-error":
            found = "nothing" if cell in (None, "", "None") else repr(cell)
            return f"{place}: found {found}; wanted {_article(fields[column]['type'])} with {_constraints(fields[column])}"
        case "primary-key":
            keys = ", ".join(_as_list(resource["schema"]["primaryKey"]))
            return f"{place}, column {keys}: found a key that stands in the table already; wanted each key once ({error.note})"
        case "foreign-key":
            columns, found, parent = ", ".join(error.field_names), ", ".join(map(repr, error.field_cells)), error.reference_name
            return f"{place}, column {columns}: found {found}; wanted a key of {parent} ({_home(parent)})"
        case (
            "missing-cell"
            | "extra-cell"
            | "blank-row"
            | "missing-label"
            | "extra-label"
            | "incorrect-label"
            | "blank-header"
        ):
            found = (
                error.type.replace("-", " ")
                if cell is None or error.type == "missing-cell"
                else f"{error.type.replace('-', ' ')} {cell!r}"
            )
            return f"{place}: found a {found}; wanted the {len(fields)} columns {', '.join(fields)}"
    return f"{place}: {error.note or error.message}"


def _home(name: str) -> str:
    return "sources.bib" if name == "sources" else f"table {name}"


def _article(kind: str) -> str:
    return {
        "integer": "an integer",
        "number": "a number",
        "string": "text",
        "yearmonth": "a month such as 2019-03",
    }.get(kind, f"a {kind}")


def _constraints(field: dict) -> str:
    return ", ".join(f"{key} {value}" for key, value in field.get("constraints", {}).items())


def _as_list(key: str | list[str]) -> list[str]:
    return [key] if isinstance(key, str) else key


def main() -> int:
    """``python -m microwork.data``: check every table and say so."""
    try:
        check_all()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(names())} tables checked, all as described.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
