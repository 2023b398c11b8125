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
from tallybook.data.encoding import text_fault
from tallybook.data.provenance import Fact, note

if TYPE_CHECKING:
    import pandas as pd  # slow to import, so only where a table is read: most builds read none

# Set by a build for the kernels it starts: ``checked_fingerprint`` of tables that it has checked,
# byte for byte as they are.
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
    """All rows of a table in order, each as a dictionary; ``None`` for an empty cell.

    Raises ``DataError`` as ``table`` does.
    """
    frame = table(name, folder)
    found: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return found


def row(name: str, *key: object, folder: Path | None = None) -> pd.Series:
    """One row of a table, by the values of its primary key in the order of the description;
    ``None`` for an empty cell.

    Only this row is taken down as read (``tallybook.data.provenance``), where ``table`` takes down
    all of them. Raises ``DataError`` if there is no such row.
    """

    folder = folder or project.here().data
    check(name, folder)
    found, read = _row(
        name, key, folder, files.state(folder / "datapackage.json"), sha256(name, folder)
    )
    note(read)
    return found.copy()


@functools.cache
def _row(
    name: str, key: tuple[object, ...], folder: Path, state: files.State, digest: str
) -> tuple[pd.Series, Fact]:
    """A row of a table as it is now, and what is taken down when it is read."""
    frame, places = _frame(name, folder, state, digest), _places(name, folder, state, digest)
    columns = describe(name, folder)["schema"]["primaryKey"]
    if key not in places:
        found, there = joined(key), [joined(each) for each in places]
        near = difflib.get_close_matches(found, there, n=5) or there[:5]
        where = f"data/{name}.csv, column {', '.join(columns)}"
        raise DataError(
            f"{where}: found no row {found!r}; expected one that is there, such as"
            f" {', '.join(near)}"
        )
    return frame.iloc[places[key]], _facts(name, folder, state, digest)[places[key]]


def keys(name: str, folder: Path | None = None) -> dict[str, tuple[object, ...]]:
    """The primary keys of a table, each by its parts joined as in ``Fact.row``; no row is taken
    down as read.

    Raises ``DataError`` as ``table`` does.
    """
    folder = folder or project.here().data
    _shared(name, folder)  # checks it
    return {joined(key): key for key in _placed(name, folder)}


def rows(name: str, wanted: Mapping[str, object], folder: Path | None = None) -> pd.DataFrame:
    """The rows of a table that hold these values, by column, ``None`` for an empty cell; only they
    are taken down as read.

    Raises ``DataError`` if there is none.
    """
    folder = folder or project.here().data
    chosen = _having(_shared(name, folder), wanted)
    if chosen.empty:
        raise DataError(
            f"data/{name}.csv, column {', '.join(wanted)}: found no row with"
            f" {joined(wanted.values())!r}"
        )
    note(*_read(name, describe(name, folder)["schema"]["primaryKey"], chosen))
    return chosen.reset_index(drop=True)


def _having(frame: pd.DataFrame, wanted: Mapping[str, object]) -> pd.DataFrame:
    for column, value in wanted.items():
        frame = frame[frame[column].isna() if value is None else frame[column] == value]
    return frame


def _read(name: str, columns: list[str], chosen: pd.DataFrame) -> Iterator[Fact]:
    """The rows of a table as facts."""
    said = chosen.reindex(columns=["source_key", "locator", "grade"]).astype(object)
    for key, words in zip(
        chosen[columns].astype(object).to_numpy(),
        said.where(said.notna(), "").to_numpy(),
        strict=True,
    ):
        yield Fact(name, joined(key), *map(str, words))


def joined(key: Iterable[object]) -> str:
    """A primary key as one text; an empty cell is an empty part."""
    import pandas as pd

    return "/".join("" if part is None or pd.isna(part) else str(part) for part in key)


def check_all(folder: Path | None = None, trusting: bool = True) -> None:
    """Check the bibliography, every table and that nothing else lies beside them. Raises
    ``DataError`` with a line for each fault, ten of one file at most.

    ``trusting``: not again what another process has checked_fingerprint for (see
    ``checked_fingerprint``).
    """
    folder = folder or project.here().data
    if trusting and _vouched_for(folder):
        return
    from tallybook.data import (
        bibliography,
    )  # not needed, and slow to import, where a table is only read

    found = [fault for name in names(folder) for fault in faults(name, folder)]
    paths = [resource["path"] for resource in resources(folder).values()]
    files_too = [*extent.strays(folder), *extent.file_faults(folder)]
    if found := [*cells.listed(files_too, "data"), *bibliography.faults(folder, paths), *found]:
        raise DataError("\n".join(found))


def checked_fingerprint(folder: Path | None = None) -> str:
    """Hex sha256 over the descriptor, the bibliography and every table. Whoever has called
    ``check_all`` may hand it on in the environment variable ``CHECKED``: another process then does
    not check the same bytes again."""
    folder = folder or project.here().data
    paths = [resource["path"] for resource in resources(folder).values()]
    return files.sha256(
        "".join(
            stamp(folder / path) for path in ["datapackage.json", "sources.bib", *paths]
        ).encode()
    )


def check(name: str, folder: Path | None = None) -> None:
    """Check one table against its description (see ``table``), and the tables in which its keys are
    looked up."""
    folder = folder or project.here().data
    paths = [folder / describe(one, folder)["path"] for one in (name, *parent_names(name, folder))]
    _check(
        name,
        folder,
        tuple((path, files.state(path)) for path in (folder / "datapackage.json", *paths)),
    )


def faults(name: str, folder: Path | None = None) -> tuple[str, ...]:
    """All that is wrong with one table: a line each, with file, row, column, found and expected,
    ten at most; then how many more.

    Raises ``DataError`` if no table has that name.
    """
    folder = folder or project.here().data
    resource = describe(name, folder)
    path = folder / resource["path"]
    if not path.is_file():
        return (
            (
                f"data/{resource['path']}: file not found; expected the table {name!r} described in"
                " datapackage.json"
            ),
        )
    parents = tuple(
        stamp(folder / describe(parent, folder)["path"]) for parent in parent_names(name, folder)
    )
    return _faults(name, folder, files.state(folder / "datapackage.json"), stamp(path), parents)


def fact(name: str, fact_id: str, folder: Path | None = None) -> pd.Series:
    """One row of a table of facts, by its ``fact_id``: value, unit, source and all (see ``row``)."""
    return row(name, fact_id, folder=folder)


def value(name: str, fact_id: str, folder: Path | None = None) -> float:
    """The value of one fact as a plain ``float`` (see ``fact``)."""
    return float(fact(name, fact_id, folder)["value"])


def _vouched_for(folder: Path) -> bool:
    return bool(os.environ.get(CHECKED)) and os.environ[CHECKED] == checked_fingerprint(folder)


@functools.cache
def _vouched_states(folder: Path, _vouch: str | None) -> frozenset[tuple[Path, files.State]]:
    """The files that another process has checked_fingerprint for, as they are now.

    Cached, because this looks at every table.
    """
    paths = [
        folder / "datapackage.json",
        *(folder / resource["path"] for resource in resources(folder).values()),
    ]
    found = frozenset((path, state) for path in paths if (state := files.state(path)))
    return found if _vouched_for(folder) else frozenset()


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
    return pd.read_csv(
        folder / resource["path"],
        dtype=dtypes,
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8",
    )


def _placed(name: str, folder: Path) -> dict[tuple[object, ...], int]:
    """``_places`` of a table as it is now."""
    return _places(name, folder, files.state(folder / "datapackage.json"), sha256(name, folder))


@functools.cache
def _places(
    name: str, folder: Path, state: files.State, digest: str
) -> dict[tuple[object, ...], int]:
    """Where each row of a table stands, by its primary key; ``None`` for an empty cell."""
    import pandas as pd

    keys = _frame(name, folder, state, digest)[describe(name, folder)["schema"]["primaryKey"]]
    cells_of = (
        [None if pd.isna(cell) else cell for cell in keys[column].tolist()] for column in keys
    )
    return {key: place for place, key in enumerate(zip(*cells_of, strict=True))}


@functools.cache
def _facts(name: str, folder: Path, state: files.State, digest: str) -> tuple[Fact, ...]:
    """What is taken down when a row is read, for each row in order."""
    return tuple(
        _read(
            name,
            describe(name, folder)["schema"]["primaryKey"],
            _frame(name, folder, state, digest),
        )
    )


@functools.cache
def _faults(
    name: str, folder: Path, _state: files.State, stamp: str, _parents: tuple[str, ...]
) -> tuple[str, ...]:
    """The check itself; state and stamps are there so that a changed file is checked again."""
    from tallybook.data import validation
    from tallybook.data.order import out_of_order

    resource = describe(name, folder)
    shown, content = f"data/{resource['path']}", (folder / resource["path"]).read_bytes()
    if fault := text_fault(content):
        return (f"{shown}, {fault}",)
    if found := descriptions.description_faults(
        resource, [each["name"] for each in resources(folder).values()]
    ):
        return tuple(found)
    # A key that is not in a faulty table is no fault of the table that names it.
    sound = [
        describe(parent, folder)
        for parent in parent_names(name, folder)
        if not faults(parent, folder)
    ]
    found = [shown + fault for fault in validation.faults(resource, sound, folder, content)]
    if (
        not found
        and (place := out_of_order(resource, _frame(name, folder, _state, stamp))) is not None
    ):
        by = ", ".join(resource["order"])
        found = [
            f"{shown}, row {place + 2}: found a row that does not come after the one above;"
            f" expected rows by {by}"
        ]
    if not found and "source_key" in (frame := _frame(name, folder, _state, stamp)):
        says = terms.missing(resource, frame["source_key"].dropna().unique())
        found = [f"data/datapackage.json, table {resource['name']}, {says}"] if says else []
    return tuple(cells.listed(found, shown))


@functools.cache
def _check(name: str, folder: Path, states: tuple[tuple[Path, files.State], ...]) -> None:
    """Check one table and its parents in these states; not repeated until a file changes."""
    if _vouched_states(folder, os.environ.get(CHECKED)).issuperset(states):
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
