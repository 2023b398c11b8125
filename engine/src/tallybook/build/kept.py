"""Results of costly functions, kept for the other processes of a build.

A chapter's cells compute in front of the reader what the build needs for the prose as well. With a folder named in the
environment variable ``FOLDER`` a result is computed once for all of them: who asks second waits for the first, then reads.
It lies under the hash of all it depends on, so that a changed table, module or lock finds nothing of the old. Without the
folder, as in a notebook by itself, nothing is kept.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, TypeVar, cast

from filelock import FileLock

from tallybook import project
from tallybook.build import checksum, files
from tallybook.data.provenance import note, traced

FOLDER = "TALLYBOOK_KEPT"

COMPUTING = (
    "data",
    "model",
    "charts",
)  # folders of the engine whose code, with report.py, can change a number or what a cell shows

F = TypeVar("F", bound=Callable[..., Any])


def content_hash() -> str:
    """Hex sha256 over all that can change a number: the chapters there are, ``data/``, the analysis, the part of the engine that
    an analysis uses, the lock (without one, the packages that are installed), and Python."""
    here = project.here()
    computing = [path for name in COMPUTING for path in files.own(project.ENGINE / name)]
    alone = [path for path in (here.root / "_toc.yml", here.lock, project.ENGINE / "report.py") if path.is_file()]
    paths = [*files.own(here.data), *files.own(here.code), *computing, *alone]
    return _hash(here, tuple(sorted((path, _state(path)) for path in paths)))


def _state(path: Path) -> tuple[int, int, int]:
    """What tells one state of a file from another without reading it."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


@functools.cache
def _hash(here: project.Project, states: tuple[tuple[Path, tuple[int, int, int]], ...]) -> str:
    """The hash itself. The states are there so that files are read again when one of them has changed."""
    paths = [path for path, _state in states]
    theirs = [path for path in paths if path.is_relative_to(project.ENGINE)]
    ours = [path for path in paths if path not in theirs]
    lock = "" if here.lock in paths else _installed()
    parts = sys.version, here.package, files.contents(here.root, ours), files.contents(project.ENGINE, theirs), lock
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@functools.cache
def _installed() -> str:
    return "\n".join(sorted(f"{package.name} {package.version}" for package in distributions()))


def kept(function: F) -> F:
    """A function whose results are kept. It must be pure, and its arguments plain: they are told apart by their ``repr``."""

    @functools.wraps(function)
    def wrapper(*arguments: Any) -> Any:
        if not os.environ.get(FOLDER):
            return function(*arguments)
        folder = Path(os.environ[FOLDER]) / content_hash()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        call = hashlib.sha256(f"{function.__module__}.{function.__qualname__}{arguments!r}".encode()).hexdigest()
        path = folder / f"{call[:32]}.pickle"
        with FileLock(path.with_suffix(".lock")):
            try:
                result, facts = pickle.loads(checksum.read(path))
            except Exception:  # noqa: BLE001 - new, or damaged: compute it, whatever is wrong with the file
                result, facts = traced(function, *arguments)
                checksum.write(path, pickle.dumps((result, facts)))
            else:
                note(*facts)
        return result

    return cast(F, wrapper)  # the arguments of the function, though not by name
