"""Calls that must be refused, and with which words: all that are not are listed at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

Case = tuple[Callable[..., object], tuple[object, ...], str]


def not_refused(cases: Iterable[Case], kind: type[Exception] = ValueError) -> list[str]:
    """The cases of function, arguments and words that raise no ``kind`` with these words."""
    return [fault for case in cases if (fault := _fault(*case, kind))]


def _fault(
    function: Callable[..., object],
    arguments: tuple[object, ...],
    words: str,
    kind: type[Exception],
) -> str:
    call = f"{function.__name__}{arguments!r}"
    try:
        found = function(*arguments)
    except kind as error:
        return "" if re.search(words, str(error)) else f"{call}: found {error}; expected {words}"
    return f"{call}: found {found!r}; expected {kind.__name__} with {words}"
