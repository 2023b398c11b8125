"""Which versions can be reached, and how machines find them.

``releases/archives.txt`` holds the sum of each archive that is kept, as ``sha256sum`` writes it. A
build links to the versions that it lists, and nothing is published that lacks one of them. Beside
the versions stand two lists of them: ``versions.json``, and a time map as Memento has it (RFC
7089).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from tallybook import files
from tallybook.release import record, tree
from tallybook.release.tree import ReleaseError
from tallybook.sphinx.redirects import ARCHIVES
from tallybook.sphinx.versions import PLACE, TIMEMAP

LISTED = "versions.json"


def known(folder: Path) -> dict[str, str]:
    """Archive -> sha256, as the folder of releases has them."""
    path = folder / ARCHIVES
    return tree.read_sums(path.read_text(encoding="utf-8")) if path.is_file() else {}


def take_down(archives: Mapping[str, Path], folder: Path) -> list[str]:
    """Note the archives that are kept; returns the new ones. One that is listed keeps its sum.

    Raises ``ReleaseError`` for an archive that is another than the one listed.
    """
    listed = known(folder)
    new = [path for path in archives.values() if path.name not in listed]
    refuse(
        archives, {path.name: listed[path.name] for path in archives.values() if path not in new}
    )
    if new:
        sums = listed | {path.name: files.digest(path) for path in new}
        text = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        folder.mkdir(exist_ok=True)
        (folder / ARCHIVES).write_text(text, encoding="utf-8")
    return [path.name for path in new]


def refuse(archives: Mapping[str, Path], listed: Mapping[str, str]) -> None:
    """Raise ``ReleaseError`` for an archive that is listed, and so linked, but is not there, or is
    another."""
    there = {path.name: path for path in archives.values()}
    for name, digest in listed.items():
        if name not in there:
            wanted = "the archive: the site links to this version"
            raise ReleaseError(f"releases/{ARCHIVES}, {name}", "no such archive", wanted)
        if files.digest(there[name]) != digest:
            raise ReleaseError(name, f"another sum than in releases/{ARCHIVES}", "the one released")


def own(version: str, archives: Mapping[str, Path]) -> None:
    """Raise ``ReleaseError`` if the newest site is a release, which cites itself under its version,
    and its archive is not there."""
    if record.VERSION.fullmatch(version) and version not in archives:
        wanted = "it: this site is that release and cites itself there"
        raise ReleaseError(f"version {version}", "no archive", wanted)


def lists(days: Mapping[str, str], base: str) -> dict[str, str]:
    """The lists of all versions, each by its name; ``days``: those of the versions, the oldest
    first. ``base``: the address of the site."""
    place = f"{base}{PLACE}/"
    entries = [
        {"version": version, "date": day, "url": f"{place}{version}/"}
        for version, day in days.items()
    ]
    told = {"newest": base, "timemap": place + TIMEMAP, "versions": entries}
    text = json.dumps(told, indent=1) + "\n"
    return {LISTED: text, TIMEMAP: timemap(days, base)} if days else {}


def timemap(days: Mapping[str, str], base: str) -> str:
    """All versions in the format ``application/link-format``."""
    place, versions = f"{base}{PLACE}/", list(days)
    lines = [f'<{base}>; rel="original latest-version"', f'<{place}{TIMEMAP}>; rel="self"']
    for version, day in days.items():
        ends = [name for name, end in (("first", 0), ("last", -1)) if versions[end] == version]
        when = datetime.fromisoformat(day).replace(tzinfo=UTC)
        time = format_datetime(when, usegmt=True)
        rel = " ".join([*ends, "memento"])
        lines.append(f'<{place}{version}/>; rel="{rel}"; datetime="{time}"')
    return ",\n".join(lines) + "\n"


def relations(
    name: str, version: str, pages: Mapping[str, frozenset[str]], base: str
) -> list[tuple[str, str]]:
    """The version of a page before and after, as relations with addresses. ``pages``: those of each
    version, the oldest first."""
    order = list(pages)
    here = order.index(version)
    page = "" if name == "index.html" else name
    found = []
    for rel, others in (
        ("predecessor-version", reversed(order[:here])),
        ("successor-version", order[here + 1 :]),
    ):
        near = next((one for one in others if name in pages[one]), None)
        if near:
            found.append((rel, f"{base}{PLACE}/{near}/{page}"))
    return found
