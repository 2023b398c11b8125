"""What is kept of each release in ``releases/``: its ids, values and sums.

x.y.z.json         its pages, charts, numbers and claims, as the build names them; one line each
x.y.z.SHA256SUMS   every file of its site
why.csv            why a number moved, a verdict changed or something is gone

A number has moved if what a reader sees of it has changed. A verdict has changed if its word has,
or its chance by 5 in 100 or more. Each of these and all that is gone needs a line in ``why.csv``:

    id        of the number, claim or chart, or the name of a page
    since     the version in which it changed, or is gone
    why       one sentence for the reader
    instead   the id or the page that took the place of what is gone; else empty
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from tallybook.claims.vocabulary import in_hundred
from tallybook.language import gettext as _
from tallybook.model.formatting import show, signs
from tallybook.model.numbers import Number
from tallybook.release import tree
from tallybook.release.tree import ReleaseError

FOLDER = "releases"
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\Z")
KINDS = ("pages", "charts", "numbers", "claims")
# Where a build leaves what it would be recorded as, seen from the root of the report.
MADE = "_build/staging/_build/record.json"
WHY = "why.csv"
COLUMNS = ["id", "since", "why", "instead"]
LEAST = 5  # chances in a hundred: less is no change of a verdict
Record = dict[str, Any]


class Reason(NamedTuple):
    """What ``why.csv`` says of a change."""

    why: str
    instead: str


Why = dict[tuple[str, str], Reason]  # by id and version


class Changes(NamedTuple):
    """What differs between two records: names of numbers, claims, charts and pages, in the order of
    the newer."""

    moved: list[str]
    verdicts: list[str]
    new: list[str]
    gone: list[str]


def parse(version: str) -> tuple[int, ...]:
    """A version x.y.z as numbers that can be compared."""
    return tuple(map(int, version.split(".")))


def versions(folder: Path) -> list[str]:
    """The versions that have a record, the oldest first."""
    names = (path.stem for path in folder.glob("*.json"))
    return sorted(filter(VERSION.match, names), key=parse)


def path(version: str, folder: Path) -> Path:
    return folder / f"{version}.json"


def sums(version: str, folder: Path) -> Path:
    return folder / f"{version}.SHA256SUMS"


def read(version: str, folder: Path) -> Record:
    try:
        found: Record = json.loads(path(version, folder).read_text(encoding="utf-8"))
    except ValueError:
        found = {}
    if not isinstance(found, dict) or "version" not in found:
        raise ReleaseError(f"releases/{version}.json", "no record", "that of a release")
    return found


def entries(record: Record) -> dict[str, Record]:
    """What a release gave a name, by that: numbers, claims, charts and pages."""
    kinds = (("numbers", "id"), ("claims", "claim_id"), ("charts", "id"))
    named = {one[key]: one for kind, key in kinds for one in record[kind]}
    return named | {page: {} for page in record["pages"]}


def unlike(version: str, site: Path, folder: Path) -> list[str]:
    """How a site differs from the record of a version, one line for each file."""
    if not sums(version, folder).is_file():
        return [f"{FOLDER}/{version}.{tree.SUMS}: not there"]
    recorded = sums(version, folder).read_text(encoding="utf-8").splitlines()
    differ = {*recorded} ^ {*tree.sums(site).splitlines()}
    names = sorted({line.split("  ", 1)[1] for line in differ})
    return [f"{name}: not as recorded for {version}" for name in names]


def render(record: Record) -> str:
    """A record as JSON with a line for each entry, so that a change reads well."""
    parts = []
    for key, value in record.items():
        said = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            lines = (f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            said = "[\n" + ",\n".join(lines) + "\n ]"
        parts.append(f' "{key}": {said}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def said(entry: Record) -> str:
    """What a release said of something, for a reader: a number of ``numbers.json`` with interval
    and unit as a page would print it, or a verdict with its chance; nothing of a page or a
    chart."""
    if "value" not in entry:
        word, chance = _(str(entry.get("verdict", ""))), entry.get("chance")
        return word if chance is None else f"{word}, {in_hundred(chance)}"
    unit, low, high, covers = entry["unit"], entry.get("low"), entry.get("high"), "as released"
    number = Number(entry["id"], entry["value"], unit, "", "", (covers,))
    number = replace(number, decimals=entry.get("decimals"), digits=entry.get("digits"))
    if low is not None:
        number = replace(number, low=low, high=high, covers=covers)
    text = show(number, "value" if low is None else "full")
    return text if not unit or any(signs(unit)) else f"{text} {_(unit)}"  # else it is in the text


def compare(old: Record, new: Record) -> Changes:
    """What changed from one record to the next."""
    before, after = entries(old), entries(new)
    found = Changes([], [], [], [name for name in before if name not in after])
    for name, now in after.items():
        if name not in before:
            found.new.append(name)
        elif "verdict" in now:
            if _judged_anew(before[name], now):
                found.verdicts.append(name)
        elif said(before[name]) != said(now):
            found.moved.append(name)
    return found


def _judged_anew(before: Record, now: Record) -> bool:
    if before.get("verdict") != now["verdict"]:
        return True
    was, is_ = before.get("chance"), now.get("chance")
    return was != is_ and (was is None or is_ is None or abs(is_ - was) >= LEAST)


def reasons(folder: Path) -> Why:
    """What ``why.csv`` in the folder of releases says.

    Raises ``ReleaseError`` with the row, what was found and what was wanted.
    """
    path, found = folder / WHY, Why()
    if not path.is_file():
        return found
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    place = f"{FOLDER}/{WHY}, row"
    if header != COLUMNS:
        raise ReleaseError(f"{place} 1", ",".join(header), ",".join(COLUMNS))
    for row, cells in enumerate(rows, start=2):
        if len(cells) != len(COLUMNS) or not all(cells[:3]) or not VERSION.match(cells[1]):
            wanted = "id, version x.y.z, reason, and the id of what took its place or nothing"
            raise ReleaseError(f"{place} {row}", repr(",".join(cells)), wanted)
        name, since, why, instead = cells
        found[name, since] = Reason(why, instead)
    return found


def explained(names: list[str], version: str, why: Why) -> None:
    """Raise ``ReleaseError`` naming what has no line in ``why.csv`` for a version."""
    if missing := [name for name in names if (name, version) not in why]:
        raise ReleaseError(
            f"{FOLDER}/{WHY}: found no line with since {version} for {', '.join(missing)};"
            f" expected {', '.join(COLUMNS)} of each number that moved, each verdict that changed"
            " and all that is gone"
        )


def section(old: Record | None, new: Record, why: Why) -> str:
    """The part of the changelog for one version; ``old`` is the record of the one before.

    Raises ``ReleaseError`` naming every change that has no reason.
    """
    version = new["version"]
    head = f"## {version} ({new['date']})\n\n"
    if old is None:
        counts = ", ".join(f"{kind}: {len(new[kind])}" for kind in KINDS)
        return f"{head}The first release ({counts}).\n"
    found, before, after = compare(old, new), entries(old), entries(new)
    changed = [*found.moved, *found.verdicts, *found.gone]
    explained(changed, version, why)

    def because(name: str) -> str:
        now = f", now {said(after[name])}" if name in after else ""
        return f"- `{name}`: {said(before[name])}{now}. {why[name, version].why}"

    parts = {
        "Numbers that moved": map(because, found.moved),
        "Verdicts that changed": map(because, found.verdicts),
        "Gone": map(because, found.gone),
        "New": (f"- `{name}`: {said(after[name])}".rstrip(": ") + "." for name in found.new),
    }
    texts = {title: "\n".join(lines) for title, lines in parts.items()}
    lists = [f"{title}:\n\n{lines}\n" for title, lines in texts.items() if lines]
    return head + "\n".join(lists or ["No number and no verdict changed.\n"])


def insert(changelog: str, version: str, part: str) -> str:
    """The changelog with the part of a version in it: in the place of the one it had, else before
    all others."""
    text = changelog.rstrip("\n") + "\n\n"
    own = re.compile(rf"^## {re.escape(version)}\b.*?(?=^## |\Z)", re.M | re.S)
    place = own if own.search(text) else re.compile(r"(?=^## )|\Z", re.M)
    return place.sub(lambda _: part.rstrip("\n") + "\n\n", text, count=1).rstrip("\n") + "\n"
