"""What is wrong with a table, held against its description: every fault that can be named, not the first one alone.

The order of looking: the bytes (``tallybook.data.encoding``), the letters of each cell (``tallybook.data.cells``), then the
``frictionless`` library for types, ranges, keys and the hash. Here its errors become lines for a person, and errors that
only follow from another one are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook import files
from tallybook.data import cells
from tallybook.data.cells import Fault
from tallybook.data.encoding import text_fault

if TYPE_CHECKING:  # slow to import, and not needed where tables are sound already: only the functions that check import it
    import frictionless

_LABELS = ("missing-label", "extra-label", "incorrect-label", "blank-label", "duplicate-label", "blank-header")
_SHAPE = ("missing-cell", "extra-cell", "blank-row")
_HASH = ("hash-count", "byte-count")
# All read a table the same way: left to itself, frictionless guesses how its cells are separated.
_DIALECT = {"csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}}


def faults(resource: dict[str, Any], parents: Iterable[dict[str, Any]], folder: Path, content: bytes) -> list[str]:
    """All faults of a table in the order of its rows, as ", row 3, column value: found 'many'; expected a number".

    ``resource``: its description; ``content``: its bytes, which are those of its file in ``folder``.
    ``parents``: descriptions of the tables in which its foreign keys are looked up. Keys of other tables are not looked up.
    """
    if fault := text_fault(content):
        return [f", {fault}"]
    kinds = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    try:
        found = cells.faults(content.decode("utf-8"), kinds)
    except cells.NotCsv as error:
        return [str(error.fault)]
    errors = _errors(resource, parents, folder)
    if labels := [error for error in errors if error.type in _LABELS]:
        return [str(_fault(error, resource, content)) for error in labels]  # what stands below wrong headings is no matter
    of_cells = [error for error in errors if error.type not in _HASH]
    found += _news(of_cells, {(one.row, one.column) for one in found}, resource, content)
    found = found or [_fault(error, resource, content) for error in errors[:1]]  # the hash, if it is all there is to say
    return [str(one) for one in sorted(found, key=lambda one: one.row)]


def _errors(resource: dict[str, Any], parents: Iterable[dict[str, Any]], folder: Path) -> list[frictionless.Error]:
    """What frictionless finds. It looks foreign keys up inside a package, so the package holds the table and its parents."""
    import frictionless

    parents = [parent | {"dialect": _DIALECT} for parent in parents]
    known = {parent["name"] for parent in parents} | {""}
    keys = [key for key in resource["schema"].get("foreignKeys", []) if key["reference"]["resource"] in known]
    table = resource | {"dialect": _DIALECT, "schema": resource["schema"] | {"foreignKeys": keys}}
    try:
        package = frictionless.Package.from_descriptor({"name": "check", "resources": [table, *parents]}, basepath=str(folder))
    except frictionless.FrictionlessException as error:
        return [*error.reasons, error.error][:1]
    report = package.get_resource(resource["name"]).validate()  # the package's own would look at the parents' descriptions again
    return [error for task in report.tasks for error in task.errors] + list(report.errors)


def _news(errors: list[frictionless.Error], known: set[tuple[int, str]], resource: dict[str, Any], content: bytes) -> list[Fault]:
    """The faults that nobody has named: one of a cell, one for cells missing at the end of a row, one for an unknown key."""
    from frictionless.errors import ForeignKeyError, MissingCellError, RowError

    cut = {(error.row_number, error.field_name) for error in errors if isinstance(error, MissingCellError)}
    blank = {error.row_number for error in errors if isinstance(error, RowError) and error.type == "blank-row"}
    lost = Counter((error.note, error.reference_name) for error in errors if isinstance(error, ForeignKeyError))
    named: set[tuple[int | str, str]] = {*known}
    found: list[Fault] = []
    for error in errors:
        one = _fault(error, resource, content)
        place: tuple[int | str, str] = (one.row, one.column)
        if place in cut:
            place = (one.row, "the cells that are missing")
        if isinstance(error, ForeignKeyError):
            place = (error.note, error.reference_name)
            more = lost[error.note, error.reference_name] - 1
            one = one._replace(says=one.says + (f"; {more} more rows name it" if more > 1 else "; one more row names it" * more))
        if place in named or (one.row in blank and error.type != "blank-row"):
            continue
        named.add(place)
        found.append(one)
    return found


def _fault(error: frictionless.Error, resource: dict[str, Any], content: bytes) -> Fault:
    """An error of frictionless as place, found and expected."""
    from frictionless.errors import ForeignKeyError

    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    row = 1 if error.type in _LABELS else getattr(error, "row_number", None) or 0
    column = getattr(error, "field_name", None) or ""
    cell = getattr(error, "cell", None) or getattr(error, "label", None)
    if isinstance(error, ForeignKeyError):
        found, parent = ", ".join(cells.short(str(one)) for one in error.field_cells), error.reference_name
        return Fault(row, ", ".join(error.field_names), f"found {found}; expected a key of {parent} ({_home(parent)})")
    match error.type:
        case "hash-count" | "byte-count":
            found, wanted = files.sha256(content), resource["hash"].removeprefix("sha256:")
            return Fault(0, "", f"found sha256 {found}; expected {wanted} (if the change is meant, run `{cells.SEAL}`)")
        case "type-error":
            return Fault(row, column, f"found {cells.short(str(cell))}; expected {cells.NOUNS[fields[column]['type']]}")
        case "constraint-error":
            found = "nothing" if cell in (None, "", "None") else cells.short(cell)
            wanted = f"{cells.NOUNS[fields[column]['type']]} with {_constraints(fields[column])}"
            return Fault(row, column, f"found {found}; expected {wanted}")
        case "primary-key" | "unique-error":
            column = column or ", ".join(_as_list(resource["schema"]["primaryKey"]))
            says = f"found a key that stands in the table already; expected each key once ({error.note})"
            return Fault(row, column, says)
    if error.type in (*_LABELS, *_SHAPE):
        name = error.type.replace("-", " ")
        article = "an" if name[0] in "aeiou" else "a"
        found = name + (f" {cells.short(cell)}" if cell and error.type != "missing-cell" else "")
        return Fault(row, column, f"found {article} {found}; expected the {len(fields)} columns {', '.join(fields)}")
    return Fault(row, column, " ".join((error.note or error.message).split()))


def _home(name: str) -> str:
    return "sources.bib" if name == "sources" else f"table {name}"


def _constraints(field: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in field.get("constraints", {}).items())


def _as_list(key: str | list[str]) -> list[str]:
    return [key] if isinstance(key, str) else key
