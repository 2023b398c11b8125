"""What is kept of each release in ``releases/``: its ids, addresses and sums.

x.y.z.json         pages, charts, numbers and claims with their addresses; one line each
x.y.z.SHA256SUMS   every file of its site
why.csv            why a number moved, a verdict changed or something is gone

A number has moved if what a reader sees of it has changed; each that moved, each verdict that
changed and all that is gone needs a line in ``why.csv``:

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

from tallybook.language import gettext as _
from tallybook.model.formatting import show, suffix
from tallybook.model.numbers import Number
from tallybook.release import tree
from tallybook.release.tree import ReleaseError

FOLDER = "releases"
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\Z")
KINDS = ("pages", "charts", "numbers", "claims")
_NUMBER = ("id", "value", "low", "high", "unit", "decimals", "label", "href")
_CLAIM = ("claim_id", "verdict", "chapter", "statement", "href")
# Pages of numbers, claims and charts, which have their ids; pages of other languages, which go
# with those of the first; and what Sphinx makes.
_MADE = re.compile(r"^_|/_|^[a-z]{2,3}(-[A-Z]{2})?/|^(404|search|genindex)\.html$")
WHY = "why.csv"
COLUMNS = ["id", "since", "why", "instead"]
_SECTION = re.compile(r"^## (\d+\.\d+\.\d+)\b.*?(?=^## |\Z)", re.M | re.S)
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


def sums_path(version: str, folder: Path) -> Path:
    return folder / f"{version}.SHA256SUMS"


def read(version: str, folder: Path) -> Record:
    found: Record = json.loads(path(version, folder).read_text(encoding="utf-8"))
    return found


def entries(record: Record) -> dict[str, Record]:
    """What a release gave a name, by that: numbers, claims, charts and pages in its first
    language."""
    pages = {page: {"href": page} for page in record["pages"] if not _MADE.search(page)}
    kinds = (("numbers", "id"), ("claims", "claim_id"), ("charts", "id"))
    return {one[key]: one for kind, key in kinds for one in record[kind]} | pages


def unlike(version: str, site: Path, folder: Path) -> list[str]:
    """How a site differs from the record of a version, one line for each file."""
    recorded = tree.read_sums(sums_path(version, folder).read_text(encoding="utf-8"))
    differ = tree.unlike(recorded, tree.read_sums(tree.sums(site)))
    return [f"{name}: not as recorded for {version}" for name in differ]


def ids(site: Path) -> Record:
    """All that a site gives a name and an address: pages to read, charts, numbers with their
    values, claims with their verdicts."""
    found = (page.relative_to(site).as_posix() for page in sorted(site.rglob("*.html")))
    pages = [page for page in found if not _MADE.search(page)]
    texts = {page: (site / page).read_text(encoding="utf-8") for page in pages}
    charts = []
    for name in sorted(file.stem for file in (site / "_charts").glob("*.svg")):
        place = next(page for page, text in texts.items() if f'id="{name}"' in text)
        charts.append({"id": name, "href": f"{place}#{name}"})

    def parts(name: str, keys: tuple[str, ...]) -> list[Record]:
        file = site / f"{name}.json"
        known = json.loads(file.read_text(encoding="utf-8"))[name] if file.exists() else []
        return [{key: one[key] for key in keys if key in one} for one in known]

    numbers, claims = parts("numbers", _NUMBER), parts("claims", _CLAIM)
    return dict(zip(KINDS, (pages, charts, numbers, claims), strict=True))


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
    and unit as a page would print it, or a verdict; nothing of a page or a chart."""
    if "value" not in entry:
        return _(str(entry.get("verdict", "")))
    unit, low, high, covers = entry["unit"], entry.get("low"), entry.get("high"), "as released"
    number = Number(entry["id"], entry["value"], unit, "", "", (covers,))
    number = replace(number, decimals=entry.get("decimals"))
    if low is not None:
        number = replace(number, low=low, high=high, covers=covers)
    text = show(number, "value" if low is None else "full")
    return text if not unit or suffix(unit) else f"{text} {_(unit)}"  # else it is in the text


def compare(old: Record, new: Record) -> Changes:
    """What changed from one record to the next."""
    before, after = entries(old), entries(new)
    found = Changes([], [], [], [name for name in before if name not in after])
    for name, now in after.items():
        if name not in before:
            found.new.append(name)
        elif said(before[name]) != said(now):
            (found.verdicts if "verdict" in now else found.moved).append(name)
    return found


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
    if missing := [name for name in changed if (name, version) not in why]:
        raise ReleaseError(
            f"{FOLDER}/{WHY}: found no line with since {version} for {', '.join(missing)};"
            f" expected {', '.join(COLUMNS)} of each number that moved, each verdict that changed"
            " and all that is gone"
        )

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
    sections = {match[1]: match[0].rstrip("\n") + "\n" for match in _SECTION.finditer(changelog)}
    head = _SECTION.split(changelog, maxsplit=1)[0].rstrip("\n") + "\n"
    new = {version: part.rstrip("\n") + "\n"}
    # A version that has a part keeps its place.
    sections = sections | new if version in sections else new | sections
    return "\n".join([head, *sections.values()])
