"""The words of the numbers: what a table, ``data/<chapter>/numbers.csv``, says each one is.

A row has ``number_id`` (the id without its chapter), ``unit``, ``label``, ``how``, and, where the
number has them, ``covers`` (what its interval covers; ``as other-number`` for the words of another
number of the chapter) and ``decimals``. Words stand apart from the code so that an editor or a
translator finds them all in one place. A number whose words depend on the data is given them by its
code, and has no row.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tallybook import data, project
from tallybook.data.provenance import untraced

TABLE = "numbers"  # of a chapter
AS = "as "  # before the number whose interval covers the same


class Words(NamedTuple):
    """What is said of a number; see ``tallybook.model.numbers.Number``."""

    unit: str
    label: str
    how: str
    covers: str | None
    decimals: int | None


def words(number_id: str) -> Words | None:
    """The row of a number, by its whole id; ``None`` if its chapter has no row for it."""
    chapter, _, name = number_id.partition(".")
    return _chapter(chapter).get(name)


def unused(number_ids: Iterable[str], chapters: Iterable[str]) -> list[str]:
    """A line for each row that no number has, as found and expected."""
    known = set(number_ids)
    return [
        f"data/{chapter}/{TABLE}.csv, row {line}, column number_id: found {name!r}, which "
        f"numbers() of the chapter {chapter} does not give; expected a number for each row"
        for chapter in chapters
        for line, name in enumerate(_chapter(chapter), start=2)
        if f"{chapter}.{name}" not in known
    ]


def _chapter(chapter: str) -> dict[str, Words]:
    name = f"{chapter}/{TABLE}"
    if name not in data.names():
        return {}
    return _read(name, project.here().data, data.sha256(name))


@functools.lru_cache(maxsize=64)
def _read(name: str, folder: Path, _content: str) -> dict[str, Words]:
    with untraced():
        rows = data.records(name, folder)
    covers = {f"{AS}{row['number_id']}": row.get("covers") for row in rows}
    found = {}
    for row in rows:
        said, decimals = row.get("covers") or "", row.get("decimals")
        found[row["number_id"]] = Words(
            row["unit"],
            row["label"],
            row["how"],
            covers.get(said, said) or None,
            None if decimals is None else int(decimals),
        )
    return found
