"""A number of the report: an object with an id, not a string of digits in a sentence.

What is said of numbers stands apart from the code, so that an editor or a translator finds all of
it in one place: a row of ``data/<chapter>/numbers.csv`` has ``number_id`` (the id without its
chapter), ``unit``, ``label``, ``how``, and, where the number has them, ``covers`` (what its
interval covers; ``as other-number`` for the words of another number of the chapter) and
``decimals``. A number whose words depend on the data is given them by its code, and has no row.
"""

from __future__ import annotations

import difflib
import functools
import math
import numbers
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tallybook import data, project
from tallybook.data.provenance import Fact, note, traced, untraced, whole
from tallybook.errors import TallybookError
from tallybook.language import N_
from tallybook.model.digits import rounded

RATIOS = ("ratio", "factor")  # units on the scale of ratios
CODEBOOK = "numbers"  # the table of a chapter
# It is the name of a file: no longer than systems let one be.
ID = re.compile(r"(?=.{3,120}$)[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)")


class NumberError(TallybookError):
    """A number is badly made, defined twice, or used without being defined."""


@dataclass(frozen=True)
class Number:
    """One number, as plain Python floats of at most ten significant digits (``digits``);
    ``formatting`` decides how it prints.

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
    facts: the rows it descends from, through all steps of its computation
        (``tallybook.data.provenance``).
    digits: significant digits of each figure to print, in place of decimals: where a range is so
        wide that its ends want other decimals than the value.
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
    facts: tuple[Fact, ...] = ()
    digits: int | None = None

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            wanted = "expected an id of the form chapter.some-words, of at most 120 letters"
            raise NumberError(f"number {self.id[:150]!r}: {wanted}")
        for part in ("value", "low", "high"):
            found = getattr(self, part)
            if found is None and part != "value":
                continue
            # numpy's float64 is a float, and prints as np.float64(...): only the plain type will
            # do.
            if type(found) not in (int, float) or not math.isfinite(found):
                raise self._fault(repr(found), "a finite plain int or float", f", {part}")
            object.__setattr__(self, part, rounded(found))
        self._check_interval()
        if type(self.decimals) not in (int, type(None)):
            raise self._fault(repr(self.decimals), "a plain int, or None", ", decimals")
        if not self.tables:
            raise NumberError(f"number {self.id}: expected at least one table behind it")

    def _check_interval(self) -> None:
        low, high = self.low, self.high
        if (low is None) != (high is None):
            raise self._fault("one end of an interval", "both low and high, or neither")
        if low is None or high is None:
            return
        if low > high:
            raise NumberError(f"number {self.id}: found low {low} above high {high}")
        if not low <= self.value <= high:
            found = f"value {self.value}, low {low}, high {high}"
            raise self._fault(found, "a value within its interval")
        if not self.covers:
            raise NumberError(f"number {self.id}: an interval must say what it covers")
        if self.scale == "ratio" and low < 0:
            raise self._fault(f"low {low} on the scale of ratios", "none below nought")

    def _fault(self, found: str, expected: str, part: str = "") -> NumberError:
        return NumberError(f"number {self.id}{part}", found, expected)

    @property
    def lineage(self) -> tuple[Fact, ...]:
        """The facts it descends from; where nobody took them down, its tables as a whole."""
        return self.facts or tuple(Fact(table) for table in self.tables)

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of the interval. Raises ``NumberError`` if there is none."""
        if self.low is None or self.high is None:
            raise self._fault("no interval", "both its ends")
        return self.low, self.high

    @property
    def scale(self) -> str:
        """Where the interval widens: on logs if it is a ``ratio``, else by a ``difference``."""
        return "ratio" if self.unit in RATIOS else "difference"

    @property
    def chapter(self) -> str:
        return self.id.split(".", 1)[0]


Bounded = tuple[float, float, float]  # a value, its low end and its high end
Computed = float | Bounded


def number(
    name: str,
    compute: Callable[[], Computed],
    unit: str | None = None,
    label: str | None = None,
    how: str | None = None,
    covers: str | None = None,
    decimals: int | None = None,
) -> Number:
    """A number with its provenance: what ``compute`` reads is what the number descends from.

    ``compute`` gives the value, or value, low and high, in ``unit``. All else as in ``Number``.
    What is left out is taken from the row of the number in ``data/<chapter>/numbers.csv``.
    Raises ``NumberError`` if nothing was read: a number that rests on no table has no source; and
    if neither the code nor the table says what it is.
    """
    result, read = traced(compute)
    value, low, high = result if isinstance(result, tuple) else (result, None, None)
    if not read:
        wanted = "data.value, data.row or data.table"
        raise NumberError(f"number {name}", "that nothing was read for it", wanted)
    facts = whole(read)
    tables = tuple(dict.fromkeys(fact.table for fact in facts))
    said = _words(name)
    if said is not None:
        unit, label, how = unit or said.unit, label or said.label, how or said.how
        covers = covers or said.covers
        decimals = said.decimals if decimals is None else decimals
    if unit is None or label is None or how is None:
        wanted = f"a row of data/{name.partition('.')[0]}/numbers.csv"
        raise NumberError(f"number {name}", "no words for it", wanted)
    value, low, high = map(_as_plain, (value, low, high))
    made_from = (low, high, covers, decimals, facts)
    return Number(name, value, unit, label, how, tables, *made_from)


def published(
    name: str,
    table: str,
    fact_id: str,
    label: str | None = None,
    how: str | None = None,
    decimals: int | None = None,
) -> Number:
    """A figure as it was published: value and unit of one row.

    Its card names the source, so ``how`` need not; it is "As published." if nobody says more.
    """
    with untraced():
        unit = str(data.fact(table, fact_id)["unit"])
    if how is None and _words(name) is None:
        how = N_("As published.")
    return number(name, lambda: data.value(table, fact_id), unit, label, how, decimals=decimals)


def _as_plain(value: Any) -> Any:
    """A plain ``int`` or ``float`` for a number that NumPy or pandas computed; whole counts stay
    whole. Anything else is returned as it is, for ``Number`` to refuse."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return value
    return int(value) if isinstance(value, numbers.Integral) else float(value)


class Words(NamedTuple):
    """What is said of a number; see ``Number``."""

    unit: str
    label: str
    how: str
    covers: str | None
    decimals: int | None


def _words(number_id: str) -> Words | None:
    """The row of a number, by its whole id; ``None`` if its chapter has no row for it."""
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
    return _read(name, project.here().data, data.sha256(name))


@functools.cache
def _read(name: str, folder: Path, _content: str) -> dict[str, Words]:
    with untraced():
        rows = data.records(name, folder)
    covers: dict[Any, Any] = {f"as {row['number_id']}": row.get("covers") for row in rows}
    found = {}
    for row in rows:
        said: list[Any] = [row.get(name) for name in Words._fields]
        words = Words(*said)
        found[row["number_id"]] = words._replace(covers=covers.get(words.covers, words.covers))
    return found


class Registry:
    """All numbers of a report by id, in the order they were given."""

    def __init__(self, numbers: Iterable[Number] = ()) -> None:
        self._numbers: dict[str, Number] = {}
        for number in numbers:
            self.add(number)

    def add(self, number: Number) -> Number:
        """Add one number. Raises ``NumberError`` if its id is taken."""
        if number.id in self._numbers:
            raise NumberError(f"number {number.id!r} is defined twice; expected each id once")
        self._numbers[number.id] = number
        return number

    def __getitem__(self, number_id: str) -> Number:
        """The number with that id; its facts are taken down as read. Raises ``NumberError`` naming
        the nearest ids if there is none."""
        try:
            found = self._numbers[number_id]
        except KeyError:
            near = difflib.get_close_matches(number_id, self._numbers, n=3)
            hint = f"; near it: {', '.join(near)}" if near else ""
            raise NumberError(f"number {number_id!r} is used but not defined{hint}") from None
        note(*found.lineage)
        return found

    def __contains__(self, number_id: str) -> bool:
        return number_id in self._numbers

    def __iter__(self) -> Iterator[Number]:
        return iter(self._numbers.values())

    def __len__(self) -> int:
        return len(self._numbers)
