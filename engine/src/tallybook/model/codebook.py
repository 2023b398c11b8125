"""The words of the numbers: what a table, ``data/<chapter>/codebook.csv``, says each one is.

A row has ``number_id`` (the id without its chapter), ``unit``, ``label``, ``how``, and, where the
number has them, ``covers`` (a key of ``data/covers.csv``), ``decimals``
and ``scale``. Words stand apart from the code so that an editor or a translator finds them all in
one place. A number whose words depend on the data is given them by its code, and has no row.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tallybook import data, project
from tallybook.data.provenance import untraced

CODEBOOK, COVERS = "codebook", "covers"


class Words(NamedTuple):
    """What is said of a number; see ``tallybook.model.numbers.Number``."""

    unit: str
    label: str
    how: str
    covers: str | None
    decimals: int | None
    scale: str


def words(number_id: str) -> Words | None:
    """The row of a number, by its whole id; ``None`` if its chapter has no row for it.

    Raises ``DataError`` for a row whose ``covers`` is no key of the table of covers.
    """
    chapter, _, name = number_id.partition(".")
    return _chapter(chapter).get(name)


def unused(number_ids: Iterable[str], chapters: Iterable[str]) -> list[str]:
    """A line for each row that no number has, as found and expected."""
    known = set(number_ids)
    return [
        f"data/{chapter}/{CODEBOOK}.csv, row {line}, column number_id: found {name!r}, which "
        f"numbers() of the chapter {chapter} does not give; expected a number for each row"
        for chapter in chapters
        for line, name in enumerate(_chapter(chapter), start=2)
        if f"{chapter}.{name}" not in known
    ]


def _chapter(chapter: str) -> dict[str, Words]:
    name = f"{chapter}/{CODEBOOK}"
    if name not in data.names():
        return {}
    tables = [table for table in (name, COVERS) if table in data.names()]
    return _read(name, project.here().data, tuple(data.sha256(table) for table in tables))


@functools.lru_cache(maxsize=64)
def _read(name: str, folder: Path, _content: tuple[str, ...]) -> dict[str, Words]:
    with untraced():
        rows = data.records(name, folder)
        known = data.records(COVERS, folder) if COVERS in data.names() else []
    covers = {str(row["cover_id"]): str(row["text"]) for row in known}
    return {
        str(row["number_id"]): _words(row, covers, f"data/{name}.csv, row {line}")
        for line, row in enumerate(rows, start=2)
    }


def _words(row: dict[str, Any], covers: dict[str, str], place: str) -> Words:
    key = row.get("covers")
    if key is not None and key not in covers:
        raise data.DataError(
            f"{place}, column covers: found {key!r}; expected a cover_id of data/{COVERS}.csv"
        )
    decimals = row.get("decimals")
    return Words(
        row["unit"],
        row["label"],
        row["how"],
        None if key is None else covers[key],
        None if decimals is None else int(decimals),
        row.get("scale") or "",
    )
