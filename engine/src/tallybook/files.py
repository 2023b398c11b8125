"""The files of the report itself, which a build reads and must leave alone; and one hash over any files."""

from __future__ import annotations

import fnmatch
import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# Hidden files, and what is built or installed.
LEFT_OUT = (".*", "_build", "dist", "__pycache__", "node_modules", "*.egg-info", "*.pyc", "*~")

# What tells one state of a file from another without reading it; None if there is no such file.
State = tuple[int, int, int] | None


def own(root: Path) -> Iterator[Path]:
    """Every file below ``root`` that is the report's own, in no order."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not _left_out(name)]
        yield from (Path(folder, name) for name in files if not _left_out(name))


@functools.cache
def _left_out(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in LEFT_OUT)


def below(folder: Path) -> Iterator[Path]:
    """Every file below ``folder``, in no order."""
    return (Path(place, name) for place, _folders, names in os.walk(folder) for name in names)


def contents(root: Path, paths: Iterable[Path]) -> str:
    """Hex sha256 over names and bytes of files below ``root``."""
    names = sorted((path.relative_to(root).as_posix(), path) for path in paths)
    return sha256("".join(f"{name}\0{digest(path)}\0" for name, path in names).encode())


def sha256(content: bytes) -> str:
    """Hex sha256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def digest(path: Path) -> str:
    """Hex sha256 of a file. A build asks for the same files time and again: each is read once for as long as it is the same file
    of the same size and time. Raises ``OSError`` if there is none."""
    return _digest(path, state(path))


def state(path: Path) -> State:
    """Time, size and inode of a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@functools.cache
def _digest(path: Path, _state: State) -> str:
    return sha256(path.read_bytes())


def tools() -> str:
    """Python and the installed packages with their versions, as text. Their folders' names say it; no file is opened."""
    places = [Path(place) for place in dict.fromkeys(sys.path) if Path(place).is_dir()]
    found = {path.name for place in places for ending in ("dist-info", "egg-info") for path in place.glob(f"*.{ending}")}
    return "\n".join([sys.version, *sorted(found)])
