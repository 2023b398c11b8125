"""The files of the report itself, which a build reads and must leave alone; and one hash over any files."""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# Hidden files, and what is built or installed.
LEFT_OUT = (".*", "_build", "dist", "__pycache__", "node_modules", "*.egg-info", "*.pyc", "*~")


def own(root: Path) -> Iterator[Path]:
    """Every file below ``root`` that is the report's own, in no order."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not _left_out(name)]
        yield from (Path(folder, name) for name in files if not _left_out(name))


def _left_out(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in LEFT_OUT)


def below(folder: Path) -> Iterator[Path]:
    """Every file below ``folder``, in no order."""
    return (path for path in folder.rglob("*") if path.is_file())


def contents(root: Path, paths: Iterable[Path]) -> str:
    """Hex sha256 over names and bytes of files below ``root``."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in paths):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
