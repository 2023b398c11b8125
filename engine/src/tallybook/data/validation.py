"""What is wrong with a table, held against its description: every fault that can be named, not the
first one alone.

Checked in this order: the letters of each cell (``tallybook.data.cells``), types, ranges and keys
(``frictionless``), then the hash. The errors of ``frictionless`` become lines for a person, and
those that only follow from another one are left out.

``frictionless`` is given rows, not files. When it reads a file itself, it guesses how the cells are
separated, and rereads every parent in full for each table. That takes as long as the rest of the
check.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook import files
from tallybook.data import cells
from tallybook.data.cells import Fault

# Slow to import, and not needed where tables are sound already: only functions that check do so.
if TYPE_CHECKING:
    import frictionless
    import pandas as pd

_LABELS = {f"{fault}-label" for fault in ("missing", "extra", "incorrect", "blank", "duplicate")}
_LABELS.add("blank-header")
_SHAPE = ("missing-cell", "extra-cell", "blank-row")
# Keys of a description that are about a file, not rows.
_OF_FILES = ("path", "hash", "bytes", "format", "mediatype", "encoding", "dialect")
# The words for each constraint of a column.
_CONSTRAINTS = {
    "required": "in every row",
    "unique": "that stands in no other row",
    "minimum": "of at least {}",
    "maximum": "of at most {}",
    "minLength": "of at least {} letters",
    "maxLength": "of at most {} letters",
    "pattern": "that matches {}",
    "enum": "out of {}",
}
MOST = 1000  # errors of a table that are looked at
Rows = list[list[str]]


class _Uncopied(Rows):
    """Rows that nobody changes: frictionless copies a description six times over."""

    def __deepcopy__(self, _memo: object) -> _Uncopied:
        return self


def faults(
    resource: dict[str, Any], parents: Iterable[dict[str, Any]], folder: Path, content: bytes
) -> list[str]:
    """All faults of a table in the order of its rows, as ", row 3, column value: found 'many';
    expected a number".

    ``resource``: its description; ``content``: its bytes, in which ``text_fault`` has found
    nothing. ``parents``: descriptions of the tables in which its foreign keys are looked up. Keys
    of other tables are not looked up.
    """
    kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    text = content.decode("utf-8")
    try:
        found = cells.faults(text, kinds)
    except cells.NotCsv as error:
        return [str(error.fault)]
    errors = _errors(resource, parents, folder, cells.rows(text))
    # What stands below wrong headings is no matter.
    if labels := [error for error in errors if error.type in _LABELS]:
        return [str(_fault(error, resource)) for error in labels]
    found += _news(errors, {(one.row, one.column) for one in found}, resource)
    found = found or unsealed(resource, content)
    return [str(one) for one in sorted(found, key=lambda one: one.row)]


def unsealed(resource: dict[str, Any], content: bytes) -> list[Fault]:
    """What the description wrongly says of the whole file."""
    sealed = resource["hash"].removeprefix("sha256:")
    size = resource.get("bytes", "an entry for them in datapackage.json")
    if (fresh := files.sha256(content)) != sealed:
        found, wanted = f"sha256 {fresh}", sealed or "one in datapackage.json"
    elif len(content) != size:
        found, wanted = f"{len(content)} bytes", size
    else:
        return []
    how = f"(if the change is meant, run `{cells.SEAL}`)"
    return [Fault(0, "", f"found {found}; expected {wanted} {how}")]


def _errors(
    resource: dict[str, Any], parents: Iterable[dict[str, Any]], folder: Path, rows: Rows
) -> list[frictionless.Error]:
    """What frictionless finds. It looks foreign keys up inside a package, which holds the table and
    the keys of its parents."""
    import frictionless

    known = {parent["name"]: parent for parent in parents}
    every = resource["schema"].get("foreignKeys", [])
    keys = [key for key in every if key["reference"]["resource"] in (*known, "")]
    # A description that holds the rows themselves, the header first.
    table = {key: said for key, said in resource.items() if key not in _OF_FILES}
    table["schema"] = resource["schema"] | {"foreignKeys": keys}
    table["data"] = _Uncopied(rows)
    looked_up = [_parent(parent, keys, folder) for parent in known.values()]
    try:
        # The description itself; below it has rows instead of a file.
        frictionless.Resource.from_descriptor(resource)
        whole = {"name": "check", "resources": [table, *looked_up]}
        package = frictionless.Package.from_descriptor(whole)
        # Opened and read, not "validated": that would check the descriptions against their rules a
        # second time.
        with package.get_table_resource(resource["name"]) as opened:
            of_rows = (error for row in opened.row_stream for error in row.errors)
            return [*opened.header.errors, *itertools.islice(of_rows, MOST)]
    except frictionless.FrictionlessException as error:
        return [*error.reasons, error.error][:1]


def _parent(parent: dict[str, Any], keys: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """A parent with only the columns in which ``keys`` are looked up."""
    here = [key["reference"] for key in keys if key["reference"]["resource"] == parent["name"]]
    wanted = {column for reference in here for column in _as_list(reference["fields"])}
    schema = {key: parent["schema"][key] for key in ("missingValues",) if key in parent["schema"]}
    schema["fields"] = [field for field in parent["schema"]["fields"] if field["name"] in wanted]
    columns = tuple(field["name"] for field in schema["fields"])
    rows = _columns(folder / parent["path"], columns)
    return {"name": parent["name"], "type": "table", "data": rows, "schema": schema}


@files.while_unchanged
def _columns(path: Path, columns: tuple[str, ...]) -> Rows:
    """Some columns of a sound table on disk, the header first, without repeated rows."""
    header, *rows = cells.rows(path.read_text(encoding="utf-8"))
    places = [header.index(column) for column in columns]
    different = dict.fromkeys(tuple(row[place] for place in places) for row in rows)
    return [list(columns), *map(list, different)]


def _news(
    errors: list[frictionless.Error], known: set[tuple[int, str]], resource: dict[str, Any]
) -> list[Fault]:
    """The faults that nobody has named: one of a cell, of a row's end, of an unknown key."""
    from frictionless.errors import BlankRowError, ForeignKeyError, MissingCellError

    cut = {
        (error.row_number, error.field_name)
        for error in errors
        if isinstance(error, MissingCellError)
    }
    blank = {error.row_number for error in errors if isinstance(error, BlankRowError)}
    lost = Counter(_unknown(error) for error in errors if isinstance(error, ForeignKeyError))
    named: set[tuple[int | str, str]] = {*known}
    found: list[Fault] = []
    for error in errors:
        one = _fault(error, resource)
        place: tuple[int | str, str] = (one.row, one.column)
        if place in cut:
            place = (one.row, "the cells that are missing")
        if isinstance(error, ForeignKeyError):
            place = _unknown(error)
            more = lost[place] - 1
            told = f"; {more} more rows name it" if more > 1 else "; one more row names it" * more
            one = one._replace(says=one.says + told)
        if place in named or (one.row in blank and error.type != "blank-row"):
            continue
        named.add(place)
        found.append(one)
    return found


def _unknown(error: frictionless.errors.ForeignKeyError) -> tuple[str, str]:
    """The key that is not there, and the table in which it is not."""
    return error.note, error.reference_name


def _fault(error: frictionless.Error, resource: dict[str, Any]) -> Fault:
    """An error of frictionless as place, found and expected."""
    from frictionless.errors import ForeignKeyError

    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    row = 1 if error.type in _LABELS else getattr(error, "row_number", None) or 0
    column = getattr(error, "field_name", None) or ""
    cell = getattr(error, "cell", None) or getattr(error, "label", None)
    if isinstance(error, ForeignKeyError):
        parent = error.reference_name
        home = "sources.bib" if parent == "sources" else f"table {parent}"
        found = ", ".join(cells.short(str(one)) for one in error.field_cells)
        says = f"found {found}; expected a key of {parent} ({home})"
        return Fault(row, ", ".join(error.field_names), says)
    match error.type:
        case "type-error":
            found, wanted = cells.short(str(cell)), cells.NOUNS[fields[column]["type"]]
        case "constraint-error":
            found = "nothing" if cell in (None, "", "None") else cells.short(cell)
            wanted = _wanted(fields[column])
        case "primary-key" | "unique-error":
            column = column or ", ".join(_as_list(resource["schema"]["primaryKey"]))
            found = "a key that stands in the table already"
            wanted = f"each key once ({error.note})"
        case kind if kind in (*_LABELS, *_SHAPE):
            name = kind.replace("-", " ")
            found = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
            found += f" {cells.short(cell)}" if cell and kind != "missing-cell" else ""
            wanted = f"the {len(fields)} columns {', '.join(fields)}"
        case _:
            return Fault(row, column, " ".join((error.note or error.message).split()))
    return Fault(row, column, f"found {found}; expected {wanted}")


def _wanted(field: dict[str, Any]) -> str:
    """What a column asks of a cell, in words."""
    told = []
    for key, value in field.get("constraints", {}).items():
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if value is not False:
            told.append(_CONSTRAINTS.get(key, f"with {key} {{}}").format(words))
    return " ".join([cells.NOUNS[field["type"]], ", ".join(told)]).strip()


def _as_list(key: str | list[str]) -> list[str]:
    return [key] if isinstance(key, str) else key


def out_of_order(resource: dict[str, Any], frame: pd.DataFrame) -> int | None:
    """Place of the first row (0 is the first below the header) that does not come after the one
    above it; ``None`` if all do, or no order is described.

    ``"order": ["side", "-visits"]`` means: by side, and within a side by visits, largest first; no
    two rows alike in both. Words of an ``enum`` go in the order of the enum, other text by its
    characters, numbers and days by size, and a cell without a value comes last.
    """
    keys = [_keys(resource, frame, column) for column in resource.get("order", [])]
    rows = list(zip(*keys, strict=True))
    return next((place for place in range(1, len(rows)) if not rows[place - 1] < rows[place]), None)


def _keys(
    resource: dict[str, Any], frame: pd.DataFrame, order: str
) -> list[tuple[int, float | str]]:
    """What the cells of a column are sorted by."""
    import pandas as pd

    column, sign = order.removeprefix("-"), -1 if order.startswith("-") else 1
    field = next(field for field in resource["schema"]["fields"] if field["name"] == column)
    words = field.get("constraints", {}).get("enum")

    def key(cell: Any) -> float | str:
        if words:
            return float(words.index(cell))
        return sign * float(cell) if field["type"] in ("integer", "number") else str(cell)

    return [(1, 0) if pd.isna(cell) else (0, key(cell)) for cell in frame[column]]
