"""The only way into ``data/``: a table is checked before anyone sees it.

``tallybook.data.schema`` says which tables there are and ``tallybook.data.validation`` does the
checking; this module remembers what was checked, and gives out what is sound.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tallybook import files, project
from tallybook.builder.cache import CHECKED
from tallybook.data import cells, schema, seal, validation
from tallybook.data.provenance import Fact, note
from tallybook.data.schema import DataError, describe, names

__all__ = ["DataError", "describe", "names"]  # and what stands below

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
    note(Fact(name))
    return _opened(name, folder).frame.copy()


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
    states = _states(name, folder)
    opened = _open(name, folder, states)
    if key not in opened.places:
        found, there = joined(key), [joined(each) for each in opened.places]
        near = difflib.get_close_matches(found, there, n=5) or there[:5]
        where = f"data/{name}.csv, column {', '.join(_key(name, folder))}"
        raise DataError(where, f"no row {found!r}", f"one that is there, such as {', '.join(near)}")
    note(opened.facts[opened.places[key]])
    return _row(name, folder, states, opened.places[key]).copy()


def keys(name: str, folder: Path | None = None) -> dict[str, tuple[object, ...]]:
    """The primary keys of a table, each by its parts joined as in ``Fact.row``; no row is taken
    down as read. Raises ``DataError`` as ``table`` does."""
    return {joined(key): key for key in _opened(name, folder).places}


def rows(name: str, wanted: Mapping[str, object], folder: Path | None = None) -> pd.DataFrame:
    """The rows of a table that hold these values, by column, ``None`` for an empty cell; only they
    are taken down as read. Raises ``DataError`` if there is none."""
    opened = _opened(name, folder)
    chosen = opened.frame
    for column, value in wanted.items():
        chosen = chosen[chosen[column].isna() if value is None else chosen[column] == value]
    if chosen.empty:
        where = f"data/{name}.csv, column {', '.join(wanted)}"
        raise DataError(f"{where}: found no row with {joined(wanted.values())!r}")
    note(*(opened.facts[place] for place in chosen.index))
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


def sha256(name: str) -> str:
    """Hex sha256 of a table's bytes as they are on disk."""
    return files.digest(project.here().data / describe(name)["path"])


# What is checked


def check_all(folder: Path | None = None) -> None:
    """Check the bibliography, every table and that nothing else lies beside them. A table that has
    not changed since it was found sound is not checked again. Raises ``DataError`` with a line for
    each fault, ten of one file at most."""
    from tallybook.data import bibliography  # slow to import, and not needed to read a table

    folder = folder or project.here().data
    books = _hash(*(files.digest(path) for path in bibliography.paths(folder) if path.is_file()))
    found = cells.listed(seal.faults(folder), "data")
    found += [] if books in _remembered(folder) else bibliography.faults(folder)
    found += (fault for name in names(folder) for fault in faults(name, folder))
    if found:
        raise DataError("\n".join(found))
    _remember({books, *(_fingerprint(name, folder) for name in names(folder))}, folder)


def faults(name: str, folder: Path | None = None) -> tuple[str, ...]:
    """All that is wrong with one table: a line each, with file, row, column, found and expected,
    ten at most; then how many more. Raises ``DataError`` if no table has that name."""
    folder = folder or project.here().data
    return _faults(name, folder, _states(name, folder))


def _states(name: str, folder: Path) -> tuple[files.State, ...]:
    """What is kept of a table is kept while its file is the same, those of its parents, and what is
    said of them."""
    tables = (name, *schema.parents(describe(name, folder)))
    paths = (*schema.OWN, seal.SUMS, *(f"{one}.csv" for one in tables))
    return tuple(files.state(folder / path) for path in paths)


@functools.cache
def _faults(name: str, folder: Path, _states: object) -> tuple[str, ...]:
    resource = describe(name, folder)
    path, shown = folder / resource["path"], f"data/{resource['path']}"
    if not path.is_file():
        return (f"{shown}: file not found; expected the table {name!r} of tables.csv",)
    found: list[str] = []
    if _fingerprint(name, folder) not in _remembered(folder):
        known = {}
        for key in resource["schema"].get("foreignKeys", []):
            parent, columns = key["table"], tuple(key["reference"]["fields"])
            # A key that is not in a faulty table is no fault of the table that names it.
            if parent != name and not faults(parent, folder):
                content = (folder / f"{parent}.csv").read_bytes()
                known[parent, columns] = validation.keys(content, columns)
        found = validation.faults(resource, path.read_bytes(), known)
    return tuple(cells.listed(found or seal.unsealed(resource["path"], folder), shown))


def _fingerprint(name: str, folder: Path) -> str:
    """Of all that a check of a table looks at: its bytes and those of its parents, and what is said
    of them."""
    tables = [describe(one, folder) for one in (name, *schema.parents(describe(name, folder)))]
    paths = [folder / one["path"] for one in tables]
    return _hash(tables, *(files.digest(path) for path in paths if path.is_file()))


def _hash(*parts: object) -> str:
    """Hex sha256 of plain values, and of the code of the check."""
    here = Path(__file__).parent
    return files.sha256(repr([files.contents(here, here.glob("*.py")), *parts]))


def _remembered(folder: Path) -> frozenset[str]:
    """The fingerprints of what was found sound before."""
    path = folder.parent / CHECKED
    return _lines(path) if path.is_file() else frozenset()


@files.while_unchanged
def _lines(path: Path) -> frozenset[str]:
    return frozenset(path.read_text(encoding="utf-8").split())


def _remember(fingerprints: set[str], folder: Path) -> None:
    if fingerprints != _remembered(folder):
        with contextlib.suppress(OSError):  # it may be nobody's to write; then all is checked again
            text = "\n".join(sorted(fingerprints)) + "\n"
            files.write_whole(folder.parent / CHECKED, text.encode())


# What is read


class _Opened(NamedTuple):
    """A sound table: its rows, where each stands by its primary key (``None`` for an empty cell),
    and what is taken down when one is read."""

    frame: pd.DataFrame
    places: Mapping[tuple[object, ...], int]
    facts: tuple[Fact, ...]


def _opened(name: str, folder: Path | None) -> _Opened:
    folder = folder or project.here().data
    return _open(name, folder, _states(name, folder))


@functools.cache
def _open(name: str, folder: Path, _states: object) -> _Opened:
    import pandas as pd

    resource = describe(name, folder)
    for one in (name, *schema.parents(resource)):
        if found := faults(one, folder):
            raise DataError(found[0])
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    dtypes = {f["name"]: kinds.get(f["type"], "object") for f in resource["schema"]["fields"]}
    empty: dict[str, Any] = {"keep_default_na": False, "na_values": [""]}
    frame = pd.read_csv(folder / resource["path"], dtype=dtypes, encoding="utf-8", **empty)
    columns = (
        [None if pd.isna(cell) else cell for cell in frame[column].tolist()]
        for column in _key(name, folder)
    )
    places = {key: place for place, key in enumerate(zip(*columns, strict=True))}
    said = frame.reindex(columns=["source_key", "locator", "grade"]).astype(object)
    words = said.where(said.notna(), "").to_numpy()
    facts = (
        Fact(name, joined(key), *map(str, of_source))
        for key, of_source in zip(places, words, strict=True)
    )
    return _Opened(frame, places, tuple(facts))


@functools.cache
def _row(name: str, folder: Path, states: object, place: int) -> pd.Series:
    return _open(name, folder, states).frame.iloc[place]


def _key(name: str, folder: Path | None) -> list[str]:
    """The columns of the primary key of a table."""
    columns: list[str] = describe(name, folder)["schema"]["primaryKey"]
    return columns


def main(folder: Path) -> int:
    """Check every table of a folder and say so; returns the exit code. Raises ``DataError``."""
    check_all(folder)
    print(f"{len(names(folder))} tables checked, all as described.")
    return 0
