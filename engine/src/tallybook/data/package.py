"""The only way into ``data/``: a table is checked against its description before anyone sees it.

The description is ``data/datapackage.json`` (Frictionless Data Package v2). ``tallybook.data.validation`` does the
checking; this module says which tables there are, remembers what was checked, and gives out what is sound.
"""

from __future__ import annotations

import difflib
import functools
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook import project
from tallybook.build import files
from tallybook.data import cells, descriptions
from tallybook.data.provenance import Fact, note

if TYPE_CHECKING:
    import pandas as pd  # slow to import, so only where a table is read: most builds read none

# Set by a build for the kernels it starts: ``vouched`` of tables that it has checked, byte for byte as they are.
CHECKED = "TALLYBOOK_DATA_CHECKED"


class DataError(Exception):
    """Something in ``data/`` is not what its description says."""


def descriptor(folder: Path | None = None) -> dict[str, Any]:
    """The data package descriptor as a dictionary.

    Raises ``DataError`` if ``datapackage.json`` is missing or is not JSON.
    """
    folder = folder or project.here().data
    found: dict[str, Any] = json.loads(_descriptor_text(folder, files.state(folder / "datapackage.json")))
    return found


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of all tables, in the order of the data package, for example ``counts/inputs``."""
    folder = folder or project.here().data
    return tuple(_resources(folder))


def describe(name: str, folder: Path | None = None) -> dict[str, Any]:
    """The description of one table: its resource in the data package. Shared by all who ask: not to be changed.

    Raises ``DataError`` if no table has that name.
    """
    folder = folder or project.here().data
    try:
        return _resources(folder)[name]
    except KeyError:
        pass
    raise DataError(f"datapackage.json: no table named {name!r}; wanted one of: {', '.join(names(folder))}")


def table(name: str, folder: Path | None = None) -> pd.DataFrame:
    """One table as a DataFrame, checked first.

    Parameters
    ----------
    name: path of the table below ``data/`` without its ending, for example ``"counts/inputs"``.

    Returns a fresh DataFrame: one row per row of the file, integers as ``Int64`` (so that
    an empty cell stays an empty cell), numbers as ``float64``, all else as text.

    Raises ``DataError`` with file, row, column, found and wanted if the file is missing,
    not UTF-8, empty, has a cell that is not written plainly (see ``tallybook.data.cells``), of
    another type or outside its range, repeats a key, names an unknown source, or does not
    have the sha256 its description gives.
    """
    folder = folder or project.here().data
    note(Fact(name))
    return _shared(name, folder).copy()


def row(name: str, *key: object, folder: Path | None = None) -> pd.Series:
    """One row of a table, by the values of its primary key in the order of the description; ``None`` for an empty cell.

    Only this row is taken down as read (``tallybook.data.provenance``), where ``table`` takes down all of them.
    Raises ``DataError`` if there is no such row.
    """
    import pandas as pd

    folder = folder or project.here().data
    frame, columns = _shared(name, folder), describe(name, folder)["schema"]["primaryKey"]
    chosen = frame
    for column, value in zip(columns, key, strict=True):
        chosen = chosen[chosen[column].isna() if value is None else chosen[column] == value]
    if len(chosen) != 1:
        found, there = joined(key), [joined(keys) for keys in frame[columns].to_numpy()]
        near = difflib.get_close_matches(found, there, n=5) or there[:5]
        where = f"data/{name}.csv, column {', '.join(columns)}"
        raise DataError(f"{where}: found no row {found!r}; expected one that is there, such as {', '.join(near)}")
    read = chosen.iloc[0]
    words = {column: str(read[column]) for column in ("locator", "grade") if column in read and pd.notna(read[column])}
    note(Fact(name, joined(key), str(read.get("source_key") or ""), **words))
    return read


def joined(key: Iterable[object]) -> str:
    """A primary key as one text; an empty cell is an empty part."""
    import pandas as pd

    return "/".join("" if part is None or pd.isna(part) else str(part) for part in key)


def check_all(folder: Path | None = None) -> None:
    """Check the bibliography and every table. Raises ``DataError`` with a line for each fault, ten of one file at most."""
    folder = folder or project.here().data
    if _vouched_for(folder):
        return
    from tallybook.data import bibliography  # not needed, and slow to import, where a table is only read

    found = [fault for name in names(folder) for fault in faults(name, folder)]
    paths = [resource["path"] for resource in _resources(folder).values()]
    if found := [*bibliography.faults(folder, paths), *found]:
        raise DataError("\n".join(found))


def vouched(folder: Path | None = None) -> str:
    """Hex sha256 over the descriptor, the bibliography and every table. Whoever has called ``check_all`` may hand it on in
    the environment variable ``CHECKED``: another process then does not check the same bytes again."""
    folder = folder or project.here().data
    paths = [resource["path"] for resource in _resources(folder).values()]
    return files.sha256("".join(_stamp(folder / path) for path in ["datapackage.json", "sources.bib", *paths]).encode())


def check(name: str, folder: Path | None = None) -> None:
    """Check one table against its description (see ``table``), and the tables in which its keys are looked up."""
    folder = folder or project.here().data
    if _vouched_for(folder):
        return
    for one in (name, *_parent_names(name, folder)):
        if found := faults(one, folder):
            raise DataError(found[0])


def faults(name: str, folder: Path | None = None) -> tuple[str, ...]:
    """All that is wrong with one table: a line each, with file, row, column, found and wanted, ten at most; then how many more.

    Raises ``DataError`` if no table has that name.
    """
    folder = folder or project.here().data
    resource = describe(name, folder)
    path = folder / resource["path"]
    if not path.is_file():
        return (f"data/{resource['path']}: file not found; wanted the table {name!r} described in datapackage.json",)
    parents = tuple(_stamp(folder / describe(parent, folder)["path"]) for parent in _parent_names(name, folder))
    return _faults(name, folder, files.state(folder / "datapackage.json"), _stamp(path), parents)


def fact(name: str, fact_id: str, folder: Path | None = None) -> pd.Series:
    """One row of a table of facts, by its ``fact_id``: value, unit, source and all (see ``row``)."""
    return row(name, fact_id, folder=folder)


def value(name: str, fact_id: str, folder: Path | None = None) -> float:
    """The value of one fact as a plain ``float`` (see ``fact``)."""
    return float(fact(name, fact_id, folder)["value"])


def sha256(name: str, folder: Path | None = None) -> str:
    """Hex sha256 of a table's bytes as they are on disk."""
    folder = folder or project.here().data
    path = folder / describe(name, folder)["path"]
    return files.digest(path)


def _vouched_for(folder: Path) -> bool:
    return bool(os.environ.get(CHECKED)) and os.environ[CHECKED] == vouched(folder)


def _name(resource: dict[str, Any]) -> str:
    return str(resource["path"]).removesuffix(".csv")


# A build asks for the same tables and descriptions thousands of times. What was read is kept for as long
# as the file is the same file of the same size and time; a file that changed is read and checked again.
def _stamp(path: Path) -> str:
    return files.digest(path) if path.is_file() else "missing"


@functools.cache
def _descriptor_text(folder: Path, _state: files.State) -> str:
    path = folder / "datapackage.json"
    try:
        text = path.read_text(encoding="utf-8")
        fault = descriptions.package_fault(json.loads(text))
    except FileNotFoundError:
        raise DataError(f"{path.name}: file not found; wanted the data package descriptor in {folder.name}/") from None
    except json.JSONDecodeError as error:
        raise DataError(f"{path.name}, row {error.lineno}, column {error.colno}: {error.msg}; wanted valid JSON") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name}: found the byte 0x{error.object[error.start]:02x}; wanted text in UTF-8") from None
    if fault:
        raise DataError(f"{path.name}, {fault}")
    return text


def _resources(folder: Path) -> dict[str, dict[str, Any]]:
    return _resources_of(folder, files.state(folder / "datapackage.json"))


@functools.cache
def _resources_of(folder: Path, _state: files.State) -> dict[str, dict[str, Any]]:
    return {_name(resource): resource for resource in descriptor(folder)["resources"]}


def _shared(name: str, folder: Path) -> pd.DataFrame:
    """The table itself, which ``table`` gives out as a copy."""
    check(name, folder)
    return _frame(name, folder, files.state(folder / "datapackage.json"), sha256(name, folder))


@functools.cache
def _frame(name: str, folder: Path, _state: files.State, _digest: str) -> pd.DataFrame:
    import pandas as pd

    resource = describe(name, folder)
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    dtypes = {f["name"]: kinds.get(f["type"], "object") for f in resource["schema"]["fields"]}
    return pd.read_csv(folder / resource["path"], dtype=dtypes, keep_default_na=False, na_values=[""], encoding="utf-8")


@functools.cache
def _faults(name: str, folder: Path, _state: files.State, stamp: str, _parents: tuple[str, ...]) -> tuple[str, ...]:
    """The check itself; state and stamps are there so that a changed file is checked again."""
    from tallybook.data import validation
    from tallybook.data.order import out_of_order

    resource = describe(name, folder)
    shown = f"data/{resource['path']}"
    if found := descriptions.description_faults(resource, [each["name"] for each in _resources(folder).values()]):
        return tuple(found)
    # A key that is not in a faulty table is no fault of the table that names it.
    sound = [describe(parent, folder) for parent in _parent_names(name, folder) if not faults(parent, folder)]
    found = [shown + fault for fault in validation.faults(resource, sound, folder, (folder / resource["path"]).read_bytes())]
    if not found and (place := out_of_order(resource, _frame(name, folder, _state, stamp))) is not None:
        by = ", ".join(resource["order"])
        found = [f"{shown}, row {place + 2}: found a row that does not come after the one above; wanted rows by {by}"]
    return tuple(cells.listed(found, shown))


def _parent_names(name: str, folder: Path) -> list[str]:
    """The tables in which the foreign keys of a table are looked up; none of a table that is not there."""
    return _parents_of(folder, files.state(folder / "datapackage.json")).get(name, [])


@functools.cache
def _parents_of(folder: Path, _state: files.State) -> dict[str, list[str]]:
    tables = {resource["name"]: name for name, resource in _resources(folder).items()}
    found = {}
    for name, resource in _resources(folder).items():
        parents = dict.fromkeys(key["reference"]["resource"] for key in resource["schema"].get("foreignKeys", []))
        found[name] = [tables[parent] for parent in parents if tables.get(parent, name) != name]
    return found


def main(folder: Path) -> int:
    """Check every table of a folder and say so; returns the exit code."""
    try:
        check_all(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(names(folder))} tables checked, all as described.")
    return 0
