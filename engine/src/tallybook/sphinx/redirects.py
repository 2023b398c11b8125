"""Addresses that were published once lead somewhere for ever.

Each release leaves a record of its pages, charts, numbers and claims with their addresses
(``releases/x.y.z.json``). A page that has moved is left behind as a small page that forwards,
without a script too. A number, chart or claim that is no longer where a release had it leaves a
note at its old address, with a link that ``redirects.js`` follows. Where a thing is that still has
its name, the site knows; where a thing went that is gone, ``releases/redirects.csv`` says:

    old     a page (``old.html``), or the id of a number, chart or claim, as a release had it
    new     a page, an address with an anchor, or an id
    same    ``yes`` if it is the same thing under another name, ``no`` if it is the nearest one left
    why     one sentence for the reader
    since   the first version in which it is gone

Only what is the same leads on by itself. In the place of anything else stands a page that says what
it was and why it is gone (``tombstones``): nobody is led from one quantity to another unawares.
"""

from __future__ import annotations

import csv
import functools
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sphinx.util.osutil import relative_uri

from tallybook.errors import TallybookError
from tallybook.sphinx.state import RECORDS

FOLDER = "releases"
FILE = "redirects.csv"
COLUMNS = ["old", "new", "same", "why", "since"]
ARCHIVES = "archives.txt"  # sums of the archives that are kept
_KEPT = re.compile(r"-(\d+\.\d+\.\d+)\.tar\.gz$", re.M)
MARK = '<meta name="report-moved-to"'
GONE = '<meta name="report-gone"'


class RedirectError(TallybookError):
    """``releases/redirects.csv`` is not what it should be."""


@dataclass(frozen=True)
class Move:
    """One line of ``releases/redirects.csv``."""

    old: str
    new: str
    same: bool
    why: str
    since: str
    row: int


class Moves:
    """All of them, by the old address, and what each thing was called before."""

    by_old: dict[str, Move]

    @functools.cached_property
    def formerly(self) -> dict[str, list[str]]:
        return formerly(self.by_old)


def read(path: Path) -> list[Move]:
    """The lines of ``redirects.csv``. Raises ``RedirectError`` with the row, what was found and
    what was wanted."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    shown, wanted = f"{path.parent.name}/{path.name}, row", ",".join(COLUMNS)
    if header != COLUMNS:
        raise RedirectError(f"{shown} 1: found {','.join(header)}; expected {wanted}")
    moves: dict[str, Move] = {}
    for number, cells in enumerate(rows, start=2):
        place = f"{shown} {number}"
        if len(cells) != 5 or not all(cell.strip() for cell in cells):
            raise RedirectError(
                f"{place}: found {','.join(cells)!r}; expected five cells, none empty"
            )
        old, new, same, why, since = cells
        if same not in ("yes", "no"):
            raise RedirectError(f"{place}, column same: found {same!r}; expected yes or no")
        if not re.fullmatch(r"\d+\.\d+\.\d+", since):
            raise RedirectError(f"{place}, column since: found {since!r}; expected a version x.y.z")
        if old in moves:
            raise RedirectError(f"{place}, column old: found {old!r} again; expected each once")
        moves[old] = Move(old, new, same == "yes", why, since, row=number)
    for move in moves.values():
        end(move.new, moves)
    return list(moves.values())


def end(name: str, moves: dict[str, Move]) -> str:
    """Where a name leads after all moves. Raises ``RedirectError`` if they go round in a circle."""
    seen: list[str] = []
    while name in moves:
        if name in seen:
            circle = " -> ".join([*seen, name])
            raise RedirectError(f"{FOLDER}/{FILE}: found a circle {circle}; expected an end")
        seen.append(name)
        name = moves[name].new
    return name


def is_same(name: str, moves: Mapping[str, Move]) -> bool:
    """Whether a name leads to the same thing by all moves."""
    while name in moves:
        if not moves[name].same:
            return False
        name = moves[name].new
    return True


def formerly(moves: Mapping[str, Move]) -> dict[str, list[str]]:
    """What each thing was called before, the last name first."""
    found: dict[str, list[str]] = {}
    for name in reversed(list(moves)):
        if is_same(name, moves) and not is_address(name):
            found.setdefault(end(name, dict(moves)), []).append(name)
    return found


def with_pages(moves: list[Move], releases: list[dict[str, Any]]) -> list[Move]:
    """The moves, and one for the page (``records``) of each thing that is gone: it
    leads where the name leads, or says what the thing was."""
    pages = {page for record in releases for page in record["pages"]}
    claims = {name for record in releases for name in names(record)["claims"]}
    known, found = {move.old: move for move in moves}, list(moves)
    for move in moves:
        new, same = end(move.new, known), is_same(move.old, known)
        if is_address(move.old):
            continue
        page, there = small_page(move.old, claims), new
        if page in known or (same and page not in pages):
            continue
        if same and not is_address(new):
            there = small_page(new, {new} if move.old in claims else set())
        found.append(replace(move, old=page, new=there, same=same))
    return found


def small_page(name: str, claims: Collection[str]) -> str:
    """The page of a thing by itself."""
    return f"{RECORDS}/{'claim-' if name in claims else ''}{name}.html"


def kept(folder: Path) -> frozenset[str]:
    """The versions of which an archive is kept."""
    path = folder / ARCHIVES
    return frozenset(_KEPT.findall(path.read_text(encoding="utf-8")) if path.is_file() else ())


def is_address(new: str) -> bool:
    """Whether it is a page or a place in a page, and no id."""
    return "#" in new or new.endswith(".html")


def records(folder: Path) -> list[dict[str, Any]]:
    """The records of all releases, by the name of their file."""
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("[0-9]*.json"))
    ]


def names(record: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Kind -> name -> address, for all that a record has."""
    named = {"charts": "id", "numbers": "id", "claims": "claim_id"}
    found = {
        kind: {entry[key]: entry["href"] for entry in record[kind]} for kind, key in named.items()
    }
    return {"pages": {page: page for page in record["pages"]}, **found}


def lists(pages: Mapping[str, str]) -> dict[str, str]:
    """Where numbers and claims have their rows, whatever the prose does: what the address of each
    begins with."""
    marks = {"numbers": ("numbers", "#"), "claims": ("ledger", "#claim-")}
    return {
        kind: f"{pages[part]}.html{mark}" for kind, (part, mark) in marks.items() if part in pages
    }


def addresses(record: dict[str, Any], rows: Mapping[str, str]) -> list[str]:
    """Every address that a release gave to something, once. ``rows``: see ``lists``."""
    return list(dict.fromkeys(address for _name, address in places(record, rows)))


def places(record: dict[str, Any], rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Name and address of all that a release had, of what has a row in a list that one too."""
    for kind, known in names(record).items():
        for name, address in known.items():
            yield name, address
            if kind in rows:
                yield name, rows[kind] + name


def ever(releases: list[dict[str, Any]]) -> set[str]:
    """Pages and ids of all releases, and the small page of each id."""
    found: set[str] = set()
    for known in map(names, releases):
        ids = {name for kind in ("charts", "numbers", "claims") for name in known[kind]}
        found |= {*known["pages"], *ids, *(small_page(one, known["claims"]) for one in ids)}
    return found


def reader(out: Path) -> Callable[[str], str | None]:
    """Gives the text of a page of the site in ``out``, ``None`` if it is not there; each page is
    read once."""

    @functools.cache
    def text(page: str) -> str | None:
        return (out / page).read_text(encoding="utf-8") if (out / page).is_file() else None

    return text


def fault(
    move: Move, target: str, known: set[str], present: set[str], text: Callable[[str], str | None]
) -> str | None:
    """What is wrong with a line of ``redirects.csv``: row, column, found, wanted. ``known``: see
    ``ever``; ``present``: pages and ids that there are; ``text``: see ``reader``."""
    page, _, anchor = target.partition("#")
    found = text(page)
    if move.old not in known:
        said = f"old: found {move.old!r}, which no release has had; expected a page or an id of one"
    elif move.old in present:
        said = f"old: found {move.old!r}, which is still in the report; expected what is gone"
    elif found is None or (anchor and f'id="{anchor}"' not in found):
        said = f"new: found {move.new!r}, which is not in the site; expected a page or an id"
    else:
        return None
    return f"{FOLDER}/{FILE}, row {move.row}, column {said}"


def relative(page: str, target: str) -> str:
    """The way from a page to an address, which may lie in the same page."""
    where, hash_, anchor = target.partition("#")
    return relative_uri(page, where) + hash_ + anchor


def forwards_to(page: str, html: str) -> str | None:
    """The address in the site that a forwarding page leads to; ``None`` if the page is an ordinary
    one."""
    if MARK not in html:
        return None
    target = html.split(f'{MARK} content="', 1)[1].split('"', 1)[0]
    parts: list[str] = page.split("/")[:-1]
    for step in target.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)
