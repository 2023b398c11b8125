"""One wrong cell or row at a time: what a careless hand does to a table.

A table is a list of rows of text, the header first, as ``csv`` reads it; a mutant says which
change is made and makes it on a copy. Nothing here knows what the table is for.
"""

from __future__ import annotations

import csv
import io
import random
import re
from decimal import Decimal
from typing import NamedTuple

Rows = list[list[str]]

SCALES = {"x10": Decimal(10), "x1000": Decimal(1000), "x0.1": Decimal("0.1"), "sign": Decimal(-1)}
KINDS = (*SCALES, "digit", "last digit", "source", "unit", "drop", "swap")
UNITS = ("unit", "currency")
# Texts that are figures to a reader: a year, a span of years, a day, a list of measurements.
FIGURES = re.compile(r"[\d .,:/-]*\d[\d .,:/-]*")


class Mutant(NamedTuple):
    """One change: ``row`` counts as an editor does (the header is row 1); ``key`` names the row for
    a reader. ``column`` is empty for whole rows; for "swap", ``after`` is the number of the other
    row; "nothing" changes nothing."""

    table: str
    kind: str
    row: int
    key: str
    column: str = ""
    before: str = ""
    after: str = ""

    def applied(self, rows: Rows) -> Rows:
        """The table with this change made; the one given stays as it is."""
        rows, place = [list(row) for row in rows], self.row - 1
        if self.kind == "drop":
            del rows[place]
        elif self.kind == "swap":
            other = int(self.after) - 1
            rows[place], rows[other] = rows[other], rows[place]
        elif self.column:
            rows[place][rows[0].index(self.column)] = self.after
        return rows

    def __str__(self) -> str:
        changed = f", {self.column}: {self.kind}, {self.before!r} became {self.after!r}"
        whole = f": {self.kind} {self.after}".rstrip()
        return f"{self.table}, row {self.row} ({self.key}){changed if self.column else whole}"


def read(text: str) -> Rows:
    return list(csv.reader(io.StringIO(text, newline="")))


class Hand:
    """A careless hand at one table; the same seed makes the same mistakes.

    ``resource`` is the table's description; ``others``: what may be put for another source or unit.
    """

    def __init__(self, resource: dict, rows: Rows, others: dict[str, list[str]], seed: int) -> None:
        self.name, self.rows, self.others = resource["path"].removesuffix(".csv"), rows, others
        self.types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        keys = resource["schema"]["primaryKey"]
        self.keys = [keys] if isinstance(keys, str) else keys
        self.chance = random.Random(f"{seed} {resource['name']}")

    def sample(self, count: int) -> list[Mutant]:
        """``count`` different mutants (fewer if there are not so many), the kinds in turn."""
        kinds = [kind for kind in KINDS if kind in ("drop", "swap") or self.columns(kind)]
        found: dict[Mutant, None] = {}
        for attempt in range(count * 20):
            if len(found) < count and (mutant := self.mutant(kinds[attempt % len(kinds)])):
                found[mutant] = None
        return list(found)

    def mutant(self, kind: str) -> Mutant | None:
        """One mutant of a kind, in a row and a column that chance chooses; ``None`` if that cell
        does not lend itself to it."""
        place, other = (self.chance.randrange(1, len(self.rows)) for _ in range(2))
        row, heads = self.rows[place], self.rows[0]
        at = self.name, kind, place + 1, " ".join(row[heads.index(name)] for name in self.keys)
        if kind in ("drop", "nothing"):
            return Mutant(*at)
        if kind == "swap":
            return None if self.rows[other] == row else Mutant(*at, after=str(other + 1))
        column = self.chance.choice(self.columns(kind))
        before = row[heads.index(column)]
        after = self.changed(kind, before, self.types[column] == "integer") if before else before
        return None if after == before else Mutant(*at, column, before, after)

    def columns(self, kind: str) -> list[str]:
        """Columns in which a kind of change can be made."""
        if kind in SCALES:
            return [name for name, what in self.types.items() if what in ("integer", "number")]
        if kind in self.others:
            wanted = ("source_key",) if kind == "source" else UNITS
            return [name for name in self.types if name in wanted]
        columns = ((head, [*filter(None, cells)]) for head, *cells in zip(*self.rows, strict=True))
        return [name for name, cells in columns if cells and all(map(FIGURES.fullmatch, cells))]

    def changed(self, kind: str, before: str, integer: bool) -> str:
        if kind in SCALES:
            scaled = Decimal(before) * SCALES[kind]
            if integer:  # a hand that types a whole number types another whole number
                scaled = scaled.to_integral_value()
            return before if scaled == Decimal(before) else format(scaled.normalize(), "f")
        if kind in self.others:
            return self.chance.choice([name for name in self.others[kind] if name != before])
        places = [at for at, letter in enumerate(before) if letter in "0123456789"]
        at = places[-1] if kind == "last digit" else self.chance.choice(places)
        digit = self.chance.choice([digit for digit in "0123456789" if digit != before[at]])
        return before[:at] + digit + before[at + 1 :]
