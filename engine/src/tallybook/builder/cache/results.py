"""Results of costly functions, kept for the other processes of a build and for the next build.

A chapter's cells compute what the build needs for the prose as well. If the environment variable
``TALLYBOOK_KEPT`` names a folder, a result is computed once for all of them: the second process
waits for the first, then reads. Without the folder, as in a notebook by itself, nothing is kept.

The folder is that of one state of the report: its name is the hash of all that is known to change a
number (``content_hash``). Chapters that were executed lie there too.
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

from tallybook import files, project, settings
from tallybook.builder.cache import STORE
from tallybook.builder.process import environment
from tallybook.data.provenance import note, traced

FOLDER = "TALLYBOOK_KEPT"

TEXTS = (".md", ".po")  # pages, whose cells are compared one by one, and their translations
# Folders of the engine whose code, with report.py, can change a number or what a cell shows.
COMPUTING = ("data", "model", "charts", "claims", "answers", "pictures")

F = TypeVar("F", bound=Callable[..., Any])


def content_hash() -> str:
    """Hex sha256 over all that can change a number: every file of the report but texts and projects
    of their own in folders below it, and of the list of pages what its chapters are; the part of
    the engine that an analysis uses, the lock (without one, the packages that are installed),
    Python, and the environment variables that pages ask for."""
    here = project.here()
    every = {*files.own(here.root)} - {here.root / settings.TOC}
    others = {path.parent for path in every if path.name == "pyproject.toml"} - {here.root}
    texts = {path for path in every if path.suffix in TEXTS and not path.is_relative_to(here.data)}
    apart = {path for path in every if not others.isdisjoint(path.parents)}
    ours = files.contents(here.root, every - texts - apart)
    engine = [path for name in COMPUTING for path in files.own(project.ENGINE / name)]
    theirs = files.contents(project.ENGINE, [*engine, project.ENGINE / "report.py"])
    around = sys.version if here.lock.is_file() else files.tools()
    told = [around, environment.values(), here.package, repr(settings.chapters(here))]
    return files.sha256("\0".join([*told, ours, theirs]))


def folder(around: Path) -> Path:
    """The folder for results of the report as it is now; ``around``: where a site is made."""
    found = around / STORE / content_hash()[:16]
    if found.is_dir():
        os.utime(found)  # the newest is that of the last build
    return found


def kept(function: F) -> F:
    """A function whose results are kept. It must be pure, and its arguments plain: they are told
    apart by their ``repr``."""

    @functools.wraps(function)
    def wrapper(*arguments: Any) -> Any:
        if not os.environ.get(FOLDER):
            return function(*arguments)
        call = files.sha256(f"{function.__module__}.{function.__qualname__}{arguments!r}")
        path = Path(os.environ[FOLDER]) / f"{call[:32]}.pickle"
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            try:
                result, facts = pickle.loads(path.read_bytes())
            except Exception:  # noqa: BLE001 - new, or not to be read in whatever way: compute it
                result, facts = traced(function, *arguments)
                files.write_whole(path, pickle.dumps((result, facts)))
            else:
                note(*facts)
        return result

    return cast(F, wrapper)  # the arguments of the function, though not by name
