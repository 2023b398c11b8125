"""Changes to the tables of a copy of the example, described and sealed as its author would."""

from __future__ import annotations

from pathlib import Path

from tallybook import data
from tallybook.data import inference, seal

WORDS = {
    "title": "A table",
    "description": "Made up.",
    "licenses": [{"title": "Public domain", "path": "https://example.org"}],
}


def put(root: Path, name: str, text: str) -> None:
    """A table with this text, such as ``rain/texts``, in place of one that may be there."""
    take(root, name)
    path = root / "data" / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    inference.describe(f"{name}.csv", root / "data")
    package = data.descriptor(root / "data")
    package["resources"][-1] |= WORDS | {"sources": [{"title": "A test"}]}
    seal.write(package, root / "data")
    seal.seal(root / "data")


def take(root: Path, name: str) -> None:
    """No table of that name, nor its description."""
    (root / "data" / f"{name}.csv").unlink(missing_ok=True)
    package = data.descriptor(root / "data")
    package["resources"] = [one for one in package["resources"] if one["path"] != f"{name}.csv"]
    seal.write(package, root / "data")


def change(root: Path, name: str, old: str, new: str) -> None:
    """A table in which one text stands for another, with its description as it was."""
    path = root / "data" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    seal.seal(root / "data")
