"""One wrong cell or row at a time: what a careless hand does to a table.

A table is a list of rows of text, the header first, as ``csv`` reads it; a mutant says which
change is made and makes it on a copy. Nothing here knows what the table is for.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

Rows = list[list[str]]

SCALES = {"x10": Decimal(10), "x1000": Decimal(1000), "x0.1": Decimal("0.1"), "sign": Decimal(-1)}
KINDS = (*SCALES, "digit", "last digit", "source", "unit", "drop", "swap")
UNITS = ("unit", "currency")
NUMERIC = ("integer", "number")
# Texts that are figures to a reader: a year, a span of years, a day, a list of measurements.
FIGURES = re.compile(r"[\d .,:/-]*\d[\d .,:/-]*")


@dataclass(frozen=True)
class Mutant:
    """One change: ``row`` counts as an editor does (the header is row 1); ``key`` names the row for
    a reader.

    ``column`` is empty for whole rows; for "swap", ``after`` is the number of the other row.
    """

    table: str
    kind: str
    row: int
    key: str
    column: str
    before: str
    after: str

    def applied(self, rows: Rows) -> Rows:
        """The table with this change made; the one given stays as it is."""
        rows = [list(row) for row in rows]
        place = self.row - 1
        if self.kind == "drop":
            del rows[place]
        elif self.kind == "swap":
            other = int(self.after) - 1
            rows[place], rows[other] = rows[other], rows[place]
        else:
            rows[place][rows[0].index(self.column)] = self.after
        return rows

    def __str__(self) -> str:
        place = f"{self.table}, row {self.row} ({self.key})"
        if self.kind == "drop":
            return f"{place}: dropped"
        if self.kind == "swap":
            return f"{place}: swapped with row {self.after}"
        return (
            f"{place}, {self.column}: {self.kind}, {_short(self.before)} became"
            f" {_short(self.after)}"
        )


def read(text: str) -> Rows:
    return list(csv.reader(io.StringIO(text, newline="")))


def write(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def sample(
    resource: dict, rows: Rows, count: int, sources: list[str], units: list[str], seed: str
) -> list[Mutant]:
    """``count`` different mutants of one table (fewer if there are not so many), its kinds in turn.

    ``resource`` is the table's description; ``sources`` and ``units`` are what may be put for
    another source or unit. The same seed gives the same mutants.
    """
    chance = random.Random(f"{seed} {resource['name']}")
    makers = [kind for kind in KINDS if _columns(resource, rows, kind) or kind in ("drop", "swap")]
    found: dict[Mutant, None] = {}
    for attempt in range(count * 20):
        if len(found) == count:
            break
        mutant = make(resource, rows, makers[attempt % len(makers)], sources, units, chance)
        if mutant is not None:
            found[mutant] = None
    return list(found)


def make(
    resource: dict,
    rows: Rows,
    kind: str,
    sources: list[str],
    units: list[str],
    chance: random.Random,
    column: str | None = None,
) -> Mutant | None:
    """One mutant of a kind, in a column and a row that chance chooses; ``None`` if that cell does
    not lend itself to it."""
    name = resource["path"].removesuffix(".csv")
    place = chance.randrange(1, len(rows))
    key = _key(resource, rows, place)
    if kind == "drop":
        return dropped(resource, rows, place)
    if kind == "swap":
        other = chance.randrange(1, len(rows))
        return (
            None
            if rows[other] == rows[place]
            else Mutant(name, kind, place + 1, key, "", "", str(other + 1))
        )
    column = column or chance.choice(_columns(resource, rows, kind))
    before = rows[place][rows[0].index(column)]
    integer = any(
        f["name"] == column and f["type"] == "integer" for f in resource["schema"]["fields"]
    )
    after = _changed(kind, before, integer, sources, units, chance)
    if after is None or after == before:
        return None
    return Mutant(name, kind, place + 1, key, column, before, after)


def every_cell(
    resource: dict,
    rows: Rows,
    column: str,
    sources: list[str],
    units: list[str],
    chance: random.Random,
) -> Iterator[Mutant]:
    """Mutants of one column, a row each in a random order, for finding columns that nothing reads."""
    places = list(range(1, len(rows)))
    chance.shuffle(places)
    at = rows[0].index(column)
    kind = {"source_key": "source"} | dict.fromkeys(UNITS, "unit")
    for place in places:
        before = rows[place][at]
        after = _changed(
            kind.get(column, "digit"), before, False, sources, units, chance
        ) or _other_word(before)
        yield Mutant(
            resource["path"].removesuffix(".csv"),
            "text",
            place + 1,
            _key(resource, rows, place),
            column,
            before,
            after,
        )


def dropped(resource: dict, rows: Rows, place: int) -> Mutant:
    """The loss of one row; ``place`` 1 is the first below the header."""
    return Mutant(
        resource["path"].removesuffix(".csv"),
        "drop",
        place + 1,
        _key(resource, rows, place),
        "",
        "",
        "",
    )


def unchanged(resource: dict, rows: Rows) -> Mutant:
    """No change at all: nobody may notice it."""
    return Mutant(
        resource["path"].removesuffix(".csv"),
        "nothing",
        2,
        _key(resource, rows, 1),
        rows[0][0],
        rows[1][0],
        rows[1][0],
    )


def _columns(resource: dict, rows: Rows, kind: str) -> list[str]:
    """Columns of a table in which a kind of change can be made."""
    types = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
    if kind in SCALES:
        return [name for name, what in types.items() if what in NUMERIC]
    if kind == "source":
        return [name for name in types if name == "source_key"]
    if kind == "unit":
        return [name for name in types if name in UNITS]
    if kind in ("digit", "last digit"):
        cells = {name: [row[at] for row in rows[1:] if row[at]] for at, name in enumerate(rows[0])}
        return [
            name
            for name in types
            if cells[name] and all(FIGURES.fullmatch(cell) for cell in cells[name])
        ]
    return []


def _changed(
    kind: str,
    before: str,
    integer: bool,
    sources: list[str],
    units: list[str],
    chance: random.Random,
) -> str | None:
    if not before:
        return None
    if kind in SCALES:
        return _scaled(before, SCALES[kind], integer)
    if kind in ("digit", "last digit"):
        places = [at for at, letter in enumerate(before) if letter in "0123456789"]
        if not places or not FIGURES.fullmatch(before):
            return None
        at = places[-1] if kind == "last digit" else chance.choice(places)
        return (
            before[:at]
            + chance.choice([d for d in "0123456789" if d != before[at]])
            + before[at + 1 :]
        )
    return chance.choice(
        [name for name in (sources if kind == "source" else units) if name != before]
    )


def _scaled(before: str, by: Decimal, integer: bool) -> str:
    scaled = Decimal(before) * by
    if integer:  # a hand that types a whole number types another whole number
        scaled = scaled.to_integral_value()
    return (
        before
        if scaled == Decimal(before)
        else format(scaled.normalize() if scaled % 1 == 0 else scaled, "f")
    )


def _other_word(before: str) -> str:
    return f"{before} otherwise" if before else "otherwise"


def _key(resource: dict, rows: Rows, place: int) -> str:
    keys = resource["schema"]["primaryKey"]
    return " ".join(
        rows[place][rows[0].index(key)] for key in ([keys] if isinstance(keys, str) else keys)
    )


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:18]}...{text[-18:]}")
