"""What is wrong with the rows of a table, held against its schema: every fault that can be named,
not the first one alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from tallybook import addresses
from tallybook.data import cells

# The words for each constraint of a column.
CONSTRAINTS = {"minimum": "at least {}", "maximum": "at most {}", "pattern": "that matches {}"}
Field = dict[str, Any]
Key = tuple[str, ...]
Fault = tuple[int, str, str]  # row, column, found and expected
# The keys that a table has in some of its columns, by the table and these columns.
Known = Mapping[tuple[str, Key], Set[Key]]


def faults(resource: dict[str, Any], content: bytes, known: Known) -> list[str]:
    """All faults of a table in the order of its rows, such as "data/rain/months.csv, row 3, column
    rain: found 'many'; expected a number".

    ``resource``: its description; ``content``: its bytes. A foreign key is looked up only if
    ``known`` has the keys that there are.
    """
    path, schema = f"data/{resource['path']}", resource["schema"]
    try:
        header, *rows = cells.rows(content)
    except cells.NotCsv as error:
        return [f"{path}, {error}"]
    names = [field["name"] for field in schema["fields"]]
    if header != names:
        how = f"(if the change is meant, run `{cells.DESCRIBE} {path}`)"
        wanted = f"expected {', '.join(names)} {how}"
        return [f"{path}, row 1: found the columns {', '.join(map(repr, header))}; {wanted}"]
    found: list[Fault] = []
    whole: dict[int, list[str]] = {}
    for row, line in enumerate(rows, start=2):
        if len(line) == len(names):
            whole[row] = line
        else:
            found.append((row, "", f"found {len(line)} cells; expected {len(names)}"))

    def column(*wanted: str) -> list[tuple[int, Key]]:
        places = [names.index(name) for name in wanted]
        return [(row, tuple(line[at] for at in places)) for row, line in whole.items()]

    for field in schema["fields"]:
        found += _of_column(column(field["name"]), field)
    found += _of_key(column(*schema["primaryKey"]), ", ".join(schema["primaryKey"]))
    for key in schema.get("foreignKeys", []):
        found += _of_foreign_key(column(*key["fields"]), key, known)
    shown = (
        (f"row {row}, column {name}" if name else f"row {row}", says)
        for row, name, says in sorted(found, key=lambda one: one[0])
    )
    return [f"{path}, {place}: {says}" for place, says in shown]


def keys(content: bytes, columns: Key) -> Set[Key]:
    """The cells of some columns of a sound table, those of a row together."""
    header, *rows = cells.rows(content)
    places = [header.index(column) for column in columns]
    return {tuple(row[place] for place in places) for row in rows}


def _of_column(column: list[tuple[int, Key]], field: Field) -> Iterator[Fault]:
    """The cells of a column that are not as it wants them. Most cells of a large table repeat:
    each text is looked at once."""
    says = {key: _of_cell(key[0], field) for key in {key for _, key in column}}
    yield from ((row, field["name"], wrong) for row, key in column if (wrong := says[key]))


def _of_cell(cell: str, field: Field) -> str | None:
    limits = field.get("constraints", {})
    told = [words.format(limits[name]) for name, words in CONSTRAINTS.items() if name in limits]
    if "enum" in limits:
        told.append(f"one of {' | '.join(map(str, limits['enum']))}")
    wanted = ", ".join([cells.NOUNS[field["type"]], *told])
    if not cell:
        return f"found nothing; expected {wanted}" if "required" in limits else None
    if says := cells.fault(cell, field["type"]):
        return says
    if field["name"] in addresses.COLUMNS and (says := addresses.fault(cell)):
        return says
    value: Any = float(cell) if field["type"] in ("number", "integer") else cell
    good = (
        limits.get("minimum", value) <= value <= limits.get("maximum", value)
        and value in limits.get("enum", [value])
        and re.fullmatch(limits.get("pattern", ".*"), cell)
    )
    return None if good else f"found {cells.short(cell)}; expected {wanted}"


def _of_key(rows: list[tuple[int, Key]], columns: str) -> Iterator[Fault]:
    first: dict[Key, int] = {}
    for row, key in rows:
        if (seen := first.setdefault(key, row)) != row:
            yield row, columns, f"found the key of row {seen}; expected each key once"


def _of_foreign_key(
    rows: list[tuple[int, Key]], key: dict[str, Any], known: Known
) -> Iterator[Fault]:
    """The keys that are not in the table in which they are looked up."""
    parent, columns = key["table"], ", ".join(key["fields"])
    there = known.get((parent, tuple(key["reference"]["fields"])))
    for row, found in rows:
        if there is not None and any(found) and found not in there:
            home = "sources.bib" if parent == "sources" else f"data/{parent}.csv"
            shown = ", ".join(map(cells.short, found))
            yield row, columns, f"found {shown}; expected a key of {parent} ({home})"
