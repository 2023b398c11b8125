"""What a release changed, read off the numbers themselves.

    python -m upkeep.changes OLD.json NEW.json [--since x.y.z] [--why FILE]

OLD and NEW are two ``numbers.json`` with their ``claims.json`` beside them, or two records of
releases. A number has moved if what a reader sees of it has changed; each that moved, and each
verdict that changed, needs a line in ``releases/why.csv``:

    id      of the number or claim
    since   the version in which it changed
    why     one sentence

What is gone has its sentence in ``releases/redirects.csv``, where its successor stands. Numbers
that changed below the digits shown have one line together, with ``*`` for their id.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tallybook.model.formatting import show
from tallybook.model.numbers import Number
from tallybook.sphinx import redirects

from microwork.paths import ROOT

WHY = ROOT / "releases" / "why.csv"
SLIGHT = "*"  # stands in why.csv for all numbers that changed below the digits shown
NAMED = 10  # up to so many of these are named
DRAFT = "Not released yet."  # what stands below the heading until then
COLUMNS = ["id", "since", "why"]
HEAD = """# Changes

What each release changed: which numbers moved, from what to what and why, and which verdicts. Intervals stand in brackets.
Made by `make record` from the numbers themselves and from `releases/why.csv`.
"""
_SECTION = re.compile(r"^## (\d+\.\d+\.\d+)\b.*?(?=^## |\Z)", re.M | re.S)


class ChangeError(Exception):
    """A change without its reason, or a file that is not what it should be."""


@dataclass(frozen=True)
class Changes:
    """What differs between two lists of numbers and of claims: ids in the order of the newer list."""

    moved: list[str]
    slight: list[str]  # changed below the digits shown
    new: list[str]
    gone: list[str]
    verdicts: list[str]
    new_claims: list[str]
    gone_claims: list[str]


def text(record: dict) -> str:
    """A number of ``numbers.json`` as a page would print it, with its interval; the unit stands
    apart."""
    interval = record["low"] is not None
    number = Number(
        record["id"],
        record["value"],
        record["unit"],
        label="",
        how="",
        tables=("as released",),
        low=record["low"],
        high=record["high"],
        covers="as released" if interval else None,
        decimals=record.get("decimals"),
    )
    return show(number, "full" if interval else "value")


def compare(old: dict, new: dict) -> Changes:
    """What changed from one record (``numbers`` and ``claims``) to the next."""
    before, after = (
        {number["id"]: number for number in record["numbers"]} for record in (old, new)
    )
    said, says = (
        {claim["claim_id"]: claim["verdict"] for claim in record["claims"]} for record in (old, new)
    )
    both = [name for name in after if name in before]
    parts = ("value", "low", "high", "unit")
    differ = [
        name for name in both if any(before[name][part] != after[name][part] for part in parts)
    ]
    moved = [
        n
        for n in differ
        if before[n]["unit"] != after[n]["unit"] or text(before[n]) != text(after[n])
    ]
    return Changes(
        moved=moved,
        slight=[name for name in differ if name not in moved],
        new=[name for name in after if name not in before],
        gone=[name for name in before if name not in after],
        verdicts=[claim for claim in says if claim in said and said[claim] != says[claim]],
        new_claims=[claim for claim in says if claim not in said],
        gone_claims=[claim for claim in said if claim not in says],
    )


def reasons(path: Path = WHY) -> dict[tuple[str, str], str]:
    """``(id, since)`` -> why, from ``why.csv`` and, for what is gone, from the ``redirects.csv``
    beside it.

    Raises ``ChangeError`` or ``RedirectError`` with the row, what was found and what was wanted.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    shown = f"{path.parent.name}/{path.name}"
    if header != COLUMNS:
        raise ChangeError(f"{shown}, row 1: found {','.join(header)}; expected {','.join(COLUMNS)}")
    for row, cells in enumerate(rows, start=2):
        if len(cells) != 3 or not all(cell.strip() for cell in cells):
            raise ChangeError(
                f"{shown}, row {row}: found {','.join(cells)!r}; expected three cells, none empty"
            )
    gone = {
        (move.old, move.since): move.why for move in redirects.read(path.with_name(redirects.FILE))
    }
    return gone | {(name, since): why for name, since, why in rows}


def section(old: dict | None, new: dict, why: dict[tuple[str, str], str]) -> str:
    """The part of the changelog for one version.

    Raises ``ChangeError`` naming every change that has no reason.
    """
    version, lines = new["version"], [f"## {new['version']} ({new['date']})", ""]
    if old is None:
        verdicts = Counter(claim["verdict"] for claim in new["claims"])
        pages = [
            page for page in new["pages"] if not page.startswith("_")
        ]  # records for citing are no pages to read
        lines += [
            (
                f"The first release: {len(pages)} pages, {len(new['charts'])} charts,"
                f" {len(new['numbers'])} numbers, "
                f"and {len(new['claims'])} press claims with their verdicts "
                f"({', '.join(f'{count} {verdict}' for verdict, count in verdicts.most_common())})."
            ),
            "",
        ]
        return "\n".join(lines)
    found = compare(old, new)
    changed = [
        *found.moved,
        *found.gone,
        *found.verdicts,
        *found.gone_claims,
        *([SLIGHT] if found.slight else []),
    ]
    missing = [name for name in changed if (name, version) not in why]
    if missing:
        raise ChangeError(
            f"releases/why.csv: found no line with since {version} for {', '.join(missing)};"
            " expected id, since and why of each number that moved and each verdict that changed,"
            " and of * for those that changed below the digits shown (of what is gone: a line in"
            " releases/redirects.csv)"
        )
    return "\n".join([*lines, *_body(found, old, new, version, why)])


def insert(changelog: str, version: str, part: str) -> str:
    """The changelog with the part of a version in it: in the place of the one it had, else before
    all others.

    What an author wrote between the heading and the first table of the part that it had is kept.
    """
    part = part.rstrip("\n") + "\n"
    sections = {match[1]: match[0].rstrip("\n") + "\n" for match in _SECTION.finditer(changelog)}
    first = _SECTION.search(changelog)
    head = changelog[: first.start()] if first else changelog
    heading, _, tables = part.partition("\n")
    written = (
        sections.get(version, "")
        .partition("\n")[2]
        .partition("\n### ")[0]
        .replace(DRAFT, "")
        .strip("\n")
    )
    part = (
        f"{heading}\n\n{written}\n{tables}" if written and "\n### " in sections[version] else part
    )
    sections = sections | {version: part} if version in sections else {version: part} | sections
    return "\n".join([head.rstrip("\n") + "\n", *sections.values()])


def load(path: Path) -> dict:
    """A record, or a ``numbers.json`` with the ``claims.json`` beside it.

    Raises ``ChangeError`` if it is neither.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if "claims" not in found:
            claims = json.loads(path.with_name("claims.json").read_text(encoding="utf-8"))
            found = {"numbers": found["numbers"], "claims": claims["claims"]}
        compare(found, found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ChangeError(
            f"{path}: found {type(error).__name__} {error}; expected numbers.json or a record of a"
            " release"
        ) from None
    return found


def _body(
    found: Changes, old: dict, new: dict, version: str, why: dict[tuple[str, str], str]
) -> list[str]:
    before, after = (
        {number["id"]: number for number in record["numbers"]} for record in (old, new)
    )
    said, says = (
        {claim["claim_id"]: claim["verdict"] for claim in record["claims"]} for record in (old, new)
    )

    def because(name: str) -> str:
        return why[name, version].replace("|", "\\|")

    def unit(name: str) -> str:
        was, now = before[name]["unit"], after[name]["unit"]
        return now if was == now else f"{was}, now {now}"

    lines = _table(
        f"Numbers that moved: {len(found.moved)}",
        ("number", "from", "to", "unit", "why"),
        [
            (f"`{name}`", text(before[name]), text(after[name]), unit(name), because(name))
            for name in found.moved
        ],
    )
    rows = [(f"`{claim}`", said[claim], says[claim], because(claim)) for claim in found.verdicts]
    lines += _table(
        f"Verdicts that changed: {len(found.verdicts)}", ("claim", "from", "to", "why"), rows
    )
    rows = [
        (f"`{name}`", text(before[name]), before[name]["unit"], because(name))
        for name in found.gone
    ]
    rows += [(f"`{claim}`", said[claim], "verdict", because(claim)) for claim in found.gone_claims]
    lines += _table(f"Gone: {len(rows)}", ("id", "last said", "unit", "why"), rows)
    rows = [(f"`{name}`", text(after[name]), after[name]["unit"]) for name in found.new]
    rows += [(f"`{claim}`", says[claim], "verdict") for claim in found.new_claims]
    lines += _table(f"New: {len(rows)}", ("id", "says", "unit"), rows)
    if found.slight:
        names = ", ".join(f"`{name}`" for name in found.slight)
        named = names if len(found.slight) <= NAMED else f"{len(found.slight)} numbers"
        lines += [f"Changed below the digits shown: {named}. {because(SLIGHT)}", ""]
    return lines or ["No number and no verdict changed.", ""]


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    if not rows:
        return []
    lines = [" | ".join(cells) for cells in (head, ("---",) * len(head), *rows)]
    return [f"### {title}", "", *(f"| {line} |" for line in lines), ""]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--since", help="the version that NEW is, if NEW does not say it")
    parser.add_argument("--why", type=Path, default=WHY)
    found = parser.parse_args()
    try:
        old, new = load(found.old), load(found.new)
        version = new.get("version") or found.since
        if not version:
            raise ChangeError(f"{found.new}: found no version in it; expected --since x.y.z")
        print(
            section(
                old, {"date": "not yet released", **new, "version": version}, reasons(found.why)
            )
        )
    except (ChangeError, redirects.RedirectError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
