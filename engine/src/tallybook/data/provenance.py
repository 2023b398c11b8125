"""Which rows of which tables a number descends from: taken down while it is computed, through every
step.

Whoever reads a row or a table notes it (``tallybook.data`` does). A number is computed within
``tracing()``, so that what was read for it becomes its provenance. A step whose result is
remembered is decorated with ``step``: it notes what it read the first time again whenever its
result is used.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, order=True)
class Fact:
    """A row that was read, or a whole table.

    Attributes
    ----------
    table: name of the table, for example ``counts/inputs``.
    row: the row's primary key, its parts joined by ``/``; empty for all rows of the table.
    source: key of the row's source; empty where the row names none, and for all rows.
    locator: place in the source; may be empty.
    grade: ``A`` (read in the source itself) or ``B`` (in a text that reports it); may be empty.
    """

    table: str
    row: str = ""
    source: str = ""
    locator: str = ""
    grade: str = ""


_reading: ContextVar[set[Fact] | None] = ContextVar("reading", default=None)


def note(*facts: Fact) -> None:
    """Take down that facts were read, if anybody wants to know."""
    facts_read = _reading.get()
    if facts_read is not None:
        facts_read.update(facts)


@contextmanager
def tracing() -> Iterator[set[Fact]]:
    """Gives the set that holds, at the end, all that was read within; an outer one gets it too."""
    facts_read: set[Fact] = set()
    token = _reading.set(facts_read)
    try:
        yield facts_read
    finally:
        _reading.reset(token)
        note(*facts_read)


@contextmanager
def untraced() -> Iterator[None]:
    """What is read within is not taken down: for checks that leave no trace in a result."""
    token = _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)


def traced(
    function: Callable[P, R], *arguments: P.args, **options: P.kwargs
) -> tuple[R, frozenset[Fact]]:
    """The result of a call, and the facts that were read for it."""
    with tracing() as facts_read:
        result = function(*arguments, **options)
    return result, frozenset(facts_read)


def step(function: Callable[P, R]) -> Callable[P, R]:
    """A step of an analysis that is computed once for the same arguments, which must be hashable.
    Its result is shared by all who ask: not to be changed."""

    @functools.cache
    @functools.wraps(function)
    def once(*arguments: P.args, **options: P.kwargs) -> tuple[R, frozenset[Fact]]:
        return traced(function, *arguments, **options)

    remembered = cast(Callable[P, tuple[R, frozenset[Fact]]], once)

    @functools.wraps(function)
    def wrapper(*arguments: P.args, **options: P.kwargs) -> R:
        result, facts_read = remembered(*arguments, **options)
        note(*facts_read)
        return result

    wrapper.cache_clear = once.cache_clear  # type: ignore[attr-defined]
    return wrapper


def whole(read: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts in order, without rows of tables that were read whole as well."""
    every = set(read)
    tables = {fact.table for fact in every if not fact.row}
    return tuple(sorted(fact for fact in every if not fact.row or fact.table not in tables))


def source_place(key: str) -> str:
    """The id of a source on the page of sources, as the bibliography names its entries."""
    return key.replace("_", "-")
