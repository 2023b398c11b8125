"""The only way into ``data/``: a table is checked against its description before anyone sees it.

The description is ``data/datapackage.json`` (Frictionless Data Package v2).
``tallybook.data.validation`` does the checking; this module says which tables there are, remembers
what was checked, and gives out what is sound.
"""

from __future__ import annotations

import difflib
import functools
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook import files, project
from tallybook.data import cells, descriptions, extent, terms
from tallybook.data.descriptor import (
    DataError,
    describe,
    names,
    parent_names,
    resources,
    sha256,
    stamp,
)
from tallybook.data.provenance import Fact, note

if TYPE_CHECKING:
    import pandas as pd  # slow to import, so only where a table is read: most builds read none

# Set by a build for the kernels it starts: ``checked_fingerprint`` of the tables that it checks.
CHECKED = "TALLYBOOK_DATA_CHECKED"


def table(name: str, folder: Path | None = None) -> pd.DataFrame:
    """One table as a DataFrame, checked first.

    Parameters
    ----------
    name: path of the table below ``data/`` without its ending, for example ``"counts/inputs"``.

    Returns a fresh DataFrame: one row per row of the file, integers as ``Int64`` (so that
    an empty cell stays an empty cell), numbers as ``float64``, all else as text.

    Raises ``DataError`` with file, row, column, found and expected if the file is missing,
    not UTF-8, empty, has a cell that is not written plainly (see ``tallybook.data.cells``), of
    another type or outside its range, repeats a key, names an unknown source, or does not
    have the sha256 its description gives.
    """
    folder = folder or project.here().data
    note(Fact(name))
    return _shared(name, folder).copy()


def records(name: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """All rows of a table in order, each as a dictionary; ``None`` for an empty cell. Raises
    ``DataError`` as ``table`` does."""
    frame = table(name, folder)
    found: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return found


def row(name: str, *key: object, folder: Path | None = None) -> pd.Series:
    """One row of a table, by the values of its primary key in the order of the description;
    ``None`` for an empty cell. Only this row is taken down as read (``tallybook.data.provenance``),
    where ``table`` takes down all of them. Raises ``DataError`` if there is no such row."""
    folder = folder or project.here().data
    frame, now = _shared(name, folder), _now(name, folder)
    places = _places(*now)
    if key not in places:
        found, there = joined(key), [joined(each) for each in places]
        near = difflib.get_close_matches(found, there, n=5) or there[:5]
        where = f"data/{name}.csv, column {', '.join(_key(name, folder))}"
        raise DataError(where, f"no row {found!r}", f"one that is there, such as {', '.join(near)}")
    note(_facts(*now)[places[key]])
    return frame.iloc[places[key]].copy()


def keys(name: str, folder: Path | None = None) -> dict[str, tuple[object, ...]]:
    """The primary keys of a table, each by its parts joined as in ``Fact.row``; no row is taken
    down as read. Raises ``DataError`` as ``table`` does."""
    folder = folder or project.here().data
    check(name, folder)
    return {joined(key): key for key in _places(*_now(name, folder))}


def rows(name: str, wanted: Mapping[str, object], folder: Path | None = None) -> pd.DataFrame:
    """The rows of a table that hold these values, by column, ``None`` for an empty cell; only they
    are taken down as read. Raises ``DataError`` if there is none."""
    folder = folder or project.here().data
    chosen = _shared(name, folder)
    for column, value in wanted.items():
        chosen = chosen[chosen[column].isna() if value is None else chosen[column] == value]
    if chosen.empty:
        where = f"data/{name}.csv, column {', '.join(wanted)}"
        raise DataError(f"{where}: found no row with {joined(wanted.values())!r}")
    note(*_read(name, _key(name, folder), chosen))
    return chosen.reset_index(drop=True)


def _read(name: str, columns: list[str], chosen: pd.DataFrame) -> Iterator[Fact]:
    """The rows of a table as facts."""
    said = chosen.reindex(columns=["source_key", "locator", "grade"]).astype(object)
    keys, words = chosen[columns].astype(object), said.where(said.notna(), "")
    for key, of_source in zip(keys.to_numpy(), words.to_numpy(), strict=True):
        yield Fact(name, joined(key), *map(str, of_source))


def joined(key: Iterable[object]) -> str:
    """A primary key as one text; an empty cell is an empty part."""
    import pandas as pd

    return "/".join("" if part is None or pd.isna(part) else str(part) for part in key)


def check_all(folder: Path | None = None, trusting: bool = True) -> None:
    """Check the bibliography, every table and that nothing else lies beside them. Raises
    ``DataError`` with a line for each fault, ten of one file at most. ``trusting``: not again what
    another process has checked (see ``checked_fingerprint``)."""
    folder = folder or project.here().data
    if trusting and _are_checked(folder, _paths(folder)):
        return
    from tallybook.data import bibliography  # slow to import, and not needed to read a table

    found = [fault for name in names(folder) for fault in faults(name, folder)]
    paths = [resource["path"] for resource in resources(folder).values()]
    files_too = [*extent.strays(folder), *extent.file_faults(folder)]
    if found := [*cells.listed(files_too, "data"), *bibliography.faults(folder, paths), *found]:
        raise DataError("\n".join(found))


def checked_fingerprint(folder: Path | None = None) -> str:
    """The sha256 of the description, the bibliography and every table, a line each. Whoever has
    called ``check_all`` may hand it on in the environment variable ``CHECKED``: another process
    then does not check the same bytes again."""
    folder = folder or project.here().data
    return "\n".join(_stamps(folder, _paths(folder)))


def _paths(folder: Path) -> list[str]:
    tables = [resource["path"] for resource in resources(folder).values()]
    return ["datapackage.json", "sources.bib", *tables]


def _stamps(folder: Path, paths: Iterable[str]) -> list[str]:
    return [f"{stamp(folder / path)} {path}" for path in paths]


def _are_checked(folder: Path, paths: Iterable[str]) -> bool:
    """Whether another process has checked these very bytes, and handed that on."""
    return set(_stamps(folder, paths)) <= set(os.environ.get(CHECKED, "").split("\n"))


def check(name: str, folder: Path | None = None) -> None:
    """Check one table (see ``table``), and those in which its keys are looked up."""
    folder = folder or project.here().data
    tables = (describe(one, folder)["path"] for one in (name, *parent_names(name, folder)))
    paths = ("datapackage.json", *tables)
    _check(name, folder, tuple((path, files.state(folder / path)) for path in paths))


def faults(name: str, folder: Path | None = None) -> tuple[str, ...]:
    """All that is wrong with one table: a line each, with file, row, column, found and expected,
    ten at most; then how many more. Raises ``DataError`` if no table has that name."""
    folder = folder or project.here().data
    resource = describe(name, folder)
    path = folder / resource["path"]
    if not path.is_file():
        wanted = f"the table {name!r} described in datapackage.json"
        return (f"data/{resource['path']}: file not found; expected {wanted}",)
    parents = (describe(parent, folder)["path"] for parent in parent_names(name, folder))
    return _faults(*_now(name, folder), tuple(stamp(folder / parent) for parent in parents))


def fact(name: str, fact_id: str, folder: Path | None = None) -> pd.Series:
    """One row of a table of facts, by its ``fact_id`` (see ``row``)."""
    return row(name, fact_id, folder=folder)


def value(name: str, fact_id: str, folder: Path | None = None) -> float:
    """The value of one fact as a plain ``float`` (see ``fact``)."""
    return float(fact(name, fact_id, folder)["value"])


# What a table is computed from, so that a changed file is read again: its name, its folder, the
# state of the description, the sha256 of the table.
Now = tuple[str, Path, files.State, str]


def _now(name: str, folder: Path) -> Now:
    return name, folder, files.state(folder / "datapackage.json"), sha256(name, folder)


def _key(name: str, folder: Path) -> list[str]:
    """The columns of the primary key of a table."""
    columns: list[str] = describe(name, folder)["schema"]["primaryKey"]
    return columns


def _shared(name: str, folder: Path) -> pd.DataFrame:
    """The table itself, checked, which ``table`` gives out as a copy."""
    check(name, folder)
    return _frame(*_now(name, folder))


@functools.cache
def _frame(name: str, folder: Path, _state: files.State, _digest: str) -> pd.DataFrame:
    import pandas as pd

    resource = describe(name, folder)
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    dtypes = {f["name"]: kinds.get(f["type"], "object") for f in resource["schema"]["fields"]}
    empty: dict[str, Any] = {"keep_default_na": False, "na_values": [""]}
    return pd.read_csv(folder / resource["path"], dtype=dtypes, encoding="utf-8", **empty)


@functools.cache
def _places(name: str, folder: Path, *now: Any) -> dict[tuple[object, ...], int]:
    """Where each row of a table stands, by its primary key; ``None`` for an empty cell."""
    import pandas as pd

    keys = _frame(name, folder, *now)[_key(name, folder)]
    columns = (
        [None if pd.isna(cell) else cell for cell in keys[column].tolist()] for column in keys
    )
    return {key: place for place, key in enumerate(zip(*columns, strict=True))}


@functools.cache
def _facts(name: str, folder: Path, *now: Any) -> tuple[Fact, ...]:
    """What is taken down when a row is read, for each row in order."""
    return tuple(_read(name, _key(name, folder), _frame(name, folder, *now)))


@functools.cache
def _faults(
    name: str, folder: Path, state: files.State, digest: str, _parents: tuple[str, ...]
) -> tuple[str, ...]:
    """The check itself; state and digests are there so that a changed file is checked again."""
    from tallybook.data import validation

    resource, names = describe(name, folder), [one["name"] for one in resources(folder).values()]
    shown, content = f"data/{resource['path']}", (folder / resource["path"]).read_bytes()
    if fault := cells.text_fault(content):
        return (f"{shown}, {fault}",)
    if found := descriptions.description_faults(resource, names):
        return tuple(found)
    # A key that is not in a faulty table is no fault of the table that names it.
    sound = [one for one in parent_names(name, folder) if not faults(one, folder)]
    parents = [describe(one, folder) for one in sound]
    found = [shown + fault for fault in validation.faults(resource, parents, folder, content)]
    if found:
        return tuple(cells.listed(found, shown))
    frame = _frame(name, folder, state, digest)
    if (place := validation.out_of_order(resource, frame)) is not None:
        wanted = f"rows by {', '.join(resource['order'])}"
        says = "found a row that does not come after the one above"
        return (f"{shown}, row {place + 2}: {says}; expected {wanted}",)
    if "source_key" in frame:
        says = terms.missing(resource, frame["source_key"].dropna().unique()) or ""
        return (f"data/datapackage.json, table {resource['name']}, {says}",) if says else ()
    return ()


@functools.cache
def _check(name: str, folder: Path, states: tuple[tuple[str, files.State], ...]) -> None:
    """Check one table and its parents in these states; not repeated until a file changes."""
    if _are_checked(folder, [path for path, _ in states]):
        return
    for one in (name, *parent_names(name, folder)):
        if found := faults(one, folder):
            raise DataError(found[0])


def main(folder: Path) -> int:
    """Check every table of a folder and say so; returns the exit code."""
    try:
        check_all(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(names(folder))} tables checked, all as described.")
    return 0
