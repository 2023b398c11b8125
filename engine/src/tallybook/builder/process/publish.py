"""Publish a finished build with one rename; nothing else ever writes into the published site.

``_build/html`` is a link to the newest good site under ``_build/sites``. The build command builds
in ``_build/staging`` and publishes from there. A plain ``jupyter-book build .`` puts a folder in
the place of the link (``tallybook.sphinx.building.site``), and the next build of ours a link again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tallybook import files
from tallybook.builder.process.progress import say

TRASH = "trash-"  # below _build: what begins so is to be deleted
# Deletes what it is given, at leisure. What it leaves when it is killed, the next build
# deletes.
_DELETE = """
import os, shutil, sys
os.nice(19)
for path in sys.argv[1:]:
    if os.path.isfile(path):
        os.remove(path)
    shutil.rmtree(path, ignore_errors=True)
"""
KEPT = 2  # builds under _build/sites: the one published and the one before
_SERIAL = re.compile(r"\d{6,}")  # 000001, 000002


def led_away(work: Path) -> str:
    """What is wrong where a folder that builds empty, or one in it, is a link to what no build has
    made: that would be emptied."""
    folders = (work, work / "staging", work / "staging" / files.BUILD)
    inside = (path for folder in folders if folder.is_dir() for path in folder.iterdir())
    for path in filter(Path.is_symlink, (work, *inside)):
        to = path.resolve()
        if files.whose(to, work.parent.resolve()) is not files.Whose.BUILD:
            shown, wanted = path.relative_to(work.parent), "a folder of the build's own"
            return f"{shown}: found a link to {to}; expected {wanted}, as what is there is deleted"
    return ""


def take_turn(lock: IO[str]) -> None:
    """Two builds take turns. The lock is on the open file: processes that inherit it hold it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another build is at work in this folder; this one waits for it.")
        fcntl.flock(lock, fcntl.LOCK_EX)


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
    if link.exists() and not link.is_symlink():  # what Sphinx has made by itself
        put_away(link, work)
    os.replace(pointer, link)  # the one rename
    try:
        for _, old in before[: 1 - KEPT]:
            put_away(old, work)
        empty_trash(work)
    except OSError as error:
        say(f"An old site is still there: {error}")
    return link


def _made(sites: Path) -> list[tuple[int, Path]]:
    """What ``publish`` has put there, with its serials, the oldest first, and nothing else."""
    paths = (path for path in sites.iterdir() if _SERIAL.fullmatch(path.name))
    return sorted((int(path.name), path) for path in paths if not path.is_symlink())


@contextlib.contextmanager
def secured(work: Path) -> Iterator[list[str]]:
    """Keep a copy of the published site while code of the report is at work, which may write
    anywhere, and put it back if any other file is there then: the list says so. The copy has no
    name in any folder, so that no code finds it."""
    found, link = list[str](), work / "html"
    if not link.is_symlink() or not link.exists():
        yield found
        return
    site, before = link.resolve(), _states(work)
    with tempfile.TemporaryFile(dir=work) as copy:
        # The plain format is the quickest to write: the other adds a header to every file.
        with tarfile.open(fileobj=copy, mode="w", format=tarfile.GNU_FORMAT) as archive:
            archive.add(site, ".")
        try:
            yield found
        finally:
            if _states(work) != before:
                remove(link)
                remove(work / "sites")
                copy.seek(0)
                with tarfile.open(fileobj=copy) as archive:
                    archive.extractall(site, filter="data")
                link.symlink_to(site.relative_to(work.resolve()), target_is_directory=True)
                wanted = "expected code that leaves the published site alone"
                found.append(f"_build/html: found other files; {wanted}")


def _states(work: Path) -> dict[Path, tuple[int, int]]:
    """The link and every file of the sites, with its number and the time of its last change, which
    no program can set."""
    found = ((path, path.lstat()) for path in [work / "html", *files.below(work / "sites")])
    return {path: (state.st_ino, state.st_ctime_ns) for path, state in found}


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
