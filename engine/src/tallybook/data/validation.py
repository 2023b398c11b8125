"""What is wrong with the rows of a table, held against its schema: every fault that can be named,
not the first one alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from typing import Any

from tallybook.data import cells
from tallybook.data.cells import Fault

# The words for each constraint of a column.
CONSTRAINTS = {
    "minimum": "of at least {}",
    "maximum": "of at most {}",
    "pattern": "that matches {}",
    "enum": "out of {}",
}
Field = dict[str, Any]
Key = tuple[str, ...]
# The keys that a table has in some of its columns, by the table and these columns.
Known = Mapping[tuple[str, Key], Set[Key]]


def faults(resource: dict[str, Any], content: bytes, known: Known) -> list[str]:
    """All faults of a table in the order of its rows, as ", row 3, column value: found 'many';
    expected a number".

    ``resource``: its description; ``content``: its bytes. A foreign key is looked up only if
    ``known`` has the keys that there are.
    """
    if says := cells.text_fault(content):
        return [f", {says}"]
    try:
        header, *rows = cells.rows(content.decode("utf-8"))
    except cells.NotCsv as error:
        return [str(error.fault)]
    schema = resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    if header != [*fields]:
        return [str(_of_header(header, [*fields], resource))]
    found = _of_lengths(rows, [*fields])
    bad = {fault.row for fault in found}
    whole = [(row, cells_) for row, cells_ in enumerate(rows, start=2) if row not in bad]
    for place, field in enumerate(fields.values()):
        found += _of_column([(row, line[place]) for row, line in whole], field)
    places = {name: place for place, name in enumerate(header)}
    found += _of_key(whole, places, schema["primaryKey"])
    for key in schema.get("foreignKeys", []):
        found += _of_foreign_key(whole, places, key, known)
    if not found and (row := _out_of_order(whole, places, fields, resource.get("order", []))):
        wanted = f"rows by {', '.join(resource['order'])}"
        found.append(
            Fault(row, "", f"found a row that does not come after the one above; expected {wanted}")
        )
    return [str(one) for one in sorted(found, key=lambda one: one.row)]


def keys(content: bytes, columns: Key) -> Set[Key]:
    """The cells of some columns of a sound table, those of a row together."""
    header, *rows = cells.rows(content.decode("utf-8"))
    places = [header.index(column) for column in columns]
    return {tuple(row[place] for place in places) for row in rows}


def _of_header(header: list[str], columns: list[str], resource: dict[str, Any]) -> Fault:
    """The first heading that is another one than wanted."""
    pairs = zip([*header, ""], [*columns, ""], strict=False)
    found, _ = next(pair for pair in pairs if pair[0] != pair[1])
    wanted = f"the {len(columns)} columns {', '.join(columns)}"
    says = f"found the column {cells.short(found)}" if found else "found no more columns"
    how = f" (if the change is meant, run `{cells.DESCRIBE} data/{resource['path']}`)"
    return Fault(1, found, f"{says}; expected {wanted}" + how * ("type" in resource))


def _of_lengths(rows: list[list[str]], columns: list[str]) -> list[Fault]:
    wanted = f"the {len(columns)} columns {', '.join(columns)}"
    found = []
    for row, line in enumerate(rows, start=2):
        if not line:
            found.append(Fault(row, "", f"found a blank row; expected {wanted}"))
        elif len(line) < len(columns):
            found.append(Fault(row, columns[len(line)], f"found no cell; expected {wanted}"))
        elif len(line) > len(columns):
            extra = cells.short(line[len(columns)])
            found.append(Fault(row, "", f"found the cell {extra} too many; expected {wanted}"))
    return found


def _of_column(column: list[tuple[int, str]], field: Field) -> Iterator[Fault]:
    """The cells of a column that are not as it wants them. Most cells of a large table repeat:
    each text is looked at once."""
    different = {cell for _, cell in column}
    bad = {cell: says for cell in different if (says := _cell(cell, field))}
    if bad:
        yield from (Fault(row, field["name"], bad[cell]) for row, cell in column if cell in bad)


def _cell(cell: str, field: Field) -> str | None:
    """What is wrong with one cell, as found and expected."""
    limits = field.get("constraints", {})
    if not cell:
        return f"found nothing; expected {_wanted(field)} in every row" * ("required" in limits)
    if says := cells.fault(cell, field["type"]):
        return says
    value: Any = float(cell) if field["type"] in ("number", "integer") else cell
    good = (
        limits.get("minimum", value) <= value <= limits.get("maximum", value)
        and value in limits.get("enum", [value])
        and re.fullmatch(limits.get("pattern", ".*"), cell)
    )
    return None if good else f"found {cells.short(cell)}; expected {_wanted(field)}"


def _wanted(field: Field) -> str:
    """What a column asks of a cell, in words."""
    told = []
    for key, words in CONSTRAINTS.items():
        if (value := field.get("constraints", {}).get(key)) is not None:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            told.append(words.format(shown))
    return " ".join([cells.NOUNS[field["type"]], ", ".join(told)]).strip()


def _of_key(
    rows: list[tuple[int, list[str]]], places: Mapping[str, int], columns: list[str]
) -> Iterator[Fault]:
    first: dict[Key, int] = {}
    for row, line in rows:
        key = tuple(line[places[column]] for column in columns)
        if (seen := first.setdefault(key, row)) != row:
            says = f"found a key that stands in row {seen} already; expected each key once"
            yield Fault(row, ", ".join(columns), says)


def _of_foreign_key(
    rows: list[tuple[int, list[str]]], places: Mapping[str, int], key: dict[str, Any], known: Known
) -> Iterator[Fault]:
    """The keys that are not in the table in which they are looked up, each once."""
    parent, columns = key["table"], tuple(key["reference"]["fields"])
    if (parent, columns) not in known:
        return
    there = known[parent, columns]
    found = [(row, tuple(line[places[column]] for column in key["fields"])) for row, line in rows]
    unknown = [(row, cells_) for row, cells_ in found if any(cells_) and cells_ not in there]
    times, told = Counter(cells_ for _, cells_ in unknown), set[Key]()
    home = "sources.bib" if parent == "sources" else f"table {parent}"
    for row, lost in unknown:
        if lost not in told:
            told.add(lost)
            more = times[lost] - 1
            also = f"; {more} more rows name it" if more > 1 else "; one more row names it" * more
            shown = ", ".join(map(cells.short, lost))
            says = f"found {shown}; expected a key of {parent} ({home}){also}"
            yield Fault(row, ", ".join(key["fields"]), says)


def _out_of_order(
    rows: list[tuple[int, list[str]]],
    places: Mapping[str, int],
    fields: Mapping[str, Field],
    order: list[str],
) -> int:
    """The first row that does not come after the one above it; 0 if all do.

    ``["side", "-visits"]`` means: by side, and within a side by visits, largest first; no two rows
    alike in both. The words of a column that has a list of them go in its order, other text by its
    characters, and a cell without a value comes last.
    """

    def key(line: list[str]) -> list[tuple[int, float | str]]:
        found: list[tuple[int, float | str]] = []
        for one in order:
            cell, field = line[places[one.removeprefix("-")]], fields[one.removeprefix("-")]
            words = field.get("constraints", {}).get("enum", [])
            value: float | str = cell
            if not cell:
                value = 0
            elif field["type"] in ("integer", "number"):
                value = float(cell) * (-1 if one.startswith("-") else 1)
            elif words:
                value = words.index(cell)
            found.append((not cell, value))
        return found

    sorted_by = [key(line) for _, line in rows] if order else []
    pairs = zip(sorted_by, sorted_by[1:], strict=False)
    return next((rows[at][0] for at, (one, two) in enumerate(pairs, 1) if not one < two), 0)
