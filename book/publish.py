"""Publish a finished build with one rename; nothing else ever writes into the published site.

``_build/html`` is a link to the newest good site under ``_build/sites``. ``book.build`` builds in ``_build/staging`` and
publishes from there. A plain ``jupyter-book build .`` would write into ``_build/html`` itself, through the link into the
site that is published: here it is sent to a folder of its own, which takes the link over only if the build succeeds.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import IO, TYPE_CHECKING

from book import state

try:
    import fcntl
except ImportError:  # Windows: two builds in one folder do not notice each other there
    fcntl = None  # type: ignore[assignment]  # a module, where there is one

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

KEPT = 2  # builds under _build/sites: the one published and the one before
ASIDE = "html.aside"


def setup(app: Sphinx) -> None:
    app.connect("config-inited", build_aside, priority=1)  # before anything takes down where the output goes
    app.connect("build-finished", publish_aside, priority=999)  # when all has been written


def build_aside(app: Sphinx, _config: Config) -> None:
    """Send a build that would write into the published site to a folder beside it."""
    work = Path(app.srcdir) / "_build"
    state.of(app).lock = None
    if Path(app.outdir).resolve() != (work / "html").resolve():  # Sphinx has followed the link
        return
    lock = state.of(app).lock = (work / "build.lock").open("w")
    take_turn(lock)
    remove(work / ASIDE)
    (work / ASIDE).mkdir()
    app.outdir = type(app.outdir)(work / ASIDE)


def publish_aside(app: Sphinx, exception: Exception | None) -> None:
    """Publish what was built aside, if it was built without a fault."""
    if state.of(app).lock and exception is None and not app._warncount and app.builder.format == "html":
        work = Path(app.srcdir) / "_build"
        (work / "built.json").unlink(missing_ok=True)  # it speaks of another site
        publish(work / ASIDE, work)


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
    built.rename(fresh)
    if link.is_dir() and not link.is_symlink():
        if any(link.iterdir()):
            link.rename(sites / f"{serial - 1:06d}.plain")  # made by other means: out of the way
        else:
            link.rmdir()  # Sphinx makes the folder before anyone can tell it to build elsewhere
    os.replace(pointer, link)  # the one rename
    for old in sorted(sites.iterdir())[:-KEPT]:
        remove(old)
    return link


def remove(path: Path) -> None:
    """Remove a file, a link or a folder; what is not there is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
