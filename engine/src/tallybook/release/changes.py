"""What a release changed, read off the numbers themselves, for ``CHANGELOG.md``.

A number has moved if what a reader sees of it has changed; each that moved, each verdict that
changed and all that is gone needs a line in ``releases/why.csv``:

    id        of the number, claim or chart, or the name of a page
    since     the version in which it changed, or is gone
    why       one sentence for the reader
    instead   the id or the page that took the place of what is gone; else empty

Numbers that changed below the digits shown have one line together, with ``*`` for their id.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from tallybook.language import gettext as _
from tallybook.model.formatting import show, suffix
from tallybook.model.numbers import Number
from tallybook.release import record
from tallybook.release.tree import ReleaseError

FILE = "why.csv"
SLIGHT = "*"  # stands in why.csv for all numbers that changed below the digits shown
COLUMNS = ["id", "since", "why", "instead"]
PARTS = ("value", "low", "high", "unit")
_SECTION = re.compile(r"^## (\d+\.\d+\.\d+)\b.*?(?=^## |\Z)", re.M | re.S)
Record = dict[str, Any]


class Reason(NamedTuple):
    """What ``why.csv`` says of a change, and in which row."""

    why: str
    instead: str
    row: int


Why = dict[tuple[str, str], Reason]  # by id and version


class Changes(NamedTuple):
    """What differs between two records: ids of numbers and claims, in the order of the newer."""

    moved: list[str]
    slight: list[str]  # numbers that changed below the digits shown
    verdicts: list[str]
    new: list[str]
    gone: list[str]


def text(record: Record) -> str:
    """A number of ``numbers.json`` as a page would print it, with its interval; the unit stands
    apart."""
    low, high, covers = record.get("low"), record.get("high"), "as released"
    tables, decimals = (covers,), record.get("decimals")
    name, value, unit = record["id"], record["value"], record["unit"]
    if low is None:
        return show(Number(name, value, unit, "", "", tables, decimals=decimals), "value")
    return show(Number(name, value, unit, "", "", tables, low, high, covers, decimals), "full")


def in_words(record: Record) -> str:
    """A number of ``numbers.json`` with its unit, for a reader."""
    said, unit = text(record), record["unit"]
    return said if not unit or suffix(unit) else f"{said} {_(unit)}"  # else it is in the text


def entries(record: Record) -> dict[str, Record]:
    """All numbers and claims of a record by their ids, the numbers first."""
    numbers = {one["id"]: one for one in record["numbers"]}
    return numbers | {one["claim_id"]: one for one in record["claims"]}


def compare(old: Record, new: Record) -> Changes:
    """What changed from one record (``numbers`` and ``claims``) to the next."""
    before, after = entries(old), entries(new)
    found = Changes([], [], [], [], [name for name in before if name not in after])
    for name, now in after.items():
        then = before.get(name)
        if then is None:
            found.new.append(name)
        elif "verdict" in now:
            if then["verdict"] != now["verdict"]:
                found.verdicts.append(name)
        elif any(then.get(part) != now.get(part) for part in PARTS):
            seen = then.get("unit") != now["unit"] or text(then) != text(now)
            (found.moved if seen else found.slight).append(name)
    return found


def reasons(folder: Path) -> Why:
    """What ``why.csv`` in the folder of releases says.

    Raises ``ReleaseError`` with the row, what was found and what was wanted.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    place = f"{record.FOLDER}/{FILE}, row"
    if header != COLUMNS:
        raise ReleaseError(f"{place} 1", ",".join(header), ",".join(COLUMNS))
    found: Why = {}
    for row, cells in enumerate(rows, start=2):
        if len(cells) != len(COLUMNS) or not all(cell.strip() for cell in cells[:3]):
            wanted = "four cells, of which only the last may be empty"
            raise ReleaseError(f"{place} {row}", repr(",".join(cells)), wanted)
        name, since, why, instead = cells
        if not record.VERSION.fullmatch(since):
            raise ReleaseError(f"{place} {row}, column since", repr(since), "a version x.y.z")
        if (name, since) in found:
            wanted = "each id once in a version"
            raise ReleaseError(f"{place} {row}, column id", f"{name!r} again", wanted)
        found[name, since] = Reason(why, instead, row)
    return found


def section(old: Record | None, new: Record, why: Why) -> str:
    """The part of the changelog for one version; ``old`` is the record of the one before.

    Raises ``ReleaseError`` naming every change that has no reason.
    """
    version = new["version"]
    head = f"## {version} ({new['date']})\n\n"
    if old is None:
        return f"{head}{_first(new)}\n"
    found, before, after = compare(old, new), entries(old), entries(new)
    changed = [*found.moved, *found.verdicts, *found.gone, *([SLIGHT] if found.slight else [])]
    if missing := [name for name in changed if (name, version) not in why]:
        raise ReleaseError(
            f"{record.FOLDER}/{FILE}: found no line with since {version} for {', '.join(missing)};"
            f" expected {', '.join(COLUMNS)} of each number that moved, each verdict that changed"
            " and all that is gone, and of * for those that changed below the digits shown"
        )
    because = {name: why[name, version].why for name in changed}

    def change(name: str) -> str:
        return f"{_said(before[name])}, now {_said(after[name])}. {because[name]}"

    parts = {
        "Numbers that moved": {name: change(name) for name in found.moved},
        "Verdicts that changed": {name: change(name) for name in found.verdicts},
        "Gone": {name: f"{_said(before[name])}. {because[name]}" for name in found.gone},
        "New": {name: f"{_said(after[name])}." for name in found.new},
    }
    lists = [
        "\n".join([f"{title}:", "", *(f"- `{name}`: {said}" for name, said in lines.items()), ""])
        for title, lines in parts.items()
        if lines
    ]
    if found.slight:
        lists.append(f"Changed below the digits shown: {len(found.slight)}. {because[SLIGHT]}\n")
    return head + "\n".join(lists or ["No number and no verdict changed.\n"])


def _said(entry: Record) -> str:
    return str(entry["verdict"]) if "verdict" in entry else in_words(entry)


def _first(new: Record) -> str:
    """What is said of the first release."""
    verdicts = Counter(claim["verdict"] for claim in new["claims"]).most_common()
    found = {kind[:-1]: new[kind] for kind in ("pages", "charts", "numbers")}
    counts = ", ".join(
        f"{len(some)} {kind if len(some) == 1 else kind + 's'}" for kind, some in found.items()
    )
    said = ", ".join(f"{count} {verdict}" for verdict, count in verdicts)
    claims = f", and {len(new['claims'])} claims with their verdicts ({said})" if said else ""
    return f"The first release: {counts}{claims}."


def insert(changelog: str, version: str, part: str) -> str:
    """The changelog with the part of a version in it: in the place of the one it had, else before
    all others."""
    sections = {match[1]: match[0].rstrip("\n") + "\n" for match in _SECTION.finditer(changelog)}
    head = _SECTION.split(changelog, maxsplit=1)[0].rstrip("\n") + "\n"
    new = {version: part.rstrip("\n") + "\n"}
    # A version that has a part keeps its place.
    sections = sections | new if version in sections else new | sections
    return "\n".join([head, *sections.values()])
