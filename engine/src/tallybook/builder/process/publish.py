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
import uuid
from pathlib import Path
from typing import IO

from tallybook.builder.process.progress import say
from tallybook.errors import TallybookError

try:
    import fcntl
except ImportError:  # Windows: two builds in one folder do not notice each other there
    fcntl = None  # type: ignore[assignment]  # a module, where there is one

TRASH = "trash"  # below _build: what is to be deleted
# Deletes the folder that it is given, at leisure. What it leaves when it is killed, the next build
# deletes.
_DELETE = """
import os, shutil, sys
if hasattr(os, "nice"):
    os.nice(19)
shutil.rmtree(sys.argv[1], ignore_errors=True)
"""
KEPT = 2  # builds under _build/sites: the one published and the one before
# 000001, 000002; and 000003.plain, which other means have made
_SERIAL = re.compile(r"(\d{6,})(\.plain)?")


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
    newest = max((serial for serial, _ in _made(sites)), default=0)
    # What other means have made goes out of the way, but for the empty folder that Sphinx makes
    # before anyone can tell it to build elsewhere.
    foreign = link.is_dir() and not link.is_symlink()
    kept = foreign and any(link.iterdir())
    fresh = sites / f"{newest + 1 + kept:06d}"
    pointer = work / "html.next"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(fresh.relative_to(work), target_is_directory=True)
    shutil.move(built, fresh)  # if need be to another disk, before the link is switched
    if kept:
        link.rename(sites / f"{newest + 1:06d}.plain")
    elif foreign:
        link.rmdir()
    os.replace(pointer, link)  # the one rename
    for _, old in _made(sites)[:-KEPT]:
        if old != fresh:
            put_away(old, work)
    return link


def _made(sites: Path) -> list[tuple[int, Path]]:
    """What ``publish`` has put there, with its serials, the oldest first, and nothing else."""
    found = ((_SERIAL.fullmatch(path.name), path) for path in sites.iterdir())
    return sorted((int(name[1]), path) for name, path in found if name and not path.is_symlink())


def put_away(path: Path, work: Path) -> None:
    """Move a file or folder to where ``empty_trash`` deletes it."""
    trash = work / TRASH
    trash.mkdir(exist_ok=True)
    path.rename(trash / uuid.uuid4().hex)


def empty_trash(work: Path) -> None:
    """Delete what has been put away, in a process that outlives this one: a site has thousands of
    files, and nobody need wait until they are gone. It holds no lock."""
    if (work / TRASH).exists():
        nowhere = subprocess.DEVNULL
        subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _DELETE, str(work / TRASH)],
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
