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
from pathlib import Path
from typing import Any, TypeVar, cast

from filelock import FileLock

from microwork import checksum
from microwork.contents import CHAPTERS
from microwork.paths import DATA, LOCK, ROOT
from microwork.provenance import note, traced

FOLDER = "MICROWORK_KEPT"

F = TypeVar("F", bound=Callable[..., Any])


def content_hash() -> str:
    """Hex sha256 over all that can change a number: the chapters there are, ``data/``, ``microwork/``, the lock, and Python."""
    paths = [path for folder in (DATA, ROOT / "microwork") for path in folder.rglob("*") if _counts(path)]
    at = [(path.relative_to(ROOT).as_posix(), path.stat()) for path in [*paths, LOCK]]
    return _hash(tuple(sorted((name, (found.st_mtime_ns, found.st_size, found.st_ino)) for name, found in at)))


@functools.cache
def _hash(files: tuple[tuple[str, tuple[int, int, int]], ...]) -> str:
    """The hash itself: time, size and inode are there so that files are read again when one of them has changed."""
    digest = hashlib.sha256(f"{sys.version}\0{CHAPTERS}".encode())
    for name, _state in files:
        content = (ROOT / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


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


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
