"""The only way into ``data/``: a table is checked against its description before anyone sees it.

The description is ``data/datapackage.json`` (Frictionless Data Package v2) and the
checking is done by the ``frictionless`` library; this module only turns what it finds
into one message that names file, row, column, what was found and what was wanted.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sys
from pathlib import Path

import frictionless
import pandas as pd

from microwork.encoding import text_fault
from microwork.order import out_of_order
from microwork.paths import DATA

# The order in which complaints are shown: the first is the one a person can act on.
_LAST = ("hash-count", "byte-count")
# Set by a build for the kernels it starts: ``vouched`` of tables that it has checked, byte for byte as they are.
CHECKED = "MICROWORK_DATA_CHECKED"


class DataError(Exception):
    """Something in ``data/`` is not what its description says."""


def descriptor(folder: Path = DATA) -> dict:
    """The data package descriptor as a dictionary.

    Raises ``DataError`` if ``datapackage.json`` is missing or is not JSON.
    """
    return json.loads(_descriptor_text(folder, _state(folder / "datapackage.json")))


def names(folder: Path = DATA) -> tuple[str, ...]:
    """Names of all tables, in the order of the data package, for example ``counts/inputs``."""
    return tuple(_resources(folder))


def describe(name: str, folder: Path = DATA) -> dict:
    """The description of one table: its resource in the data package. Shared by all who ask: not to be changed.

    Raises ``DataError`` if no table has that name.
    """
    try:
        return _resources(folder)[name]
    except KeyError:
        pass
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
    return _shared(name, folder).copy()


def check_all(folder: Path = DATA) -> None:
    """Check every table. Raises ``DataError`` at the first fault."""
    for name in names(folder):
        check(name, folder)


def vouched(folder: Path = DATA) -> str:
    """Hex sha256 over the descriptor and every table. Whoever has called ``check_all`` may hand it on in the
    environment variable ``CHECKED``: another process then does not check the same bytes again."""
    paths = [folder / "datapackage.json", *(folder / resource["path"] for resource in _resources(folder).values())]
    return _digest("".join(_stamp(path) for path in paths).encode())


def check(name: str, folder: Path = DATA) -> None:
    """Check one table against its description (see ``table``)."""
    if os.environ.get(CHECKED) and os.environ[CHECKED] == vouched(folder):
        return
    resource = describe(name, folder)
    path = folder / resource["path"]
    if not path.is_file():
        raise DataError(f"data/{resource['path']}: file not found; wanted the table {name!r} described in datapackage.json")
    parents = tuple(
        _stamp(folder / describe(key["reference"]["resource"], folder)["path"])
        for key in resource["schema"].get("foreignKeys", [])
        if key["reference"]["resource"]
    )
    _check(name, folder, _state(folder / "datapackage.json"), _stamp(path), parents)


def fact(name: str, fact_id: str, folder: Path = DATA) -> pd.Series:
    """One row of a table of facts, by its ``fact_id``: value, unit, source and all.

    Raises ``DataError`` if there is no such row.
    """
    frame = _shared(name, folder)
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
    path = folder / describe(name, folder)["path"]
    return _file_digest(path, _state(path))


def _name(resource: dict) -> str:
    return resource["path"].removesuffix(".csv")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# A build asks for the same tables and descriptions thousands of times. What was read is kept for as long
# as the file is the same file of the same size and time; a file that changed is read and checked again.
State = tuple[int, int, int] | None


def _state(path: Path) -> State:
    """What tells one state of a file from another without reading it; None if there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _stamp(path: Path) -> str:
    return _file_digest(path, _state(path)) if path.is_file() else "missing"


@functools.cache
def _file_digest(path: Path, _state: State) -> str:
    return _digest(path.read_bytes())


@functools.cache
def _descriptor_text(folder: Path, _state: State) -> str:
    path = folder / "datapackage.json"
    try:
        text = path.read_text(encoding="utf-8")
        json.loads(text)
    except FileNotFoundError:
        raise DataError(f"{path.name}: file not found; wanted the data package descriptor in {folder.name}/") from None
    except json.JSONDecodeError as error:
        raise DataError(f"{path.name}, row {error.lineno}, column {error.colno}: {error.msg}; wanted valid JSON") from None
    return text


def _resources(folder: Path) -> dict[str, dict]:
    return _resources_of(folder, _state(folder / "datapackage.json"))


@functools.cache
def _resources_of(folder: Path, _state: State) -> dict[str, dict]:
    return {_name(resource): resource for resource in descriptor(folder)["resources"]}


def _shared(name: str, folder: Path) -> pd.DataFrame:
    """The table itself, which ``table`` gives out as a copy."""
    check(name, folder)
    return _frame(name, folder, _state(folder / "datapackage.json"), sha256(name, folder))


@functools.cache
def _frame(name: str, folder: Path, _state: State, _digest: str) -> pd.DataFrame:
    resource = describe(name, folder)
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    dtypes = {f["name"]: kinds.get(f["type"], "object") for f in resource["schema"]["fields"]}
    return pd.read_csv(folder / resource["path"], dtype=dtypes, keep_default_na=False, na_values=[""], encoding="utf-8")


@functools.cache
def _check(name: str, folder: Path, _state: State, stamp: str, parents: tuple[str, ...]) -> None:
    """The check itself; state and stamps are there so that a changed file is checked again."""
    resource = describe(name, folder)
    shown = f"data/{resource['path']}"
    content = (folder / resource["path"]).read_bytes()
    if fault := text_fault(content):
        raise DataError(f"{shown}, {fault}")
    # Frictionless looks foreign keys up inside a package, so the package holds the table and its parents.
    wanted = {_resource_name(resource)} | {k["reference"]["resource"] for k in resource["schema"].get("foreignKeys", [])}
    small = {"name": "check", "resources": [r for r in descriptor(folder)["resources"] if _resource_name(r) in wanted]}
    package = frictionless.Package.from_descriptor(small, basepath=str(folder))
    report = package.validate(name=_resource_name(resource))
    errors = [error for task in report.tasks if task.name == _resource_name(resource) for error in task.errors]
    errors += list(report.errors)
    if errors:
        errors.sort(key=lambda error: error.type in _LAST)
        raise DataError(_message(shown, resource, errors[0], content))
    place = out_of_order(resource, _frame(name, folder, _state, stamp))
    if place is not None:
        by = ", ".join(resource["order"])
        raise DataError(f"{shown}, row {place + 2}: found a row that does not come after the one above; wanted rows by {by}")


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
        case "missing-cell" | "extra-cell" | "blank-row" | "missing-label" | "extra-label" | "incorrect-label" | "blank-header":
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
