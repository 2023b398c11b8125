"""What is kept of each release in ``releases/``: its ids, addresses and sums.

x.y.z.json         pages, charts, numbers and claims with their addresses; one line each
x.y.z.SHA256SUMS   every file of its site
redirects.csv      where what is gone went (see ``tallybook.sphinx.redirects``)
why.csv            why a number moved or a verdict changed (see ``tallybook.release.changes``)
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tallybook.release import tree
from tallybook.sphinx import redirects

VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_NUMBER = ("id", "value", "low", "high", "unit", "decimals", "label", "href")
_CLAIM = ("claim_id", "verdict", "chapter", "statement", "href")
WORDS = re.compile(r'<meta name="report-words" content="([0-9a-f]+)"')
EDITION = re.compile(r"^[a-z]{2,3}(-[A-Z]{2})?/")  # the folder of a language
Record = dict[str, Any]


def parse(version: str) -> tuple[int, ...]:
    """A version x.y.z as numbers that can be compared."""
    return tuple(map(int, version.split(".")))


def versions(folder: Path) -> list[str]:
    """The versions that have a record, the oldest first."""
    names = (path.stem for path in folder.glob("*.json"))
    return sorted(filter(VERSION.fullmatch, names), key=parse)


def path(version: str, folder: Path) -> Path:
    return folder / f"{version}.json"


def sums_path(version: str, folder: Path) -> Path:
    return folder / f"{version}.SHA256SUMS"


def read(version: str, folder: Path) -> Record:
    found: Record = json.loads(path(version, folder).read_text(encoding="utf-8"))
    return found


def unlike(version: str, site: Path, folder: Path) -> list[str]:
    """How a site differs from the record of a version, one line each: the numbers that are others,
    then the files."""
    then = {one["id"]: one for one in read(version, folder)["numbers"]}
    now = {one["id"]: one for one in _load(site, "numbers")}
    lines = [
        f"{name}, {part}: recorded {then[name].get(part)!r}, now {now[name][part]!r}"
        for name in sorted(then.keys() & now.keys())
        for part in ("value", "low", "high")
        if then[name].get(part) != now[name][part]
    ]
    recorded = tree.read_sums(sums_path(version, folder).read_text(encoding="utf-8"))
    names = tree.unlike(recorded, tree.read_sums(tree.sums(site)))
    return [*lines, *(f"{name}: not as recorded for {version}" for name in names)]


def ids(site: Path) -> Record:
    """All that a site gives a name and an address: pages, charts, numbers with their values, claims
    with their verdicts; and a hash of the words of each page."""
    marks = redirects.MARK, redirects.GONE
    kept = {
        name: text for name, text in _pages(site).items() if not any(mark in text for mark in marks)
    }
    charts = []
    for file in sorted((site / "_charts").glob("*.svg")):
        name = file.stem
        place = next(page for page, text in kept.items() if f'id="{name}"' in text)
        charts.append({"id": name, "href": f"{place}#{name}"})

    def parts(name: str, keys: tuple[str, ...]) -> list[Record]:
        return [{key: one[key] for key in keys if key in one} for one in _load(site, name)]

    numbers, claims = parts("numbers", _NUMBER), parts("claims", _CLAIM)
    texts = [
        {"page": name, "words": found[1]}
        for name, text in kept.items()
        if (found := WORDS.search(text))
    ]
    named = {"charts": charts, "numbers": numbers, "claims": claims}
    return {"pages": list(kept), **named, "texts": texts}


def vanished(
    record: Record, site: Path, moves: list[redirects.Move], pages: Mapping[str, str]
) -> list[str]:
    """What a release had and the site has no longer, one line each: ids without a redirect,
    addresses that lead nowhere. ``pages``: those of the provider."""
    today, release = redirects.names(ids(site)), record["version"]
    gone = {move.old for move in redirects.with_pages(moves, [record])}
    lost = [
        f"{kind[:-1]} {name}: in release {release}, not in the site, and not in"
        " releases/redirects.csv"
        for kind, known in redirects.names(record).items()
        for name in known
        if name not in today[kind] and not {name, EDITION.sub("", name)} & gone
    ]
    texts = _pages(site)
    for address in redirects.addresses(record, redirects.lists(pages)):
        if not _leads(address, texts):
            lost.append(f"{address}: an address of release {release} that leads nowhere")
    return lost


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


def _pages(site: Path) -> dict[str, str]:
    """The text of each page of a site, by its name."""
    return {
        page.relative_to(site).as_posix(): page.read_text(encoding="utf-8")
        for page in sorted(site.rglob("*.html"))
    }


def _load(site: Path, name: str) -> list[Record]:
    """The list ``name`` of the file ``name``.json of a site; empty if there is no such file."""
    file = site / f"{name}.json"
    found: list[Record] = (
        json.loads(file.read_text(encoding="utf-8"))[name] if file.exists() else []
    )
    return found


def _leads(address: str, texts: dict[str, str]) -> bool:
    """Whether a page is there and has the place; a page that forwards is followed, as a browser
    does."""
    page, _, anchor = address.partition("#")
    forward = redirects.forwards_to(page, texts.get(page, "")) or page
    page, _, place = forward.partition("#")
    return page in texts and (not anchor or bool(place) or f'id="{anchor}"' in texts[page])
