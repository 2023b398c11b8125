"""Takes down which files and folders of the report its code opens while it runs.

Results are kept by the content of ``data/`` and of the report's package. But code may read what
lies elsewhere: a module beside the package, a file beside a page. Every process that computes
watches what it opens, modules included, and writes it into the folder of results, each file with
its hash. What libraries read by other means than Python's own ``open`` is not seen.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tallybook import files, project

LIST = "opened"  # the file of the folder of results
ROOT = "TALLYBOOK_ROOT"  # environment variable: the folder of the report
# Folders of which no file is the report's.
_FOREIGN = {"_build", "dist", "node_modules", "site-packages", "__pycache__", ".git", ".venv"}
_FOLDERS = ("os.listdir", "os.scandir")
_seen: set[str] = set()
_within = threading.local()


@contextmanager
def watching() -> Iterator[None]:
    """Take down all that is opened within, in processes that are forked there too."""
    _add_hook()
    before, _within.watched = getattr(_within, "watched", False), True
    try:
        yield
    finally:
        _within.watched = before


@contextmanager
def unheard() -> Iterator[None]:
    """What this thread opens within is not taken down: the engine looks, and not the report."""
    before, _within.at_work = getattr(_within, "at_work", False), True
    try:
        yield
    finally:
        _within.at_work = before


def watch() -> None:
    """Take down all that this process opens from now on, in every thread."""
    global _always
    _add_hook()
    _always = True


_always = False


@functools.cache
def _add_hook() -> None:
    sys.addaudithook(_hear)  # it cannot be taken away again


def still_the_same(folder: Path, root: Path) -> bool:
    """Whether everything that was opened for results in a folder is as it was then."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return True
    return all(line == _state(root, line.partition(" ")[2]) for line in lines)


def _hear(event: str, given: tuple[Any, ...]) -> None:
    if event != "open" and event not in _FOLDERS:
        return
    if not _always and not getattr(_within, "watched", False):
        return
    if not isinstance(given[0], (str, bytes)) or getattr(_within, "at_work", False):
        return
    if event == "open" and (given[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        return  # to write, which a build refuses in the report
    if event != "open" and sys._getframe(1).f_code.co_filename.startswith("<frozen importlib"):
        return  # looking for a module; what is found is opened
    with unheard():
        _note(os.path.abspath(os.fsdecode(given[0])))


def _note(path: str) -> None:
    root, folder = os.environ.get(ROOT), os.environ.get("TALLYBOOK_KEPT")
    if not root or not folder or path in _seen:
        return
    _seen.add(path)
    if path.endswith(".pyc") and "__pycache__" in path:
        path = importlib.util.source_from_cache(path)
    name = os.path.relpath(path, root)
    parts = name.split(os.sep)
    # Whoever looks for packages lists the root, as it is on the way to modules.
    if parts[0] in (".", "..", *_counted()) or not _FOREIGN.isdisjoint(parts):
        return
    if path.startswith((f"{sys.prefix}{os.sep}", f"{project.ENGINE}{os.sep}")):
        return
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, LIST), "a", encoding="utf-8") as listed:
        listed.write(f"{_state(Path(root), name)}\n")


def _counted() -> list[str]:
    """Folders of the report of which every file counts in any case."""
    return ["data", *(here.package for here in project.named())]


def _state(root: Path, name: str) -> str:
    """A line of the list: the hash of a file, or of the names in a folder, and where it is."""
    path = root / name
    if path.is_dir():
        inside = sorted(found for found in os.listdir(path) if not files.is_left_out(found))
        return f"{files.sha256(os.fsencode(chr(0).join(inside)))} {name}"
    return f"{files.digest(path) if path.is_file() else '-'} {name}"
