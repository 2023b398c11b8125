"""What is kept of each release in ``releases/``: its ids, addresses and sums.

x.y.z.json         pages, charts, numbers and claims with their addresses; one line each
x.y.z.SHA256SUMS   every file of its site
why.csv            why a number moved, a verdict changed or something is gone (see ``changes``)
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tallybook.release import tree

FOLDER = "releases"
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\Z")
KINDS = ("pages", "charts", "numbers", "claims")
_NUMBER = ("id", "value", "low", "high", "unit", "decimals", "label", "href")
_CLAIM = ("claim_id", "verdict", "chapter", "statement", "href")
# Pages of numbers, claims and charts, which have their ids; pages of other languages, which go
# with those of the first; and what Sphinx makes.
_MADE = re.compile(r"^_|/_|^[a-z]{2,3}(-[A-Z]{2})?/|^(404|search|genindex)\.html$")
Record = dict[str, Any]


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
