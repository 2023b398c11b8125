"""Reading and writing the files of a report and of its site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tallybook import files


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def load(path: Path) -> Any:
    """The content of a JSON file."""
    return json.loads(read(path))


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first ``old``, which must stand there."""
    text = read(path)
    assert old in text, f"{path} holds no {old!r}"
    write(path, text.replace(old, new, 1))


def contents(folder: Path) -> dict[str, str]:
    """Sha256 of every file below, by path."""
    folder = folder.resolve()
    return {path.relative_to(folder).as_posix(): files.digest(path) for path in files.below(folder)}


def listing(root: Path) -> dict[str, str]:
    """All files of a project but what is built, and what Python compiled."""
    every = contents(root)
    return {n: one for n, one in every.items() if not re.search(r"^_build/|__pycache__", n)}
