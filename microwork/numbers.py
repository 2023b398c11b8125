"""A number of the report: an object with an id, not a string of digits in a sentence."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from microwork.digits import rounded

ID = re.compile(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)")


class NumberError(Exception):
    """A number is badly made, defined twice, or used without being defined."""


@dataclass(frozen=True)
class Number:
    """One number, as plain Python floats of at most ten significant digits (``digits``); ``formatting`` decides how it prints.

    Attributes
    ----------
    id: ``chapter.name-in-words``; also its address in the page.
    value: the number itself, in ``unit``.
    unit: ``persons``, ``percent``, ``EUR per month``, ``ratio`` ... (free text, plural, English).
    label: what it is, in a few words, as the heading of its card.
    how: one line on how it was made.
    tables: names of the tables behind it, for example ``("counts/inputs",)``.
    low, high: ends of the interval, in ``unit``; both or neither.
    covers: what the interval covers, and what it does not; needed where there is one.
    decimals: decimals to print; ``None`` leaves it to the formatter.
    """

    id: str
    value: float
    unit: str
    label: str
    how: str
    tables: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    covers: str | None = None
    decimals: int | None = None

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise NumberError(f"number {self.id!r}: wanted an id of the form chapter.some-words")
        for part in ("value", "low", "high"):
            found = getattr(self, part)
            if found is None and part != "value":
                continue
            # numpy's float64 is a float, and prints as np.float64(...): only the plain type will do.
            if type(found) not in (int, float) or not math.isfinite(found):
                raise NumberError(f"number {self.id}, {part}: found {found!r}; wanted a finite plain int or float")
            object.__setattr__(self, part, rounded(found))
        if (self.low is None) != (self.high is None):
            raise NumberError(f"number {self.id}: found one end of an interval; wanted both low and high, or neither")
        if self.low is not None:
            if self.low > self.high:
                raise NumberError(f"number {self.id}: found low {self.low} above high {self.high}")
            if not self.covers:
                raise NumberError(f"number {self.id}: an interval must say what it covers")
        if not self.tables:
            raise NumberError(f"number {self.id}: wanted at least one table behind it")

    @property
    def chapter(self) -> str:
        return self.id.split(".", 1)[0]


class Registry:
    """All numbers of a report by id, in the order they were given."""

    def __init__(self, numbers: Iterable[Number] = ()) -> None:
        self._numbers: dict[str, Number] = {}
        for number in numbers:
            self.add(number)

    def add(self, number: Number) -> Number:
        """Add one number. Raises ``NumberError`` if its id is taken."""
        if number.id in self._numbers:
            raise NumberError(f"number {number.id!r} is defined twice; wanted each id once")
        self._numbers[number.id] = number
        return number

    def __getitem__(self, number_id: str) -> Number:
        """The number with that id. Raises ``NumberError`` naming the nearest ids if there is none."""
        try:
            return self._numbers[number_id]
        except KeyError:
            near = difflib.get_close_matches(number_id, self._numbers, n=3)
            hint = f"; near it: {', '.join(near)}" if near else ""
            raise NumberError(f"number {number_id!r} is used but not defined{hint}") from None

    def __contains__(self, number_id: str) -> bool:
        return number_id in self._numbers

    def __iter__(self) -> Iterator[Number]:
        return iter(self._numbers.values())

    def __len__(self) -> int:
        return len(self._numbers)
