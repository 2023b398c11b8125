"""Publish a finished build with one rename; nothing else ever writes into the published site.

``_build/html`` is a link to the newest good site under ``_build/sites``. The build command builds
in ``_build/staging`` and publishes from there; a plain ``jupyter-book build .`` builds aside
(``tallybook.sphinx.staged_output``).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import uuid
from pathlib import Path
from typing import IO

from tallybook.builder.cache import reuse
from tallybook.builder.process.progress import say
from tallybook.errors import TallybookError

try:
    import fcntl
except ImportError:  # Windows: two builds in one folder do not notice each other there
    fcntl = None  # type: ignore[assignment]  # a module, where there is one

TRASH = "trash-"  # below _build: what begins so is to be deleted
# Deletes what it is given, at leisure. What it leaves when it is killed, the next build
# deletes.
_DELETE = """
import os, shutil, sys
if hasattr(os, "nice"):
    os.nice(19)
for path in sys.argv[1:]:
    if os.path.isfile(path):
        os.remove(path)
    shutil.rmtree(path, ignore_errors=True)
"""
KEPT = 2  # builds under _build/sites: the one published and the one before
_SERIAL = re.compile(r"\d{6,}")  # 000001, 000002


def take_turn(lock: IO[str]) -> None:
    """Two builds take turns. The lock is on the open file: processes that inherit it hold it."""
    if fcntl is None:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another build is at work in this folder; this one waits for it.")
        fcntl.flock(lock, fcntl.LOCK_EX)


class PlaceError(TallybookError):
    """Something of somebody else lies where the link to the site must be."""


def refuse_others(work: Path) -> None:
    """Raise ``PlaceError`` if ``_build/html`` is neither a link nor a folder that Sphinx has made,
    which it marks. It would be moved away, and removed two builds later."""
    place = work / "html"
    if place.is_symlink() or not place.exists():
        return
    if place.is_dir() and ((place / ".buildinfo").is_file() or not any(place.iterdir())):
        return
    found = f"a {'folder' if place.is_dir() else 'file'} that no build has made"
    raise PlaceError("_build/html", found, "a link to the site, so move it away")


def publish(built: Path, work: Path) -> Path:
    """Give a finished build a folder of its own and switch the link ``_build/html`` to it."""
    sites, link = work / "sites", work / "html"
    sites.mkdir(exist_ok=True)
    before = _made(sites)
    fresh = sites / f"{before[-1][0] + 1 if before else 1:06d}"
    pointer = work / "html.next"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(fresh.relative_to(work), target_is_directory=True)
    shutil.move(built, fresh)  # if need be to another disk, before the link is switched
    if link.is_dir() and not link.is_symlink():  # what Sphinx has made by itself
        put_away(link, work)
    os.replace(pointer, link)  # the one rename
    for _, old in before[: 1 - KEPT]:
        put_away(old, work)
    empty_trash(work)
    return link


def _made(sites: Path) -> list[tuple[int, Path]]:
    """What ``publish`` has put there, with its serials, the oldest first, and nothing else."""
    paths = (path for path in sites.iterdir() if _SERIAL.fullmatch(path.name))
    return sorted((int(path.name), path) for path in paths if not path.is_symlink())


class Copy:
    """A copy of the published site while code of the report is at work, which may write anywhere.
    It has no name in any folder, so that no code finds it by accident."""

    def __init__(self, work: Path) -> None:
        self.site, self.link = (work / "html").resolve(), work / "html"
        self.target = os.readlink(self.link) if self.link.is_symlink() else None
        self._record = reuse.of(self.site) if self.target else reuse.Record()
        self._file = tempfile.TemporaryFile(dir=work)  # noqa: SIM115 - as long as the copy
        if self.target:
            with tarfile.open(fileobj=self._file, mode="w") as archive:
                archive.add(self.site, ".")

    def restore(self) -> str:
        """Put the site back if it is no longer as it was; gives what was found then."""
        if not self.target:
            return ""
        if self.link.is_symlink() and os.readlink(self.link) == self.target:
            if not (found := self._record.different(self.site)):
                return ""
        else:
            found = "another site"
        self._file.seek(0)
        remove(self.site)
        self.site.mkdir(parents=True)
        with tarfile.open(fileobj=self._file) as archive:
            archive.extractall(self.site, filter="data")
        remove(self.link)
        self.link.symlink_to(self.target, target_is_directory=True)
        return f"_build/html: found {found}; expected code that leaves the published site alone"


def put_away(path: Path, work: Path) -> None:
    """Move a file or folder to where ``empty_trash`` deletes it; nothing there is no fault."""
    if path.exists() or path.is_symlink():
        # Each has a name of its own: what was put away before may be being deleted now.
        path.rename(work / f"{TRASH}{uuid.uuid4().hex}")


def empty_trash(work: Path) -> None:
    """Delete what has been put away, in a process that outlives this one: a site has thousands of
    files, and nobody need wait until they are gone. It holds no lock."""
    if found := [str(path) for path in work.glob(f"{TRASH}*")]:
        nowhere = subprocess.DEVNULL
        subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _DELETE, *found],
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
        )


def remove(path: Path) -> None:
    """Remove a file, a link or a folder; what is not there is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
