"""What a build takes over from the last published site: like make, but by content and never by
time. After one sentence, a build takes a third of the time that it takes to make every page.

The files of a site are made in groups: a page, or the small pages of all numbers. Each group has a
key, the hash of all that it is made from. Beside the site stands a record of every group's key and
files, and of the sha256 of every file. A group whose key is the same is copied from the last site
instead of being made anew; if one of its files is not what was written, the whole group is made.
What belongs to no group is made in every build.

Files are copied and not linked: whatever a later step opens for writing, no byte of a published
site can change.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tallybook import files

NAME = "built"  # the record, beside the site or beside the folder in which it is made
# Environment variable: the ``_build`` folder with the site that may be taken from.
LAST = "TALLYBOOK_LAST_SITE"


@dataclass(frozen=True)
class Group:
    """Files that are made together: the key of what they are made from, and their paths."""

    key: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """A site: what it was made from as a whole, the ``code`` by which it was made (see
    ``tallybook.builder.process.up_to_date``), its groups, and the sha256 of every file."""

    made_from: str = ""
    code: str = ""
    groups: dict[str, Group] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)

    def different(self, site: Path) -> str:
        """A file by which a site differs from these very files, in words; empty if it has them all,
        undamaged, and no other."""
        try:
            found = of(site).sums
        except OSError as error:
            return f"a file that cannot be read ({error})"
        for name in sorted(self.sums.keys() | found.keys()):
            if name not in found:
                return f"no {name}"
            if found[name] != self.sums.get(name):
                return f"{name} changed" if name in self.sums else f"the new file {name}"
        return ""


def of(site: Path) -> Record:
    """What files a site has. Raises ``OSError`` for one that cannot be read."""
    every = files.below(site)
    return Record(sums={path.relative_to(site).as_posix(): files.digest(path) for path in every})


def read(folder: Path, edition: str = "") -> Record:
    """The record in a folder; an empty one if there is none that can be read."""
    try:
        kept = json.loads((folder / _name(edition)).read_bytes())
    except (OSError, ValueError):
        return Record()
    groups = {name: Group(key, tuple(paths)) for name, (key, paths) in kept["groups"].items()}
    return Record(kept["made from"], kept["code"], groups, kept["sums"])


def _name(edition: str) -> str:
    return f"{NAME}.{edition}" if edition else NAME


def write(folder: Path, record: Record, edition: str = "") -> None:
    """Store a record in a folder."""
    groups = {name: [group.key, group.files] for name, group in record.groups.items()}
    told = {"made from": record.made_from, "code": record.code}
    text = json.dumps(told | {"groups": groups, "sums": record.sums})
    files.write_whole(folder / _name(edition), text.encode())


def publish(staging: Path, work: Path, made_from: str, code: str) -> None:
    """Put the record of a site that has just been published beside it, with what the whole of it
    was made from."""
    write(work, replace(read(staging), made_from=made_from, code=code))
    for path in staging.glob(f"{NAME}.*"):
        edition = path.name.removeprefix(f"{NAME}.")
        write(work, read(staging, edition), edition)


class SiteManifest:
    """The site that is made in the folder ``out``, and the last one, in ``work``; or the edition of
    the two in another language, in a folder of that name."""

    def __init__(self, out: Path, work: Path | None = None, edition: str = "") -> None:
        self.out, self.edition = out, edition
        self.old = (work / "html").resolve() / edition if work else None
        self.last = read(work, edition) if work else Record()
        self.groups: dict[str, Group] = {}
        self.sums: dict[str, str] = {}

    def take(self, name: str, key: str) -> bool:
        """Copy a group from the last site if it is whole and made from the same; whether it was."""
        group = self.last.groups.get(name)
        if group is None or group.key != key:
            return False
        found = {path: self.content(path) for path in group.files}
        if None in found.values():
            return False
        for path, content in found.items():
            target = self.out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content or b"")
            self.sums[path] = self.last.sums[path]
        self.groups[name] = group
        return True

    def content(self, path: str) -> bytes | None:
        """The bytes of a file of the last site; ``None`` if they are not what was written."""
        if self.old is None or path not in self.last.sums:
            return None
        try:
            content = (self.old / path).read_bytes()
        except OSError:
            return None
        return content if files.sha256(content) == self.last.sums[path] else None

    def group(self, name: str, key: str, make: Callable[[], Iterable[Path]]) -> None:
        """Take a group over or make it. ``make`` writes its files and says which they are."""
        if not self.take(name, key):
            self.note(name, key, make())

    def note(self, name: str, key: str, paths: Iterable[Path]) -> None:
        """Say of what a group was made that has just been written, and what its files are."""
        names = sorted(path.relative_to(self.out).as_posix() for path in paths)
        self.groups[name] = Group(key, tuple(names))

    def sum_up(self, editions: Collection[str]) -> None:
        """Take down what files the site has, but for those of its editions: these may still be
        made meanwhile."""
        every = {path.relative_to(self.out): path for path in files.below(self.out)}
        self.sums = {
            name.as_posix(): self.sums.get(name.as_posix()) or files.digest(path)
            for name, path in every.items()
            if name.parts[0] not in editions
        }

    def finish(self, editions: Collection[str]) -> None:
        """Write the record of the finished site beside its folder, with what its editions have
        taken down."""
        beside = self.out.parent.parent if self.edition else self.out.parent
        made = {
            f"{edition}/{name}": digest
            for edition in editions
            for name, digest in read(beside, edition).sums.items()
        }
        write(beside, Record("", "", self.groups, self.sums | made), self.edition)


def begin(out: Path, edition: str = "") -> SiteManifest:
    """For the folder in which a site is made. A plain build takes nothing from a last one."""
    work = os.environ.get(LAST)
    return SiteManifest(out, Path(work) if work else None, edition)
