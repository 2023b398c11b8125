"""Results of costly functions, kept for the other processes of a build and for the next build.

A chapter's cells compute what the build needs for the prose as well. If the environment variable
``TALLYBOOK_KEPT`` names a folder, a result is computed once for all of them: the second process
waits for the first, then reads. Each result is stored under a hash of everything it depends on, so
after a change to a table, a module or the lock it is computed again. Without the folder, as in a
notebook by itself, nothing is kept.
"""

from __future__ import annotations

import functools
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from filelock import FileLock

from tallybook import files, project
from tallybook.builder.cache import checksum
from tallybook.data.provenance import note, traced

FOLDER = "TALLYBOOK_KEPT"

# Folders of the engine whose code, with report.py, can change a number or what a cell shows.
COMPUTING = ("data", "model", "charts", "claims")

F = TypeVar("F", bound=Callable[..., Any])


def content_hash() -> str:
    """Hex sha256 over all that can change a number: the chapters there are, ``data/``, the
    analysis, the part of the engine that an analysis uses, the lock (without one, the packages that
    are installed), and Python."""
    here = project.here()
    alone = [path for path in (here.root / "_toc.yml", here.lock) if path.is_file()]
    ours = files.contents(here.root, [*files.own(here.data), *files.own(here.code), *alone])
    engine = [path for name in COMPUTING for path in files.own(project.ENGINE / name)]
    theirs = files.contents(project.ENGINE, [*engine, project.ENGINE / "report.py"])
    around = sys.version if here.lock.is_file() else files.tools()
    return files.sha256(f"{around}\0{here.package}\0{ours}\0{theirs}".encode())


def kept(function: F) -> F:
    """A function whose results are kept. It must be pure, and its arguments plain: they are told
    apart by their ``repr``."""

    @functools.wraps(function)
    def wrapper(*arguments: Any) -> Any:
        if not os.environ.get(FOLDER):
            return function(*arguments)
        folder = Path(os.environ[FOLDER]) / content_hash()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        call = files.sha256(f"{function.__module__}.{function.__qualname__}{arguments!r}".encode())
        path = folder / f"{call[:32]}.pickle"
        with FileLock(path.with_suffix(".lock")):
            try:
                result, facts = pickle.loads(checksum.read(path))
            except Exception:  # noqa: BLE001 - new, or damaged in whatever way: compute it
                result, facts = traced(function, *arguments)
                checksum.write(path, pickle.dumps((result, facts)))
            else:
                note(*facts)
        return result

    return cast(F, wrapper)  # the arguments of the function, though not by name
