"""The only way into ``data/``: a table is checked before anyone sees it.

``tallybook.data.schema`` says which tables there are and ``tallybook.data.validation`` does the
checking; this module remembers what was checked, and gives out what is sound.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook import files, project
from tallybook.builder.cache import CHECKED
from tallybook.data import cells, extent, schema, seal, validation
from tallybook.data.provenance import Fact, note
from tallybook.data.schema import DataError, describe, names

if TYPE_CHECKING:
    import pandas as pd  # slow to import, so only where a table is read: most builds read none


def table(name: str, folder: Path | None = None) -> pd.DataFrame:
    """One table as a DataFrame, checked first.

    Parameters
    ----------
    name: path of the table below ``data/`` without its ending, for example ``"counts/inputs"``.

    Returns a fresh DataFrame: one row per row of the file, integers as ``Int64`` (so that
    an empty cell stays an empty cell), numbers as ``float64``, all else as text.

    Raises ``DataError`` with file, row, column, found and expected if the file is missing,
    not UTF-8, empty, has a cell that is not written plainly (see ``tallybook.data.cells``), of
    another type or outside its range, repeats a key, names an unknown source, or is not what was
    sealed.
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
    """One row of a table, by the values of its primary key in the order of the schema; ``None`` for
    an empty cell. Only this row is taken down as read (``tallybook.data.provenance``), where
    ``table`` takes down all of them. Raises ``DataError`` if there is no such row."""
    folder = folder or project.here().data
    now = _now(name, folder)
    _check(*now)
    places = _places(*now)
    if key not in places:
        found, there = joined(key), [joined(each) for each in places]
        near = difflib.get_close_matches(found, there, n=5) or there[:5]
        where = f"data/{name}.csv, column {', '.join(_key(name, folder))}"
        raise DataError(where, f"no row {found!r}", f"one that is there, such as {', '.join(near)}")
    note(_facts(*now)[places[key]])
    return _row(*now, places[key]).copy()


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


def fact(name: str, fact_id: str, folder: Path | None = None) -> pd.Series:
    """One row of a table of facts, by its ``fact_id`` (see ``row``)."""
    return row(name, fact_id, folder=folder)


def value(name: str, fact_id: str, folder: Path | None = None) -> float:
    """The value of one fact as a plain ``float`` (see ``fact``)."""
    return float(fact(name, fact_id, folder)["value"])


def joined(key: Iterable[object]) -> str:
    """A primary key as one text; an empty cell is an empty part."""
    import pandas as pd

    return "/".join("" if part is None or pd.isna(part) else str(part) for part in key)


def sha256(name: str, folder: Path | None = None) -> str:
    """Hex sha256 of a table's bytes as they are on disk."""
    folder = folder or project.here().data
    return files.digest(folder / describe(name, folder)["path"])


# What is checked


def check_all(folder: Path | None = None) -> None:
    """Check the bibliography, every table and that nothing else lies beside them. A table that has
    not changed since it was found sound is not checked again. Raises ``DataError`` with a line for
    each fault, ten of one file at most."""
    from tallybook.data import bibliography  # slow to import, and not needed to read a table

    folder = folder or project.here().data
    found, sound = [*cells.listed(extent.faults(folder), "data")], set()
    books = _hash(*map(files.stamp, (folder / "sources.bib", folder / bibliography.NAME)))
    found += [] if books in _remembered(folder) else bibliography.faults(folder)
    for name in names(folder):
        found += faults(name, folder)
        sound.add(_fingerprint(*_now(name, folder)))
    if found:
        raise DataError("\n".join(found))
    _remember(sound | {books}, folder)


def check(name: str, folder: Path | None = None) -> None:
    """Check one table (see ``table``), and those in which its keys are looked up."""
    folder = folder or project.here().data
    _check(*_now(name, folder))


def faults(name: str, folder: Path | None = None) -> tuple[str, ...]:
    """All that is wrong with one table: a line each, with file, row, column, found and expected,
    ten at most; then how many more. Raises ``DataError`` if no table has that name."""
    folder = folder or project.here().data
    return _faults(*_now(name, folder))


# What a table is computed from, so that a changed file is read again: its name, its folder, the
# states of its own file, of those of its parents, and of all that is said of them.
Now = tuple[str, Path, tuple[files.State, ...]]


def _now(name: str, folder: Path) -> Now:
    tables = (name, *schema.parents(describe(name, folder)))
    paths = (*schema.OWN, seal.SUMS, *(f"{one}.csv" for one in tables))
    return name, folder, tuple(files.state(folder / path) for path in paths)


@functools.cache
def _check(name: str, folder: Path, _states: object) -> None:
    for one in (name, *schema.parents(describe(name, folder))):
        if found := faults(one, folder):
            raise DataError(found[0])


@functools.cache
def _faults(name: str, folder: Path, states: tuple[files.State, ...]) -> tuple[str, ...]:
    resource = describe(name, folder)
    path, shown = folder / resource["path"], f"data/{resource['path']}"
    if not path.is_file():
        return (f"{shown}: file not found; expected the table {name!r} of tables.csv",)
    if _fingerprint(name, folder, states) in _remembered(folder):
        return ()
    known: dict[tuple[str, validation.Key], Set[validation.Key]] = {}
    for key in resource["schema"].get("foreignKeys", []):
        parent, columns = key["table"], tuple(key["reference"]["fields"])
        # A key that is not in a faulty table is no fault of the table that names it.
        if parent != name and not faults(parent, folder):
            known[parent, columns] = _keys(*_now(parent, folder), columns)
    found = [shown + fault for fault in validation.faults(resource, path.read_bytes(), known)]
    return tuple(cells.listed(found or seal.unsealed(resource["path"], folder), shown))


@functools.cache
def _keys(name: str, folder: Path, _states: object, columns: validation.Key) -> Set[validation.Key]:
    resource = describe(name, folder)
    return validation.keys((folder / resource["path"]).read_bytes(), columns)


@functools.cache
def _fingerprint(name: str, folder: Path, _states: object) -> str:
    """Of all that a check of a table looks at: its bytes and those of its parents, and what is said
    of them."""
    tables = [describe(one, folder) for one in (name, *schema.parents(describe(name, folder)))]
    sealed = [seal.sums(folder).get(one["path"]) for one in tables]
    return _hash(tables, sealed, *(files.stamp(folder / one["path"]) for one in tables))


def _hash(*parts: object) -> str:
    """Hex sha256 of plain values, and of the code of the check."""
    here = Path(__file__).parent
    return files.sha256(repr([files.contents(here, here.glob("*.py")), *parts]).encode())


def _remembered(folder: Path) -> frozenset[str]:
    """The fingerprints of what was found sound before."""
    path = folder.parent / CHECKED
    return _lines(path) if path.is_file() else frozenset()


@files.while_unchanged
def _lines(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8").split())


def _remember(fingerprints: Iterable[str], folder: Path) -> None:
    path = folder.parent / CHECKED
    if {*fingerprints} == _remembered(folder):
        return
    with contextlib.suppress(OSError):  # it may be nobody's to write; then all is checked again
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text("\n".join(sorted(fingerprints)) + "\n", encoding="utf-8")
        os.replace(fresh, path)


# What is read


def _key(name: str, folder: Path) -> list[str]:
    """The columns of the primary key of a table."""
    columns: list[str] = describe(name, folder)["schema"]["primaryKey"]
    return columns


def _shared(name: str, folder: Path) -> pd.DataFrame:
    """The table itself, checked, which ``table`` gives out as a copy."""
    now = _now(name, folder)
    _check(*now)
    return _frame(*now)


@functools.cache
def _frame(name: str, folder: Path, _states: object) -> pd.DataFrame:
    import pandas as pd

    resource = describe(name, folder)
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    dtypes = {f["name"]: kinds.get(f["type"], "object") for f in resource["schema"]["fields"]}
    empty: dict[str, Any] = {"keep_default_na": False, "na_values": [""]}
    return pd.read_csv(folder / resource["path"], dtype=dtypes, encoding="utf-8", **empty)


@functools.cache
def _row(name: str, folder: Path, states: object, place: int) -> pd.Series:
    return _frame(name, folder, states).iloc[place]


@functools.cache
def _places(name: str, folder: Path, states: object) -> dict[tuple[object, ...], int]:
    """Where each row of a table stands, by its primary key; ``None`` for an empty cell."""
    import pandas as pd

    keys = _frame(name, folder, states)[_key(name, folder)]
    columns = (
        [None if pd.isna(cell) else cell for cell in keys[column].tolist()] for column in keys
    )
    return {key: place for place, key in enumerate(zip(*columns, strict=True))}


@functools.cache
def _facts(name: str, folder: Path, states: object) -> tuple[Fact, ...]:
    """What is taken down when a row is read, for each row in order."""
    return tuple(_read(name, _key(name, folder), _frame(name, folder, states)))


def _read(name: str, columns: list[str], chosen: pd.DataFrame) -> Iterator[Fact]:
    """The rows of a table as facts."""
    said = chosen.reindex(columns=["source_key", "locator", "grade"]).astype(object)
    keys, words = chosen[columns].astype(object), said.where(said.notna(), "")
    for key, of_source in zip(keys.to_numpy(), words.to_numpy(), strict=True):
        yield Fact(name, joined(key), *map(str, of_source))


def main(folder: Path) -> int:
    """Check every table of a folder and say so; returns the exit code."""
    try:
        check_all(folder)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(names(folder))} tables checked, all as described.")
    return 0
