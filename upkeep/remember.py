"""``functools.cache`` for a run of mutations: every kept result also knows which tables it rests on.

The analysis keeps what is dear to compute for as long as a process lives. A mutant changes one
table, so whatever rests on others may stay; ``forget`` drops the rest.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator

_open: list[set[str]] = []
_memories: list[_Memory] = []


class _Memory:
    """A function of a module whose results are kept, with the tables read while each was made."""

    def __init__(self, function: Callable) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.kept: dict[tuple, tuple[object, set[str]]] = {}
        _memories.append(self)

    def __call__(self, *args: object, **named: object) -> object:
        key = (args, tuple(sorted(named.items())))
        if key not in self.kept:
            with reading() as tables:
                result = self.function(*args, **named)
            self.kept[key] = result, tables
        result, tables = self.kept[key]
        for name in tables:
            note(name)
        return result

    def cache_clear(self) -> None:
        self.kept.clear()


@contextlib.contextmanager
def reading() -> Iterator[set[str]]:
    """The names of the tables that are read inside the block, fresh or from a kept result."""
    tables: set[str] = set()
    _open.append(tables)
    try:
        yield tables
    finally:
        _open.pop()


def note(name: str) -> None:
    """A table is being read."""
    for tables in _open:
        tables.add(name)


def forget(table: str) -> None:
    """Drop every kept result that rests on a table."""
    for memory in _memories:
        memory.kept = {key: entry for key, entry in memory.kept.items() if table not in entry[1]}


@contextlib.contextmanager
def remembering(package: str, but: tuple[str, ...] = ()) -> Iterator[None]:
    """Modules of ``package`` that are imported inside the block get caches of this kind; ``but`` some."""
    cache, lru_cache = functools.cache, functools.lru_cache

    def ours(function: Callable) -> bool:
        return function.__module__.split(".")[0] == package and function.__module__ not in but

    def lru(maxsize: int | Callable | None = 128, typed: bool = False) -> Callable:
        if callable(maxsize):
            return _Memory(maxsize) if ours(maxsize) else lru_cache(maxsize)
        return lambda function: _Memory(function) if ours(function) else lru_cache(maxsize, typed)(function)

    functools.cache = lambda function: _Memory(function) if ours(function) else cache(function)
    functools.lru_cache = lru
    try:
        yield
    finally:
        functools.cache, functools.lru_cache = cache, lru_cache
