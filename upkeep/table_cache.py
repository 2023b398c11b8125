"""What a run of mutations need not compute again.

The analysis keeps what is dear to compute for as long as a process lives. A mutant changes one
table, so whatever rests on others may stay: ``Memory`` is ``functools.cache`` that knows which
tables each kept result rests on, and ``forget`` drops those that rest on a changed one. A chart is
dear too, and rests on nothing but what its builder is given (``drawings``).
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import pickle
from collections.abc import Callable, Iterator
from types import ModuleType

_open: list[set[str]] = []
_memories: list[Memory] = []


class Memory:
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
def remembering(package: str) -> Iterator[None]:
    """Modules of ``package`` that are imported inside the block get caches of this kind."""
    cache, lru_cache = functools.cache, functools.lru_cache

    def ours(function: Callable) -> bool:
        return function.__module__.split(".")[0] == package

    def lru(maxsize: int | Callable | None = 128, typed: bool = False) -> Callable:
        if callable(maxsize):
            return Memory(maxsize) if ours(maxsize) else lru_cache(maxsize)
        return lambda function: (
            Memory(function) if ours(function) else lru_cache(maxsize, typed)(function)
        )

    functools.cache = lambda function: Memory(function) if ours(function) else cache(function)
    functools.lru_cache = lru
    try:
        yield
    finally:
        functools.cache, functools.lru_cache = cache, lru_cache


def drawings(module: ModuleType) -> None:
    """Functions of a module that builds charts give the same object for the same arguments, as
    bytes."""
    for name, function in list(vars(module).items()):
        if inspect.isfunction(function) and not name.startswith("_") and name != "publish":
            setattr(module, name, _by_bytes(function))


def bundles(module: ModuleType) -> None:
    """The module that publishes charts writes out the same object but once (``bundle_of``)."""
    bundle_of, kept = module.bundle_of, {}

    @functools.wraps(bundle_of)
    def bundled(name: str, chart: object, narrow: object = None, table: object = None) -> dict:
        key = (name, id(chart), id(narrow), pickle.dumps(table))
        if (
            key not in kept
        ):  # the charts stay in the entry: else another could get the id of one that is gone
            kept[key] = bundle_of(name, chart, narrow, table), chart, narrow
        return kept[key][0]

    module.bundle_of = bundled


def _by_bytes(function: Callable) -> Callable:
    kept: dict[bytes, object] = {}

    @functools.wraps(function)
    def drawn(*args: object, **named: object) -> object:
        try:
            key = pickle.dumps((args, named))
        except Exception:  # noqa: BLE001 - a function given on the spot has no bytes: draw
            return function(*args, **named)
        if key not in kept:
            kept[key] = function(*args, **named)
        return kept[key]

    return drawn
