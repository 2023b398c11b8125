"""Publish a finished build with one rename; nothing else ever writes into the published site.

``_build/html`` is a link to the newest good site under ``_build/sites``. The build command builds in ``_build/staging`` and
publishes from there; a plain ``jupyter-book build .`` builds aside (``tallybook.sphinx.aside``).
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: two builds in one folder do not notice each other there
    fcntl = None  # type: ignore[assignment]  # a module, where there is one

KEPT = 2  # builds under _build/sites: the one published and the one before


def take_turn(lock: IO[str]) -> None:
    """Two builds in one folder take turns. The lock is on the open file, so that processes that inherit it hold it too."""
    if fcntl is None:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another build is at work in this folder; this one waits for it.", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def publish(built: Path, work: Path) -> Path:
    """Give a finished build a folder of its own and switch the link ``_build/html`` to it."""
    sites, link = work / "sites", work / "html"
    sites.mkdir(exist_ok=True)
    serial = 1 + max((int(path.name) for path in sites.iterdir() if path.name.isdigit()), default=0)
    fresh = sites / f"{serial:06d}"
    pointer = work / "html.next"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(fresh.relative_to(work), target_is_directory=True)
    _move(built, fresh)
    if link.is_dir() and not link.is_symlink():
        if any(link.iterdir()):
            link.rename(sites / f"{serial - 1:06d}.plain")  # made by other means: out of the way
        else:
            link.rmdir()  # Sphinx makes the folder before anyone can tell it to build elsewhere
    os.replace(pointer, link)  # the one rename
    for old in sorted(sites.iterdir())[:-KEPT]:
        remove(old)
    return link


def _move(built: Path, fresh: Path) -> None:
    """Move a folder, if need be to another disk, which takes longer. The link is switched afterwards."""
    try:
        built.rename(fresh)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copytree(built, fresh, symlinks=True)
        remove(built)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder; what is not there is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
