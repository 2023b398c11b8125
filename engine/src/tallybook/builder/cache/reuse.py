"""What a build takes over from the last published site: like make, but by content and never by
time. After one sentence, a build takes a third of the time that it takes to make every page.

The files of a site are made in groups: a page, or the small pages of all numbers. Each group has a
key, the hash of all that it is made from. Beside the site stands a record of every group's key and
files. A group whose key is the same is copied from the last site instead of being made anew. What
belongs to no group is made in every build. Files are copied and not linked: whatever a later step
opens for writing, no byte of a published site can change.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tallybook import files, history
from tallybook.builder.process import environment
from tallybook.project import ENGINE

OTHER_BYTES = (
    "found other bytes than the build has written; expected code of the report to leave it alone"
)
NAME = "built"  # the record, beside the site or beside the folder in which it is made
# Environment variable: the ``_build`` folder with the site that may be taken from.
LAST = "TALLYBOOK_LAST_SITE"


# Files that are made together: the key of what they are made from, and their sums by their paths.
Group = tuple[str, dict[str, str]]


@dataclass(frozen=True)
class Record:
    """A site: what it was made from as a whole (``inputs``), where it was published, what its files
    were like then, and its groups. One that is published without us has another place, and nothing
    is taken from it."""

    made_from: str = ""
    place: str = ""
    states: str = ""
    groups: dict[str, Group] = field(default_factory=dict)

    def is_of(self, work: Path) -> bool:
        """Whether it is the record of the site that is published in a ``_build`` folder."""
        return self.place == place(work) != ""

    def is_current(self, work: Path, made_from: str) -> bool:
        """The same, and whether the site is made from just these ``inputs`` and as it was
        published."""
        same = self.is_of(work) and self.made_from == made_from
        return same and self.states == _states(work)


def inputs(root: Path) -> str:
    """Hex sha256 over the report's files, this package, the installed packages, Python, the
    environment variables that pages ask for, and what gives pages day and version. Raises
    ``HistoryError`` if git fails."""
    # A hidden file too stops a build.
    lying = sorted(path.relative_to(root).as_posix() for path in (root / "data").rglob("*"))
    told = [os.environ.get("SOURCE_DATE_EPOCH", ""), repr(history.commit(root))]
    told += [history.archived(root), *lying, repr(environment.asked(root))]
    contents = [files.contents(folder, files.own(folder)) for folder in (root, ENGINE)]
    return files.sha256("\n".join([files.tools(), *told, *contents]))


def place(work: Path) -> str:
    """Where the published site lies; empty if there is none."""
    link = work / "html"
    return os.readlink(link) if link.is_symlink() and link.exists() else ""


def read(folder: Path, edition: str = "") -> Record:
    """The record in a folder; an empty one if there is none that can be read."""
    try:
        kept = json.loads((folder / _name(edition)).read_bytes())
        return Record(**kept)
    except (OSError, ValueError, TypeError):  # TypeError: one of another version
        return Record()


def _sum(path: Path) -> str:
    """Hex sha256 of a file; empty if there is none."""
    return files.digest(path) if path.is_file() else ""


def _states(work: Path) -> str:
    """Hex sha256 over the names, sizes and times of all files of the published site."""
    site = (work / "html").resolve()
    found = ((str(path), files.state(path)) for path in files.below(site))
    return files.sha256(repr(sorted(found)))


def _name(edition: str) -> str:
    return f"{NAME}.{edition}" if edition else NAME


def write(folder: Path, record: Record, edition: str = "") -> None:
    """Store a record in a folder."""
    files.write_whole(folder / _name(edition), json.dumps(asdict(record)).encode())


def publish(staging: Path, work: Path, made_from: str) -> None:
    """Put the record of a site that has just been published beside it, with what the whole of it
    was made from; and those of its editions."""
    said = Record(made_from, place(work), _states(work))
    for edition in _editions(staging):
        write(work, replace(said, groups=read(staging, edition).groups), edition)


def altered(staging: Path) -> list[str]:
    """What is wrong with files of a new site, and its editions, that are not as they were
    written."""
    return [
        f"_build/html/{Path(edition, name)}: {OTHER_BYTES}"
        for edition in _editions(staging)
        for _key, sums in read(staging, edition).groups.values()
        for name, known in sums.items()
        if not (path := staging / "html" / edition / name).is_file() or files.digest(path) != known
    ]


def _editions(folder: Path) -> list[str]:
    """The languages of the records in a folder; empty for the site's own."""
    return [path.name.removeprefix(NAME).removeprefix(".") for path in folder.glob(f"{NAME}*")]


class SiteManifest:
    """The site that is made in the folder ``out``, and the last one, in ``work``; or the edition of
    the two in another language, in a folder of that name."""

    def __init__(self, out: Path, work: Path | None = None, edition: str = "") -> None:
        self.out, self.edition = out, edition
        last = read(work, edition) if work else Record()
        self.last = last.groups if work and last.is_of(work) else {}
        self.old = (work / "html").resolve() / edition if work else out
        self.groups: dict[str, Group] = {}

    def take(self, name: str, key: str) -> bool:
        """Copy a group from the last site if it was made from the same, and nobody has changed it
        there; whether it was."""
        made_from, sums = self.last.get(name, ("", {}))
        if made_from != key or any(_sum(self.old / path) != one for path, one in sums.items()):
            return False
        for path in sums:
            (self.out / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.old / path, self.out / path)
        self.groups[name] = key, sums
        return True

    def group(self, name: str, key: str, make: Callable[[], Iterable[Path]]) -> None:
        """Take a group over or make it. ``make`` writes its files and says which they are."""
        if not self.take(name, key):
            self.note(name, key, make())

    def note(self, name: str, key: str, paths: Iterable[Path]) -> None:
        """Say of what a group was made that has just been written, and what its files are."""
        sums = {path.relative_to(self.out).as_posix(): files.digest(path) for path in sorted(paths)}
        self.groups[name] = key, sums

    def finish(self) -> None:
        """Write the record of the finished site beside its folder."""
        beside = self.out.parent.parent if self.edition else self.out.parent
        write(beside, Record(groups=self.groups), self.edition)


def begin(out: Path, edition: str = "") -> SiteManifest:
    """For the folder in which a site is made. A plain build takes nothing from a last one."""
    work = os.environ.get(LAST)
    return SiteManifest(out, Path(work) if work else None, edition)
