"""What a release changed, read off the numbers themselves, for ``CHANGELOG.md``.

A number has moved if what a reader sees of it has changed; each that moved, and each verdict that
changed, needs a line in ``releases/why.csv``:

    id      of the number or claim
    since   the version in which it changed
    why     one sentence

What is gone has its sentence in ``releases/redirects.csv``, where its successor stands. Numbers
that changed below the digits shown have one line together, with ``*`` for their id.
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
from tallybook.release.tree import ReleaseError
from tallybook.sphinx import redirects

FILE = "why.csv"
SLIGHT = "*"  # stands in why.csv for all numbers that changed below the digits shown
NAMED = 10  # up to so many of these are named
DRAFT = "Not released yet."  # what stands below the heading until then
COLUMNS = ["id", "since", "why"]
PARTS = ("value", "low", "high", "unit")
_SECTION = re.compile(r"^## (\d+\.\d+\.\d+)\b.*?(?=^## |\Z)", re.M | re.S)
Record = dict[str, Any]
Why = dict[tuple[str, str], str]  # (id, since) -> why


class Changes(NamedTuple):
    """What differs between two records: ids in the order of the newer one."""

    moved: list[str]
    slight: list[str]  # changed below the digits shown
    new: list[str]
    gone: list[str]
    verdicts: list[str]
    new_claims: list[str]
    gone_claims: list[str]


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


def _numbers(record: Record) -> dict[str, Record]:
    return {number["id"]: number for number in record["numbers"]}


def _verdicts(record: Record) -> dict[str, str]:
    return {claim["claim_id"]: claim["verdict"] for claim in record["claims"]}


def compare(old: Record, new: Record) -> Changes:
    """What changed from one record (``numbers`` and ``claims``) to the next."""
    before, after, said, says = _numbers(old), _numbers(new), _verdicts(old), _verdicts(new)
    moved: list[str] = []
    slight: list[str] = []
    for name in (name for name in after if name in before):
        then, now = before[name], after[name]
        if any(then.get(part) != now.get(part) for part in PARTS):
            seen = then.get("unit") != now["unit"] or text(then) != text(now)
            (moved if seen else slight).append(name)
    return Changes(
        moved,
        slight,
        new=[name for name in after if name not in before],
        gone=[name for name in before if name not in after],
        verdicts=[claim for claim in says if claim in said and said[claim] != says[claim]],
        new_claims=[claim for claim in says if claim not in said],
        gone_claims=[claim for claim in said if claim not in says],
    )


def reasons(folder: Path) -> Why:
    """``(id, since)`` -> why, from ``why.csv`` in the folder of releases and, for what is gone,
    from ``redirects.csv``.

    Raises ``ReleaseError`` or ``RedirectError`` with the row, what was found and what was wanted.
    """
    path, moves = folder / FILE, redirects.read(folder / redirects.FILE)
    gone = {(move.old, move.since): move.why for move in moves}
    if not path.is_file():
        return gone
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    if header != COLUMNS:
        raise ReleaseError(f"{path.name}, row 1", ",".join(header), ",".join(COLUMNS))
    for row, cells in enumerate(rows, start=2):
        if len(cells) != 3 or not all(cell.strip() for cell in cells):
            found = repr(",".join(cells))
            raise ReleaseError(f"{path.name}, row {row}", found, "three cells, none empty")
    return gone | {(name, since): why for name, since, why in rows}


def section(old: Record | None, new: Record, why: Why) -> str:
    """The part of the changelog for one version; ``old`` is the record of the one before.

    Raises ``ReleaseError`` naming every change that has no reason.
    """
    version = new["version"]
    head = f"## {version} ({new['date']})\n"
    if old is None:
        return f"{head}\n{_first(new)}\n"
    found = compare(old, new)
    changed = [*found.moved, *found.gone, *found.verdicts, *found.gone_claims]
    changed += [SLIGHT] if found.slight else []
    missing = [name for name in changed if (name, version) not in why]
    if missing:
        raise ReleaseError(
            f"releases/why.csv: found no line with since {version} for {', '.join(missing)};"
            " expected id, since and why of each number that moved and each verdict that changed,"
            " and of * for those that changed below the digits shown (of what is gone: a line in"
            " releases/redirects.csv)"
        )
    because = {name: why[name, version].replace("|", "\\|") for name in changed}
    parts = _parts(found, old, new, because) or ["No number and no verdict changed.\n"]
    return "\n".join([head, *parts])


def _first(new: Record) -> str:
    """What is said of the first release."""
    verdicts = Counter(claim["verdict"] for claim in new["claims"]).most_common()
    # Records for citing are no pages to read.
    pages = [page for page in new["pages"] if not page.startswith("_")]
    found = {"page": pages, **{kind[:-1]: new[kind] for kind in ("charts", "numbers")}}
    counts = ", ".join(
        f"{len(some)} {kind if len(some) == 1 else kind + 's'}" for kind, some in found.items()
    )
    said = ", ".join(f"{count} {verdict}" for verdict, count in verdicts)
    claims = f", and {len(new['claims'])} claims with their verdicts ({said})" if said else ""
    return f"The first release: {counts}{claims}."


def _parts(found: Changes, old: Record, new: Record, why: dict[str, str]) -> list[str]:
    """The tables of what changed, and the line of what changed slightly."""
    before, after, said, says = _numbers(old), _numbers(new), _verdicts(old), _verdicts(new)
    moved, gone = [], []
    for name in found.moved:
        units = dict.fromkeys((before[name]["unit"], after[name]["unit"]))
        unit = ", now ".join(units)
        moved.append([f"`{name}`", text(before[name]), text(after[name]), unit, why[name]])
    for name in found.gone:
        gone.append([f"`{name}`", text(before[name]), before[name]["unit"], why[name]])
    gone += [[f"`{claim}`", said[claim], "verdict", why[claim]] for claim in found.gone_claims]
    turned = [[f"`{claim}`", said[claim], says[claim], why[claim]] for claim in found.verdicts]
    fresh = [[f"`{name}`", text(after[name]), after[name]["unit"]] for name in found.new]
    fresh += [[f"`{claim}`", says[claim], "verdict"] for claim in found.new_claims]
    parts = [
        _table("Numbers that moved", "number | from | to | unit | why", moved),
        _table("Verdicts that changed", "claim | from | to | why", turned),
        _table("Gone", "id | last said | unit | why", gone),
        _table("New", "id | says | unit", fresh),
    ]
    if found.slight:
        few = len(found.slight) <= NAMED
        names = ", ".join(f"`{name}`" for name in found.slight)
        named = names if few else f"{len(found.slight)} numbers"
        parts.append(f"Changed below the digits shown: {named}. {why[SLIGHT]}\n")
    return [part for part in parts if part]


def _table(title: str, head: str, rows: list[list[str]]) -> str:
    if not rows:
        return ""
    rule = " | ".join("---" for _ in head.split(" | "))
    lines = [f"| {line} |" for line in (head, rule, *map(" | ".join, rows))]
    return "\n".join([f"### {title}: {len(rows)}", "", *lines, ""])


def insert(changelog: str, version: str, part: str) -> str:
    """The changelog with the part of a version in it: in the place of the one it had, else before
    all others.

    What an author wrote between the heading and the first table of the part that it had is kept.
    """
    part = part.rstrip("\n") + "\n"
    sections = {match[1]: match[0].rstrip("\n") + "\n" for match in _SECTION.finditer(changelog)}
    head = _SECTION.split(changelog, maxsplit=1)[0].rstrip("\n") + "\n"
    old = sections.get(version, "")
    if "\n### " in old:
        intro = old.partition("\n")[2].partition("\n### ")[0].replace(DRAFT, "").strip("\n")
        heading, _, tables = part.partition("\n")
        part = f"{heading}\n\n{intro}\n{tables}" if intro else part
    # A version that has a part keeps its place.
    sections = sections | {version: part} if old else {version: part} | sections
    return "\n".join([head, *sections.values()])
