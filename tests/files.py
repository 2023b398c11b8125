"""Reading and writing the files of a report and of its site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


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
