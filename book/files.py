"""The files of the report itself: what a build reads, and must leave alone."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator
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
